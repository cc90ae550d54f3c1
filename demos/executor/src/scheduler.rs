//! The choice between the two executors.

use std::collections::VecDeque;

use crate::poll_everything::{self, Everything};
use crate::run_queue::{self, RunQueue};
use crate::snapshot::{MOST_WAKES, TaskState, WakeArrow};
use crate::task::Futures;
use crate::world::{State, World};
use crate::{Actor, ExecutorKind, Happening, Scenario, TaskId, WakeEffect, WorkerId};

/// What an executor knows besides the tasks.
pub(crate) enum Scheduler {
    Everything(Everything),
    RunQueue(RunQueue),
}

impl Scheduler {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        match scenario.executor {
            ExecutorKind::PollEverything => Scheduler::Everything(Everything::default()),
            ExecutorKind::RunQueue { lifo, workers } => {
                Scheduler::RunQueue(RunQueue::new(lifo, workers, scenario.seed))
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
    #[track_caller]
    pub(crate) fn wake(&mut self, task: TaskId) {
        let effect = match &self.scheduler {
            Scheduler::RunQueue(_) => run_queue::woken(self, task),
            Scheduler::Everything(_) if self.tasks[task.index()].unfinished() => {
                WakeEffect::NotAsked
            }
            Scheduler::Everything(_) => WakeEffect::TooLate,
        };
        self.woken(task, effect);
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

    /// Puts a task that was woken while it was polled at the back of the queue.
    #[track_caller]
    pub(crate) fn requeue(&mut self, task: TaskId) {
        let worker = self.worker;
        self.put_back(task, worker);
        self.tell(Happening::Requeued { task, worker });
    }

    /// Puts a task at the back of a worker's queue, if the executor has queues.
    pub(crate) fn put_back(&mut self, task: TaskId, worker: WorkerId) {
        self.tasks[task.index()].state = TaskState::Queued;
        if let Some(run_queue) = self.run_queue() {
            run_queue.put_back(task, worker);
        }
    }
}
