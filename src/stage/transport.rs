//! Play, step, back, first, last, speed: pinned below, the same on every demo.

use gloo::timers::callback::Interval;
use leptos::prelude::*;

use super::timeline::timeline;
use super::{Move, Stage};
use crate::dom::{El, el, icon_button, memo, set_value, value, watch};

/// Steps a second that can be chosen.
const SPEEDS: [u32; 7] = [1, 2, 4, 8, 16, 60, 240];
/// No more often than the screen is drawn; faster play takes several steps at once.
const FRAME: u32 = 16;

/// The bar at the bottom.
pub(super) fn transport(stage: Stage) -> El {
    play(stage);
    let at_start = memo(move || stage.read(|session| session.cursor() == 0));
    let at_end = memo(move || stage.read(|session| !session.can_go_on()));
    let empty = memo(move || stage.read(|session| session.is_empty()));
    // A button stays focused when it has nothing to do, because it may again a moment later.
    let tool = |name, title, icon, idle: Memo<bool>| {
        icon_button(name, title, icon).live_state("aria-disabled", move || idle.get())
    };
    let go = move |to| move || stage.go(to);
    let buttons = el("div")
        .class("buttons")
        .attr("role", "group")
        .attr("aria-label", "Transport")
        .child(tool("Reset", "Reset (R)", RESET, empty).click(go(Move::Reset)))
        .child(tool("First", "First (Home)", FIRST, at_start).click(go(Move::First)))
        .child(tool("Back", "Back (←)", BACK, at_start).click(go(Move::Back)))
        .child(play_button(stage))
        .child(tool("Step", "Step (→)", STEP, at_end).click(go(Move::Forward)))
        .child(tool("Last", "Last (End)", LAST, at_end).click(move || stage.last()));
    let number = |get: Memo<usize>| move || get.get().to_string();
    let cursor = memo(move || stage.read(|session| session.cursor()));
    let len = memo(move || stage.read(|session| session.len()));
    let count = el("p")
        .class("count")
        .child(el("b").live_text(number(cursor)))
        .child(el("span").text(" / "))
        .child(el("span").live_text(number(len)));
    el("div")
        .class("transport")
        .child(buttons)
        .child(timeline(stage))
        .child(count)
        .child(speeds(stage))
}

fn play_button(stage: Stage) -> El {
    let playing = stage.playing;
    let button = icon_button("Play", "Play or pause (Space)", PLAY)
        .class("play")
        .live_attr("aria-label", move || if playing.get() { "Pause" } else { "Play" }.to_owned())
        .click(move || stage.toggle_play());
    if let Ok(Some(path)) = button.element().query_selector("path") {
        let icon = move || if playing.get() { PAUSE } else { PLAY }.to_owned();
        _ = El::from(path).live_attr("d", icon);
    }
    button
}

fn speeds(stage: Stage) -> El {
    let option =
        |speed: &u32| el("option").attr("value", &speed.to_string()).text(&format!("{speed}/s"));
    let select = el("select")
        .attr("aria-label", "Speed")
        .attr("title", "Steps a second")
        .with(SPEEDS.iter().map(option));
    let chosen = select.element().clone();
    set_value(&chosen, &stage.speed.get_untracked().to_string());
    el("div").class("speed").child(select.on("change", move |_| {
        if let Ok(speed) = value(&chosen).parse() {
            stage.speed.set(speed);
        }
    }))
}

/// Takes steps while `playing` holds, and lets go of it at the end.
fn play(stage: Stage) {
    let clock = StoredValue::new_local(None::<Interval>);
    watch(move || {
        let (playing, speed) = (stage.playing.get(), stage.speed.get());
        let every = (1000 / speed).max(FRAME);
        let steps = (speed * every / 1000).max(1);
        // Setting it drops the clock of before, which stops it.
        clock.set_value(playing.then(|| Interval::new(every, move || tick(stage, steps))));
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

const FIRST: &str = "M3 3h2v10H3zM13 3v10L6 8z";
const BACK: &str = "M11.5 3v10L4 8z";
const PLAY: &str = "M4.5 2.5v11L13.5 8z";
const PAUSE: &str = "M4 3h3v10H4zM9 3h3v10H9z";
const STEP: &str = "M4.5 3v10L12 8z";
const LAST: &str = "M3 3v10l7-5zM11 3h2v10h-2z";
const RESET: &str = "M8 3V.8L3.8 3.9 8 7V4.8a3.6 3.6 0 1 1-3.6 3.6H2.6A5.4 5.4 0 1 0 8 3z";
