//! Work that takes longer than a frame, done in slices between frames.

use leptos::prelude::window;

use super::Stage;
use crate::dom::before_paint;

/// Of a frame's 16 ms this much is spent on a slice; the rest is the page's.
pub(super) const SLICE_MS: f64 = 6.0;
/// Steps between two looks at the clock.
pub(super) const STEPS: usize = 2_000;

/// Goes on with what the session has under way, until it is done or given up. Until then only the
/// progress is shown, and not even that of what is done before the next frame: everything else stands
/// as it was, so that the frame is there for the work.
pub(super) fn attend(stage: Stage) {
    let is_working = stage.peek(|session| session.working()).is_some();
    if !is_working {
        stage.working.set_other(None);
    }
    if stage.attending.get() || !is_working {
        return;
    }
    stage.attending.set(true);
    before_paint(move || slice(stage));
}

/// Works for a part of a frame.
fn slice(stage: Stage) {
    let Some(session) = stage.try_session() else { return };
    let begun = now();
    let mut said = Ok(None);
    let mut goes_on = true;
    while said == Ok(None) && goes_on && now() - begun < SLICE_MS {
        said = session.borrow_mut().advance(STEPS);
        goes_on = session.borrow().working().is_some();
    }
    if said == Ok(None) && goes_on {
        stage.working.set_other(stage.peek(|session| session.working()));
        before_paint(move || slice(stage));
    } else if now() - begun < SLICE_MS / 2.0 {
        show(stage, said);
    } else {
        // What is left of this frame is too little to draw in.
        before_paint(move || show(stage, said));
    }
}

/// Shows what the work has led to.
fn show(stage: Stage, said: Result<Option<String>, String>) {
    stage.attending.set(false);
    if stage.try_session().is_some() {
        let result = stage.result.take();
        stage.changed(said.map(|said| said.or(result)));
    }
}

/// Gives the session's longer work up.
pub(super) fn stop(stage: Stage) {
    stage.session().borrow_mut().stop();
    stage.result.take();
    stage.changed(Ok(None));
}

pub(super) fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
