//! The state in words, for who does not see the picture. Equal snapshots give equal text, and
//! different ones differ: below [`LONG`] items because everything is said, above because of a
//! fingerprint.

use executor::snapshot::{Executing, HeldWakers, Snapshot, Task, TaskState, Totals, Worker};
use executor::{ExecutorKind, Names, Place, TaskId, Tokens, WakeEffect, WakerKind, WorkerId};
use machine::Digest;

use super::words;
use crate::stage::quote;

/// Beyond so many items nobody wants to hear them all.
const LONG: usize = 200;

/// The snapshot in words.
pub(crate) fn describe(snapshot: &Snapshot) -> String {
    let names = Names::new(snapshot);
    let mut said = vec![setting(snapshot)];
    said.extend(snapshot.verdict.map(|verdict| words::verdict(verdict).to_owned()));
    if items(snapshot) > LONG {
        said.push(counts(snapshot));
        said.extend(workers(snapshot, &names, true));
        said.extend(wakes(snapshot, &names));
        said.push(totals(&snapshot.totals));
        said.push(format!("Fingerprint of all of it: {:016x}.", Digest::of(snapshot)));
        return said.join(" ");
    }
    said.extend(workers(snapshot, &names, false));
    let tasks = (0..).map(TaskId).zip(&snapshot.tasks);
    said.extend(tasks.map(|(id, each)| task(id, each, &names)));
    said.extend(snapshot.wakers.iter().map(|held| waker(held, &names)));
    said.extend(reactor(snapshot, &names));
    said.extend(sources(snapshot));
    said.extend(channels(snapshot));
    said.extend(wakes(snapshot, &names));
    said.push(totals(&snapshot.totals));
    said.extend(snapshot.output.iter().map(|line| {
        let mut said = format!("At {} {} printed ", line.at, names.task(line.task));
        quote(&mut said, &line.text);
        said + "."
    }));
    said.push(executing(&snapshot.executing, &names));
    said.join(" ")
}

/// How many things there are to say.
fn items(snapshot: &Snapshot) -> usize {
    let queued: usize = snapshot.workers.iter().map(|worker| worker.queue.len()).sum();
    let arrivals: usize = snapshot.sources.iter().map(|source| source.arrivals.len()).sum();
    let values: usize = snapshot.channels.iter().map(|channel| channel.values.len()).sum();
    let waits: usize = snapshot.tasks.iter().map(|task| task.waits.len()).sum();
    let lists = [
        snapshot.tasks.len(),
        snapshot.wakers.len(),
        snapshot.registrations.len(),
        snapshot.events.len(),
        snapshot.handlers.len(),
        snapshot.sources.len(),
        snapshot.channels.len(),
        snapshot.wakes.len(),
        snapshot.output.len(),
    ];
    queued + arrivals + values + waits + lists.iter().sum::<usize>()
}

fn setting(snapshot: &Snapshot) -> String {
    let executor = match snapshot.executor {
        ExecutorKind::PollEverything if snapshot.round == 0 => "poll everything".to_owned(),
        ExecutorKind::PollEverything => format!("poll everything in round {}", snapshot.round),
        kind => match snapshot.round {
            0 => words::executor(kind),
            round => format!("{} in round {round}", words::executor(kind)),
        },
    };
    let waker = match snapshot.waker {
        WakerKind::Working => "",
        WakerKind::DoNothing => ", wakers that do nothing",
    };
    let tokens = match snapshot.tokens {
        Tokens::Fresh => "",
        Tokens::MapLength => ", tokens by the number of handlers",
    };
    let next = snapshot.next.map_or(String::new(), |next| format!(", next moment {next}"));
    format!("Time {}{next}. Executor: {executor}{waker}{tokens}.", snapshot.now)
}

fn workers(snapshot: &Snapshot, names: &Names, short: bool) -> Vec<String> {
    let several = snapshot.workers.len() > 1;
    let each = (0..).map(WorkerId).zip(&snapshot.workers);
    each.map(|(id, worker)| {
        let said = one_worker(worker, names, short);
        if several { format!("{}: {said}", names.worker(id)) } else { said }
    })
    .collect()
}

fn one_worker(worker: &Worker, names: &Names, short: bool) -> String {
    let running = match worker.running {
        Some(task) => format!("{} is polled", names.task(task)),
        None => "Nobody is polled".to_owned(),
    };
    let slot = match worker.slot {
        Some(task) => format!(", {} is in the LIFO slot", names.task(task)),
        None => String::new(),
    };
    let queue: Vec<String> = worker.queue.iter().map(|task| numbered(*task, names)).collect();
    let queue = match queue.len() {
        0 => "the queue is empty".to_owned(),
        n if short && n > 3 => format!("in the queue {} and {} more", queue[..3].join(", "), n - 3),
        _ => format!("in the queue {}", queue.join(", ")),
    };
    format!("{running}{slot}, {queue}.")
}

/// Names may occur twice, numbers do not.
fn numbered(task: TaskId, names: &Names) -> String {
    format!("{} {}", words::number(task), names.task(task))
}

fn task(id: TaskId, task: &Task, names: &Names) -> String {
    let mut said = format!("Task {}: {}", numbered(id, names), words::state(task.state));
    let waits: Vec<String> = task
        .waits
        .iter()
        .map(|waiting| format!("{} in {}", names.wait(waiting.wait), place(waiting.place)))
        .collect();
    if !waits.is_empty() {
        said.push_str(&format!(", waits {}", waits.join(", and ")));
    }
    if let Some(reached) = task.place {
        said.push_str(&format!(", came to {}", place(reached)));
    }
    let (live, polls) = (words::count(task.live, "waker"), words::count(task.polls, "poll"));
    said.push_str(&format!(", {live}, {polls}, {} useless", task.useless));
    if let Some(by) = task.woken_by {
        said.push_str(&format!(", last woken by {}", words::exactly(names, by)));
    }
    said.push('.');
    said
}

/// In full, because two lines may stand in two files of one name.
fn place(place: Place) -> String {
    let file = place.file().map_or("the program".to_owned(), |file| file.replace('\\', "/"));
    format!("{file} line {} column {}", place.line(), place.column())
}

fn waker(held: &HeldWakers, names: &Names) -> String {
    let (count, task) = (words::count(held.count, "waker"), numbered(held.task, names));
    format!("{count} of {task} held by {}.", words::holder(names, held.holder))
}

fn reactor(snapshot: &Snapshot, names: &Names) -> Vec<String> {
    let registered = snapshot.registrations.iter().map(|it| {
        format!("Token {} is registered for {}.", it.token.0, words::interest(names, it.interest))
    });
    let events = snapshot.events.iter().map(|(token, interest)| {
        format!("Token {} is due, for {}.", token.0, words::interest(names, *interest))
    });
    let handlers = snapshot.handlers.iter().map(|(token, task)| {
        format!("The handler of token {} is a waker of {}.", token.0, numbered(*task, names))
    });
    registered.chain(events).chain(handlers).collect()
}

fn sources(snapshot: &Snapshot) -> Vec<String> {
    let each = snapshot.sources.iter().enumerate();
    each.map(|(index, source)| {
        let arrivals: Vec<String> = source.arrivals.iter().map(ToString::to_string).collect();
        let arrivals = match arrivals.is_empty() {
            true => String::new(),
            false => format!(", more at {}", arrivals.join(", ")),
        };
        let unread = words::count(source.unread, "unread value");
        format!("Source {} ‘{}’: {unread}{arrivals}.", index + 1, source.name)
    })
    .collect()
}

fn channels(snapshot: &Snapshot) -> Vec<String> {
    let each = snapshot.channels.iter().enumerate();
    each.map(|(index, channel)| {
        let values: Vec<String> = channel.values.iter().map(ToString::to_string).collect();
        let values = match values.is_empty() {
            true => "empty".to_owned(),
            false => format!("holds {}", values.join(", ")),
        };
        let room = channel.room.map_or("no limit".to_owned(), |room| format!("room for {room}"));
        let senders = words::count(channel.senders, "sender");
        let receivers = words::count(channel.receivers, "receiver");
        format!(
            "Channel {} ‘{}’: {values}, {room}, {senders}, {receivers}.",
            index + 1,
            channel.name
        )
    })
    .collect()
}

fn wakes(snapshot: &Snapshot, names: &Names) -> Vec<String> {
    let each = snapshot.wakes.iter();
    each.map(|wake| {
        let (by, task) = (words::exactly(names, wake.by), numbered(wake.task, names));
        let where_to = match wake.effect {
            WakeEffect::Enqueued(worker, lane) => {
                format!(" ({}, {lane:?})", names.worker(worker))
            }
            _ => String::new(),
        };
        format!("In this command {task}, woken by {by}, {}{where_to}.", words::effect(wake.effect))
    })
    .collect()
}

fn totals(totals: &Totals) -> String {
    format!(
        "So far: {}, {} useless; wakers: {} made, {} cloned, {} used up by wake, {} called by \
         reference, {} dropped.",
        words::count(totals.polls, "poll"),
        totals.useless,
        totals.made,
        totals.clones,
        totals.wakes,
        totals.wakes_by_ref,
        totals.drops
    )
}

fn executing(executing: &Executing, names: &Names) -> String {
    let mut said = format!("What acts: {}", words::exactly(names, executing.actor));
    if let Some(engine) = executing.engine {
        said.push_str(&format!(", at {}", place(engine)));
    }
    if let Some(task) = executing.task {
        said.push_str(&format!(", for the task at {}", place(task)));
    }
    said.push('.');
    said
}

/// What there is, as numbers.
fn counts(snapshot: &Snapshot) -> String {
    let mut states: Vec<(&str, u32)> = Vec::new();
    for task in &snapshot.tasks {
        // Whether the one that is polled was woken meanwhile is a detail.
        let state = match task.state {
            TaskState::Running { .. } => "polled",
            state => words::state(state),
        };
        match states.iter_mut().find(|(other, _)| *other == state) {
            Some((_, count)) => *count += 1,
            None => states.push((state, 1)),
        }
    }
    let states: Vec<String> = states.iter().map(|(state, n)| format!("{n} {state}")).collect();
    let count = |n: usize, what| words::count(n as u32, what);
    let values: usize = snapshot.channels.iter().map(|channel| channel.values.len()).sum();
    let wakers: u32 = snapshot.wakers.iter().map(|held| held.count).sum();
    format!(
        "{}: {}. {}, {}, {} with {}, {}, {} printed.",
        count(snapshot.tasks.len(), "task"),
        states.join(", "),
        words::count(wakers, "waker"),
        count(snapshot.registrations.len(), "registration"),
        count(snapshot.channels.len(), "channel"),
        count(values, "value"),
        count(snapshot.sources.len(), "source"),
        count(snapshot.output.len(), "line"),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use executor::{Executor, Program, Scenario, lang, scenes};
    use machine::{Player, Random, Run};

    use super::*;

    /// Every state of runs that go their own way, of every scene and example.
    fn for_every_state(mut look: impl FnMut(&Snapshot)) {
        let scenes = scenes::SCENES.iter().map(|scene| scene.scenario());
        let typed = lang::EXAMPLES.iter();
        let typed = typed.map(|it| Scenario::new(Program::Text(it.text.to_owned())));
        for (seed, scenario) in (0..).zip(scenes.chain(typed)) {
            let mut player = Player::<Executor>::open(Run::new(scenario)).expect("it starts");
            let mut random = Random::new(seed);
            for _ in 0..25 {
                let commands = player.commands();
                let choices = (commands.len() - usize::from(commands.len() > 1)).max(1);
                let Some(command) = commands.get(random.below(choices)) else { break };
                player.apply(*command).expect("it is possible");
            }
            for cursor in 0..=player.len() {
                player.seek(cursor).expect("it is there");
                look(player.snapshot());
            }
        }
    }

    #[test]
    fn equal_snapshots_give_equal_text_and_different_ones_differ() {
        let mut seen: HashMap<String, Snapshot> = HashMap::new();
        let mut states = 0;
        for_every_state(|snapshot| {
            states += 1;
            let text = describe(snapshot);
            assert_eq!(text, describe(&snapshot.clone()));
            if let Some(other) = seen.insert(text.clone(), snapshot.clone()) {
                assert_eq!(other, *snapshot, "the same is said of two states: {text}");
            }
        });
        assert!(states > 1_000 && seen.len() > 900, "{} texts of {states} states", seen.len());
    }

    #[test]
    fn of_very_many_things_it_says_counts_and_a_fingerprint() {
        let mut text = String::from("channel jobs\ntask boss { loop 300 { send jobs } }\n");
        text.push_str("task worker { recv jobs sleep 1 recv jobs }");
        let scenario = Scenario::new(Program::Text(text));
        let mut player = Player::<Executor>::open(Run::new(scenario)).expect("it starts");
        let mut long = HashMap::new();
        for _ in 0..700 {
            player.forward().expect("it goes on, or stays");
            let snapshot = player.snapshot();
            let text = describe(snapshot);
            if items(snapshot) > LONG {
                assert!(text.contains("Fingerprint") && text.len() < 900, "{text}");
                assert!(text.contains("2 tasks:"), "{text}");
                if let Some(other) = long.insert(text, snapshot.clone()) {
                    assert_eq!(other, *snapshot);
                }
            }
        }
        assert!(long.len() > 100);
    }

    #[test]
    fn it_says_who_waits_for_what_and_who_holds_the_waker() {
        let scenario = scenes::find("two-timers").expect("it is there").scenario();
        let mut player = Player::<Executor>::open(Run::new(scenario)).expect("it starts");
        while player.snapshot().tasks[0].state != TaskState::Waiting {
            player.forward().expect("it goes on");
        }
        player.forward().expect("the poll's own waker is dropped");
        let text = describe(player.snapshot());
        for part in [
            "Time 0, next moment 4. Executor: run queue.",
            "Task 1 ‘tick’: waiting, waits until 4 in src/scenes/two_timers.rs line ",
            "1 waker of 1 ‘tick’ held by the reactor, as the handler of token 0.",
            "Token 0 is registered for time 4.",
        ] {
            assert!(text.contains(part), "{part:?} is not in {text}");
        }
    }
}
