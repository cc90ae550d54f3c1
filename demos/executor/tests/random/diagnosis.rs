//! What the machine says about itself is so: brute force finds no counterexample, in neither
//! direction.

use std::collections::BTreeSet;

use executor::snapshot::{Snapshot, TaskState};
use executor::{Command, Happening, SourceId, TaskId, Verdict, WakerKind};
use machine::Machine;

use crate::{Run, SCENARIOS, polled};

fn never_woken(now: &Snapshot) -> BTreeSet<TaskId> {
    let tasks = (0..).map(TaskId).zip(&now.tasks);
    tasks.filter(|(_, task)| task.state == TaskState::NeverWoken).map(|(id, _)| id).collect()
}

#[test]
fn who_is_never_woken_is_never_polled_again_whatever_is_done() {
    let (mut certain, mut early) = (0, 0);
    for seed in 0..SCENARIOS {
        let mut run = Run::new(seed);
        let mut never = BTreeSet::new();
        let mut after_rest = 20;
        while let Some(command) = match run.machine.play() {
            Some(_) => run.choose(),
            None => run.random.pick(&run.possible()).copied(),
        } {
            let polled = polled(run.apply(command));
            assert!(polled.iter().all(|task| !never.contains(task)), "scenario {seed}");
            let now = run.machine.snapshot();
            let now_never = never_woken(&now);
            assert!(never.is_subset(&now_never), "scenario {seed}: it was certain");
            early += u64::from(now_never.len() > never.len() && now.verdict.is_none());
            never = now_never;
            after_rest -= u32::from(run.machine.play().is_none());
            if after_rest == 0 {
                break;
            }
        }
        certain += never.len() as u64;
    }
    assert!(certain > SCENARIOS / 2, "{certain} tasks were never woken");
    assert!(early > SCENARIOS / 10, "{early} times it was known before everything had stopped");
}

#[test]
fn it_is_said_as_soon_as_no_waker_is_left() {
    for seed in 0..SCENARIOS {
        let mut run = Run::new(seed);
        while let Some(command) = run.choose() {
            run.apply(command);
            let now = run.machine.snapshot();
            if now.executor == executor::ExecutorKind::PollEverything {
                continue;
            }
            for task in &now.tasks {
                let lost = task.live == 0 || now.waker == WakerKind::DoNothing;
                let said = task.state != TaskState::Waiting;
                assert!(!lost || said, "scenario {seed}: {task:?}");
            }
        }
    }
}

/// Whether any sequence of up to `depth` commands gets a task polled.
fn can_be_moved(run: &Run, depth: usize) -> bool {
    depth > 0
        && run.possible().into_iter().any(|command| {
            let mut next = run.again();
            !polled(next.apply(command)).is_empty() || can_be_moved(&next, depth - 1)
        })
}

#[test]
fn stuck_means_that_no_commands_move_a_task_and_otherwise_some_do() {
    let (mut stuck, mut needs_person) = (0, 0);
    for seed in 0..SCENARIOS / 2 {
        let mut run = Run::new(seed);
        run.go_on();
        let now = run.machine.snapshot();
        match now.verdict {
            // Making a source readable, the reactor's turn, a worker's turn: three would do.
            Some(Verdict::Stuck) => {
                stuck += 1;
                assert!(!can_be_moved(&run, 4), "scenario {seed}");
                let waits = |task: &executor::snapshot::Task| task.state == TaskState::Waiting;
                assert!(!now.tasks.iter().any(waits), "scenario {seed}: all of it is certain");
            }
            Some(Verdict::NeedsPerson) => {
                needs_person += 1;
                assert!(can_be_moved(&run, 3), "scenario {seed}");
            }
            _ => {}
        }
    }
    assert!(stuck > SCENARIOS / 20, "{stuck} were stuck");
    assert!(needs_person > SCENARIOS / 50, "{needs_person} needed somebody");
}

#[test]
fn spinning_means_that_every_further_poll_is_useless() {
    let mut spinning = 0;
    for seed in 0..SCENARIOS {
        let mut run = Run::new(seed);
        run.go_on();
        if run.verdict() != Some(Verdict::Spinning) {
            continue;
        }
        spinning += 1;
        let before = run.machine.snapshot();
        for _ in 0..5 * before.tasks.len() {
            run.apply(Command::Turn(executor::WorkerId(0)));
        }
        let after = run.machine.snapshot();
        let polls = |now: &Snapshot| now.totals.polls - now.totals.useless;
        assert!(after.totals.polls > before.totals.polls && polls(&after) == polls(&before));
        let places = |now: &Snapshot| now.tasks.iter().map(|task| task.place).collect::<Vec<_>>();
        assert_eq!(places(&after), places(&before), "scenario {seed}");
        assert_eq!(after.verdict, Some(Verdict::Spinning), "scenario {seed}");
    }
    assert!(spinning > SCENARIOS / 50, "{spinning} were spinning");
}

#[test]
fn play_comes_to_rest_and_says_how() {
    for seed in 0..SCENARIOS {
        let mut run = Run::new(seed);
        let mut commands = 0;
        while let Some(command) = run.machine.play() {
            run.apply(command);
            commands += 1;
            assert!(commands < 5_000, "scenario {seed} goes on and on");
        }
        assert!(run.verdict().is_some(), "scenario {seed}");
        let told = run.steps.iter().filter(|step| matches!(step.happening, Happening::Rest { .. }));
        assert_eq!(told.count(), 1, "scenario {seed}: it is told once");
    }
}

#[test]
fn what_you_are_told_to_make_readable_wakes_the_task() {
    let mut told = 0;
    for seed in 0..SCENARIOS / 2 {
        let mut run = Run::new(seed);
        run.go_on();
        if run.verdict() != Some(Verdict::NeedsPerson) {
            continue;
        }
        let now = run.machine.snapshot();
        let names = executor::Names::new(&now);
        for finding in names.findings(&now) {
            let source = (0..).map(SourceId).take(now.sources.len());
            let named = source.filter(|source| {
                finding
                    .text
                    .ends_with(&format!("making {} readable wakes it.", names.source(*source)))
            });
            for source in named {
                told += 1;
                let mut next = run.again();
                next.apply(Command::MakeReady(source));
                let woken = next.apply(Command::React).iter().any(|step| {
                    matches!(step.happening, Happening::Wake { task, .. } if task == finding.task)
                });
                assert!(woken, "scenario {seed}: {}", finding.text);
            }
        }
    }
    assert!(told > SCENARIOS / 50, "told {told} times");
}

#[test]
fn the_task_that_is_announced_is_the_one_that_is_polled() {
    for seed in 0..SCENARIOS / 10 {
        let mut run = Run::new(seed);
        for _ in 0..40 {
            let before = run.machine.snapshot();
            let Some(command) = run.choose() else { break };
            let polled = polled(run.apply(command));
            if let Command::Turn(worker) = command {
                let next = before.workers[worker.index()].next;
                assert_eq!(polled, Vec::from_iter(next), "scenario {seed}");
            }
        }
    }
}
