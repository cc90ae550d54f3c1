//! The scenes as stories.

use executor::{Executor, Scenario, Snapshot, Step, scenes};
use machine::{Machine, Tape, Want};

/// Plays a scenario until it rests: the steps, each with the snapshot after it.
fn play(scenario: &Scenario) -> Vec<(Step, Snapshot)> {
    let mut machine = Executor::start(scenario).unwrap();
    let mut trace = Vec::new();
    while let Some(command) = machine.play() {
        let mut tape = Tape::new(Want::Steps(0..usize::MAX));
        machine.apply(&command, &mut tape).unwrap();
        assert!(machine.counts_agree());
        let (steps, snapshots) = tape.into_parts();
        trace.extend(steps.into_iter().zip(snapshots.into_iter().map(|(_, snapshot)| snapshot)));
    }
    trace
}

#[test]
fn two_timers_print_by_turns() {
    let trace = play(&scenes::find("two-timers").unwrap().scenario());
    let (_, last) = trace.last().unwrap();
    let lines: Vec<_> = last.output.iter().map(|line| (line.at.0, &*line.text)).collect();
    assert_eq!(lines, [(2, "tock"), (4, "tick"), (6, "tock"), (8, "tick"), (12, "tick")]);
}
