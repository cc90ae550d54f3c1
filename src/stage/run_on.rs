//! Playing a run to its end, as far as it goes by itself.
//!
//! What a frame has time for is done at once. What takes longer, a worker does, and hands back the
//! commands; then the run is opened up to there, in slices.

use machine::{MAX_STEPS, Progress};

use super::work::{SLICE_MS, now};
use super::{Stage, notices};
use crate::dom::before_paint;
use crate::worker::message::Finished;
use crate::worker::{Job, Report};

/// Commands between two looks at the clock.
const COMMANDS: usize = 100;

/// Who is playing the run to its end.
pub(super) enum Running {
    /// The worker, and how far it is.
    Worker(Job),
    /// The page itself, a slice a frame.
    Page,
}

/// Plays to the end of the run.
#[inline(never)]
pub(super) fn start(stage: Stage) {
    if !stage.peek(|session| session.can_go_on()) || !slice(stage) {
        return;
    }
    let (route, link) = stage.peek(|session| (session.route(), session.link()));
    let job = Job::run(route, &link, MAX_STEPS, move |report| match report {
        Report::Progress(progress) => stage.running.set(Some(progress)),
        Report::Done(finished) => done(stage, finished),
        // It was not asked to.
        Report::Measured(_) => {}
        Report::Failed(sentence) => in_the_page(stage, sentence),
    });
    match job {
        Ok(job) => {
            stage.runner.replace(Some(Running::Worker(job)));
            let done = stage.peek(|session| session.len());
            stage.running.set(Some(Progress { done, total: MAX_STEPS }));
        }
        Err(sentence) => in_the_page(stage, sentence),
    }
}

/// Ends where it is, and goes there.
pub(super) fn stop(stage: Stage) {
    if let Some(Running::Worker(job)) = &*stage.runner.borrow() {
        return job.stop();
    }
    give_up(stage);
}

/// Forgets about it.
pub(super) fn give_up(stage: Stage) {
    stage.result.take();
    stage.runner.take();
    stage.running.set_other(None);
}

fn done(stage: Stage, finished: Finished) {
    give_up(stage);
    let extended = stage.session().borrow_mut().extend(&finished.link);
    stage.result.replace(Some(result(&finished)));
    stage.changed(extended);
}

fn result(finished: &Finished) -> String {
    let [steps, notable, faults] =
        [finished.steps, finished.notable, finished.faults].map(notices::counted);
    let ending = &finished.ending;
    format!("Played on to {steps} steps: {notable} are notable, {faults} show a fault. {ending}")
}

/// Without a worker it goes on here, more slowly.
fn in_the_page(stage: Stage, sentence: String) {
    stage.changed(Err(sentence));
    stage.runner.replace(Some(Running::Page));
    go_on(stage);
}

fn go_on(stage: Stage) {
    if !matches!(&*stage.runner.borrow(), Some(Running::Page)) {
        return;
    }
    if slice(stage) {
        let done = stage.peek(|session| session.len());
        stage.running.set(Some(Progress { done, total: MAX_STEPS }));
        before_paint(move || go_on(stage));
    } else {
        give_up(stage);
    }
}

/// Plays for a part of a frame; whether there is more to play.
fn slice(stage: Stage) -> bool {
    let Some(session) = stage.try_session() else { return false };
    let begun = now();
    let mut more = Ok(true);
    while more == Ok(true) && now() - begun < SLICE_MS {
        more = session.borrow_mut().run_on(COMMANDS);
    }
    match more {
        Ok(_) => stage.touched(),
        Err(_) => stage.changed(more.clone().map(|_| None)),
    }
    more == Ok(true)
}
