//! The choice between the two executors.

use crate::snapshot::{MOST_WAKES, Task, WakeArrow};
use crate::task::Futures;
use crate::world::{State, World};
use crate::{
    Actor, Command, ExecutorKind, Happening, TaskId, WakeEffect, WorkerId, poll_everything,
    run_queue,
};

/// One turn of a worker.
pub(crate) fn turn(world: &World, futures: &mut Futures, worker: WorkerId) {
    let mut state = world.lock();
    state.worker = worker;
    state.shown.executing.actor = Actor::Worker(worker);
    let everything = state.polls_everything();
    drop(state);
    match everything {
        true => poll_everything::turn(world, futures),
        false => run_queue::turn(world, futures, worker),
    }
}

impl State {
    pub(crate) fn polls_everything(&self) -> bool {
        self.setup.executor == ExecutorKind::PollEverything
    }

    /// The tasks that are neither finished nor dropped, in order.
    pub(crate) fn unfinished(&self) -> impl Iterator<Item = TaskId> {
        let ids = (0..).map(TaskId).zip(&self.shown.tasks);
        ids.filter(|(_, task)| task.unfinished()).map(|(id, _)| id)
    }

    /// Whether every task is finished or dropped.
    pub(crate) fn all_are_over(&self) -> bool {
        !self.shown.tasks.iter().any(Task::unfinished)
    }

    /// The turns that workers could take now, the scheduler's choice first.
    pub(crate) fn turns(&self, commands: &mut Vec<Command>) {
        if !self.polls_everything() {
            run_queue::turns(self, commands);
        } else if !self.all_are_over() {
            commands.push(Command::Turn(WorkerId(0)));
        }
    }

    /// The task that a turn of this worker would poll now.
    pub(crate) fn next_of(&self, worker: WorkerId) -> Option<TaskId> {
        if !self.polls_everything() {
            return run_queue::next(self, worker);
        }
        let left = self.shown.workers[worker.index()].queue.first();
        left.copied().or_else(|| self.unfinished().next())
    }

    /// A waker of the task was called.
    pub(crate) fn wake(&mut self, task: TaskId) {
        match self.polls_everything() {
            true => poll_everything::wake(self, task),
            false => run_queue::wake(self, task),
        }
    }

    /// Tells what the call of a waker came to.
    #[track_caller]
    pub(crate) fn woken(&mut self, task: TaskId, effect: WakeEffect) {
        let by = self.shown.executing.actor;
        self.task(task).woken_by = Some(by);
        let wakes = &mut self.shown.wakes;
        if wakes.len() == MOST_WAKES {
            wakes.remove(0);
        }
        wakes.push(WakeArrow { by, task, effect });
        self.tell(Happening::Wake { task, effect });
    }
}
