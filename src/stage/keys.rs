//! Keys, the same on every demo.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::{Modes, Move, Stage};
use crate::dom::{El, listen_to};

/// What a key does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Action {
    Play,
    Go(Move),
    Last,
    FullScreen,
    Present,
    Help,
}

/// What a key does when nothing is being typed.
fn action(key: &str) -> Option<Action> {
    Some(match key {
        " " => Action::Play,
        "ArrowRight" | "PageDown" => Action::Go(Move::Forward),
        "ArrowLeft" | "PageUp" => Action::Go(Move::Back),
        "Home" => Action::Go(Move::First),
        "End" => Action::Last,
        "r" | "R" => Action::Go(Move::Reset),
        "f" | "F" => Action::FullScreen,
        "p" | "P" => Action::Present,
        "?" => Action::Help,
        _ => match key.as_bytes() {
            [digit @ b'1'..=b'9'] => Action::Go(Move::Command(usize::from(digit - b'1'))),
            _ => return None,
        },
    })
}

/// Listens for as long as the stage is there.
pub(super) fn listen(stage: Stage, root: &El) {
    let heard = move |key: &str, again: bool| {
        let action = action(key);
        if let Some(action) = action
            && (!again || matches!(action, Action::Go(Move::Forward | Move::Back)))
        {
            act(stage, action);
        }
        action.is_some()
    };
    hear(root, stage.modes, Box::new(heard));
}

/// What a key does.
pub(crate) type Keyed = Box<dyn Fn(&str, bool) -> bool>;

/// Has keys act for as long as the current owner lives: `act` is given the key and whether it is held
/// down, and says whether the key is one of its own. Keys act when the focus is on the demo, or nowhere
/// while the page is our own: inside another page they wait until the demo was clicked.
pub(crate) fn hear(root: &El, modes: Modes, act: Keyed) {
    let root = root.element().clone();
    listen_to(&window(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let focused = document().active_element().filter(|element| element.tag_name() != "BODY");
        let ours = match &focused {
            Some(element) => root.contains(Some(element)),
            None => !modes.embed.now(),
        };
        let key = event.key();
        if !ours || focused.is_some_and(|element| keeps(&element, &key)) {
            return;
        }
        if act(&key, event.repeat()) {
            event.prevent_default();
        }
    });
}

/// Whether the focused element needs this key for itself.
fn keeps(element: &Element, key: &str) -> bool {
    if element.closest("dialog").ok().flatten().is_some() {
        return true;
    }
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => element.get_attribute("type").as_deref() != Some("range"),
        "BUTTON" | "A" | "SUMMARY" => matches!(key, " " | "Enter"),
        // A log that is scrolled with the keyboard goes up and down with arrows that are not ours.
        _ => element.unchecked_ref::<HtmlElement>().is_content_editable(),
    }
}

fn act(stage: Stage, action: Action) {
    match action {
        Action::Play => stage.toggle_play(),
        Action::Go(to) => stage.go(to),
        Action::Last => stage.last(),
        Action::Present => stage.modes.toggle_present(),
        Action::Help => stage.help.set(!stage.help.now()),
        Action::FullScreen => full_screen(),
    }
}

/// Switches it; a browser or a host page may refuse.
#[inline(never)]
pub(crate) fn full_screen() {
    let document = document();
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else if let Some(root) = document.document_element() {
        _ = root.request_fullscreen();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clickers_keys_step_and_numbers_choose() {
        assert_eq!(action("PageDown"), Some(Action::Go(Move::Forward)));
        assert_eq!(action("PageUp"), Some(Action::Go(Move::Back)));
        assert_eq!(action("1"), Some(Action::Go(Move::Command(0))));
        assert_eq!(action("9"), Some(Action::Go(Move::Command(8))));
        for key in ["0", "a", "Enter", "Escape", "ArrowUp", "ArrowDown", "Tab", "F1", "é", ""] {
            assert_eq!(action(key), None, "{key} is not ours");
        }
    }
}
