//! The state in words, for who does not see the picture. Equal snapshots give equal text, and
//! different ones differ: below [`LONG`] items because everything is said, above because of a
//! fingerprint of what would be said then.

use executor::snapshot::{Channel, Snapshot, Source, Task, TaskState, Worker};
use executor::{Lane, Place, TaskId, Tokens, WakeEffect, WakerKind, WorkerId};
use machine::Digest;

use super::words::{self, Words};
use crate::stage::quote;

/// Beyond so many items nobody wants to hear them all.
const LONG: usize = 200;
/// So many tasks of a queue are named then.
const FIRST: usize = 3;

/// The snapshot in words.
pub(crate) fn describe(snapshot: &Snapshot) -> String {
    let mut said = Words::of(snapshot);
    say(&mut said, snapshot, false);
    if items(snapshot) > LONG {
        let print = Digest::of_bytes(said.take().as_bytes());
        say(&mut said, snapshot, true);
        said.put(" Fingerprint of all of it: ");
        for digit in (0..16).rev() {
            let digit = (print >> (4 * digit)) as usize & 15;
            said.text.push(char::from(b"0123456789abcdef"[digit]));
        }
        said.put(".");
    }
    said.text
}

/// Everything, or only what is said of very many things.
fn say(said: &mut Words, snapshot: &Snapshot, short: bool) {
    setting(said, snapshot);
    if let Some(verdict) = snapshot.verdict {
        said.put(" ").put(words::verdict(verdict));
    }
    if short {
        counts(said, snapshot);
    }
    workers(said, snapshot, if short { FIRST } else { usize::MAX });
    if !short {
        each_item(said, snapshot);
    }
    wakes(said, snapshot);
    totals(said, snapshot);
    if !short {
        output_and_place(said, snapshot);
    }
}

/// How many things there are to say.
fn items(snapshot: &Snapshot) -> usize {
    let mut items = snapshot.tasks.len()
        + snapshot.wakers.len()
        + snapshot.registrations.len()
        + snapshot.events.len()
        + snapshot.handlers.len()
        + snapshot.sources.len()
        + snapshot.channels.len()
        + snapshot.wakes.len()
        + snapshot.output.len();
    for worker in &snapshot.workers {
        items += worker.queue.len();
    }
    for source in &snapshot.sources {
        items += source.arrivals.len();
    }
    for task in &snapshot.tasks {
        items += task.waits.len();
    }
    items + values(snapshot)
}

/// How many values are in channels.
fn values(snapshot: &Snapshot) -> usize {
    snapshot.channels.iter().map(|channel| channel.values.len()).sum()
}

fn setting(said: &mut Words, snapshot: &Snapshot) {
    said.put("Time ").number(snapshot.now.0);
    if let Some(next) = snapshot.next {
        said.put(", next moment ").number(next.0);
    }
    said.put(". Executor: ").executor(snapshot.executor);
    if snapshot.round > 0 {
        said.put(" in round ").number(snapshot.round);
    }
    if snapshot.waker == WakerKind::DoNothing {
        said.put(", wakers that do nothing");
    }
    if snapshot.tokens == Tokens::MapLength {
        said.put(", tokens by the number of handlers");
    }
    said.put(".");
}

/// The workers, with at most `most` tasks of each queue.
fn workers(said: &mut Words, snapshot: &Snapshot, most: usize) {
    for (id, Worker { running, slot, queue, .. }) in (0..).map(WorkerId).zip(&snapshot.workers) {
        said.put(" ");
        if snapshot.workers.len() > 1 {
            said.worker(id).put(": ");
        }
        match running {
            Some(task) => said.task(*task).put(" is polled"),
            None => said.put("Nobody is polled"),
        };
        if let Some(task) = slot {
            said.put(", ").task(*task).put(" is in the LIFO slot");
        }
        let mut before = ", in the queue ";
        for task in queue.iter().take(most) {
            said.put(before).numbered(*task);
            before = ", ";
        }
        if queue.is_empty() {
            said.put(", the queue is empty");
        } else if queue.len() > most {
            said.put(" and ").number((queue.len() - most) as u32).put(" more");
        }
        said.put(".");
    }
}

/// Tasks, wakers, and what belongs to the reactor and to channels.
fn each_item(said: &mut Words, snapshot: &Snapshot) {
    for (id, each) in (0..).map(TaskId).zip(&snapshot.tasks) {
        task(said, id, each);
    }
    for held in &snapshot.wakers {
        said.put(" ").count(held.count, "waker").put(" of ").numbered(held.task);
        said.put(" held by ").holder(held.holder).put(".");
    }
    for it in &snapshot.registrations {
        said.put(" Token ").number(it.token.0);
        said.put(" is registered for ").interest(it.interest).put(".");
    }
    for (token, interest) in &snapshot.events {
        said.put(" Token ").number(token.0).put(" is due, for ").interest(*interest).put(".");
    }
    for (token, task) in &snapshot.handlers {
        said.put(" The handler of token ").number(token.0);
        said.put(" is a waker of ").numbered(*task).put(".");
    }
    for (number, it) in (1..).zip(&snapshot.sources) {
        source(said, number, it);
    }
    for (number, it) in (1..).zip(&snapshot.channels) {
        channel(said, number, it);
    }
}

#[inline(never)]
fn source(said: &mut Words, number: u32, source: &Source) {
    said.put(" Source ").number(number).put(" ‘").put(&source.name).put("’: ");
    said.count(source.unread, "unread value");
    let mut before = ", more at ";
    for at in &source.arrivals {
        said.put(before).number(at.0);
        before = ", ";
    }
    said.put(".");
}

#[inline(never)]
fn channel(said: &mut Words, number: u32, channel: &Channel) {
    said.put(" Channel ").number(number).put(" ‘").put(&channel.name).put("’: ");
    let mut before = "holds ";
    for value in &channel.values {
        said.put(before).number(*value);
        before = ", ";
    }
    if channel.values.is_empty() {
        said.put("empty");
    }
    match channel.room {
        Some(room) => said.put(", room for ").number(room),
        None => said.put(", no limit"),
    };
    said.and_count(channel.senders, "sender").and_count(channel.receivers, "receiver").put(".");
}

fn task(said: &mut Words, id: TaskId, task: &Task) {
    said.put(" Task ").numbered(id).put(": ").put(words::state(task.state));
    let mut before = ", waits ";
    for waiting in &task.waits {
        said.put(before).wait(waiting.wait).put(" in ");
        place(said, waiting.place);
        before = ", and ";
    }
    if let Some(reached) = task.place {
        said.put(", came to ");
        place(said, reached);
    }
    said.and_count(task.live, "waker").and_count(task.polls, "poll");
    said.put(", ").number(task.useless).put(" useless");
    if let Some(by) = task.woken_by {
        said.put(", last woken by ").exactly(by);
    }
    said.put(".");
}

/// In full, because two lines may stand in two files of one name.
#[inline(never)]
fn place(said: &mut Words, place: Place) {
    match place.file() {
        Some(file) => said.put(&file.replace('\\', "/")),
        None => said.put("the program"),
    };
    said.put(" line ").number(place.line()).put(" column ").number(place.column());
}

fn wakes(said: &mut Words, snapshot: &Snapshot) {
    for wake in &snapshot.wakes {
        said.put(" In this command ").numbered(wake.task).put(", woken by ").exactly(wake.by);
        said.put(", ").put(words::effect(wake.effect));
        if let WakeEffect::Enqueued(worker, lane) = wake.effect {
            said.put(" (").worker(worker);
            said.put(if lane == Lane::Slot { ", Slot)" } else { ", Queue)" });
        }
        said.put(".");
    }
}

fn totals(said: &mut Words, snapshot: &Snapshot) {
    let totals = &snapshot.totals;
    said.put(" So far: ").count(totals.polls, "poll").put(", ").number(totals.useless);
    said.put(" useless; wakers: ").number(totals.made).put(" made, ").number(totals.clones);
    said.put(" cloned, ").number(totals.wakes).put(" used up by wake, ");
    said.number(totals.wakes_by_ref).put(" called by reference, ");
    said.number(totals.drops).put(" dropped.");
}

fn output_and_place(said: &mut Words, snapshot: &Snapshot) {
    for line in snapshot.output.iter() {
        said.put(" At ").number(line.at.0).put(" ").task(line.task).put(" printed ");
        quote(&mut said.text, &line.text);
        said.put(".");
    }
    let executing = &snapshot.executing;
    said.put(" What acts: ").exactly(executing.actor);
    if let Some(engine) = executing.engine {
        said.put(", at ");
        place(said, engine);
    }
    if let Some(task) = executing.task {
        said.put(", for the task at ");
        place(said, task);
    }
    said.put(".");
}

/// What there is, as numbers.
#[inline(never)]
fn counts(said: &mut Words, snapshot: &Snapshot) {
    said.put(" ").count(snapshot.tasks.len() as u32, "task");
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
    let mut before = ": ";
    for (state, count) in states {
        said.put(before).number(count).put(" ").put(state);
        before = ", ";
    }
    let wakers = snapshot.wakers.iter().map(|held| held.count).sum();
    said.put(". ").count(wakers, "waker");
    said.and_count(snapshot.registrations.len() as u32, "registration");
    said.and_count(snapshot.channels.len() as u32, "channel");
    said.put(" with ").count(values(snapshot) as u32, "value");
    said.and_count(snapshot.sources.len() as u32, "source");
    said.and_count(snapshot.output.len() as u32, "line").put(" printed.");
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
