//! Texts that nobody can trust: each is a run or an error, in bounded time and memory.

use std::time::{Duration, Instant};

use machine::check::{ROUNDS, hostile_links, link_is_sound};
use machine::{Machine, Run, link};

use crate::allocations::measure;

/// Bytes that reading a text may hold at a time.
pub(crate) fn bound(text: &str) -> usize {
    64 * text.len() + 1_000
}

/// Time that reading a text may take; generous, because tests share their machine.
fn time_bound(text: &str) -> Duration {
    Duration::from_millis(10) + Duration::from_micros(text.len() as u64)
}

/// Half of the texts are arbitrary, half are damaged links of these runs.
pub(crate) fn survive<M: Machine>(runs: &[Run<M>]) {
    let links: Vec<String> = runs.iter().map(link::encode).collect();
    let (mut accepted, mut refused) = (0, 0);
    hostile_links(&links, ROUNDS, 1, |text| {
        let (read, peak, _) = measure(|| link::decode::<M>(text));
        assert!(peak <= bound(text), "{peak} bytes for {text:?}");
        *if read.is_ok() { &mut accepted } else { &mut refused } += 1;
        drop(read);
        let started = Instant::now();
        link_is_sound::<M>(text).unwrap();
        if started.elapsed() > time_bound(text) {
            // Somebody else may have had the processor: the quickest of a few tries counts.
            let quickest = (0..5).map(|_| {
                let started = Instant::now();
                link_is_sound::<M>(text).unwrap();
                started.elapsed()
            });
            assert!(quickest.min().unwrap() <= time_bound(text), "{text:?} takes too long");
        }
    });
    // The fuzz reaches both sides.
    assert!(accepted > ROUNDS / 100 && refused > ROUNDS / 2, "{accepted} runs, {refused} errors");
}
