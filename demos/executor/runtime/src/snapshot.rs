//! The state at one moment, as plain data: all that a view needs.

use std::sync::Arc;

use crate::scheduler::Scheduler;
use crate::table::Table;
use crate::waker::task_of;
use crate::world::State;
use crate::{
    Actor, ChannelId, ExecutorKind, Interest, Place, TaskId, Time, Token, Tokens, Value, Verdict,
    Wait, Waitlist, WakeEffect, WakerKind, WorkerId, channel, reactor, task as world,
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
    /// Reads the state off.
    pub(crate) fn of(state: &State) -> Snapshot {
        Snapshot {
            now: state.now,
            executor: state.setup.executor,
            waker: state.setup.waker,
            tokens: state.setup.tokens,
            workers: workers(state),
            round: match &state.scheduler {
                Scheduler::Everything(everything) => everything.round,
                Scheduler::RunQueue(_) => 0,
            },
            tasks: state.tasks.iter().map(task).collect(),
            wakers: wakers(state),
            registrations: state
                .reactor
                .selector
                .registrations
                .values()
                .map(|&(token, interest)| Registration { token, interest })
                .collect(),
            events: (state.reactor.selector.due(state.now).into_iter())
                .map(|(_, token, interest)| (token, interest))
                .collect(),
            next: state.next_moment(),
            handlers: (state.reactor.handlers.iter())
                .filter_map(|(token, waker)| Some((*token, task_of(waker)?)))
                .collect(),
            sources: state.sources.iter().map(source).collect(),
            channels: state.channels.iter().map(channel).collect(),
            wakes: state.arrows.clone(),
            totals: state.totals,
            output: Arc::clone(&state.output),
            executing: Executing {
                actor: state.actor,
                engine: state.engine,
                task: state.running.and_then(|task| state.tasks[task.index()].place),
            },
            verdict: state.verdict,
        }
    }
}

fn workers(state: &State) -> Vec<Worker> {
    let running = |id: WorkerId| state.running.filter(|_| state.worker == id);
    match &state.scheduler {
        Scheduler::Everything(everything) => vec![Worker {
            running: running(WorkerId(0)),
            slot: None,
            queue: everything.left.iter().copied().collect(),
            next: everything.left.front().copied().or(state.unfinished().front().copied()),
        }],
        Scheduler::RunQueue(run_queue) => ((0..).map(WorkerId).zip(&run_queue.workers))
            .map(|(id, worker)| Worker {
                running: running(id),
                slot: worker.slot,
                queue: worker.queue.iter().copied().collect(),
                next: run_queue.next(id),
            })
            .collect(),
    }
}

fn task(task: &world::Task) -> Task {
    Task {
        name: Arc::clone(&task.name),
        state: task.state,
        waits: task.waits.clone(),
        place: task.place,
        live: task.live,
        polls: task.polls,
        useless: task.useless,
        woken_by: task.woken_by,
    }
}

fn source(source: &reactor::Source) -> Source {
    Source {
        name: Arc::clone(&source.name),
        unread: source.unread,
        arrivals: source.arrivals.iter().copied().collect(),
    }
}

fn channel(channel: &channel::Channel) -> Channel {
    Channel {
        name: Arc::clone(&channel.name),
        room: channel.room,
        values: channel.values.iter().copied().collect(),
        senders: channel.senders,
        receivers: channel.receivers,
    }
}

/// Finds every waker that lies in a table of the world; what is alive besides these is in the
/// `Context` of the poll that is going on, or in a variable somewhere.
fn wakers(state: &State) -> Vec<HeldWakers> {
    let mut held: Table<(TaskId, Holder), u32> = Table::new();
    let mut found = |holder: Holder, task: TaskId| *held.get_or_insert((task, holder), 0) += 1;
    for (token, waker) in state.reactor.handlers.iter() {
        task_of(waker).into_iter().for_each(|task| found(Holder::Handler(*token), task));
    }
    for (id, channel) in (0..).map(ChannelId).zip(&state.channels) {
        channel
            .receiving
            .tasks()
            .for_each(|task| found(Holder::Waitlist(Waitlist::Receivers(id)), task));
        channel
            .sending
            .tasks()
            .for_each(|task| found(Holder::Waitlist(Waitlist::Senders(id)), task));
    }
    for (id, task) in (0..).map(TaskId).zip(&state.tasks) {
        task.joiners.tasks().for_each(|task| found(Holder::Waitlist(Waitlist::Joiners(id)), task));
    }
    for (id, task) in (0..).map(TaskId).zip(&state.tasks) {
        let in_tables = held.iter().filter(|((task, _), _)| *task == id).map(|(_, count)| count);
        let mut elsewhere = task.live.saturating_sub(in_tables.sum());
        if state.context == Some(id) && elsewhere > 0 {
            held.insert((id, Holder::Context), 1);
            elsewhere -= 1;
        }
        if elsewhere > 0 {
            held.insert((id, Holder::Elsewhere), elsewhere);
        }
    }
    let entry = |((task, holder), count)| HeldWakers { task, holder, count };
    held.into_iter().map(entry).collect()
}
