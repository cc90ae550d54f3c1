//! A future is dropped, and the waker that it left elsewhere is forgotten there.

use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use crate::Handle;
use crate::leaf::{Either, Watch};

async fn visitor(rt: Handle, board: Board) {
    for _ in 0..3 {
        match rt.select(board.next_note(), rt.sleep(2)).await {
            Either::First(()) => rt.print("news!"),
            Either::Second(()) => rt.print("nothing new"),
        }
    }
    rt.print("I go home");
}

async fn clerk(rt: Handle, forgetful: Board, tidy: Board) {
    rt.sleep(10).await;
    rt.print("a note for everybody");
    forgetful.pin_note();
    tidy.pin_note();
}

pub(super) fn spawn(rt: &Handle) {
    let forgetful = Board::new(rt, false);
    let tidy = Board::new(rt, true);
    rt.spawn("forgotten", visitor(rt.clone(), forgetful.clone()));
    rt.spawn("crossed out", visitor(rt.clone(), tidy.clone()));
    rt.spawn("clerk", clerk(rt.clone(), forgetful, tidy));
}

/// A notice board, and the wakers of all who wait for a note.
#[derive(Clone)]
struct Board {
    rt: Handle,
    /// Whether a future that is dropped takes its waker back. Without it, this is the mistake.
    tidy: bool,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    notes: u32,
    tickets: u32,
    waiting: Vec<(u32, Waker)>,
}

struct NextNote {
    board: Board,
    seen: u32,
    ticket: u32,
    watch: Watch,
}

impl Board {
    fn new(rt: &Handle, tidy: bool) -> Self {
        Board { rt: rt.clone(), tidy, inner: Arc::default() }
    }

    fn next_note(&self) -> NextNote {
        let mut inner = self.inner.lock().unwrap();
        inner.tickets += 1;
        let (seen, ticket) = (inner.notes, inner.tickets);
        NextNote { board: self.clone(), seen, ticket, watch: self.rt.watch("a note on the board") }
    }

    fn pin_note(&self) {
        let mut inner = self.inner.lock().unwrap();
        inner.notes += 1;
        let waiting = mem::take(&mut inner.waiting);
        drop(inner);
        waiting.into_iter().for_each(|(_, waker)| waker.wake());
    }
}

impl Future for NextNote {
    type Output = ();

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let NextNote { board, seen, ticket, watch } = &mut *self;
        let mut inner = board.inner.lock().unwrap();
        if inner.notes != *seen {
            watch.ready();
            return Poll::Ready(());
        }
        watch.pending();
        match inner.waiting.iter_mut().find(|(of, _)| of == ticket) {
            Some((_, kept)) => kept.clone_from(context.waker()),
            None => inner.waiting.push((*ticket, context.waker().clone())),
        }
        Poll::Pending
    }
}

impl Drop for NextNote {
    fn drop(&mut self) {
        if self.board.tidy {
            self.board.inner.lock().unwrap().waiting.retain(|(of, _)| *of != self.ticket);
        }
    }
}
