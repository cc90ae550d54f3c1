//! Sentences on the page: code stands between backticks.

use leptos::prelude::*;

/// The sentence with its code set as code.
pub(super) fn prose(text: &str) -> Vec<AnyView> {
    text.split('`')
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
        .map(|(i, part)| {
            let part = part.to_owned();
            if i % 2 == 1 { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
        })
        .collect()
}

/// The sentence without marks, for where only text can stand.
pub(super) fn plain(text: &str) -> String {
    text.replace('`', "")
}
