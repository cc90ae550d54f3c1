//! `read(source).await`

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::Leaf;
use crate::{Happening, Interest, Place, SourceId, Value, Wait};

/// Is ready when the source has something to read.
///
/// It looks first, and registers only if there is nothing. That the two are not one is no danger
/// here: nothing else runs between them, and the selector reports what comes afterwards.
#[must_use = "futures do nothing unless polled"]
pub struct Read {
    leaf: Leaf,
    source: SourceId,
}

impl Read {
    pub(crate) fn new(leaf: Leaf, source: SourceId) -> Self {
        Read { leaf, source }
    }

    fn work(&mut self, waker: &Waker, place: Place) -> Poll<Value> {
        if let Some(value) = self.take() {
            self.leaf.done();
            self.leaf.deregister();
            return Poll::Ready(value);
        }
        self.leaf.wait(Wait::Read(self.source), place);
        self.leaf.register(Interest::Readable(self.source), waker);
        Poll::Pending
    }

    /// What a read of a real source is: it gives a value, or says that it would block.
    fn take(&self) -> Option<Value> {
        let mut state = self.leaf.world.lock();
        let source = state.source(self.source);
        source.unread = source.unread.checked_sub(1)?;
        let unread = source.unread;
        let read = &mut state.read[self.source.index()];
        *read += 1;
        let value = *read;
        state.tell(Happening::Read { source: self.source, value, unread });
        Some(value)
    }
}

impl Future for Read {
    type Output = Value;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Value> {
        let place = self.leaf.polled_from(Place::caller());
        self.work(context.waker(), place)
    }
}

impl Drop for Read {
    fn drop(&mut self) {
        self.leaf.cancel();
        self.leaf.deregister();
    }
}
