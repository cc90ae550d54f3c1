//! Tokens become a program, or all that is wrong with them. After each problem the parser goes on at
//! the next line.

mod blocks;
mod churn;
mod makes;
mod names;
mod no_statement;
mod statements;
mod values;

use std::fmt::Arguments;
use std::ops::{Deref, DerefMut};

use text::{Cursor, Problem, Token, TokenKind};

use self::names::Names;
use crate::number::{self, Wrong};
use crate::{Program, limits, tokens};

/// The words that begin a statement.
const STATEMENTS: [&str; 8] =
    ["push", "insert", "free", "use", "reset", "repeat", "churn", "memory"];
/// The words with which begins what a name is given.
const MAKERS: [&str; 4] = ["bytes", "vec", "map", "list"];
/// The words within a statement.
const WITHIN: [&str; 10] =
    ["align", "all", "even", "small", "two", "to", "live", "seed", "true", "false"];

/// Whether a word is one of the language, and can be no name.
pub fn is_keyword(word: &str) -> bool {
    STATEMENTS.contains(&word) || MAKERS.contains(&word) || WITHIN.contains(&word)
}

/// The candidate that was probably meant by `word`.
fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    text::nearest(word, candidates, limits::NAME)
}

/// Reads a program.
///
/// # Errors
/// All that is wrong, in the order of the text: at least one problem, and at most
/// [`limits::PROBLEMS`].
pub fn parse(text: &str) -> Result<Program, Vec<Problem>> {
    let mut parser = Parser::new(text);
    let mut program = Program { memory: limits::MEMORY, names: Vec::new(), body: Vec::new() };
    if parser.problems().is_empty() {
        program.memory = parser.memory().unwrap_or(limits::MEMORY);
        program.body = parser.body();
    }
    if parser.problems().is_empty() {
        program.names = parser.names.into_list();
        return Ok(program);
    }
    Err(parser.cursor.into_problems())
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    names: Names<'a>,
    /// How many statements were read.
    statements: usize,
    /// Whether it was said that the program has too many operations.
    too_many_told: bool,
    /// Whether it was said that a block is not closed.
    unclosed_told: bool,
}

/// A parser reads by its cursor.
impl<'a> Deref for Parser<'a> {
    type Target = Cursor<'a>;

    fn deref(&self) -> &Cursor<'a> {
        &self.cursor
    }
}

impl<'a> DerefMut for Parser<'a> {
    fn deref_mut(&mut self) -> &mut Cursor<'a> {
        &mut self.cursor
    }
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let mut cursor = Cursor::new(tokens(text), limits::TEXT, limits::PROBLEMS, |_, _| {});
        let names = Names::collect(cursor.tokens());
        if let Some(span) = names.beyond() {
            let most = limits::NAMES;
            cursor.problem_in(
                span,
                format_args!("this is one name too many; a program has at most {most}"),
            );
        }
        Parser { cursor, names, statements: 0, too_many_told: false, unclosed_told: false }
    }

    /// What a token says, as it is written; the beginning of it, if it is long.
    fn shown(&self, at: usize) -> String {
        const MOST: usize = 40;
        let text = self.piece(self.span(at));
        match text.char_indices().nth(MOST) {
            Some((end, _)) => format!("{}…", text::cut(text, 0..end)),
            None => text.to_owned(),
        }
    }

    /// Whether something stands next that belongs to the statement that begins at `head`: on the same
    /// line, and neither the beginning of another statement nor that or the end of a block.
    fn goes_on(&self, head: usize) -> bool {
        use TokenKind::*;
        self.is_on_line_of(head) && !matches!(self.next.kind, End | Open | Close) && !self.begins()
    }

    /// Whether a statement begins with the next token.
    fn begins(&self) -> bool {
        let statement = self.is(TokenKind::Word) && STATEMENTS.contains(&self.next.text);
        statement || names::is_given(self.tokens(), self.at)
    }

    /// Says that something is missing after `head`: at what stands in its place, which is taken, or
    /// else at `head` itself.
    fn missing(&mut self, head: usize, message: Arguments<'_>) {
        let at = if self.goes_on(head) { self.advance() } else { head };
        self.problem(at, message);
    }

    /// Takes the word, if it is next in the statement that begins at `head`.
    fn accept_word(&mut self, head: usize, word: &str) -> bool {
        let accepted = self.is_word(word) && self.goes_on(head);
        if accepted {
            self.advance();
        }
        accepted
    }

    /// Whether a number is next in the statement that begins at `head`, or what was meant to be one.
    fn has_number(&self, head: usize) -> bool {
        self.is_numeric() && self.goes_on(head)
    }

    /// A number from `least` to `most` after `head`; `needs` says what is missing without it.
    fn number(&mut self, head: usize, range: (u32, u32), needs: Arguments<'_>) -> Option<u32> {
        if !self.has_number(head) {
            self.missing(head, needs);
            return None;
        }
        let at = self.advance();
        self.in_range(at, range)
    }

    /// The number that a token is, if it is from `least` to `most`.
    fn in_range(&mut self, at: usize, (least, most): (u32, u32)) -> Option<u32> {
        let Token { text, .. } = self.token(at);
        let number = number::whole(text)
            .and_then(|number| u32::try_from(number).map_err(|_| Wrong::OutOfRange))
            .and_then(|number| match (least..=most).contains(&number) {
                true => Ok(number),
                false => Err(Wrong::OutOfRange),
            });
        let shown = self.shown(at);
        match number {
            Ok(number) => return Some(number),
            Err(Wrong::OutOfRange) => self.problem(
                at,
                format_args!("`{shown}` is out of range; this is a number from {least} to {most}"),
            ),
            Err(Wrong::NotOne) => self.problem(
                at,
                format_args!("`{shown}` is no whole number; write one from {least} to {most}"),
            ),
        }
        None
    }

    fn open_text(&mut self, at: usize) {
        self.problem(at, format_args!("the second quote is missing on this line"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_type_is_a_word_of_the_language() {
        for ty in crate::types::TYPES {
            assert!(!is_keyword(ty.name), "{}", ty.name);
        }
    }
}
