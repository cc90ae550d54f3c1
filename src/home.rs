//! The home page: every demo, grouped by the book's chapters, each with a picture of a state in
//! which its machine really is.

use leptos::prelude::*;

use crate::dom::{El, button, el, svg};
use crate::pages::{DEMOS, Entry, Kind};
use crate::stage::shapes::{Canvas, Painter};
use crate::stage::{Chapter, Modes};

/// The size at which a still is laid out; the card scales it.
const STILL: Canvas = Canvas { width: 760.0, height: 420.0, text: 14.0 };

pub(crate) fn home(modes: Modes) -> El {
    let theme = button("")
        .class("quiet")
        .live_text(move || format!("Theme: {}", modes.theme.get().name()))
        .click(move || modes.next_theme());
    let brand = el("p").class("brand").text("Oxido").child(el("b").text("scope"));
    let lead = "Real Rust runs in this page, one step at a time. Step it forward and back, take \
                another way at any point, and send somebody the link to the exact step.";
    let mut chapters: Vec<_> = DEMOS.iter().map(|entry| entry.chapter).collect();
    chapters.dedup();
    let main = el("main")
        .child(el("h1").text("The hard parts of Rust, to operate"))
        .child(el("p").class("lead").text(lead))
        .with(chapters.into_iter().map(chapter));
    el("div")
        .class("home")
        .child(el("header").class("home-head").child(brand).child(theme))
        .child(main)
}

fn chapter(chapter: Chapter) -> El {
    let entries = DEMOS.iter().filter(|entry| entry.chapter == chapter);
    let number = el("span").text(&format!("Chapter {}", chapter.number));
    el("section")
        .class("chapter")
        .child(el("h2").child(number).text(chapter.title))
        .child(el("ul").class("cards").with(entries.map(card)))
}

fn card(entry: &Entry) -> El {
    let link = el("a")
        .attr("href", &format!("{}/", entry.route))
        .with(still(entry))
        .child(el("h3").text(entry.title))
        .child(el("p").text(entry.pitch));
    el("li").class("card").child(link)
}

fn still(entry: &Entry) -> Option<El> {
    let Kind::Machine(page) = entry.kind else { return None };
    let svg = svg("svg").class("still").attr("aria-hidden", "true");
    Painter::new(svg.element().clone()).paint(&page.still(STILL)?);
    Some(svg)
}
