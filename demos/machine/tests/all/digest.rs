//! The fingerprint of a trace.

use machine::check::random_run;
use machine::{Random, Run, digest};

use crate::toys::Walkers;
use crate::toys::walkers::Ring;

fn run(seed: u64) -> Run<Walkers> {
    random_run(Ring::new(seed), 50, &mut Random::new(seed)).unwrap()
}

#[test]
fn a_trace_has_one_fingerprint_and_another_trace_another() {
    let mut all: Vec<u64> = (0..100).map(|seed| digest::trace(&run(seed)).unwrap()).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 100);

    let whole = run(1);
    let mut shorter = whole.clone();
    shorter.commands.truncate(49);
    assert_ne!(digest::trace(&whole), digest::trace(&shorter));
    let mut elsewhere = whole.clone();
    elsewhere.cursor = 0;
    assert_eq!(digest::trace(&whole), digest::trace(&elsewhere));
}

#[test]
fn it_does_not_change_from_build_to_build() {
    assert_eq!(digest::trace(&run(0)), Ok(0x337f_4dca_09cd_a5b7));
}
