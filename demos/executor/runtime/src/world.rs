//! Everything that a run consists of, apart from the futures themselves, in one plain struct.
//!
//! Tasks, leaf futures and wakers all reach it through one `Arc<World>`. The lock is never contended,
//! as the machine runs on one thread; it is there because a `Waker` may be sent to other threads, so
//! what it points to has to be `Send` and `Sync`. One rule keeps it from being locked twice: **no
//! waker is cloned, called or dropped while the lock is held**, since each of these takes the lock to
//! tell of itself. (The same rule saves real runtimes from deadlocks.)

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use machine::Tape;

use crate::channel::Channel;
use crate::reactor::{Reactor, Source};
use crate::scheduler::Scheduler;
use crate::snapshot::{Line, Snapshot, Totals, WakeArrow};
use crate::table::Table;
use crate::task::{Task, TaskFuture};
use crate::{Actor, Happening, Place, Setup, Step, TaskId, Ticket, Time, Verdict, WorkerId};

/// The shared world of one machine.
pub(crate) struct World {
    state: Mutex<State>,
}

/// What the world consists of.
pub(crate) struct State {
    pub(crate) setup: Setup,
    pub(crate) now: Time,
    pub(crate) tasks: Vec<Task>,
    /// How many tasks were given each name.
    pub(crate) names: Table<Arc<str>, u32>,
    pub(crate) scheduler: Scheduler,
    pub(crate) reactor: Reactor,
    pub(crate) sources: Vec<Source>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) output: Arc<Vec<Line>>,
    pub(crate) totals: Totals,
    /// Who acts, for the steps that are told.
    pub(crate) actor: Actor,
    /// The worker whose turn it is or was.
    pub(crate) worker: WorkerId,
    /// The task that is being polled.
    pub(crate) running: Option<TaskId>,
    /// The task for whose poll the executor holds a waker.
    pub(crate) context: Option<TaskId>,
    /// The line of this crate that told the last step.
    pub(crate) engine: Option<Place>,
    /// The wakes since the current command began.
    pub(crate) arrows: Vec<WakeArrow>,
    /// Whether the poll that is going on has got its task any further.
    pub(crate) progress: bool,
    pub(crate) verdict: Option<Verdict>,
    /// Whether the executor was dropped.
    pub(crate) dropped: bool,
    /// Futures of tasks that were spawned during this command; the machine takes them in after it.
    pub(crate) spawned: Table<TaskId, TaskFuture>,
    pub(crate) tape: Tape<Step, Snapshot>,
    next_ticket: u32,
}

impl World {
    pub(crate) fn new(setup: Setup) -> Arc<World> {
        let state = State {
            setup,
            now: Time(0),
            tasks: Vec::new(),
            names: Table::new(),
            scheduler: Scheduler::new(setup),
            reactor: Reactor::new(setup.tokens),
            sources: Vec::new(),
            channels: Vec::new(),
            output: Arc::default(),
            totals: Totals::default(),
            actor: Actor::Person,
            worker: WorkerId(0),
            running: None,
            context: None,
            engine: None,
            arrows: Vec::new(),
            progress: false,
            verdict: None,
            dropped: false,
            spawned: Table::new(),
            tape: Tape::default(),
            next_ticket: 0,
        };
        Arc::new(World { state: Mutex::new(state) })
    }

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
        self.engine = Some(engine);
        let mut tape = mem::take(&mut self.tape);
        tape.record(Step { happening, actor: self.actor, engine }, || Snapshot::of(self));
        self.tape = tape;
    }

    /// Notes the line that the running task has reached in its own source.
    pub(crate) fn task_reached(&mut self, place: Place) {
        if let Some(task) = self.running {
            self.tasks[task.index()].place = Some(place);
        }
    }

    pub(crate) fn new_ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }
}
