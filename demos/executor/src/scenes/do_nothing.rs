//! The same tasks, with a waker whose four functions are empty.

use crate::{Handle, Receiver, Sender};

async fn kettle(rt: Handle, done: Sender) {
    rt.sleep(6).await;
    rt.print("the water boils");
    done.send(1).await.ok();
}

async fn tea(rt: Handle, water: Receiver) {
    water.receive().await;
    rt.sleep(3).await;
    rt.print("the tea is ready");
}

pub(super) fn spawn(rt: &Handle) {
    let (done, water) = rt.channel("water", Some(1));
    rt.spawn("kettle", kettle(rt.clone(), done));
    rt.spawn("tea", tea(rt.clone(), water));
}
