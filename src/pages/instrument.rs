//! The page of an instrument. There is nothing to step: what it measures is what is, and its link
//! holds what the person has set, never what was measured.
//!
//! Its markup and its style come when it is opened, with the module's later half: who looks at another
//! page waits for none of them.

use leptos::prelude::Owner;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::Node;

use crate::address::of_build;
use crate::dom::{El, Html, el, listen_to, markup, when_whole};
use crate::stage::shapes::{Canvas, Picture};
use crate::stage::{Modes, text_of};

/// What stands behind an instrument.
#[derive(Clone, Copy)]
pub struct InstrumentPage {
    /// Makes the markup a page: it is there and styled then, and an owner is, with which it ends.
    pub start: fn(El, Modes),
    /// What the home page shows of it, drawn from what really is at that moment.
    pub still: fn(Canvas) -> Picture,
}

/// The page of an instrument: its title at first. Must be built while an owner is there, with which it
/// ends.
pub fn instrument_page(page: InstrumentPage, route: &'static str, title: &str, modes: Modes) -> El {
    let mut html = Html::new();
    html.raw("<div class=instrument><div class=plain><h1>").text(title);
    let place = markup(&html.raw("</h1></div></div>").take());
    let (root, owner) = (place.clone(), Owner::current());
    spawn_local(async move {
        let text = text_of(&of_build("sources", &[route, ".html"].concat())).await;
        // The page may have been left meanwhile.
        if !root.cast::<Node>().is_connected() {
            return;
        }
        match (text, owner) {
            (Some(text), Some(owner)) => owner.with(|| fill(root, text, page, route, modes)),
            _ => root.set_html(MISSING),
        }
    });
    place
}

/// Puts the markup in the title's place, once its style and the code for it are there.
fn fill(root: El, text: String, page: InstrumentPage, route: &str, modes: Modes) {
    let style = el("link");
    style.put("rel", "stylesheet");
    style.put("href", &of_build("sources", &[route, ".css"].concat()));
    let place = root.clone();
    let (mut text, owner) = (Some(text), Owner::current());
    listen_to(style.element().unchecked_ref(), "load", move |_| {
        if let (Some(text), Some(owner)) = (text.take(), &owner) {
            let place = place.clone();
            owner.with(|| {
                when_whole(move || {
                    let root = markup(&text);
                    // The title was a stand-in.
                    if let Some(title) = place.element().first_element_child() {
                        title.remove();
                    }
                    _ = place.child(root.clone());
                    (page.start)(root, modes);
                });
            });
        }
    });
    // Behind the title, which is looked for in the first place.
    _ = root.child(style);
}

const MISSING: &str = "<main class=plain><h1>This page did not arrive whole</h1>\
<p>Reload it to try again.</p></main>";
