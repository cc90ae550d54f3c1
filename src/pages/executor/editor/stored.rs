//! What was typed. It outlives the editor, a change of scene and, where the browser lets it, the
//! page.

use std::cell::RefCell;

use leptos::prelude::window;

const KEY: &str = "oxidoscope-executor-program";

thread_local! {
    /// Where nothing may be stored, the page itself remembers.
    static TYPED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What was typed last, if anything.
pub(super) fn load() -> Option<String> {
    TYPED.with_borrow(Clone::clone).or_else(|| storage()?.get_item(KEY).ok().flatten())
}

/// Keeps what was typed.
pub(super) fn keep(text: &str) {
    TYPED.replace(Some(text.to_owned()));
    if let Some(storage) = storage() {
        _ = storage.set_item(KEY, text);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
