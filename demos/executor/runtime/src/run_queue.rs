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

use std::mem;

use machine::Random;

use crate::poll::poll;
use crate::snapshot::TaskState;
use crate::task::Futures;
use crate::world::{State, World};
use crate::{Command, ExecutorKind, Happening, Lane, TaskId, WakeEffect, WorkerId};

/// What the workers know besides their slots and queues, which are shown.
pub(crate) struct RunQueue {
    /// How many tasks in a row each worker took from its slot.
    streaks: Vec<u32>,
    /// How many turns there were; with the seed it decides whose is next.
    turns: u32,
}

/// So many tasks in a row may come from the slot.
const LONGEST_STREAK: u32 = 3;

/// One turn of a worker: it takes the next task and polls it once.
pub(crate) fn turn(world: &World, futures: &mut Futures, worker: WorkerId) {
    let mut state = world.lock();
    let task = take(&mut state, worker);
    // What the seed chooses next is settled from here on: nothing changes after the last step.
    state.run_queue.turns += 1;
    drop(state);
    if let Some(task) = task {
        poll(world, futures, task);
    }
}

/// A waker of the task was called: it joins a queue, unless there is a reason not to.
pub(crate) fn wake(state: &mut State, task: TaskId) {
    let own = state.task(task);
    match own.state {
        TaskState::Waiting | TaskState::NeverWoken => {
            own.state = TaskState::Queued;
            let (worker, lane) = enqueue(state, task);
            state.woken(task, WakeEffect::Enqueued(worker, lane));
        }
        TaskState::Queued | TaskState::Taken => state.woken(task, WakeEffect::AlreadyQueued),
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
    let by_a_task = state.running().is_some();
    let id = if by_a_task { state.worker } else { state.cores[task.index()].home };
    let has_slot = matches!(state.setup.executor, ExecutorKind::RunQueue { lifo: true, .. });
    let worker = state.worker(id);
    if has_slot && by_a_task {
        // Who was in the slot gives way.
        worker.queue.extend(worker.slot.replace(task));
        return (id, Lane::Slot);
    }
    worker.queue.push(task);
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
    state.task(task).state = TaskState::Queued;
    if !state.polls_everything() {
        state.worker(worker).queue.push(task);
    }
}

/// A task that was dropped stands nowhere any more.
pub(crate) fn leave(state: &mut State, task: TaskId) {
    for worker in &mut state.shown.workers {
        worker.slot.take_if(|other| *other == task);
        worker.queue.retain(|other| *other != task);
    }
}

/// The next task of a worker: from its slot, else from its queue, else from another's.
fn take(state: &mut State, worker: WorkerId) -> Option<TaskId> {
    let streak = state.run_queue.streaks[worker.index()];
    let own = state.worker(worker);
    if let Some(task) = own.slot.take() {
        if streak < LONGEST_STREAK {
            state.run_queue.streaks[worker.index()] += 1;
            return Some(took(state, task, Lane::Slot));
        }
        own.queue.push(task);
        state.tell(Happening::SlotRested { task });
    }
    steal_if_idle(state, worker);
    state.run_queue.streaks[worker.index()] = 0;
    let task = pop_front(&mut state.worker(worker).queue)?;
    Some(took(state, task, Lane::Queue))
}

#[track_caller]
fn took(state: &mut State, task: TaskId, lane: Lane) -> TaskId {
    state.task(task).state = TaskState::Taken;
    state.tell(Happening::Took { task, lane });
    task
}

/// Moves the older half of another worker's queue to a worker that has nothing.
fn steal_if_idle(state: &mut State, thief: WorkerId) {
    if !state.worker(thief).queue.is_empty() {
        return;
    }
    let Some(victim) = victim(state) else { return };
    let queue = &mut state.worker(victim).queue;
    let half = queue.len().div_ceil(2);
    let rest = queue.split_off(half);
    let stolen = mem::replace(queue, rest);
    state.worker(thief).queue = stolen;
    state.tell(Happening::Stole { victim, count: half as u32 });
}

/// Whether a worker could take a turn now.
pub(crate) fn anybody_can_move(state: &State) -> bool {
    state.shown.workers.iter().any(|worker| worker.slot.is_some() || !worker.queue.is_empty())
}

/// The turns that workers could take now. The first is the seed's choice.
pub(crate) fn turns(state: &State, commands: &mut Vec<Command>) {
    let somebody_has_a_queue = with_queue(state).next().is_some();
    for (id, worker) in (0..).map(WorkerId).zip(&state.shown.workers) {
        if somebody_has_a_queue || worker.slot.is_some() {
            commands.push(Command::Turn(id));
        }
    }
    if !commands.is_empty() {
        let first = choice(state, commands.len());
        commands[..=first].rotate_right(1);
    }
}

/// The task that a turn of this worker would poll now.
pub(crate) fn next(state: &State, worker: WorkerId) -> Option<TaskId> {
    let rested = state.run_queue.streaks[worker.index()] == LONGEST_STREAK;
    let own = &state.shown.workers[worker.index()];
    let front = own.queue.first().copied();
    let own = if rested { front.or(own.slot) } else { own.slot.or(front) };
    own.or_else(|| state.shown.workers[victim(state)?.index()].queue.first().copied())
}

/// From whom would be stolen: the seed's choice.
#[inline(never)]
fn victim(state: &State) -> Option<WorkerId> {
    with_queue(state).nth(choice(state, with_queue(state).count()))
}

/// The workers with something in their queue: from these can be stolen.
fn with_queue(state: &State) -> impl Iterator<Item = WorkerId> {
    let workers = (0..).map(WorkerId).zip(&state.shown.workers);
    workers.filter(|(_, worker)| !worker.queue.is_empty()).map(|(id, _)| id)
}

/// What the seed chooses among so many, in this turn.
fn choice(state: &State, among: usize) -> usize {
    let turns = state.run_queue.turns;
    Random::new(u64::from(state.setup.seed) << 32 | u64::from(turns)).below(among)
}

/// Takes the task at the front of a queue.
pub(crate) fn pop_front(queue: &mut Vec<TaskId>) -> Option<TaskId> {
    (!queue.is_empty()).then(|| queue.remove(0))
}

impl RunQueue {
    pub(crate) fn new(workers: usize) -> Self {
        RunQueue { streaks: vec![0; workers], turns: 0 }
    }
}
