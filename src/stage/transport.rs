//! Play, step, back, first, last, speed: pinned below, the same on every demo.

use std::cell::Cell;

use gloo::timers::callback::Interval;

use super::{Move, Stage};
use crate::dom::{El, watch};

/// No more often than the screen is drawn; faster play takes several steps at once.
const FRAME: u32 = 16;

const PLAY: &str = "M4.5 2.5v11L13.5 8z";
const PAUSE: &str = "M4 3h3v10H4zM9 3h3v10H9z";

/// Keeps the bar at the bottom as the run is, and plays.
pub(super) fn transport(stage: Stage, root: &El) {
    play(stage);
    let (play, icon) = (root.part("play"), root.part("play-icon"));
    watch(move || {
        let playing = stage.playing.get();
        play.put("aria-label", if playing { "Pause" } else { "Play" });
        icon.put("d", if playing { PAUSE } else { PLAY });
    });
    let tools = root.part("transport").element().children();
    let (at, all) = (root.part("cursor"), root.part("len"));
    watch(move || {
        let (cursor, len, goes_on) =
            stage.read(|session| (session.cursor(), session.len(), session.can_go_on()));
        at.say(&cursor.to_string());
        all.say(&len.to_string());
        // Reset, First, Back, Play, Step, Last. A button stays focused when it has nothing to do,
        // because it may again a moment later.
        let idle = [len == 0, cursor == 0, cursor == 0, false, !goes_on, !goes_on];
        for (index, idle) in (0..).zip(idle) {
            if let Some(tool) = tools.item(index) {
                El::from(tool).put_state("aria-disabled", idle);
            }
        }
    });
}

/// Takes steps while `playing` holds, and lets go of it at the end.
fn play(stage: Stage) {
    let clock = Cell::new(None);
    watch(move || {
        let (playing, speed) = (stage.playing.get(), stage.speed.get());
        let every = (1000 / speed).max(FRAME);
        let steps = (speed * every / 1000).max(1);
        // The clock of before is dropped, which stops it.
        clock.set(playing.then(|| Interval::new(every, move || tick(stage, steps))));
    });
}

fn tick(stage: Stage, steps: u32) {
    for _ in 0..steps {
        if !stage.peek(|session| session.can_go_on()) {
            stage.playing.set(false);
            return;
        }
        stage.step_to(Move::Forward);
    }
}
