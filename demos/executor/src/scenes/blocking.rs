//! A task that computes, or calls something that blocks, has the thread for itself.

use crate::Handle;

async fn heartbeat(rt: Handle) {
    for _ in 0..4 {
        rt.sleep(2).await;
        rt.print(format!("it is {}", rt.now()));
    }
}

async fn report(rt: Handle) {
    rt.sleep(3).await;
    rt.block(8);
    rt.print("the report is written");
}

pub(super) fn spawn(rt: &Handle) {
    rt.spawn("heartbeat", heartbeat(rt.clone()));
    rt.spawn("report", report(rt.clone()));
}
