//! What the page calls things in few words, where the engine's own sentences are too long.

use executor::snapshot::{Holder, Snapshot, Task, TaskState};
use executor::{
    Actor, ExecutorKind, Interest, Names, Place, TaskId, Verdict, Waitlist, WakeEffect, lower,
};

use crate::stage::Rest;
use crate::stage::shapes::Look;

/// The number that stands in a task's badge: people count from 1.
pub(crate) fn number(task: TaskId) -> u32 {
    task.0 + 1
}

/// A task's hue and shape.
pub(crate) fn look(task: TaskId) -> Look {
    Look((task.0 % u32::from(Look::HUES)) as u8 + 1)
}

/// A task's name as it is, for where it needs no quotation marks.
pub(crate) fn task_name(snapshot: &Snapshot, task: TaskId) -> &str {
    snapshot.tasks.get(task.index()).map_or("?", |task| &task.name)
}

/// A task's state in one or two words.
pub(crate) fn state(state: TaskState) -> &'static str {
    match state {
        TaskState::Queued => "queued",
        TaskState::Running { woken: false } => "polled",
        TaskState::Running { woken: true } => "polled, woken",
        TaskState::Waiting => "waiting",
        TaskState::NeverWoken => "never woken again",
        TaskState::Finished => "finished",
        TaskState::Dropped => "dropped",
    }
}

/// Whether a task's future is still there.
pub(crate) fn unfinished(state: TaskState) -> bool {
    !matches!(state, TaskState::Finished | TaskState::Dropped)
}

/// Where, in a few letters: `ping_pong.rs:14`, or `line 3` of the person's own program.
pub(crate) fn place(place: Place) -> String {
    match place.file() {
        Some(file) => {
            let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
            format!("{name}:{}", place.line())
        }
        None => format!("line {}", place.line()),
    }
}

/// What the executor is called.
pub(crate) fn executor(kind: ExecutorKind) -> String {
    match kind {
        ExecutorKind::PollEverything => "poll everything".to_owned(),
        ExecutorKind::RunQueue { lifo, workers } => {
            let slot = if lifo { ", LIFO slot" } else { "" };
            match workers {
                1 => format!("run queue{slot}"),
                _ => format!("run queue{slot}, {workers} workers"),
            }
        }
    }
}

/// Who holds a waker.
pub(crate) fn holder(names: &Names, holder: Holder) -> String {
    match holder {
        Holder::Context => "the Context of the poll that is going on".to_owned(),
        Holder::Handler(token) => format!("the reactor, as the handler of token {}", token.0),
        Holder::Waitlist(Waitlist::Receivers(channel)) => {
            format!("{}, for a receiver", names.channel(channel))
        }
        Holder::Waitlist(Waitlist::Senders(channel)) => {
            format!("{}, for a sender", names.channel(channel))
        }
        Holder::Waitlist(Waitlist::Joiners(task)) => {
            format!("{}, for who waits for its end", names.task(task))
        }
        Holder::Elsewhere => "a variable".to_owned(),
    }
}

/// Who acts.
pub(crate) fn actor(names: &Names, actor: Actor) -> String {
    match actor {
        Actor::Person => "you".to_owned(),
        Actor::Worker(_) => "the executor".to_owned(),
        Actor::Task(task) => names.task(task),
        Actor::Reactor => "the reactor".to_owned(),
        Actor::Drop => "the end of the executor".to_owned(),
    }
}

/// What a wake came to, after the name of the task.
pub(crate) fn effect(effect: WakeEffect) -> &'static str {
    match effect {
        WakeEffect::Enqueued(..) => "joined the queue",
        WakeEffect::AlreadyQueued => "stood in the queue already",
        WakeEffect::WhilePolled => "is queued again after this poll",
        WakeEffect::TooLate => "was over already",
        WakeEffect::DidNothing => "stays where it is, because this waker does nothing",
        WakeEffect::NotAsked => "stays where it is, because this executor asks no waker",
    }
}

/// `1 poll`, `2 polls`.
pub(crate) fn count(count: u32, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// Who acts, so that no two are called the same.
pub(crate) fn exactly(names: &Names, actor: Actor) -> String {
    match actor {
        Actor::Worker(id) => lower(&names.worker(id)),
        Actor::Task(task) => format!("{} {}", number(task), names.task(task)),
        actor => self::actor(names, actor),
    }
}

/// What the selector looks for.
pub(crate) fn interest(names: &Names, interest: Interest) -> String {
    match interest {
        Interest::Deadline(time) => format!("time {time}"),
        Interest::Readable(source) => format!("{} to be readable", names.source(source)),
    }
}

/// How a run has come to rest.
pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Finished => "Every task is finished.",
        Verdict::Dropped => "The executor is dropped, and every future with it.",
        Verdict::NeedsPerson => "Nothing goes on by itself: make a source readable.",
        Verdict::Stuck => "Stuck: nothing will ever run again.",
        Verdict::Spinning => {
            "Spinning: every task is polled for ever, and finds what it found before."
        }
    }
}

/// Why nothing goes on by itself: what each task waits for, which wakers of it are alive, and why
/// none of them will be called.
pub(crate) fn rest(snapshot: &Snapshot) -> Option<Rest> {
    let verdict = snapshot.verdict?;
    let names = Names::new(snapshot);
    let mut sentences = vec![self::verdict(verdict).to_owned()];
    let left = names.findings(snapshot);
    // More than a few would fill the page; their cards say it too.
    let more = left.len().saturating_sub(MANY);
    sentences.extend(left.into_iter().take(MANY).map(|finding| finding.text));
    sentences.extend((more > 0).then(|| format!("And {more} more.")));
    let fault = matches!(verdict, Verdict::Stuck | Verdict::Spinning);
    Some(Rest { sentence: sentences.join(" "), fault })
}

/// Of so many tasks it is said what they wait for.
const MANY: usize = 4;

/// A task with its number, its name and its state.
pub(crate) fn of_task(snapshot: &Snapshot, task: TaskId) -> String {
    let it = &snapshot.tasks[task.index()];
    format!("Task {}, ‘{}’: {}", number(task), it.name, state(it.state))
}

/// What a task waits for; `None` if it does not.
pub(crate) fn waits(names: &Names, task: &Task) -> Option<String> {
    let waits: Vec<String> = task.waits.iter().map(|it| names.wait(it.wait)).collect();
    (!waits.is_empty()).then(|| format!("waits {}", waits.join(" and ")))
}
