//! Who is next.

use executor::snapshot::TaskState;
use executor::{Command, Executor, ExecutorKind, Happening, Names, TaskId, Verdict, scenes};
use machine::{Machine, Tape};

use crate::{Played, play, scenario};

#[test]
fn who_is_queued_stands_in_a_queue_and_nobody_else() {
    for scene in scenes::SCENES {
        let mut scenario = scene.scenario();
        if scenario.executor == ExecutorKind::PollEverything {
            scenario.executor = ExecutorKind::RunQueue { lifo: true, workers: 2 };
        }
        let played = play(&scenario);
        stand_in_queues(&played);
        // The same where it is dropped after so many commands.
        for commands in 0..12 {
            let mut machine = Executor::start(&scenario).expect("a scene starts");
            for _ in 0..commands {
                if let Some(command) = machine.play() {
                    machine.apply(&command, &mut Tape::default()).expect("the command is possible");
                }
            }
            let mut dropped =
                Played { names: Names::new(&machine.snapshot()), machine, trace: Vec::new() };
            if dropped.machine.commands().contains(&Command::DropExecutor) {
                dropped.apply(Command::DropExecutor);
            }
            stand_in_queues(&dropped);
        }
    }
}

/// At each step, whoever is queued stands in a queue or a slot, and whoever stands there is queued.
fn stand_in_queues(played: &Played) {
    for (step, now) in &played.trace {
        let standing = |task| {
            let mut workers = now.workers.iter();
            workers.any(|worker| worker.slot == Some(task) || worker.queue.contains(&task))
        };
        for (task, index) in now.tasks.iter().zip(0..) {
            let queued = task.state == TaskState::Queued;
            assert_eq!(standing(TaskId(index)), queued, "{}: {step:?}", task.name);
        }
    }
}

#[test]
fn work_stealing() {
    let played = play(&scenario("work-stealing"));
    let moves = played.story(|happening| {
        matches!(happening, Happening::Stole { .. })
            || matches!(happening, Happening::PollBegins { poll: 1, .. })
    });
    assert_eq!(
        moves[..7],
        [
            "0: ‘boss’ is polled for the first time.", // and spawns six jobs on worker 1
            "0: Worker 2 has nothing to do and steals 3 tasks from the queue of worker 1.", // half
            "0: ‘job’ is polled for the first time.",  // the oldest of them
            "0: Worker 3 has nothing to do and steals 2 tasks from the queue of worker 2.", // of three
            "0: ‘job 2’ is polled for the first time.",
            "0: ‘job 4’ is polled for the first time.", // on worker 1, which kept the younger half
            "0: ‘job 3’ is polled for the first time.",
        ]
    );
    assert_eq!(played.end().verdict, Some(Verdict::Finished));
    assert_eq!(played.prints().len(), 6, "each job is done once");
}

#[test]
fn the_lifo_slot() {
    let order = |lifo| {
        let mut scenario = scenario("lifo-slot");
        scenario.executor = ExecutorKind::RunQueue { lifo, workers: 1 };
        let prints = play(&scenario).prints().into_iter();
        prints
            .map(|line| line[3..].trim_end_matches('.').replace(" prints", ""))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        order(true),
        [
            "‘bob’ “word 1”",       // bob takes it from the queue
            "‘ann’ “word 2”",       // and from here on through the slot: once,
            "‘bob’ “word 3”",       // twice,
            "‘ann’ “word 4”",       // three times
            "‘bystander’ “may I?”", // so the slot rests, and bob goes behind the bystander
            "‘bob’ “word 5”",
            "‘ann’ “word 6”",
            "‘bob’ “word 7”",
            "‘ann’ “word 8”",
            "‘bystander’ “may I?”",
        ]
    );
    assert_eq!(
        order(false)[..4],
        [
            "‘bob’ “word 1”",
            "‘bystander’ “may I?”", // without a slot it is simply his turn
            "‘ann’ “word 2”",
            "‘bystander’ “may I?”",
        ]
    );
}
