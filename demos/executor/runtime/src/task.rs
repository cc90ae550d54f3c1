//! A task: a future that an executor was given, and what the executor knows about it.

use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};

use crate::snapshot::{TaskState, Waiting};
use crate::table::Table;
use crate::waiters::Waiters;
use crate::waker::TaskHeader;
use crate::world::World;
use crate::{Actor, Happening, Place, TaskId, WorkerId};

/// What the executor knows about a task.
pub(crate) struct Task {
    /// What every waker of the task points to.
    pub(crate) header: Arc<TaskHeader>,
    pub(crate) name: Arc<str>,
    pub(crate) state: TaskState,
    /// Filled anew by the leaf futures in each poll.
    pub(crate) waits: Vec<Waiting>,
    pub(crate) place: Option<Place>,
    /// How many wakers are alive: made and cloned, less dropped and consumed.
    pub(crate) live: u32,
    pub(crate) polls: u32,
    pub(crate) useless: u32,
    pub(crate) woken_by: Option<Actor>,
    /// The worker that polled it last; whoever wakes it from outside puts it there.
    pub(crate) home: WorkerId,
    /// The wakers of those who wait for its end.
    pub(crate) joiners: Waiters,
}

impl Task {
    pub(crate) fn new(header: Arc<TaskHeader>, name: Arc<str>, home: WorkerId) -> Self {
        Task {
            header,
            name,
            state: TaskState::Queued,
            waits: Vec::new(),
            place: None,
            live: 0,
            polls: 0,
            useless: 0,
            woken_by: None,
            home,
            joiners: Waiters::default(),
        }
    }

    /// Whether its future is still there.
    pub(crate) fn unfinished(&self) -> bool {
        !matches!(self.state, TaskState::Finished | TaskState::Dropped)
    }
}

/// A future of whatever kind.
pub(crate) type Boxed = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The future of a task. It tells when it is dropped, which happens exactly once.
pub(crate) struct TaskFuture {
    future: Boxed,
    task: TaskId,
    world: Weak<World>,
}

impl TaskFuture {
    pub(crate) fn new(world: &Arc<World>, task: TaskId, future: Boxed) -> Self {
        TaskFuture { future, task, world: Arc::downgrade(world) }
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.future.as_mut().poll(context)
    }
}

impl Drop for TaskFuture {
    fn drop(&mut self) {
        let Some(world) = self.world.upgrade() else { return };
        let mut state = world.lock();
        let task = &mut state.tasks[self.task.index()];
        let finished = task.state == TaskState::Finished;
        if !finished {
            task.state = TaskState::Dropped;
            task.waits.clear();
        }
        state.tell(Happening::FutureDropped { task: self.task, finished });
    }
}

/// The futures of all unfinished tasks.
pub(crate) type Futures = Table<TaskId, TaskFuture>;
