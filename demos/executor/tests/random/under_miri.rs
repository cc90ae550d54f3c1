//! Every waker ends, and every future ends once. These tests run under Miri too, on fewer scenarios.

use std::collections::BTreeMap;

use executor::{Command, Happening, TaskId, Verdict};
use machine::Machine;

use crate::{Run, SCENARIOS, polled};

/// Drops the executor, if there is anything left to drop.
fn drop_executor(run: &mut Run) {
    if run.machine.commands().contains(&Command::DropExecutor) {
        run.apply(Command::DropExecutor);
    }
    assert_eq!(run.machine.commands(), [], "nothing comes after the end");
}

/// No waker is alive, no future is left, and each task's was dropped once.
fn assert_all_over(run: &Run, seed: u64) {
    let end = run.machine.snapshot();
    assert!(end.tasks.iter().all(|task| task.live == 0), "scenario {seed}: {:?}", end.wakers);
    assert_eq!(end.wakers, [], "scenario {seed}: nobody holds a waker");
    assert_eq!(end.handlers, [], "scenario {seed}: nor does the reactor");
    assert_eq!(end.registrations, [], "scenario {seed}: nor does it wait for anything");
    let made = end.totals.made + end.totals.clones;
    assert_eq!(made, end.totals.drops + end.totals.wakes, "scenario {seed}: what began has ended");
    assert_eq!(run.counts.made(), run.counts.dropped(), "scenario {seed}: so have the futures");
    let mut drops: BTreeMap<TaskId, u32> = BTreeMap::new();
    for step in &run.steps {
        if let Happening::FutureDropped { task, .. } = step.happening {
            *drops.entry(task).or_default() += 1;
        }
    }
    let once: BTreeMap<TaskId, u32> = (0..end.tasks.len() as u32).map(|i| (TaskId(i), 1)).collect();
    assert_eq!(drops, once, "scenario {seed}: each task's future was dropped once");
}

#[test]
fn live_wakers_end_at_0_and_each_future_is_dropped_once() {
    let (mut finished, mut clones, mut polls) = (0, 0, 0);
    for seed in 0..SCENARIOS {
        let mut run = Run::new(seed);
        run.go_on();
        finished += u64::from(run.verdict() == Some(Verdict::Finished));
        drop_executor(&mut run);
        assert_all_over(&run, seed);
        clones += run.machine.snapshot().totals.clones;
        polls += polled(&run.steps).len();
    }
    // These are the scenarios meant: some end well, some do not, and something happens in them.
    assert!((SCENARIOS / 10..SCENARIOS).contains(&finished), "{finished} finished");
    assert!(clones as u64 > SCENARIOS && polls as u64 > 3 * SCENARIOS, "{clones} clones");
}

#[test]
fn the_executor_can_be_dropped_in_any_state() {
    let mut unfinished = 0;
    for seed in 0..SCENARIOS {
        let mut run = Run::new(seed);
        for _ in 0..run.random.below(25) {
            let Some(command) = run.choose() else { break };
            run.apply(command);
        }
        drop_executor(&mut run);
        assert_all_over(&run, seed);
        let cut_off =
            |happening| matches!(happening, Happening::FutureDropped { finished: false, .. });
        unfinished += run.steps.iter().filter(|step| cut_off(step.happening.clone())).count();
    }
    assert!(unfinished as u64 > SCENARIOS / 2, "{unfinished} futures were dropped unfinished");
}

#[test]
fn a_machine_that_is_just_let_go_drops_everything_too() {
    for seed in 0..SCENARIOS / 10 {
        let mut run = Run::new(seed);
        for _ in 0..run.random.below(25) {
            let Some(command) = run.choose() else { break };
            run.apply(command);
        }
        let Run { machine, counts, .. } = run;
        drop(machine);
        assert_eq!(counts.made(), counts.dropped(), "scenario {seed}");
    }
}
