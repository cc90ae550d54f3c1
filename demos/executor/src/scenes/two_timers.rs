//! Two tasks and two timers, on one thread.

use crate::Handle;

async fn tick(rt: Handle) {
    for _ in 0..3 {
        rt.sleep(4).await;
        rt.print("tick");
    }
}

async fn tock(rt: Handle) {
    rt.sleep(2).await;
    for _ in 0..2 {
        rt.print("tock");
        rt.sleep(4).await;
    }
}

pub(super) fn spawn(rt: &Handle) {
    rt.spawn("tick", tick(rt.clone()));
    rt.spawn("tock", tock(rt.clone()));
}
