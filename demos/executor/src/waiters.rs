//! A queue of wakers that wait for the same thing.

use std::collections::VecDeque;
use std::task::Waker;

use crate::world::{State, World};
use crate::{Happening, TaskId, Ticket, waker};

/// Wakers in the order in which they came, each with the ticket of the leaf future that left it.
#[derive(Default)]
pub(crate) struct Waiters(VecDeque<(Ticket, Waker)>);

impl Waiters {
    /// Takes out the waker that has waited longest.
    pub(crate) fn pop(&mut self) -> Option<Waker> {
        self.0.pop_front().map(|(_, waker)| waker)
    }

    /// Takes out the waker that was left with `ticket`.
    pub(crate) fn remove(&mut self, ticket: Ticket) -> Option<Waker> {
        let at = self.0.iter().position(|(other, _)| *other == ticket)?;
        self.0.remove(at).map(|(_, waker)| waker)
    }

    /// Whose wakers are here, in order.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = TaskId> {
        self.0.iter().filter_map(|(_, waker)| waker::task_of(waker))
    }

    fn get_mut(&mut self, ticket: Ticket) -> Option<&mut Waker> {
        self.0.iter_mut().find(|(other, _)| *other == ticket).map(|(_, waker)| waker)
    }
}

/// Where in the state a queue of waiters is, given the number of the thing that it belongs to.
pub(crate) type Queue = fn(&mut State, u32) -> &mut Waiters;

/// Leaves the waker of the poll that is going on in a queue of waiters.
///
/// A future can be polled more than once before it is called, and by another task than before: what
/// counts is the waker of the *last* poll. So a waker that was left earlier stays if it would wake
/// the same task (`will_wake`: nothing to clone, nothing to drop), and is exchanged if not.
pub(crate) fn leave_waker(world: &World, queue: Queue, of: u32, ticket: Ticket, waker: &Waker) {
    let mut state = world.lock();
    if let Some(left) = queue(&mut state, of).get_mut(ticket)
        && left.will_wake(waker)
    {
        return state.kept(waker);
    }
    drop(state);
    let new = waker.clone();
    let mut state = world.lock();
    let waiters = queue(&mut state, of);
    let old = match waiters.get_mut(ticket) {
        Some(left) => Some(std::mem::replace(left, new)),
        None => {
            waiters.0.push_back((ticket, new));
            None
        }
    };
    drop(state);
    drop(old);
}

impl State {
    /// Tells that a waker that was left earlier would wake the same task as `waker`.
    #[track_caller]
    pub(crate) fn kept(&mut self, waker: &Waker) {
        if let Some(task) = waker::task_of(waker) {
            self.tell(Happening::WakerKept { task });
        }
    }
}
