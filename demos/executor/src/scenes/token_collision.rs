//! The book's reactor: its token is the number of handlers, which may be in use already.

use crate::{Handle, SourceId};

async fn listen(rt: Handle, source: SourceId, answer: &'static str) {
    for _ in 0..2 {
        rt.read(source).await;
        rt.print(answer);
    }
}

pub(super) fn spawn(rt: &Handle) {
    let door = rt.source("door", &[2, 9]);
    let phone = rt.source("phone", &[6, 12]);
    rt.spawn("porter", listen(rt.clone(), door, "come in"));
    rt.spawn("operator", listen(rt.clone(), phone, "hello?"));
}
