//! The state at one moment, as plain data: all that a view needs.

use std::sync::Arc;

use crate::waker::task_of;
use crate::world::State;
use crate::{
    Actor, ExecutorKind, Interest, Place, Setup, TaskId, Time, Token, Tokens, Value, Verdict, Wait,
    Waitlist, WakeEffect, WakerKind, WorkerId, reactor,
};

/// A snapshot holds no more lines of output than this.
pub const MOST_LINES: usize = 200;
/// A snapshot holds no more wakes than this.
pub const MOST_WAKES: usize = 200;

/// The state of the whole machine.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Snapshot {
    /// Virtual time.
    pub now: Time,
    /// Which executor polls the tasks.
    pub executor: ExecutorKind,
    /// What a wake does.
    pub waker: WakerKind,
    /// How the reactor chooses tokens.
    pub tokens: Tokens,
    /// The workers; poll everything has one, whose queue is what is left of the round.
    pub workers: Vec<Worker>,
    /// Which round poll everything is in, from 1; 0 before the first, and always for a run queue.
    pub round: u32,
    /// The tasks; `tasks[i]` is the one with the id `i`.
    pub tasks: Vec<Task>,
    /// Who holds the wakers that are alive, by task.
    pub wakers: Vec<HeldWakers>,
    /// What the selector looks for, in the order of registering.
    pub registrations: Vec<Registration>,
    /// What the selector will report when it is asked, in that order.
    pub events: Vec<(Token, Interest)>,
    /// The moment up to which the reactor would let time pass, if nothing else could be done.
    pub next: Option<Time>,
    /// The reactor's handlers by token: whose waker is called.
    pub handlers: Vec<(Token, TaskId)>,
    /// The sources; `sources[i]` is the one with the id `i`.
    pub sources: Vec<Source>,
    /// The channels; `channels[i]` is the one with the id `i`.
    pub channels: Vec<Channel>,
    /// The wakes since the current command began, who called whom: the last [`MOST_WAKES`].
    pub wakes: Vec<WakeArrow>,
    /// What was counted so far.
    pub totals: Totals,
    /// What was printed so far: the last [`MOST_LINES`].
    pub output: Arc<Vec<Line>>,
    /// What is executing.
    pub executing: Executing,
    /// How the run came to rest, if it has.
    pub verdict: Option<Verdict>,
}

/// A worker of the executor.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Worker {
    /// The task that it is polling.
    pub running: Option<TaskId>,
    /// The task in its LIFO slot.
    pub slot: Option<TaskId>,
    /// Its queue, from the front.
    pub queue: Vec<TaskId>,
    /// The task that a turn of this worker would poll now, though it had to steal it.
    pub next: Option<TaskId>,
}

/// A task.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Task {
    /// Its name.
    pub name: Arc<str>,
    /// What it is about.
    pub state: TaskState,
    /// What its leaf futures wait for, and where: one, or under `join` and `select` several. While
    /// the task is polled, those that were polled already in this poll.
    pub waits: Vec<Waiting>,
    /// The line of its own source that it reached last.
    pub place: Option<Place>,
    /// How many wakers of it are alive.
    pub live: u32,
    /// How often it was polled.
    pub polls: u32,
    /// How many of those polls got it no further.
    pub useless: u32,
    /// Who woke it last.
    pub woken_by: Option<Actor>,
}

/// What a task is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TaskState {
    /// It is new or was woken, and stands in a queue or slot.
    Queued,
    /// A worker has taken it out of there, and is about to poll it.
    Taken,
    /// It is being polled.
    Running {
        /// Whether it was woken meanwhile, and will be queued again.
        woken: bool,
    },
    /// Its last poll returned `Pending`.
    Waiting,
    /// As `Waiting`, and it is certain that nothing will ever wake it.
    NeverWoken,
    /// `poll` returned `Ready`.
    Finished,
    /// Its future was dropped before it was finished.
    Dropped,
}

/// One leaf future that waits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Waiting {
    /// What it waits for.
    pub wait: Wait,
    /// The line at which the task is suspended in it.
    pub place: Place,
}

/// Wakers of one task in one place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HeldWakers {
    /// Whom they would wake.
    pub task: TaskId,
    /// Who holds them.
    pub holder: Holder,
    /// How many they are.
    pub count: u32,
}

/// Who holds a waker.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Holder {
    /// The executor: it is the one in the `Context` of the poll that is going on.
    Context,
    /// The reactor, as the handler under this token.
    Handler(Token),
    /// A channel or a task, for a future that waits for it.
    Waitlist(Waitlist),
    /// A variable somewhere: of a function that is running, or of a future.
    Elsewhere,
}

/// A registration at the selector.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Registration {
    /// Under which token events are reported.
    pub token: Token,
    /// What is looked for.
    pub interest: Interest,
}

/// Something that can be read from, now and then.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Source {
    /// Its name.
    pub name: Arc<str>,
    /// How many values can be read.
    pub unread: u32,
    /// When it will become readable by itself.
    pub arrivals: Vec<Time>,
}

/// A channel.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Channel {
    /// Its name.
    pub name: Arc<str>,
    /// For how many values it has room; `None` is without end.
    pub room: Option<u32>,
    /// What is in it, the oldest first.
    pub values: Vec<Value>,
    /// How many senders there are.
    pub senders: u32,
    /// How many receivers there are.
    pub receivers: u32,
}

/// One wake as an arrow.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct WakeArrow {
    /// Who called the waker.
    pub by: Actor,
    /// Whose waker it is.
    pub task: TaskId,
    /// What came of it.
    pub effect: WakeEffect,
}

/// What was counted since the start.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Totals {
    /// Wakers made by the executor, one a poll.
    pub made: u32,
    /// Calls of `clone`.
    pub clones: u32,
    /// Calls of `wake`.
    pub wakes: u32,
    /// Calls of `wake_by_ref`.
    pub wakes_by_ref: u32,
    /// Calls of `drop`.
    pub drops: u32,
    /// Polls.
    pub polls: u32,
    /// Polls in which the task got no further.
    pub useless: u32,
}

/// A printed line.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Line {
    /// When.
    pub at: Time,
    /// By whom.
    pub task: TaskId,
    /// What.
    pub text: Arc<str>,
}

/// What is executing: two places, as there are two sources to look at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Executing {
    /// Who acts.
    pub actor: Actor,
    /// The line of the executor, the waker, the reactor or the leaf future; none before the first step.
    pub engine: Option<Place>,
    /// The line of the task that is being polled.
    pub task: Option<Place>,
}

impl Snapshot {
    /// The wakers of `task` that are alive, by who holds them.
    pub fn wakers_of(&self, task: TaskId) -> impl Iterator<Item = &HeldWakers> {
        self.wakers.iter().filter(move |held| held.task == task)
    }

    /// How many tasks are finished.
    pub fn finished(&self) -> u32 {
        let finished = self.tasks.iter().filter(|task| task.state == TaskState::Finished);
        finished.count() as u32
    }
}

impl Snapshot {
    /// What is there before the first task.
    pub(crate) fn first(setup: Setup) -> Snapshot {
        let workers = match setup.executor {
            ExecutorKind::PollEverything => 1,
            ExecutorKind::RunQueue { workers, .. } => workers,
        };
        let idle = |_| Worker { running: None, slot: None, queue: Vec::new(), next: None };
        Snapshot {
            now: Time(0),
            executor: setup.executor,
            waker: setup.waker,
            tokens: setup.tokens,
            workers: (0..workers).map(idle).collect(),
            round: 0,
            tasks: Vec::new(),
            wakers: Vec::new(),
            registrations: Vec::new(),
            events: Vec::new(),
            next: None,
            handlers: Vec::new(),
            sources: Vec::new(),
            channels: Vec::new(),
            wakes: Vec::new(),
            totals: Totals::default(),
            output: Arc::default(),
            executing: Executing { actor: Actor::Person, engine: None, task: None },
            verdict: None,
        }
    }

    /// Reads the state off: what stands there as it is shown, and what follows from the rest.
    pub(crate) fn of(state: &State) -> Snapshot {
        let Snapshot { now, executor, waker, tokens, round, totals, verdict, .. } = state.shown;
        let Snapshot { workers, tasks, sources, channels, wakes, output, .. } = &state.shown;
        let mut workers = workers.clone();
        for (id, worker) in (0..).map(WorkerId).zip(&mut workers) {
            worker.next = state.next_of(id);
        }
        let mut registrations = Vec::new();
        for &reactor::Registration { token, interest, .. } in &state.reactor.selector.registrations
        {
            registrations.push(Registration { token, interest });
        }
        let mut events = Vec::new();
        for reactor::Registration { token, interest, .. } in state.reactor.selector.due(now) {
            events.push((token, interest));
        }
        let mut handlers = Vec::new();
        for (token, waker) in &state.reactor.handlers {
            handlers.extend(task_of(waker).map(|task| (*token, task)));
        }
        let place = state.running().and_then(|task| tasks[task.index()].place);
        Snapshot {
            now,
            executor,
            waker,
            tokens,
            workers,
            round,
            tasks: tasks.clone(),
            wakers: wakers(state),
            registrations,
            events,
            next: state.next_moment(),
            handlers,
            sources: sources.clone(),
            channels: channels.clone(),
            wakes: wakes.clone(),
            totals,
            output: Arc::clone(output),
            executing: Executing { task: place, ..state.shown.executing },
            verdict,
        }
    }
}

/// Finds every waker that lies in a table of the world; what is alive besides these is in the
/// `Context` of the poll that is going on, or in a variable somewhere.
fn wakers(state: &State) -> Vec<HeldWakers> {
    let mut held = Vec::new();
    for (token, waker) in &state.reactor.handlers {
        add(&mut held, task_of(waker), Holder::Handler(*token), 1);
    }
    for waiter in &state.waiters {
        add(&mut held, task_of(&waiter.waker), Holder::Waitlist(waiter.list), 1);
    }
    for (id, task) in (0..).map(TaskId).zip(&state.shown.tasks) {
        let in_tables = held.iter().filter(|held| held.task == id).map(|held| held.count).sum();
        let mut elsewhere = task.live.saturating_sub(in_tables);
        if state.context == Some(id) && elsewhere > 0 {
            add(&mut held, Some(id), Holder::Context, 1);
            elsewhere -= 1;
        }
        add(&mut held, Some(id), Holder::Elsewhere, elsewhere);
    }
    held
}

/// Counts so many more wakers in one place; the list is in the order of tasks and holders.
fn add(all: &mut Vec<HeldWakers>, task: Option<TaskId>, holder: Holder, count: u32) {
    let Some(task) = task.filter(|_| count > 0) else { return };
    let at = all.partition_point(|held| (held.task, held.holder) < (task, holder));
    match all.get_mut(at) {
        Some(held) if held.task == task && held.holder == holder => held.count += count,
        _ => all.insert(at, HeldWakers { task, holder, count }),
    }
}
