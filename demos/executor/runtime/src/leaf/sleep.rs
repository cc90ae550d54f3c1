//! `sleep(ticks).await`

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::Leaf;
use crate::reactor::{self, Registration};
use crate::{Interest, Place, Time, Wait};

/// Is ready from a moment on.
#[must_use = "futures do nothing unless polled"]
pub struct Sleep {
    leaf: Leaf,
    deadline: Time,
    registration: Option<Registration>,
}

impl Sleep {
    pub(crate) fn new(leaf: Leaf, deadline: Time) -> Self {
        Sleep { leaf, deadline, registration: None }
    }

    fn work(&mut self, waker: &Waker, place: Place) -> Poll<()> {
        let world = &self.leaf.world;
        if world.lock().shown.now >= self.deadline {
            self.leaf.finish();
            self.deregister();
            return Poll::Ready(());
        }
        match self.registration {
            None => {
                self.leaf.wait(Wait::Until(self.deadline), place);
                let interest = Interest::Deadline(self.deadline);
                self.registration = Some(reactor::register(&self.leaf.world, interest, waker));
            }
            Some(registration) => {
                self.leaf.wait(Wait::Until(self.deadline), place);
                reactor::refresh(&self.leaf.world, registration.token, waker);
            }
        }
        Poll::Pending
    }

    fn deregister(&mut self) {
        if let Some(registration) = self.registration.take() {
            reactor::deregister(&self.leaf.world, registration);
        }
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
        self.deregister();
    }
}
