//! Two tasks that wake each other, through two channels.

use crate::{Handle, Receiver, Sender};

async fn ping(rt: Handle, over: Sender, back: Receiver) {
    for ball in 1..=3 {
        rt.print(format!("ping {ball}"));
        if over.send(ball).await.is_err() {
            return;
        }
        back.receive().await;
    }
} // Here `over` is dropped: the channel ends, and that wakes pong for the last time.

async fn pong(rt: Handle, over: Receiver, back: Sender) {
    while let Some(ball) = over.receive().await {
        rt.print(format!("pong {ball}"));
        if back.send(ball).await.is_err() {
            return;
        }
    }
}

pub(super) fn spawn(rt: &Handle) {
    let (to_pong, from_ping) = rt.channel("over", Some(1));
    let (to_ping, from_pong) = rt.channel("back", Some(1));
    rt.spawn("ping", ping(rt.clone(), to_pong, from_pong));
    rt.spawn("pong", pong(rt.clone(), from_ping, to_ping));
}
