//! Sentences on the page: code stands between backticks.

/// The sentence without marks, for where only text can stand.
pub(super) fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// Writes a text between quotes, as JSON does.
pub(crate) fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}
