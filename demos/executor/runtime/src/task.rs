//! A task: a future that an executor was given, and what the executor knows about it.

use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};

use crate::snapshot::{Task, TaskState};
use crate::waker::TaskHeader;
use crate::world::World;
use crate::{Happening, TaskId, WorkerId, run_queue};

/// What the executor knows about a task besides what is shown of it.
pub(crate) struct Core {
    /// What every waker of the task points to.
    pub(crate) header: Arc<TaskHeader>,
    /// The worker that polled it last; whoever wakes it from outside puts it there.
    pub(crate) home: WorkerId,
}

impl Task {
    pub(crate) fn new(name: Arc<str>) -> Self {
        Task {
            name,
            state: TaskState::Queued,
            waits: Vec::new(),
            place: None,
            live: 0,
            polls: 0,
            useless: 0,
            woken_by: None,
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
        let task = state.task(self.task);
        let finished = task.state == TaskState::Finished;
        if !finished {
            task.state = TaskState::Dropped;
            task.waits.clear();
            run_queue::leave(&mut state, self.task);
        }
        state.tell(Happening::FutureDropped { task: self.task, finished });
    }
}

/// The futures of all tasks, at their ids; none for a task that is over or is being polled.
pub(crate) type Futures = Vec<Option<TaskFuture>>;
