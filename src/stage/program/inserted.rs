//! What is pasted or dropped into the program: taken over, unless it is so much that the page would
//! stand still while the browser lays it out.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Event};

use super::editor::{Draft, Refused};
use crate::dom::El;
use crate::stage::counted;

/// The most lines that are laid out without a halt that one notices. A program of as many statements
/// as any language allows has half of them.
const MOST_LINES: usize = 2_000;

/// Looks at what comes in, before it is there.
pub(super) fn watch_insertions(draft: &Rc<Draft>, area: El) -> El {
    let (pasting, dropping) = (draft.clone(), draft.clone());
    area.on("paste", move |event| {
        let data = event.dyn_ref().and_then(ClipboardEvent::clipboard_data);
        look(&pasting, event, data, "pasted");
    })
    .on("drop", move |event| {
        let data = event.dyn_ref().and_then(DragEvent::data_transfer);
        look(&dropping, event, data, "dropped");
    })
}

#[inline(never)]
fn look(draft: &Draft, event: &Event, data: Option<DataTransfer>, how: &str) {
    let Some(text) = data.and_then(|data| data.get_data("text").ok()) else { return };
    let (before, after) = draft.around_selection();
    if let Some(why) = too_long([&before, &text, &after], draft.most()) {
        event.prevent_default();
        let mut says = why;
        says.push_str(" What you ");
        says.push_str(how);
        says.push_str(" was not taken over, and your text is as it was.");
        draft.refuse(Refused::Insertion(says));
    }
}

/// Why a text, in pieces, is too long for the editor, and from where on.
fn too_long(pieces: [&str; 3], most_bytes: usize) -> Option<String> {
    let (mut line, mut column, mut bytes) = (1, 1, 0);
    for c in pieces.into_iter().flat_map(str::chars) {
        bytes += c.len_utf8();
        let (most, of) = match () {
            () if bytes > most_bytes => (most_bytes, "bytes"),
            () if line > MOST_LINES => (MOST_LINES, "lines"),
            () => {
                (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
                continue;
            }
        };
        let (line, most) = (counted(line), counted(most));
        return Some(format!(
            "Line {line}, column {column}: from here on the program would be too long; a program has at \
             most {most} {of}."
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_have_as_many_bytes_and_lines_as_it_may_and_not_one_more() {
        let lines = "a\n".repeat(MOST_LINES);
        for text in ["", "é", &"a".repeat(100), &lines] {
            assert_eq!(too_long(["", text, ""], 4_000), None);
        }
        let says = |text: [&str; 3], most| too_long(text, most).unwrap();
        assert!(says([&lines, "b", ""], 9_000).starts_with("Line 2,001, column 1: "));
        assert!(says([&lines, "", "b"], 9_000).ends_with("at most 2,000 lines."));
        assert!(says(["ab", "\ncd", "\u{e9}"], 6).starts_with("Line 2, column 3: "));
        assert!(says(["ab", "\ncd", "e"], 5).ends_with("at most 5 bytes."));
    }
}
