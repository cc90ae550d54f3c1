//! What is shown when the program itself fails. In wasm nothing of the page runs on after a panic,
//! so this uses the browser alone: no component, no signal.

use std::panic;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, Element, HtmlElement};

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
    let overlay = element(document, "div", "")?;
    overlay.set_id("panic");
    _ = overlay.set_attribute("role", "alertdialog");
    _ = overlay.set_attribute("aria-label", "The program has failed");
    let card = element(document, "div", "")?;
    let append = |child: Element| card.append_child(&child).ok();
    append(element(document, "h1", "Something that must not happen has happened.")?)?;
    append(element(
        document,
        "p",
        "Oxidoscope has stopped: this is a fault of the program, not of what you did. The message \
         below and the link, which leads to the step before, are what a report needs.",
    )?)?;
    let text = element(document, "pre", message)?;
    // It scrolls where it is long.
    _ = text.set_attribute("tabindex", "0");
    append(text)?;
    if let Some(address) = crate::stage::last_address() {
        let link = element(document, "a", &address)?;
        _ = link.set_attribute("href", &address);
        append(link)?;
    }
    let reload = element(document, "button", "Reload")?;
    let act = Closure::<dyn FnMut()>::new(|| {
        if let Some(window) = web_sys::window() {
            _ = window.location().reload();
        }
    });
    let button = reload.dyn_ref::<HtmlElement>()?;
    button.set_onclick(Some(act.as_ref().unchecked_ref()));
    act.forget();
    append(reload.clone())?;
    overlay.append_child(&card).ok()?;
    document.body()?.append_child(&overlay).ok()?;
    _ = reload.dyn_ref::<HtmlElement>()?.focus();
    Some(())
}

fn element(document: &Document, name: &str, text: &str) -> Option<Element> {
    let element = document.create_element(name).ok()?;
    element.set_text_content(Some(text));
    Some(element)
}
