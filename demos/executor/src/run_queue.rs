//! The second executor: a queue of the tasks that were woken.
//!
//! A task is polled only when somebody has called one of its wakers: [`woken`] puts it at the back of
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
    world.lock().run_queue().map(RunQueue::count_turn);
    if let Some(task) = task {
        poll(world, futures, task);
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
fn steal_if_idle(state: &mut State, thief: WorkerId) -> Option<()> {
    let run_queue = state.run_queue()?;
    if !run_queue.worker(thief).queue.is_empty() {
        return None;
    }
    let victim = run_queue.victim()?;
    let queue = &mut run_queue.worker(victim).queue;
    let half = queue.len().div_ceil(2);
    let stolen: VecDeque<TaskId> = queue.drain(..half).collect();
    run_queue.worker(thief).queue = stolen;
    state.tell(Happening::Stole { victim, count: half as u32 });
    Some(())
}

/// What a wake comes to.
pub(crate) fn woken(state: &mut State, task: TaskId) -> WakeEffect {
    let woken_by_a_task = state.running.is_some();
    let meta = &mut state.tasks[task.index()];
    match meta.state {
        TaskState::Finished | TaskState::Dropped => WakeEffect::TooLate,
        TaskState::Queued => WakeEffect::AlreadyQueued,
        TaskState::Running { .. } => {
            meta.state = TaskState::Running { woken: true };
            WakeEffect::WhilePolled
        }
        TaskState::Waiting | TaskState::NeverWoken => {
            meta.state = TaskState::Queued;
            let home = if woken_by_a_task { state.worker } else { meta.home };
            let Some(run_queue) = state.run_queue() else { return WakeEffect::NotAsked };
            let lane = run_queue.put(task, home, woken_by_a_task);
            WakeEffect::Enqueued(home, lane)
        }
    }
}

impl RunQueue {
    pub(crate) fn new(lifo: bool, workers: u32, seed: u32) -> Self {
        let workers = (0..workers).map(|_| Worker::default()).collect();
        RunQueue { workers, lifo, seed, turns: 0 }
    }

    /// Puts a task where it will be taken from: into the slot if that is allowed and there is one.
    fn put(&mut self, task: TaskId, worker: WorkerId, slot_allowed: bool) -> Lane {
        let worker = &mut self.workers[worker.index()];
        if slot_allowed && self.lifo {
            // Who was in the slot gives way.
            worker.queue.extend(worker.slot.replace(task));
            Lane::Slot
        } else {
            worker.queue.push_back(task);
            Lane::Queue
        }
    }

    /// Puts a task that is new, or that was woken while it was polled, at the back of a queue.
    pub(crate) fn put_back(&mut self, task: TaskId, worker: WorkerId) {
        self.put(task, worker, false);
    }

    fn worker(&mut self, id: WorkerId) -> &mut Worker {
        &mut self.workers[id.index()]
    }

    fn count_turn(&mut self) {
        self.turns += 1;
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
