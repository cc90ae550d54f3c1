//! The keys, and what the timeline's signs mean.

use leptos::prelude::*;
use web_sys::HtmlDialogElement;

use super::Stage;
use super::keys::KEYS;
use crate::dom::{El, button, el, watch};

/// The signs of the timeline, by their class.
const SIGNS: [(&str, &str); 4] = [
    ("busy", "runs"),
    ("ready", "could run, but is not let yet"),
    ("waiting", "waits"),
    ("stuck", "waits for what will never come"),
];

/// A dialog that the browser itself keeps focus in, and closes on Escape.
pub(super) fn help(stage: Stage) -> El {
    let keys = KEYS.iter().map(|(keys, what)| {
        let keys = keys.iter().map(|key| el("kbd").text(key));
        el("div").child(el("dt").with(keys)).child(el("dd").text(what))
    });
    let signs = SIGNS.iter().map(|(class, what)| {
        el("div").child(el("dt").child(el("i").class(class))).child(el("dd").text(what))
    });
    let content = el("div")
        .child(el("h2").attr("id", "help-title").text("Keys"))
        .child(el("dl").with(keys))
        .child(el("h2").text("On the timeline"))
        .child(el("dl").class("signs").with(signs))
        .child(el("p").text(
            "Going back and taking another command branches the run; what it had done before is \
             kept and can be returned to. Copy link takes the whole run with it, to this very step.",
        ))
        .child(button("Close").class("main").click(move || stage.help.set(false)));
    let dialog = el("dialog").class("help").attr("aria-labelledby", "help-title").child(content);
    let element = dialog.cast::<HtmlDialogElement>().clone();
    let opens = element.clone();
    watch(move || match (stage.help.get(), opens.open()) {
        (true, false) => _ = opens.show_modal(),
        (false, true) => opens.close(),
        _ => {}
    });
    dialog.on("close", move |_| stage.help.set(false)).on("click", move |event| {
        // A click beside the content hits the dialog itself.
        if event.target().as_ref() == Some(element.as_ref()) {
            stage.help.set(false);
        }
    })
}
