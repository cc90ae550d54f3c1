//! For the tests of the languages: what is said about wrong programs.
#![forbid(unsafe_code)]

use std::ops::Range;

use text::Problem;

/// Checks the problems that a language finds with a program. In `marked` each piece that is blamed
/// stands between `«` and `»`, in the order of `sentences`, which are all that is said about them.
///
/// Panics where they differ.
#[track_caller]
pub fn blames(problems: fn(&str) -> Vec<Problem>, marked: &str, sentences: &[&str]) {
    let (text, expected) = unmarked(marked);
    let problems = problems(&text);
    assert!(!problems.is_empty(), "nothing is wrong with {text:?}");
    let found: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(found, sentences, "{text}");
    let places: Vec<_> = problems.iter().map(|problem| problem.span.range()).collect();
    assert_eq!(places, expected, "{text}\n{problems:#?}");
    for Problem { span, .. } in &problems {
        let before = &text[..span.range().start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        assert_eq!(span.line as usize, before.matches('\n').count() + 1);
        assert_eq!(span.column as usize, before[line_start..].chars().count() + 1);
        assert_eq!(span.length as usize, text[span.range()].chars().count());
    }
}

/// The program without the marks, and the places that they marked, in bytes.
fn unmarked(marked: &str) -> (String, Vec<Range<usize>>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for c in marked.chars() {
        match (c, places.last_mut()) {
            ('«', _) => places.push(text.len()..text.len()),
            ('»', Some(last)) => last.end = text.len(),
            _ => text.push(c),
        }
    }
    (text, places)
}
