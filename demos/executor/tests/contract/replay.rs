//! Whatever way one came to a cursor, the state there is the same.

use executor::Executor;
use machine::check::{RUNS, back_and_forward, random_run};
use machine::{Random, Run};

use crate::scenarios::{busy, scenario};

fn check(run: &Run<Executor>, random: &mut Random) {
    if let Err(wrong) = back_and_forward(run, random) {
        panic!("{wrong}\n{run:?}");
    }
}

#[test]
fn at_every_cursor_of_random_runs_the_snapshot_is_that_of_a_fresh_machine() {
    for seed in 0..RUNS as u64 {
        let mut random = Random::new(seed);
        let commands = random.below(12);
        let run = random_run(scenario(&mut random), commands, &mut random);
        check(&run.expect("it starts"), &mut random);
    }
}

#[test]
fn also_in_runs_longer_than_the_window_of_snapshots_that_is_kept() {
    for seed in 0..RUNS as u64 / 100 {
        let mut random = Random::new(seed);
        let mut run = busy(scenario(&mut random), 320);
        assert!(run.cursor >= 320);
        run.cursor = random.below(run.cursor + 1);
        check(&run, &mut random);
    }
}
