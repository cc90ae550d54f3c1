//! Play, step, back, first, last, speed: pinned below, the same on every demo.

use gloo::timers::callback::Interval;
use leptos::prelude::*;

use super::timeline::Timeline;
use super::{Move, Session, Stage};

/// Steps a second that can be chosen.
const SPEEDS: [u32; 7] = [1, 2, 4, 8, 16, 60, 240];
/// No more often than the screen is drawn; faster play takes several steps at once.
const FRAME: u32 = 16;

/// The bar at the bottom.
#[component]
pub(super) fn Transport(stage: Stage) -> impl IntoView {
    play(stage);
    let at_start = Memo::new(move |_| stage.read(|session| session.cursor() == 0));
    let at_end = Memo::new(move |_| stage.read(|session| !session.can_go_on()));
    let empty = Memo::new(move |_| stage.read(Session::is_empty));
    let playing = stage.playing;
    view! {
        <footer class="transport">
            <div class="buttons" role="group" aria-label="Transport">
                {tool("Reset", "Reset (R)", RESET, empty.into(), move || stage.go(Move::Reset))}
                {tool("First", "First (Home)", FIRST, at_start.into(), move || stage.go(Move::First))}
                {tool("Back", "Back (←)", BACK, at_start.into(), move || stage.go(Move::Back))}
                <button
                    type="button"
                    class="play"
                    aria-label=move || if playing.get() { "Pause" } else { "Play" }
                    title=move || if playing.get() { "Pause (Space)" } else { "Play (Space)" }
                    aria-disabled=move || (at_end.get() && empty.get()).to_string()
                    on:click=move |_| stage.toggle_play()
                >
                    <svg viewBox="0 0 16 16" aria-hidden="true">
                        <path d=move || if playing.get() { PAUSE } else { PLAY }></path>
                    </svg>
                </button>
                {tool("Step", "Step (→)", STEP, at_end.into(), move || stage.go(Move::Forward))}
                {tool("Last", "Last (End)", LAST, at_end.into(), move || stage.last())}
            </div>
            <Timeline stage />
            <p class="count">
                <b>{move || stage.read(|session| session.cursor())}</b>
                <span>" / "</span>
                {move || stage.read(|session| session.len())}
            </p>
            <label class="speed">
                <span class="unseen">"Speed"</span>
                <select
                    aria-label="Speed"
                    title="Steps a second"
                    prop:value=move || stage.speed.get().to_string()
                    on:change=move |event| {
                        if let Ok(speed) = event_target_value(&event).parse() {
                            stage.speed.set(speed);
                        }
                    }
                >
                    {SPEEDS
                        .iter()
                        .map(|speed| {
                            view! {
                                <option value=speed.to_string() selected=*speed == 2>
                                    {format!("{speed}/s")}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </label>
        </footer>
    }
}

/// A button that stays focused when it has nothing to do, because it may again a moment later.
fn tool(
    name: &'static str,
    title: &'static str,
    icon: &'static str,
    idle: Signal<bool>,
    act: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            aria-label=name
            title=title
            aria-disabled=move || idle.get().to_string()
            on:click=move |_| act()
        >
            <svg viewBox="0 0 16 16" aria-hidden="true">
                <path d=icon></path>
            </svg>
        </button>
    }
}

/// Takes steps while `playing` holds, and lets go of it at the end.
fn play(stage: Stage) {
    let clock = StoredValue::new_local(None::<Interval>);
    Effect::new(move || {
        let (playing, speed) = (stage.playing.get(), stage.speed.get());
        if !playing {
            clock.set_value(None);
            return;
        }
        let every = (1000 / speed).max(FRAME);
        let steps = (speed * every / 1000).max(1);
        clock.set_value(Some(Interval::new(every, move || {
            for _ in 0..steps {
                if !stage.peek(Session::can_go_on) {
                    stage.playing.set(false);
                    return;
                }
                stage.step_to(Move::Forward);
            }
        })));
    });
    on_cleanup(move || clock.set_value(None));
}

const FIRST: &str = "M3 3h2v10H3zM13 3v10L6 8z";
const BACK: &str = "M11.5 3v10L4 8z";
const PLAY: &str = "M4.5 2.5v11L13.5 8z";
const PAUSE: &str = "M4 3h3v10H4zM9 3h3v10H9z";
const STEP: &str = "M4.5 3v10L12 8z";
const LAST: &str = "M3 3v10l7-5zM11 3h2v10h-2z";
const RESET: &str = "M8 3V.8L3.8 3.9 8 7V4.8a3.6 3.6 0 1 1-3.6 3.6H2.6A5.4 5.4 0 1 0 8 3z";
