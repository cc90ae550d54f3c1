//! `spawn(…).await`

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::Leaf;
use crate::waiters::{leave_waker, take_back};
use crate::{Place, TaskId, Ticket, Wait, Waitlist};

/// Is ready when the task is finished. Dropping it leaves the task alone.
pub struct JoinHandle {
    leaf: Leaf,
    task: TaskId,
    ticket: Ticket,
}

impl JoinHandle {
    pub(crate) fn new(leaf: Leaf, task: TaskId) -> Self {
        let ticket = leaf.world.lock().new_ticket();
        JoinHandle { leaf, task, ticket }
    }

    fn work(&mut self, waker: &Waker, place: Place) -> Poll<()> {
        if !self.leaf.world.lock().task(self.task).unfinished() {
            self.leaf.finish();
            self.leave();
            return Poll::Ready(());
        }
        self.leaf.wait(Wait::Join(self.task), place);
        leave_waker(&self.leaf.world, Waitlist::Joiners(self.task), self.ticket, waker);
        Poll::Pending
    }

    fn leave(&self) {
        take_back(&self.leaf.world, self.ticket);
    }
}

impl Future for JoinHandle {
    type Output = ();

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let place = self.leaf.polled_from(Place::caller());
        self.work(context.waker(), place)
    }
}

impl Drop for JoinHandle {
    fn drop(&mut self) {
        if self.leaf.cancel() {
            self.leave();
        }
    }
}
