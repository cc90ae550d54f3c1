//! Sentences on the page: code stands between backticks.

use crate::dom::{El, el};

/// Appends a sentence with its code set as code.
pub(super) fn prose(mut to: El, text: &str) -> El {
    for (i, part) in text.split('`').enumerate() {
        to = if i % 2 == 1 { to.child(el("code").text(part)) } else { to.text(part) };
    }
    to
}

/// The sentence without marks, for where only text can stand.
pub(super) fn plain(text: &str) -> String {
    text.replace('`', "")
}
