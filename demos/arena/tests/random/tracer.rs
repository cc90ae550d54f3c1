//! The tracers, for Miri: each is an allocator.

use arena_report::tracer::{DEEPEST, Way, run};

#[test]
fn every_tracer_gives_what_it_took_back() {
    for deepest in [1, 2, DEEPEST] {
        for way in [Way::Grows, Way::Flag, Way::FixedRoom] {
            let report = run(way, deepest);
            assert_eq!(report.calls[0].size, 8);
            assert_eq!(report.stopped, way == Way::Grows, "only the book's needs to be stopped");
        }
    }
}
