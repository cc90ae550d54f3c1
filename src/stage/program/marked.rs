//! A typed program with its tokens marked as the build marks those of Rust.

use text::{Token, TokenKind, cut};

use crate::stage::END;

/// The class of a keyword, and that of the name of a type; see [`CLASSES`](crate::stage::CLASSES).
pub const KEYWORD: u8 = 1;
/// See [`KEYWORD`].
pub const TYPE: u8 = 2;

/// The text with its tokens marked; `word` gives the class of a word, if it has one.
pub fn marked<'a>(
    text: &str,
    tokens: impl Iterator<Item = Token<'a>>,
    word: impl Fn(&str) -> Option<u8>,
) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut written = 0;
    for token in tokens {
        let class = match token.kind {
            TokenKind::Word => word(token.text),
            TokenKind::Number => Some(6),
            TokenKind::Text | TokenKind::OpenText => Some(5),
            TokenKind::Comment => Some(7),
            _ => None,
        };
        let Some(class) = class else { continue };
        let range = token.span.range();
        plain(&mut out, cut(text, written..range.start));
        out.push(class.into());
        plain(&mut out, cut(text, range.clone()));
        out.push(END.into());
        written = range.end;
    }
    plain(&mut out, cut(text, written..text.len()));
    out
}

/// Bytes that mean something as marks are not part of a program that runs, but may have been typed.
fn plain(out: &mut String, text: &str) {
    out.extend(text.chars().filter(|c| !c.is_control() || *c == '\n' || *c == '\t'));
}
