//! Who is next.

use executor::snapshot::TaskState;
use executor::{ExecutorKind, Happening, TaskId, Verdict, scenes};

use crate::{play, scenario};

#[test]
fn who_is_queued_stands_in_a_queue_and_nobody_else() {
    for scene in scenes::SCENES {
        let mut scenario = scene.scenario();
        if scenario.executor == ExecutorKind::PollEverything {
            scenario.executor = ExecutorKind::RunQueue { lifo: true, workers: 2 };
        }
        for (step, now) in play(&scenario).trace {
            let standing = |task| {
                let workers = now.workers.iter();
                workers
                    .flat_map(|worker| worker.slot.iter().chain(&worker.queue))
                    .any(|other| *other == task)
            };
            for (index, task) in now.tasks.iter().enumerate() {
                let queued = task.state == TaskState::Queued;
                assert_eq!(standing(TaskId(index as u32)), queued, "{}: {step:?}", scene.name);
            }
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
