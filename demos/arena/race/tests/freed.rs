//! Every block of every work is freed, by the count of a global allocator that is watched.
#![forbid(unsafe_code)]

use std::cell::Cell;

use arena_race::{Contender, Race, Setup, Workload};
use arena_watch::HEAP;

#[test]
fn the_global_allocator_has_everything_back_after_each_lap() {
    for workload in Workload::ALL {
        let mut setup = Setup { workload, rounds: 1, ..Setup::default() };
        for contender in Contender::ALL {
            setup.choose(contender, contender == Contender::Global);
        }
        // Each look at this clock is a second: a lap is a sample.
        let time = Cell::new(0.0);
        let clock = || {
            time.set(time.get() + 1_000.0);
            time.get()
        };
        let mut race = Race::new(&setup).unwrap();
        // One lap of the limit and one of the allocator, to find out how many make a sample.
        for _ in 0..3 {
            race.advance(&clock).unwrap();
        }
        // Then rounds of both; in the first, the race makes itself room.
        race.advance(&clock).unwrap();
        race.advance(&clock).unwrap();
        for _ in 0..2 {
            HEAP.watch();
            for _ in 0..2 {
                race.advance(&clock).unwrap();
            }
            let tally = HEAP.tally();
            HEAP.stop();
            let expected = match workload {
                Workload::Values | Workload::Mixed => 1_024,
                Workload::Churn => 1_280,
                // Eight of 512 elements or so: 4, 8, 16, 32, 64, 128, 256 and 512 at a time.
                Workload::Vecs => 64,
            };
            let more = tally.allocated - expected;
            assert!(if workload == Workload::Vecs { more <= 8 } else { more == 0 }, "{tally:?}");
            assert_eq!((tally.live(), tally.unknown), (0, 0), "{workload:?}: {tally:?}");
        }
    }
}
