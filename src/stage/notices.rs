//! What has to be said besides the run: a branch, a refusal, a link that cannot be read, long work.
//! It lies over the lower edge of the State region, so that nothing moves when it comes.

use leptos::prelude::event_target;
use machine::Progress;
use web_sys::Element;

use super::actions::leave_notice;
use super::{Offer, Stage};
use crate::dom::{El, Html, Written, value, watch};

/// Keeps the notices as they should be.
pub(super) fn notices(stage: Stage, root: &El) {
    remark(stage, root.part("remark"));
    works(stage, root.part("works"));
    bad_link(stage, root.part("bad-link"));
}

fn remark(stage: Stage, place: El) {
    let mut written = Written::new(place);
    watch(move || {
        let mut html = Html::new();
        if let Some(remark) = &*stage.remark.read() {
            html.raw(match remark.refused {
                true => "<div class=\"notice refused\"><p>",
                false => "<div class=notice><p>",
            });
            html.text(&remark.text).raw("</p>");
            html.raw(match remark.offer {
                Offer::Nothing => "",
                Offer::Return => {
                    "<button type=button data-do=return>Return to the run before</button>"
                }
                Offer::Json => {
                    "<button type=button data-do=save-json>Save the run as JSON</button>"
                }
            });
            html.raw(DISMISS).raw("dismiss>Dismiss</button></div>");
        }
        written.write(html);
    });
}

const DISMISS: &str = "<button type=button class=quiet data-do=";

/// The bars of what is under way.
fn works(stage: Stage, place: El) {
    let mut written = Written::new(place.clone());
    watch(move || {
        let (working, running) = (stage.working.get(), *stage.running.read());
        let mut html = Html::new();
        if working.is_some() {
            bar(&mut html, "working", "Running again to get there");
        }
        if running.is_some() {
            bar(&mut html, "running", "Running to the end");
        }
        written.write(html);
        if let Some((done, total)) = working {
            fill(&place, "working", done, total);
        }
        if let Some(Progress { done, total }) = running {
            fill(&place, "running", done, total);
            let words = format!("Running to the end: {} steps so far", counted(done));
            place.part("running-words").say(&words);
        }
    });
}

fn bar(html: &mut Html, what: &str, words: &str) {
    html.raw("<div class=notice><label><span data-part=").raw(what).raw("-words>").raw(words);
    html.raw("</span><progress data-part=").raw(what).raw("></progress></label>");
    html.raw("<button type=button data-do=stop-").raw(what).raw(">Stop</button></div>");
}

fn fill(place: &El, what: &str, done: usize, total: usize) {
    let bar = place.part(what);
    bar.put("max", &total.to_string());
    bar.put("value", &done.to_string());
}

fn bad_link(stage: Stage, place: El) {
    let mut written = Written::new(place.clone());
    watch(move || {
        let mut html = Html::new();
        if let Some((text, what)) = &*stage.bad_link.read() {
            html.raw("<div role=alert><form class=\"notice refused\"><p><b>This link cannot be read. </b>");
            html.text(what).raw(" The run on the screen is not from it.</p>");
            html.raw(
                "<label>The link’s text<input type=text spellcheck=false autocomplete=off value=\"",
            );
            html.text(text).raw("\"></label><button type=submit>Try again</button>");
            html.raw(DISMISS).raw("dismiss-link>Dismiss</button></form></div>");
        }
        written.write(html);
    });
    _ = place.on("submit", move |event| {
        event.prevent_default();
        let form: Element = event_target(event);
        if let Ok(Some(input)) = form.query_selector("input") {
            stage.open(value(&input).trim());
            if stage.bad_link.peek().is_none() {
                leave_notice(&input.into());
            }
        }
    });
}

/// A number with a comma after each three digits.
pub(crate) fn counted(number: usize) -> String {
    let mut counted = number.to_string();
    let mut at = counted.len();
    while at > 3 {
        at -= 3;
        counted.insert(at, ',');
    }
    counted
}
