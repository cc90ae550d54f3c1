//! `sleep(ticks).await`

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::Leaf;
use crate::{Interest, Place, Time, Wait};

/// Is ready from a moment on.
#[must_use = "futures do nothing unless polled"]
pub struct Sleep {
    leaf: Leaf,
    deadline: Time,
}

impl Sleep {
    pub(crate) fn new(leaf: Leaf, deadline: Time) -> Self {
        Sleep { leaf, deadline }
    }

    fn work(&mut self, waker: &Waker, place: Place) -> Poll<()> {
        if self.leaf.world.lock().shown.now >= self.deadline {
            self.leaf.finish();
            self.leaf.deregister();
            return Poll::Ready(());
        }
        self.leaf.wait(Wait::Until(self.deadline), place);
        self.leaf.register(Interest::Deadline(self.deadline), waker);
        Poll::Pending
    }
}

impl Future for Sleep {
    type Output = ();

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let place = self.leaf.polled_from(Place::caller());
        self.work(context.waker(), place)
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.leaf.cancel();
        self.leaf.deregister();
    }
}
