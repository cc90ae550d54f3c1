//! The first executor, as in the book (6.1): a loop that polls every task, again and again.
//!
//! It needs no waker that works, and that is its charm and its price: it never asks who has something
//! to do, so it asks everybody, all the time. A task that waits for ten ticks is polled ten times for
//! nothing, at full speed of the processor. (Virtual time makes the price countable: a round in which
//! nobody got any further takes one tick.)
//!
//! The book's listing does not compile as printed: the type of `tasks` lacks a bracket, and `Pin` is
//! not imported. Mended, it is this loop. It makes a new waker for each poll and gives it no way to
//! know the task; and as the functions of that waker (6.2) are empty, it must go on asking everybody.

use crate::poll::poll;
use crate::run_queue::pop_front;
use crate::task::Futures;
use crate::world::{State, World};
use crate::{Happening, Snapshot, TaskId, WakeEffect};

/// What the loop knows. (The tasks that are still to be polled in this round are the queue of its
/// one worker.)
#[derive(Default)]
pub(crate) struct Everything {
    /// Whether anything changed in this round.
    pub(crate) changed: bool,
    /// Whether the last round changed nothing, and none that follows can.
    pub(crate) spinning: bool,
}

/// One turn: the next task of the round is polled, whether it was woken or not.
pub(crate) fn turn(world: &World, futures: &mut Futures) {
    let next = next_in_round(&mut world.lock());
    let Some(task) = next else { return };
    poll(world, futures, task);
    end_of_round(&mut world.lock());
}

fn next_in_round(state: &mut State) -> Option<TaskId> {
    if state.left().is_empty() {
        let Snapshot { workers, tasks, .. } = &mut state.shown;
        for (id, task) in (0..).map(TaskId).zip(tasks) {
            if task.unfinished() {
                workers[0].queue.push(id);
            }
        }
        state.everything.changed = false;
        state.shown.round += 1;
        let round = state.shown.round;
        state.tell(Happening::RoundBegins { round });
    }
    pop_front(state.left())
}

/// A waker of the task was called. This executor does not listen.
pub(crate) fn wake(state: &mut State, task: TaskId) {
    if state.task(task).unfinished() {
        state.woken(task, WakeEffect::NotAsked);
    } else {
        state.woken(task, WakeEffect::TooLate);
    }
}

/// A round in which nothing changed takes a tick. If none that follows can change anything either,
/// this executor spins for ever.
fn end_of_round(state: &mut State) {
    let nothing_is_to_come = !state.time_will_change_something();
    let everything = &mut state.everything;
    everything.changed |= state.progress;
    let useless = !everything.changed;
    if !state.left().is_empty() {
        state.everything.spinning &= useless;
        return;
    }
    state.everything.spinning = useless && nothing_is_to_come;
    state.tell(Happening::RoundEnds { useless });
    if useless {
        state.pass_time(1);
    }
}

impl State {
    /// The tasks that are still to be polled in this round.
    fn left(&mut self) -> &mut Vec<TaskId> {
        &mut self.shown.workers[0].queue
    }
}
