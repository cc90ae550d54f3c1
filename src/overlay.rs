//! What is shown when the program itself fails. In wasm nothing of the page runs on after a panic,
//! so this uses the browser alone: no component, no signal.

use std::panic;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, HtmlElement};

/// Shows the overlay on a panic, after the usual message on the console.
pub fn install() {
    console_error_panic_hook::set_once();
    let console = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        console(info);
        show(&info.to_string());
    }));
}

/// Puts the overlay above everything; does nothing if even that is not possible.
pub fn show(message: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    _ = build(&document, message);
}

fn build(document: &Document, message: &str) -> Option<()> {
    if document.get_element_by_id("panic").is_some() {
        return None;
    }
    let overlay = document.create_element("div").ok()?;
    _ = overlay.set_attribute("id", "panic");
    _ = overlay.set_attribute("role", "alertdialog");
    _ = overlay.set_attribute("aria-label", "The program has failed");
    overlay.set_inner_html(OVERLAY);
    overlay.query_selector("pre").ok()??.set_text_content(Some(message));
    let link = overlay.query_selector("a").ok()??;
    match crate::stage::last_address() {
        Some(address) => {
            _ = link.set_attribute("href", &address);
            link.set_text_content(Some(&address));
        }
        None => link.remove(),
    }
    let button: HtmlElement = overlay.query_selector("button").ok()??.unchecked_into();
    let act = Closure::<dyn FnMut()>::new(|| {
        if let Some(window) = web_sys::window() {
            _ = window.location().reload();
        }
    });
    button.set_onclick(Some(act.as_ref().unchecked_ref()));
    act.forget();
    document.body()?.append_child(&overlay).ok()?;
    _ = button.focus();
    Some(())
}

/// The message scrolls where it is long.
const OVERLAY: &str = "<div><h1>Something that must not happen has happened.</h1>\
    <p>Oxidoscope has stopped: this is a fault of the program, not of what you did. The message \
below and the link, which leads to the step before, are what a report needs.</p>\
    <pre tabindex=0></pre><a></a><button>Reload</button></div>";
