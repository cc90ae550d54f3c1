//! `join(a, b).await`: both at once, in one task.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Polls both futures until both are ready, in one task: while one waits, the other goes on, but
/// they never run at the same time.
pub fn join<A: Future, B: Future>(first: A, second: B) -> Join<A, B> {
    Join { first: Branch::Running(Box::pin(first)), second: Branch::Running(Box::pin(second)) }
}

/// [`join`] of any number of futures.
pub fn join_all<F: Future + ?Sized>(futures: Vec<Pin<Box<F>>>) -> JoinAll<F> {
    let mut branches = Vec::new();
    for future in futures {
        branches.push(Branch::Running(future));
    }
    JoinAll { branches }
}

/// See [`join`].
#[must_use = "futures do nothing unless polled"]
pub struct Join<A: Future, B: Future> {
    first: Branch<A>,
    second: Branch<B>,
}

/// See [`join_all`].
#[must_use = "futures do nothing unless polled"]
pub struct JoinAll<F: Future + ?Sized> {
    branches: Vec<Branch<F>>,
}

/// A future, or what came of it. In a box of its own, so that it stays where it is when the whole is
/// moved: then pinning needs no `unsafe`.
enum Branch<F: Future + ?Sized> {
    Running(Pin<Box<F>>),
    Done(Option<F::Output>),
}

impl<F: Future + ?Sized> Branch<F> {
    /// Polls it unless it is done. When it becomes ready, its future is dropped at once.
    #[track_caller]
    fn is_done(&mut self, context: &mut Context<'_>) -> bool {
        if let Branch::Running(future) = self {
            match future.as_mut().poll(context) {
                Poll::Ready(output) => *self = Branch::Done(Some(output)),
                Poll::Pending => return false,
            }
        }
        true
    }

    fn take(&mut self) -> Option<F::Output> {
        match self {
            Branch::Running(_) => None,
            Branch::Done(output) => output.take(),
        }
    }
}

impl<F: Future + ?Sized> Unpin for Branch<F> {}

impl<A: Future, B: Future> Future for Join<A, B> {
    type Output = (A::Output, B::Output);

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let first_is_done = self.first.is_done(context);
        if !self.second.is_done(context) || !first_is_done {
            return Poll::Pending;
        }
        let outputs = self.first.take().zip(self.second.take());
        Poll::Ready(outputs.expect("a future is not polled after it was ready"))
    }
}

impl<F: Future + ?Sized> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut all_done = true;
        for branch in &mut self.branches {
            all_done &= branch.is_done(context);
        }
        if !all_done {
            return Poll::Pending;
        }
        let mut outputs = Vec::new();
        for branch in &mut self.branches {
            outputs.extend(branch.take());
        }
        Poll::Ready(outputs)
    }
}
