//! A future may move to another task between two polls. Then the waker of the first poll is stale.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use crate::Handle;
use crate::leaf::Watch;

async fn impatient(rt: Handle, gong: Gong) {
    let mut sound = gong.sound();
    let heard = poll_fn(|context| Poll::Ready(Pin::new(&mut sound).poll(context).is_ready())).await;
    if !heard {
        rt.print("not yet: let somebody else listen on");
        rt.spawn("heir", heir(rt.clone(), sound));
    }
}

async fn heir(rt: Handle, sound: Sound) {
    sound.await;
    rt.print("heard it");
}

async fn monk(rt: Handle, keeps_first: Gong, keeps_last: Gong) {
    rt.sleep(5).await;
    rt.print("gong!");
    keeps_first.strike();
    keeps_last.strike();
}

pub(super) fn spawn(rt: &Handle) {
    let keeps_first = Gong::new(rt, Keeps::First);
    let keeps_last = Gong::new(rt, Keeps::Last);
    rt.spawn("impatient", impatient(rt.clone(), keeps_first.clone()));
    rt.spawn("impatient too", impatient(rt.clone(), keeps_last.clone()));
    rt.spawn("monk", monk(rt.clone(), keeps_first, keeps_last));
}

/// A gong that is struck once, and the one future that listens to it.
#[derive(Clone)]
struct Gong {
    rt: Handle,
    keeps: Keeps,
    inner: Arc<Mutex<(bool, Option<Waker>)>>,
}

/// Which waker the gong keeps: the mistake, and what is right.
#[derive(Clone, Copy)]
enum Keeps {
    First,
    Last,
}

struct Sound {
    gong: Gong,
    watch: Watch,
}

impl Gong {
    fn new(rt: &Handle, keeps: Keeps) -> Self {
        Gong { rt: rt.clone(), keeps, inner: Arc::default() }
    }

    fn sound(&self) -> Sound {
        Sound { gong: self.clone(), watch: self.rt.watch("the gong") }
    }

    fn strike(&self) {
        let mut inner = self.inner.lock().unwrap();
        inner.0 = true;
        let waker = inner.1.take();
        drop(inner);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Future for Sound {
    type Output = ();

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Sound { gong, watch } = &mut *self;
        let (struck, kept) = &mut *gong.inner.lock().unwrap();
        if *struck {
            watch.ready();
            return Poll::Ready(());
        }
        watch.pending();
        match (kept, gong.keeps) {
            (Some(_), Keeps::First) => {} // There is one already. But whose?
            (Some(kept), Keeps::Last) => kept.clone_from(context.waker()),
            (kept @ None, _) => *kept = Some(context.waker().clone()),
        }
        Poll::Pending
    }
}
