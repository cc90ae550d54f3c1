//! The choice between the two executors.

use std::collections::VecDeque;

use crate::poll_everything::{self, Everything};
use crate::run_queue::{self, RunQueue};
use crate::snapshot::{MOST_WAKES, WakeArrow};
use crate::task::Futures;
use crate::world::{State, World};
use crate::{Actor, ExecutorKind, Happening, Setup, TaskId, WakeEffect, WorkerId};

/// What an executor knows besides the tasks.
pub(crate) enum Scheduler {
    Everything(Everything),
    RunQueue(RunQueue),
}

impl Scheduler {
    pub(crate) fn new(setup: Setup) -> Self {
        match setup.executor {
            ExecutorKind::PollEverything => Scheduler::Everything(Everything::default()),
            ExecutorKind::RunQueue { lifo, workers } => {
                Scheduler::RunQueue(RunQueue::new(lifo, workers, setup.seed))
            }
        }
    }
}

/// One turn of a worker.
pub(crate) fn turn(world: &World, futures: &mut Futures, worker: WorkerId) {
    let mut state = world.lock();
    state.worker = worker;
    state.actor = Actor::Worker(worker);
    let everything = state.everything().is_some();
    drop(state);
    match everything {
        true => poll_everything::turn(world, futures),
        false => run_queue::turn(world, futures, worker),
    }
}

impl State {
    pub(crate) fn everything(&mut self) -> Option<&mut Everything> {
        match &mut self.scheduler {
            Scheduler::Everything(everything) => Some(everything),
            Scheduler::RunQueue(_) => None,
        }
    }

    pub(crate) fn run_queue(&mut self) -> Option<&mut RunQueue> {
        match &mut self.scheduler {
            Scheduler::RunQueue(run_queue) => Some(run_queue),
            Scheduler::Everything(_) => None,
        }
    }

    /// The tasks that are neither finished nor dropped, in order.
    pub(crate) fn unfinished(&self) -> VecDeque<TaskId> {
        let ids = (0..).map(TaskId).zip(&self.tasks);
        ids.filter(|(_, task)| task.unfinished()).map(|(id, _)| id).collect()
    }

    /// The workers that could take a turn now, the scheduler's choice first.
    pub(crate) fn can_move(&self) -> Vec<WorkerId> {
        match &self.scheduler {
            Scheduler::Everything(_) if self.unfinished().is_empty() => Vec::new(),
            Scheduler::Everything(_) => vec![WorkerId(0)],
            Scheduler::RunQueue(run_queue) => run_queue.can_move(),
        }
    }

    /// A waker of the task was called.
    pub(crate) fn wake(&mut self, task: TaskId) {
        match &self.scheduler {
            Scheduler::RunQueue(_) => run_queue::wake(self, task),
            Scheduler::Everything(_) => poll_everything::wake(self, task),
        }
    }

    /// Tells what the call of a waker came to.
    #[track_caller]
    pub(crate) fn woken(&mut self, task: TaskId, effect: WakeEffect) {
        let by = self.actor;
        self.tasks[task.index()].woken_by = Some(by);
        if self.arrows.len() == MOST_WAKES {
            self.arrows.remove(0);
        }
        self.arrows.push(WakeArrow { by, task, effect });
        self.tell(Happening::Wake { task, effect });
    }
}
