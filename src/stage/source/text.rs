//! Source text with its tokens marked, and places in it.

use std::sync::Arc;

use crate::html::Html;

/// A source that can be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// What its tab says: `Task`, `Executor`.
    pub name: &'static str,
    /// The file's name, or what stands for it.
    pub file: &'static str,
    /// The text, in which each token that has a class stands between a byte of [`CLASSES`] and
    /// [`END`], and ends with its line.
    pub text: Arc<str>,
}

/// A place in a demo's sources.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The index of the source.
    pub source: usize,
    /// The first line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
}

/// What may be marked: the byte, and the class that the page gives it. `xtask/src/sources.rs` writes the
/// bytes.
pub const CLASSES: [(u8, &str); 9] = [
    (1, "keyword"),
    (2, "type"),
    (3, "call"),
    (4, "macro"),
    (5, "string"),
    (6, "number"),
    (7, "comment"),
    (8, "lifetime"),
    (11, "attribute"),
];

/// Lines of a block. Only the blocks that are seen are laid out.
pub(super) const BLOCK: usize = 8;

/// Ends a marked token.
pub const END: u8 = 14;

impl Source {
    /// How many lines it has, and how many characters the longest.
    pub(super) fn size(&self) -> (usize, usize) {
        self.text.lines().fold((0, 0), |(lines, width), line| {
            (lines + 1, width.max(line.chars().filter(|c| !is_mark(*c)).count()))
        })
    }

    /// A block of [`BLOCK`] lines as markup: one `<li>` a line, with a `<b>` of the token's class.
    pub(super) fn block(&self, index: usize) -> String {
        let mut html = Html::new();
        for line in self.text.lines().skip(index * BLOCK).take(BLOCK) {
            html.raw(if line.is_empty() { "<li> " } else { "<li>" });
            let mut marked = false;
            for part in line.split_inclusive(is_mark) {
                let mark = part.chars().next_back().filter(|c| is_mark(*c));
                html.text(part.trim_end_matches(is_mark));
                let class = CLASSES.iter().find(|(byte, _)| mark == Some(char::from(*byte)));
                if let Some((_, class)) = class {
                    html.raw("<b class=").raw(class).raw(">");
                } else if mark.is_some() && marked {
                    html.raw("</b>");
                }
                marked = class.is_some();
            }
            html.raw("</li>");
        }
        html.take()
    }

    /// The text of a line without marks.
    pub fn line(&self, line: u32) -> Option<String> {
        let marked = self.text.lines().nth(line.checked_sub(1)? as usize)?;
        Some(marked.chars().filter(|c| !is_mark(*c)).collect())
    }
}

fn is_mark(c: char) -> bool {
    c as u32 <= END.into() && c != '\t'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &'static str) -> Source {
        Source { name: "Test", file: "test.rs", text: text.into() }
    }

    #[test]
    fn markup_in_a_source_is_only_text() {
        let source = source("a < b && \u{1}fn\u{e}\n\n</li>");
        assert_eq!(
            source.block(0),
            "<li>a &lt; b &amp;&amp; <b class=keyword>fn</b></li><li> </li><li>&lt;/li&gt;</li>"
        );
        assert_eq!(source.size(), (3, 11));
        assert_eq!(source.line(1).as_deref(), Some("a < b && fn"));
        assert_eq!(source.line(4), None);
        assert_eq!(source.line(0), None);
    }
}
