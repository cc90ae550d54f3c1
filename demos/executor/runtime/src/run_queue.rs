//! The second executor: a queue of the tasks that were woken.
//!
//! A task is polled only when somebody has called one of its wakers: [`wake`] puts it at the back of
//! a queue, [`turn`] takes the one at the front and polls it once. So a task that waits costs
//! nothing; and a task whose wakers are all gone, or do nothing, is never polled again.
//!
//! What production executors add to this is here too, in its smallest form:
//!
//! - several *workers*, each with a queue of its own; who has nothing *steals* half of another's;
//! - a *LIFO slot*: a task that the running task wakes runs next, while what the two share is still
//!   in the cache. Three times running at most, or two tasks that wake each other would keep the
//!   worker to themselves.
//!
//! On real hardware the workers run at the same time. Here each turn is a command, so every order of
//! turns can be tried; the seed decides which one Play takes.

use std::collections::VecDeque;

use machine::Random;

use crate::poll::poll;
use crate::snapshot::TaskState;
use crate::task::Futures;
use crate::world::{State, World};
use crate::{Happening, Lane, TaskId, WakeEffect, WorkerId};

/// The workers and what they share.
pub(crate) struct RunQueue {
    pub(crate) workers: Vec<Worker>,
    lifo: bool,
    seed: u32,
    /// How many turns there were; with the seed it decides whose is next.
    turns: u32,
}

/// One worker.
#[derive(Default)]
pub(crate) struct Worker {
    pub(crate) slot: Option<TaskId>,
    pub(crate) queue: VecDeque<TaskId>,
    /// How many tasks in a row came from the slot.
    streak: u32,
}

/// So many tasks in a row may come from the slot.
const LONGEST_STREAK: u32 = 3;

/// One turn of a worker: it takes the next task and polls it once.
pub(crate) fn turn(world: &World, futures: &mut Futures, worker: WorkerId) {
    let task = take(&mut world.lock(), worker);
    // What the seed chooses next is settled from here on: nothing changes after the last step.
    if let Some(run_queue) = world.lock().run_queue() {
        run_queue.turns += 1;
    }
    if let Some(task) = task {
        poll(world, futures, task);
    }
}

/// A waker of the task was called: it joins a queue, unless there is a reason not to.
pub(crate) fn wake(state: &mut State, task: TaskId) {
    let own = &mut state.tasks[task.index()];
    match own.state {
        TaskState::Waiting | TaskState::NeverWoken => {
            own.state = TaskState::Queued;
            let (worker, lane) = enqueue(state, task);
            state.woken(task, WakeEffect::Enqueued(worker, lane));
        }
        TaskState::Queued => state.woken(task, WakeEffect::AlreadyQueued),
        TaskState::Running { .. } => {
            own.state = TaskState::Running { woken: true };
            state.woken(task, WakeEffect::WhilePolled);
        }
        TaskState::Finished | TaskState::Dropped => state.woken(task, WakeEffect::TooLate),
    }
}

/// Whom a running task wakes comes to its worker, and into the slot if there is one; whom the
/// reactor or the person wakes comes to the worker that polled it last.
fn enqueue(state: &mut State, task: TaskId) -> (WorkerId, Lane) {
    let by_a_task = state.running.is_some();
    let id = if by_a_task { state.worker } else { state.tasks[task.index()].home };
    let Some(run_queue) = state.run_queue() else { return (id, Lane::Queue) };
    let slot = run_queue.lifo && by_a_task;
    let worker = run_queue.worker(id);
    if slot {
        // Who was in the slot gives way.
        worker.queue.extend(worker.slot.replace(task));
        return (id, Lane::Slot);
    }
    worker.queue.push_back(task);
    (id, Lane::Queue)
}

/// Puts a task that was woken while it was polled at the back of the queue. Not into the slot: it
/// has just had its turn.
pub(crate) fn requeue(state: &mut State, task: TaskId) {
    let worker = state.worker;
    put_back(state, task, worker);
    state.tell(Happening::Requeued { task, worker });
}

/// Puts a task at the back of a worker's queue.
pub(crate) fn put_back(state: &mut State, task: TaskId, worker: WorkerId) {
    state.tasks[task.index()].state = TaskState::Queued;
    if let Some(run_queue) = state.run_queue() {
        run_queue.worker(worker).queue.push_back(task);
    }
}

/// The next task of a worker: from its slot, else from its queue, else from another's.
fn take(state: &mut State, worker: WorkerId) -> Option<TaskId> {
    let own = state.run_queue()?.worker(worker);
    if let Some(task) = own.slot.take() {
        if own.streak < LONGEST_STREAK {
            own.streak += 1;
            state.tell(Happening::Took { task, lane: Lane::Slot });
            return Some(task);
        }
        own.queue.push_back(task);
        state.tell(Happening::SlotRested { task });
    }
    steal_if_idle(state, worker);
    let own = state.run_queue()?.worker(worker);
    own.streak = 0;
    let task = own.queue.pop_front()?;
    state.tell(Happening::Took { task, lane: Lane::Queue });
    Some(task)
}

/// Moves the older half of another worker's queue to a worker that has nothing.
fn steal_if_idle(state: &mut State, thief: WorkerId) {
    let Some(run_queue) = state.run_queue() else { return };
    if !run_queue.worker(thief).queue.is_empty() {
        return;
    }
    let Some(victim) = run_queue.victim() else { return };
    let queue = &mut run_queue.worker(victim).queue;
    let half = queue.len().div_ceil(2);
    let stolen: VecDeque<TaskId> = queue.drain(..half).collect();
    run_queue.worker(thief).queue = stolen;
    state.tell(Happening::Stole { victim, count: half as u32 });
}

impl RunQueue {
    pub(crate) fn new(lifo: bool, workers: u32, seed: u32) -> Self {
        let workers = (0..workers).map(|_| Worker::default()).collect();
        RunQueue { workers, lifo, seed, turns: 0 }
    }

    fn worker(&mut self, id: WorkerId) -> &mut Worker {
        &mut self.workers[id.index()]
    }

    /// The workers that could take a turn now. The first is the seed's choice.
    pub(crate) fn can_move(&self) -> Vec<WorkerId> {
        let somebody_has_a_queue = !self.with_queue().is_empty();
        let has_slot = |id: &WorkerId| self.workers[id.index()].slot.is_some();
        let mut movable: Vec<WorkerId> =
            self.ids().filter(|id| somebody_has_a_queue || has_slot(id)).collect();
        if !movable.is_empty() {
            let first = self.choice(movable.len());
            movable[..=first].rotate_right(1);
        }
        movable
    }

    /// The task that a turn of this worker would poll now.
    pub(crate) fn next(&self, worker: WorkerId) -> Option<TaskId> {
        let own = &self.workers[worker.index()];
        let rested = own.streak == LONGEST_STREAK;
        let front = own.queue.front().copied();
        let own = if rested { front.or(own.slot) } else { own.slot.or(front) };
        own.or_else(|| self.workers[self.victim()?.index()].queue.front().copied())
    }

    /// From whom would be stolen: the seed's choice.
    fn victim(&self) -> Option<WorkerId> {
        let victims = self.with_queue();
        victims.get(self.choice(victims.len())).copied()
    }

    /// The workers with something in their queue: from these can be stolen.
    fn with_queue(&self) -> Vec<WorkerId> {
        self.ids().filter(|id| !self.workers[id.index()].queue.is_empty()).collect()
    }

    /// What the seed chooses among so many, in this turn.
    fn choice(&self, among: usize) -> usize {
        Random::new(u64::from(self.seed) << 32 | u64::from(self.turns)).below(among)
    }

    fn ids(&self) -> impl Iterator<Item = WorkerId> + use<> {
        (0..self.workers.len() as u32).map(WorkerId)
    }
}
