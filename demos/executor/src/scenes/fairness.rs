//! An `await` is not a pause: it only is one if there is something to wait for.

use crate::{Handle, Receiver, Sender};

async fn greedy(rt: Handle, jobs: Receiver) {
    while let Some(job) = jobs.receive().await {
        rt.print(format!("job {job}"));
    }
}

async fn polite(rt: Handle, jobs: Receiver) {
    while let Some(job) = jobs.receive().await {
        rt.print(format!("job {job}"));
        rt.yield_now().await;
    }
}

async fn bystander(rt: Handle) {
    for _ in 0..4 {
        rt.print("me too");
        rt.yield_now().await;
    }
}

async fn boss(greedy: Sender, polite: Sender) {
    for job in 1..=4 {
        greedy.send(job).await.ok();
        polite.send(job).await.ok();
    }
}

pub(super) fn spawn(rt: &Handle) {
    let (for_greedy, greedy_jobs) = rt.channel("greedy's jobs", None);
    let (for_polite, polite_jobs) = rt.channel("polite's jobs", None);
    rt.spawn("boss", boss(for_greedy, for_polite));
    rt.spawn("greedy", greedy(rt.clone(), greedy_jobs));
    rt.spawn("polite", polite(rt.clone(), polite_jobs));
    rt.spawn("bystander", bystander(rt.clone()));
}
