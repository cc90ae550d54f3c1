//! The leaf futures: where a chain of `await`s ends, and a task really waits for something.
//!
//! Each follows the one rule that makes asynchronous code work: **who returns `Pending` has seen to
//! it that the waker of this very poll will be called**, when polling again may lead somewhere. An
//! `async fn` only passes on what the leaves in it do.
//!
//! All of them are shaped alike: `poll` notes from which line it was polled (the line of the
//! `.await`, thanks to `#[track_caller]`) and hands over to a function that does the work; `drop`
//! takes back what waiting has left elsewhere, since a future may be dropped at any `.await`.

mod join;
mod join_handle;
mod read;
mod select;
mod sleep;
mod watch;
mod yield_now;

use std::sync::Arc;
use std::task::Waker;

pub use join::{Join, JoinAll, join, join_all};
pub use join_handle::JoinHandle;
pub use read::Read;
pub use select::{Either, Select, SelectAll};
pub use sleep::Sleep;
pub use watch::Watch;
pub use yield_now::YieldNow;

use crate::reactor::{self, Registration};
use crate::snapshot::Waiting;
use crate::world::World;
use crate::{Happening, Interest, Place, Wait};

/// What every leaf future has, besides its own part: it tells that it waits, for what and where.
pub(crate) struct Leaf {
    pub(crate) world: Arc<World>,
    /// Stands for the place of the caller, if it is set.
    place: Option<Place>,
    /// What it waits for, and where it was polled last.
    waiting: Option<Waiting>,
    /// At the reactor, if it waits for something from outside.
    registration: Option<Registration>,
}

impl Leaf {
    #[inline(never)]
    pub(crate) fn new(world: &Arc<World>, place: Option<Place>) -> Self {
        Leaf { world: Arc::clone(world), place, waiting: None, registration: None }
    }

    /// Where it is polled from: `caller`, or the place that stands for it.
    #[inline(never)]
    pub(crate) fn polled_from(&self, caller: Place) -> Place {
        let place = self.place.unwrap_or(caller);
        self.world.lock().task_reached(place);
        place
    }

    /// Whether an earlier poll has returned `Pending`.
    pub(crate) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Tells that it cannot finish yet.
    #[track_caller]
    pub(crate) fn wait(&mut self, wait: Wait, place: Place) {
        let mut state = self.world.lock();
        let waiting = Waiting { wait, place };
        if let Some(task) = state.running() {
            state.task(task).waits.push(waiting);
        }
        match self.waiting.replace(waiting) {
            None => {
                state.progress = true;
                state.tell(Happening::Waits { wait });
            }
            Some(_) => state.tell(Happening::StillWaits { wait }),
        }
    }

    /// Has the reactor call `waker`, that of the latest poll, when there is something of interest.
    #[inline(never)]
    pub(crate) fn register(&mut self, interest: Interest, waker: &Waker) {
        match self.registration {
            Some(registration) => reactor::refresh(&self.world, registration.token, waker),
            None => self.registration = Some(reactor::register(&self.world, interest, waker)),
        }
    }

    /// Takes back what [`register`](Leaf::register) has left at the reactor.
    #[inline(never)]
    pub(crate) fn deregister(&mut self) {
        if let Some(registration) = self.registration.take() {
            reactor::deregister(&self.world, registration);
        }
    }

    /// Tells that it need not wait any longer, if it had to.
    #[inline(never)]
    #[track_caller]
    pub(crate) fn finish(&mut self) {
        if let Some(Waiting { wait, .. }) = self.waiting {
            self.world.tell(Happening::WaitEnds { wait });
        }
        self.done();
    }

    /// It is finished, and has told so itself.
    #[inline(never)]
    pub(crate) fn done(&mut self) {
        self.waiting = None;
        self.world.lock().progress = true;
    }

    /// Tells that it is dropped, if that is before its end; answers whether it is.
    #[track_caller]
    pub(crate) fn cancel(&mut self) -> bool {
        let Some(waiting) = self.waiting.take() else { return false };
        let mut state = self.world.lock();
        if let Some(task) = state.running() {
            let waits = &mut state.task(task).waits;
            if let Some(at) = waits.iter().position(|other| *other == waiting) {
                waits.remove(at);
            }
        }
        state.tell(Happening::Cancelled { wait: waiting.wait });
        true
    }
}
