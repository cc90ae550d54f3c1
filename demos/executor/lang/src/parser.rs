//! Tokens become a program, or all that is wrong with them. After each problem the parser goes on
//! at the next place where it knows again what it reads.

mod items;
mod names;
mod statements;

use std::fmt::Arguments;
use std::ops::{Deref, DerefMut};

use text::{Cursor, Problem, Token, TokenKind, cut};

use self::names::Names;
use crate::{Comment, Program, limits, tokens};

/// The words of the language that begin something outside of a task.
const ITEMS: [&str; 3] = ["channel", "source", "task"];
/// The words of the language that begin a statement.
const STATEMENTS: [&str; 11] =
    ["sleep", "yield", "block", "send", "recv", "read", "spawn", "print", "loop", "join", "select"];
/// The same in a sentence.
const ALL_STATEMENTS: &str =
    "sleep, yield, block, send, recv, read, spawn, print, loop, join, select";

/// Whether a word is one of the language, and can be no name.
pub fn is_keyword(word: &str) -> bool {
    is_item(word) || is_statement(word) || word == "at" || word == "later"
}

fn is_item(word: &str) -> bool {
    ITEMS.contains(&word)
}

fn is_statement(word: &str) -> bool {
    STATEMENTS.contains(&word)
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
    if parser.problems().is_empty() {
        parser.items();
    }
    let Parser { program, cursor, .. } = parser;
    match cursor.problems().is_empty() {
        true => Ok(program),
        false => Err(cursor.into_problems()),
    }
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    names: Names<'a>,
    program: Program,
    /// How many statements were read.
    statements: usize,
    /// What carrying out the task that is read costs so far, see [`limits::WORK`].
    work: u64,
    /// Whether it was said that this is too much.
    work_told: bool,
    /// Whether a block was open at the end of the text or of a task, which is said only once.
    unclosed: bool,
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
        let mut program = Program::default();
        let comment = |token: Token<'a>, trailing| {
            let text = token.text.trim().to_string();
            program.comments.push(Comment { text, trailing, span: token.span });
        };
        let cursor = Cursor::new(tokens(text), limits::TEXT, limits::PROBLEMS, comment);
        let names = Names::collect(cursor.tokens());
        Parser { cursor, names, program, statements: 0, work: 0, work_told: false, unclosed: false }
    }

    /// Says that something is missing after `head`: at the token that stands in its place on the
    /// same line, which is then skipped, or else at `head` itself.
    fn missing(&mut self, head: usize, message: Arguments<'_>) {
        use TokenKind::*;
        let in_its_place = self.is_on_line_of(head)
            && match self.next.kind {
                End | Open | Close => false,
                Word => !is_keyword(self.next.text),
                _ => true,
            };
        let at = if in_its_place { self.at } else { head };
        self.problem(at, message);
        // What is written together with it, like the 5 of -5, goes with it.
        let mut end = self.next.span.start;
        while in_its_place && !self.is(End) && self.next.span.start == end {
            end = self.next.span.end;
            self.advance();
            if self.is(Open) || self.is(Close) {
                break;
            }
        }
    }

    /// A number from `least` to `most` after `head`; `needs` says what is missing without it.
    fn number(&mut self, head: usize, range: (u32, u32), needs: Arguments<'_>) -> Option<u32> {
        let Token { kind, text, .. } = self.next;
        if !self.is_numeric() {
            self.missing(head, needs);
            return None;
        }
        let at = self.advance();
        if kind == TokenKind::NotANumber {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let digits = cut(text, 0..digits);
            self.problem(at, format_args!("`{text}` is no number; write `{digits}` alone"));
            return None;
        }
        let (least, most) = range;
        let value = text.parse().ok().filter(|value| (least..=most).contains(value));
        if value.is_none() {
            self.problem(
                at,
                format_args!("`{text}` is out of range; this is a number from {least} to {most}"),
            );
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_stands_in_the_sentence() {
        assert_eq!(STATEMENTS.join(", "), ALL_STATEMENTS);
    }
}
