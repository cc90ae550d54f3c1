//! `yield_now().await`

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::Leaf;
use crate::{Place, Wait};

/// Is pending once, and has the task polled again at once: the others go first, no more.
#[must_use = "futures do nothing unless polled"]
pub struct YieldNow {
    leaf: Leaf,
}

impl YieldNow {
    pub(crate) fn new(leaf: Leaf) -> Self {
        YieldNow { leaf }
    }

    fn work(&mut self, waker: &Waker, place: Place) -> Poll<()> {
        if self.leaf.is_waiting() {
            self.leaf.finish();
            return Poll::Ready(());
        }
        self.leaf.wait(Wait::Turn, place);
        waker.wake_by_ref();
        Poll::Pending
    }
}

impl Future for YieldNow {
    type Output = ();

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let place = self.leaf.polled_from(Place::caller());
        self.work(context.waker(), place)
    }
}

impl Drop for YieldNow {
    fn drop(&mut self) {
        self.leaf.cancel();
    }
}
