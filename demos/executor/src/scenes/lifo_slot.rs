//! Who is woken by the running task goes next. Good for the two, and the others have to be thought of.

use crate::{Handle, Receiver, Sender};

async fn chat(rt: Handle, hear: Receiver, say: Sender, first: bool) {
    if first {
        say.send(1).await.ok();
    }
    while let Some(word) = hear.receive().await {
        rt.print(format!("word {word}"));
        if word == 8 || say.send(word + 1).await.is_err() {
            return;
        }
    }
}

async fn bystander(rt: Handle) {
    for _ in 0..2 {
        rt.print("may I?");
        rt.yield_now().await;
    }
}

pub(super) fn spawn(rt: &Handle) {
    let (to_ann, from_bob) = rt.channel("to ann", None);
    let (to_bob, from_ann) = rt.channel("to bob", None);
    rt.spawn("ann", chat(rt.clone(), from_bob, to_bob, true));
    rt.spawn("bob", chat(rt.clone(), from_ann, to_ann, false));
    rt.spawn("bystander", bystander(rt.clone()));
}
