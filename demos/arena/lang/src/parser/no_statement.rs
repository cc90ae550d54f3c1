//! What is said of what begins no statement.

use text::{Token, TokenKind};

use super::{MAKERS, Parser, STATEMENTS, is_keyword, names, nearest};
use crate::types;

/// What begins a statement, in a sentence.
const ALL_STATEMENTS: &str = "`name = …`, push, insert, free, use, reset, repeat and churn";

impl Parser<'_> {
    /// Says what is wrong with something that begins no statement.
    pub(super) fn no_statement(&mut self, at: usize) {
        let Token { kind, text, .. } = self.token(at);
        let shown = self.shown(at);
        let says = match kind {
            TokenKind::Word => return self.no_statement_word(at, text),
            TokenKind::Text => "a text needs a name before it, as in `s = \"hello\"`".to_owned(),
            TokenKind::OpenText => return self.open_text(at),
            TokenKind::OpenBracket => {
                "an array needs a name before it, as in `xs = [u16; 10]`".to_owned()
            }
            TokenKind::Unit => "`()` needs a name before it, as in `a = ()`".to_owned(),
            TokenKind::Equals => "`=` needs a name before it, as in `a = u32`".to_owned(),
            TokenKind::Open => {
                "this block belongs to nothing; write `repeat 8` before it".to_owned()
            }
            TokenKind::Number | TokenKind::NotANumber | TokenKind::Character => format!(
                "`{shown}` begins nothing; a statement begins with a word, as in `push v 7`"
            ),
            _ => format!("`{shown}` means nothing here; take it out"),
        };
        self.problem(at, format_args!("{says}"));
    }

    fn no_statement_word(&mut self, at: usize, word: &str) {
        let shown = self.shown(at);
        let is_type = names::type_index(self.token(at)).is_some();
        let makes =
            self.goes_on(at) && self.tokens().get(self.at..).and_then(names::sort).is_some();
        let says = if is_type || MAKERS.contains(&word) {
            format!("`{shown}` needs a name before it, as in `a = {}`", example(word))
        } else if makes && !is_keyword(word) {
            format!("`=` is missing after `{shown}`, as in `{shown} = {}`", example(self.next.text))
        } else if self.names.find(word).is_some() {
            format!(
                "`{shown}` alone does nothing; write `use {shown}`, `free {shown}` or `{shown} = …`"
            )
        } else if let Some(meant) = nearest(word, &STATEMENTS) {
            format!("`{shown}` is not a statement; did you mean `{meant}`?")
        } else {
            format!("`{shown}` is not a statement; those are {ALL_STATEMENTS}")
        };
        self.problem(at, format_args!("{says}"));
    }
}

/// What may stand after a `=` and begins with this word.
fn example(word: &str) -> &str {
    match word {
        "bytes" => "bytes 100",
        "vec" => "vec u32",
        "map" | "list" => word,
        _ if types::find(word).is_some() => word,
        _ => "u32",
    }
}
