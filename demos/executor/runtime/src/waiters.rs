//! Lists of wakers whose tasks wait for the same thing: a value, room, the end of a task.

use std::collections::VecDeque;
use std::mem;
use std::task::Waker;

use crate::world::{State, World};
use crate::{Happening, TaskId, Ticket, Waitlist, waker};

/// Wakers in the order in which they came, each with the ticket of the leaf future that left it.
#[derive(Default)]
pub(crate) struct Waiters(VecDeque<(Ticket, Waker)>);

impl Waiters {
    /// Takes out the waker that has waited longest.
    fn pop(&mut self) -> Option<Waker> {
        self.0.pop_front().map(|(_, waker)| waker)
    }

    /// Takes out the waker that was left with `ticket`.
    fn remove(&mut self, ticket: Ticket) -> Option<Waker> {
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

/// Leaves the waker of the poll that is going on in a list of waiters.
///
/// A future can be polled again before its waker was called, and by another task than before: what
/// counts is the waker of the *last* poll. So a waker that was left earlier stays if it would wake
/// the same task (`will_wake`: nothing to clone, nothing to drop), and is exchanged if not.
pub(crate) fn leave_waker(world: &World, list: Waitlist, ticket: Ticket, waker: &Waker) {
    let mut state = world.lock();
    if let Some(left) = state.waiters(list).get_mut(ticket)
        && left.will_wake(waker)
    {
        return state.kept(waker);
    }
    drop(state);
    let new = waker.clone();
    let mut state = world.lock();
    let waiters = state.waiters(list);
    let old = match waiters.get_mut(ticket) {
        Some(left) => Some(mem::replace(left, new)),
        None => {
            waiters.0.push_back((ticket, new));
            None
        }
    };
    if let Some(task) = waker::task_of(waker) {
        state.tell(Happening::WakerLeft { task, list });
    }
    drop(state);
    drop(old);
}

/// Takes the waker of `ticket` back and drops it; `false` if it was called already.
pub(crate) fn take_back(world: &World, list: Waitlist, ticket: Ticket) -> bool {
    let waker = world.lock().waiters(list).remove(ticket);
    waker.is_some()
}

/// Calls whoever has waited longest; `false` if nobody waits.
pub(crate) fn call_next(world: &World, list: Waitlist) -> bool {
    let waker = world.lock().waiters(list).pop();
    waker.map(Waker::wake).is_some()
}

/// Calls all who wait, one after the other, as no waker is called while the lock is held.
pub(crate) fn call_all(world: &World, list: Waitlist) {
    while call_next(world, list) {}
}

impl State {
    /// The waiters that belong to a channel or a task.
    fn waiters(&mut self, list: Waitlist) -> &mut Waiters {
        match list {
            Waitlist::Receivers(channel) => &mut self.channels[channel.index()].receiving,
            Waitlist::Senders(channel) => &mut self.channels[channel.index()].sending,
            Waitlist::Joiners(task) => &mut self.tasks[task.index()].joiners,
        }
    }

    /// Tells that a waker that was left earlier would wake the same task as `waker`.
    #[track_caller]
    pub(crate) fn kept(&mut self, waker: &Waker) {
        if let Some(task) = waker::task_of(waker) {
            self.tell(Happening::WakerKept { task });
        }
    }
}
