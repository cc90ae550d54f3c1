//! The measurement measures what it says, by a clock that counts calls.

use std::cell::Cell;

use machine::Run;
use machine::check::seek_times;

use crate::toys::Counter;
use crate::toys::counter::{Add, UpTo};

#[test]
fn times_are_told_by_the_clock_that_is_given() {
    let commands = std::iter::repeat_n(Add(3), 1_000).collect();
    let run: Run<Counter> = Run { scenario: UpTo(3_000), commands, cursor: 3_000 };
    let calls = Cell::new(0);
    let times = seek_times(&run, || {
        calls.set(calls.get() + 1);
        f64::from(calls.get())
    });
    let times = times.unwrap();
    assert_eq!(calls.get(), 2 * 3 * (1 + 101 + 3_000));
    assert_eq!(
        (times.steps, times.open, times.back_mean, times.seek_worst),
        (3_000, 1.0, 1.0, 1.0)
    );
}
