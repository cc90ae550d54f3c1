//! Several futures in one task: `join` waits for all of them, `select` drops all but one.

use crate::leaf::{Either, join};
use crate::{Handle, Receiver, Sender, Value};

async fn deliver(rt: &Handle, parts: &Sender, part: Value, at: u32) {
    rt.sleep(at).await;
    rt.print(format!("part {part} delivered"));
    parts.send(part).await.ok();
}

async fn supplier(rt: Handle, parts: Sender) {
    join(deliver(&rt, &parts, 1, 2), deliver(&rt, &parts, 2, 9)).await;
}

async fn two_parts(parts: &Receiver) -> Option<(Value, Value)> {
    let left = parts.receive().await?;
    let right = parts.receive().await?; // Dropped here, it takes `left` with it.
    Some((left, right))
}

async fn assembler(rt: Handle, parts: Receiver) {
    match rt.select(two_parts(&parts), rt.sleep(5)).await {
        Either::First(_) => rt.print("assembled"),
        Either::Second(()) => rt.print("too slow, I take them one by one"),
    }
    while let Some(part) = parts.receive().await {
        rt.print(format!("part {part} is here"));
    }
}

pub(super) fn spawn(rt: &Handle) {
    let (supply, parts) = rt.channel("parts", None);
    rt.spawn("supplier", supplier(rt.clone(), supply));
    rt.spawn("assembler", assembler(rt.clone(), parts));
}
