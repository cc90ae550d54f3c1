//! What has to be said besides the run: a branch, a refusal, a link that cannot be read, long work.

use leptos::prelude::*;
use machine::Progress;

use super::{Move, Offer, Stage, export, run_on, work};
use crate::dom::{El, button, el, value};

/// Notices lie over the lower edge of the State region, so that nothing moves when they come.
pub(super) fn notices(stage: Stage) -> El {
    let bad_links = el("div").live(move || {
        let notice = stage.bad_link.get().map(|(text, what)| bad_link(stage, &text, &what));
        notice.into_iter().collect()
    });
    let under_way =
        move || (stage.working.with(Option::is_some), stage.running.with(Option::is_some));
    let works = el("div").live_for(under_way, move |(works, runs)| {
        let working = works.then(|| working(stage));
        let running = runs.then(|| running(stage));
        working.into_iter().chain(running).collect()
    });
    let remarks = el("div").attr("role", "status").live(move || {
        let remark = stage.remark.get().map(|remark| {
            let class = if remark.refused { "notice refused" } else { "notice" };
            el("div")
                .class(class)
                .child(el("p").text(&remark.text))
                .with(offer(stage, remark.offer))
                .child(dismiss(move || stage.remark.set(None)))
        });
        remark.into_iter().collect()
    });
    el("div").class("notices").child(bad_links).child(works).child(remarks)
}

fn dismiss(act: impl FnMut() + 'static) -> El {
    button("Dismiss").class("quiet").click(act)
}

fn offer(stage: Stage, offer: Offer) -> Option<El> {
    let name = match offer {
        Offer::Nothing => return None,
        Offer::Return => "Return to the run before",
        Offer::Json => "Save the run as JSON",
    };
    Some(button(name).click(move || match offer {
        Offer::Return => stage.go(Move::Return),
        _ => export::save_json(stage),
    }))
}

fn bad_link(stage: Stage, text: &str, what: &str) -> El {
    let input = el("input")
        .attr("type", "text")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr("value", text);
    let typed = input.element().clone();
    let sentence = el("p")
        .child(el("b").text("This link cannot be read. "))
        .text(what)
        .text(" The run on the screen is not from it.");
    let form = el("form")
        .class("notice refused")
        .child(sentence)
        .child(el("label").text("The link’s text").child(input))
        .child(button("Try again").attr("type", "submit"))
        .child(dismiss(move || stage.bad_link.set(None)))
        .on("submit", move |event| {
            event.prevent_default();
            stage.open(value(&typed).trim());
        });
    el("div").attr("role", "alert").child(form)
}

fn working(stage: Stage) -> El {
    let progress = move || stage.working.get().unwrap_or((1, 1));
    let bar = el("progress")
        .live_attr("max", move || progress().1.to_string())
        .live_attr("value", move || progress().0.to_string());
    el("div")
        .class("notice")
        .child(el("label").text("Running again to get there").child(bar))
        .child(button("Stop").click(move || work::stop(stage)))
}

fn running(stage: Stage) -> El {
    let progress = move || stage.running.get().unwrap_or(Progress { done: 0, total: 1 });
    let words = move || format!("Running to the end: {} steps so far", counted(progress().done));
    let bar = el("progress")
        .live_attr("max", move || progress().total.to_string())
        .live_attr("value", move || progress().done.to_string());
    el("div")
        .class("notice")
        .child(el("label").child(el("span").live_text(words)).child(bar))
        .child(button("Stop").click(move || run_on::stop(stage)))
}

/// A number with a comma after each three digits.
pub(super) fn counted(number: usize) -> String {
    let mut counted = number.to_string();
    let mut at = counted.len();
    while at > 3 {
        at -= 3;
        counted.insert(at, ',');
    }
    counted
}
