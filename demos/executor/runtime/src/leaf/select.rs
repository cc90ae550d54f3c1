//! `select(a, b).await`: whichever is ready first; the other is cancelled.

use std::pin::Pin;
use std::task::{Context, Poll};

use crate::{Handle, Happening};

/// In a box of its own, a future stays where it is when the whole is moved.
type Pinned<F> = Pin<Box<F>>;

/// What came of a [`Select`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Either<A, B> {
    /// The first future was ready first, with this.
    First(A),
    /// The second one was.
    Second(B),
}

/// Polls two futures until one of them is ready, and drops the other there and then.
///
/// That drop is all that cancelling is: the loser is not told and not asked. It will never be polled
/// again, what it holds is dropped, and where it was suspended decides what is lost. The first is
/// polled first, so it wins if both are ready.
#[must_use = "futures do nothing unless polled"]
pub struct Select<A, B> {
    handle: Handle,
    /// Both, until one is ready.
    both: Option<(Pinned<A>, Pinned<B>)>,
}

/// [`Select`] with any number of branches; gives the number of the winner, from 0, too.
#[must_use = "futures do nothing unless polled"]
pub struct SelectAll<F: ?Sized> {
    handle: Handle,
    branches: Vec<Pinned<F>>,
}

impl<A: Future, B: Future> Select<A, B> {
    pub(crate) fn new(handle: Handle, first: A, second: B) -> Self {
        Select { handle, both: Some((Box::pin(first), Box::pin(second))) }
    }

    fn cancel(&mut self, winner: u32) {
        self.handle.world.tell(Happening::Selected { winner, branches: 2 });
        self.both = None;
    }
}

impl<F: Future + ?Sized> SelectAll<F> {
    pub(crate) fn new(handle: Handle, branches: Vec<Pinned<F>>) -> Self {
        SelectAll { handle, branches }
    }

    fn cancel(&mut self, winner: u32) {
        let branches = self.branches.len() as u32;
        self.handle.world.tell(Happening::Selected { winner, branches });
        self.branches.clear();
    }
}

impl<A: Future, B: Future> Future for Select<A, B> {
    type Output = Either<A::Output, B::Output>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (first, second) = self.both.as_mut().expect("not polled after it was ready");
        if let Poll::Ready(output) = first.as_mut().poll(context) {
            self.cancel(1);
            return Poll::Ready(Either::First(output));
        }
        if let Poll::Ready(output) = second.as_mut().poll(context) {
            self.cancel(2);
            return Poll::Ready(Either::Second(output));
        }
        Poll::Pending
    }
}

impl<F: Future + ?Sized> Future for SelectAll<F> {
    type Output = (usize, F::Output);

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        for at in 0..self.branches.len() {
            if let Poll::Ready(output) = self.branches[at].as_mut().poll(context) {
                self.cancel(at as u32 + 1);
                return Poll::Ready((at, output));
            }
        }
        Poll::Pending
    }
}
