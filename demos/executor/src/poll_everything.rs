//! The first executor, as in the book (6.1): a loop that polls every task, again and again.
//!
//! It needs no waker that works, and that is its charm and its price: it never asks who has something
//! to do, so it asks everybody, all the time. A task that waits for ten ticks is polled ten times for
//! nothing, at full speed of the processor. (Virtual time makes the price countable: a round in which
//! nobody got any further takes one tick.)
//!
//! The book's listing does not compile as printed, as it does not import `std::pin::Pin`; and together
//! with its waker of 6.2, whose functions are empty, it can be nothing else than this busy loop.

use std::collections::VecDeque;

use crate::poll::poll;
use crate::task::Futures;
use crate::world::{State, World};
use crate::{Happening, TaskId};

/// Where the loop is.
#[derive(Default)]
pub(crate) struct Everything {
    /// How many rounds were begun.
    pub(crate) round: u32,
    /// The tasks that are still to be polled in this round.
    pub(crate) left: VecDeque<TaskId>,
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
    let unfinished = state.unfinished();
    let everything = state.everything()?;
    if everything.left.is_empty() {
        everything.left = unfinished;
        everything.changed = false;
        everything.round += 1;
        let round = everything.round;
        state.tell(Happening::RoundBegins { round });
    }
    state.everything()?.left.pop_front()
}

fn end_of_round(state: &mut State) -> Option<()> {
    let progress = state.progress;
    let everything = state.everything()?;
    everything.changed |= progress;
    everything.spinning &= !everything.changed;
    if everything.left.is_empty() {
        let useless = !everything.changed;
        state.tell(Happening::RoundEnds { useless });
        if useless {
            state.everything()?.spinning = !state.time_will_change_something();
            state.pass_time(1);
        }
    }
    Some(())
}
