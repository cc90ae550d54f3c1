//! What was typed. It outlives the editor, a change of scene and, where the browser lets it, the
//! page.

use std::cell::RefCell;

use leptos::prelude::window;

thread_local! {
    /// Where nothing may be stored, the page itself remembers: keys, and what was typed.
    static TYPED: RefCell<Vec<(&'static str, String)>> = const { RefCell::new(Vec::new()) };
}

/// What was typed last, if anything.
pub(super) fn load(key: &'static str) -> Option<String> {
    let here = TYPED.with_borrow(|typed| {
        typed.iter().find(|(other, _)| *other == key).map(|(_, text)| text.clone())
    });
    here.or_else(|| storage()?.get_item(key).ok().flatten())
}

/// Keeps what was typed.
pub(super) fn keep(key: &'static str, text: &str) {
    TYPED.with_borrow_mut(|typed| {
        typed.retain(|(other, _)| *other != key);
        typed.push((key, text.to_owned()));
    });
    if let Some(storage) = storage() {
        _ = storage.set_item(key, text);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
