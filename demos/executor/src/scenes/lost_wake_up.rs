//! Checked, then registered: what happens in between wakes nobody. And its mended twin.

use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use crate::Handle;
use crate::leaf::Watch;

async fn careless(rt: Handle, door: Door) {
    if !door.is_open() {
        rt.print("closed: I wait"); // Checked. Now anything that awaits will do …
        rt.yield_now().await; // … and here the door is opened.
        door.next_change().await; // Registered: for the change after that one.
    }
    rt.print("I walk through");
}

async fn careful(rt: Handle, door: Door) {
    let change = door.next_change(); // Registered …
    if !door.is_open() {
        rt.print("closed: I wait"); // … then checked.
        rt.yield_now().await;
        change.await;
    }
    rt.print("I walk through");
}

async fn porter(rt: Handle, door: Door) {
    rt.print("the door is open");
    door.open();
}

pub(super) fn spawn(rt: &Handle) {
    let door = Door::new(rt);
    rt.spawn("careless", careless(rt.clone(), door.clone()));
    rt.spawn("careful", careful(rt.clone(), door.clone()));
    rt.spawn("porter", porter(rt.clone(), door));
}

/// A door, and everybody who wants to know when it is opened or closed.
#[derive(Clone)]
struct Door {
    rt: Handle,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    open: bool,
    changes: u32,
    waiting: Vec<Waker>,
}

/// Is ready when the door has changed since this future was made.
struct Change {
    door: Door,
    seen: u32,
    watch: Watch,
}

impl Door {
    fn new(rt: &Handle) -> Self {
        Door { rt: rt.clone(), inner: Arc::default() }
    }

    fn is_open(&self) -> bool {
        self.inner.lock().unwrap().open
    }

    fn next_change(&self) -> Change {
        let seen = self.inner.lock().unwrap().changes;
        Change { door: self.clone(), seen, watch: self.rt.watch("a change of the door") }
    }

    fn open(&self) {
        let mut inner = self.inner.lock().unwrap();
        inner.open = true;
        inner.changes += 1;
        let waiting = mem::take(&mut inner.waiting);
        drop(inner);
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl Future for Change {
    type Output = ();

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Change { door, seen, watch } = &mut *self;
        let mut inner = door.inner.lock().unwrap();
        if inner.changes != *seen {
            watch.ready();
            return Poll::Ready(());
        }
        watch.pending();
        inner.waiting.push(context.waker().clone());
        Poll::Pending
    }
}
