//! The race, a short one of everybody for every kind of work: for Miri, because what is timed there
//! reaches memory as the allocators themselves do.

use std::cell::Cell;

use arena_race::{Race, Setup, Workload};

#[test]
fn everybody_races_to_the_end() {
    for workload in Workload::ALL {
        let setup = Setup { workload, rounds: 1, ..Setup::default() };
        // With each look a second is over, so that a lap is a sample.
        let time = Cell::new(0.0);
        let clock = || {
            time.set(time.get() + 1_000.0);
            time.get()
        };
        let mut race = Race::new(&setup).unwrap();
        let results = loop {
            if let Some(results) = race.advance(&clock).unwrap() {
                break results;
            }
        };
        assert!(results.rows.iter().all(|row| row.samples == [1_000_000_000]), "{results:?}");
    }
}
