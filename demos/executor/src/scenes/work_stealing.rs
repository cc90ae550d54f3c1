//! One worker has all the work, the others have nothing: they help themselves.

use crate::Handle;

async fn job(rt: Handle) {
    rt.yield_now().await;
    rt.print("done");
}

async fn boss(rt: Handle) {
    for _ in 0..6 {
        rt.spawn("job", job(rt.clone()));
    }
}

pub(super) fn spawn(rt: &Handle) {
    rt.spawn("boss", boss(rt.clone()));
}
