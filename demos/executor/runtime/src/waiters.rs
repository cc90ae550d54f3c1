//! Lists of wakers whose tasks wait for the same thing: a value, room, the end of a task.

use std::mem;
use std::task::Waker;

use crate::world::{State, World};
use crate::{Happening, Ticket, Waitlist, waker};

/// A waker that a leaf future has left at a channel or a task.
pub(crate) struct Waiter {
    /// What it waits for.
    pub(crate) list: Waitlist,
    /// Which future has left it.
    ticket: Ticket,
    pub(crate) waker: Waker,
}

/// Leaves the waker of the poll that is going on in a list of waiters.
///
/// A future can be polled again before its waker was called, and by another task than before: what
/// counts is the waker of the *last* poll. So a waker that was left earlier stays if it would wake
/// the same task (`will_wake`: nothing to clone, nothing to drop), and is exchanged if not.
#[inline(never)]
pub(crate) fn leave_waker(world: &World, list: Waitlist, ticket: Ticket, waker: &Waker) {
    let mut state = world.lock();
    if let Some(left) = state.left_with(ticket)
        && left.waker.will_wake(waker)
    {
        return state.kept(waker);
    }
    drop(state);
    let new = waker.clone();
    let mut state = world.lock();
    let old = match state.left_with(ticket) {
        Some(left) => Some(mem::replace(&mut left.waker, new)),
        None => {
            state.waiters.push(Waiter { list, ticket, waker: new });
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
#[inline(never)]
pub(crate) fn take_back(world: &World, ticket: Ticket) -> bool {
    let waiter = world.lock().take_waiter(|waiter| waiter.ticket == ticket);
    waiter.is_some()
}

/// Calls whoever has waited longest; `false` if nobody waits.
#[inline(never)]
pub(crate) fn call_next(world: &World, list: Waitlist) -> bool {
    let waiter = world.lock().take_waiter(|waiter| waiter.list == list);
    waiter.map(|waiter| waiter.waker.wake()).is_some()
}

/// Calls all who wait, one after the other, as no waker is called while the lock is held.
pub(crate) fn call_all(world: &World, list: Waitlist) {
    while call_next(world, list) {}
}

impl State {
    fn left_with(&mut self, ticket: Ticket) -> Option<&mut Waiter> {
        self.waiters.iter_mut().find(|waiter| waiter.ticket == ticket)
    }

    /// Takes out the first waiter of this kind.
    #[inline(never)]
    fn take_waiter(&mut self, kind: impl Fn(&Waiter) -> bool) -> Option<Waiter> {
        let at = self.waiters.iter().position(kind)?;
        Some(self.waiters.remove(at))
    }

    /// Tells that a waker that was left earlier would wake the same task as `waker`.
    #[track_caller]
    pub(crate) fn kept(&mut self, waker: &Waker) {
        if let Some(task) = waker::task_of(waker) {
            self.tell(Happening::WakerKept { task });
        }
    }
}
