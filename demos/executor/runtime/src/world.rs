//! Everything that a run consists of, apart from the futures themselves, in one plain struct.
//!
//! Tasks, leaf futures and wakers all reach it through one `Arc<World>`. The lock is never contended,
//! as the machine runs on one thread; it is there because a `Waker` may be sent to other threads, so
//! what it points to has to be `Send` and `Sync`. One rule keeps it from being locked twice: **no
//! waker is cloned, called or dropped while the lock is held**, since each of these takes the lock to
//! tell of itself. (The same rule saves real runtimes from deadlocks.)

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use machine::Tape;

use crate::poll_everything::Everything;
use crate::reactor::Reactor;
use crate::run_queue::RunQueue;
use crate::snapshot::{Channel, Snapshot, Source, Task, Worker};
use crate::task::{Core, Futures};
use crate::waiters::Waiter;
use crate::{ChannelId, Happening, Place, Setup, SourceId, Step, TaskId, Ticket, WorkerId};

/// The shared world of one machine.
pub(crate) struct World {
    state: Mutex<State>,
}

/// What the world consists of.
pub(crate) struct State {
    pub(crate) setup: Setup,
    /// Most of it is what is shown, and stands here as it is shown. What a snapshot has besides, how
    /// wakers lie and what comes next, follows from the rest: see [`Snapshot::of`].
    pub(crate) shown: Snapshot,
    /// What else is known about each task.
    pub(crate) cores: Vec<Core>,
    /// How many tasks were given each name.
    pub(crate) names: Vec<(Arc<str>, u32)>,
    pub(crate) everything: Everything,
    pub(crate) run_queue: RunQueue,
    pub(crate) reactor: Reactor,
    /// The wakers that channels and tasks keep, in the order in which they came.
    pub(crate) waiters: Vec<Waiter>,
    /// How many values were read of each source.
    pub(crate) read: Vec<u32>,
    /// The worker whose turn it is or was.
    pub(crate) worker: WorkerId,
    /// The task for whose poll the executor holds a waker.
    pub(crate) context: Option<TaskId>,
    /// Whether the poll that is going on has got its task any further.
    pub(crate) progress: bool,
    /// Whether the executor was dropped.
    pub(crate) dropped: bool,
    /// Futures of tasks that were spawned during this command; the machine takes them in after it.
    pub(crate) spawned: Futures,
    /// During a command the tape of whoever gave it; else one that nobody reads.
    pub(crate) tape: Tape<Step, Snapshot>,
    next_ticket: u32,
}

impl World {
    pub(crate) fn new(setup: Setup) -> Arc<World> {
        let shown = Snapshot::first(setup);
        let run_queue = RunQueue::new(shown.workers.len());
        let state = State {
            setup,
            shown,
            cores: Vec::new(),
            names: Vec::new(),
            everything: Everything::default(),
            run_queue,
            reactor: Reactor::default(),
            waiters: Vec::new(),
            read: Vec::new(),
            worker: WorkerId(0),
            context: None,
            progress: false,
            dropped: false,
            spawned: Vec::new(),
            tape: Tape::default(),
            next_ticket: 0,
        };
        Arc::new(World { state: Mutex::new(state) })
    }

    /// Everybody does this all the time: once in the page's code is enough.
    #[inline(never)]
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells that something has happened, at the line of the caller.
    #[track_caller]
    pub(crate) fn tell(&self, happening: Happening) {
        self.lock().tell(happening);
    }
}

impl State {
    /// Tells that something has happened, at the line of the caller.
    #[track_caller]
    pub(crate) fn tell(&mut self, happening: Happening) {
        let engine = Place::caller();
        self.shown.executing.engine = Some(engine);
        let actor = self.shown.executing.actor;
        let snapshot = self.tape.wants_snapshot().then(|| Snapshot::of(self));
        self.tape.record_with(Step { happening, actor, engine }, snapshot);
    }

    #[inline(never)]
    pub(crate) fn task(&mut self, id: TaskId) -> &mut Task {
        &mut self.shown.tasks[id.index()]
    }

    #[inline(never)]
    pub(crate) fn channel(&mut self, id: ChannelId) -> &mut Channel {
        &mut self.shown.channels[id.index()]
    }

    #[inline(never)]
    pub(crate) fn source(&mut self, id: SourceId) -> &mut Source {
        &mut self.shown.sources[id.index()]
    }

    #[inline(never)]
    pub(crate) fn worker(&mut self, id: WorkerId) -> &mut Worker {
        &mut self.shown.workers[id.index()]
    }

    /// The task that is being polled.
    #[inline(never)]
    pub(crate) fn running(&self) -> Option<TaskId> {
        self.shown.workers[self.worker.index()].running
    }

    /// Notes which task is being polled.
    pub(crate) fn set_running(&mut self, task: Option<TaskId>) {
        self.worker(self.worker).running = task;
    }

    /// Notes the line that the running task has reached in its own source.
    pub(crate) fn task_reached(&mut self, place: Place) {
        if let Some(task) = self.running() {
            self.task(task).place = Some(place);
        }
    }

    pub(crate) fn new_ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }
}
