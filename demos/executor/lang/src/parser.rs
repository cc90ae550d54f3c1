//! Tokens become a program, or all that is wrong with them. After each problem the parser goes on
//! at the next place where it knows again what it reads.

mod items;
mod names;
mod statements;

use std::fmt::Arguments;

use text::{Problem, Span, Token, TokenKind, cut, insert_in_order};

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
    if parser.problems.is_empty() {
        parser.items();
    }
    let Parser { program, mut problems, .. } = parser;
    if problems.is_empty() {
        return Ok(program);
    }
    problems.truncate(limits::PROBLEMS);
    Err(problems)
}

struct Parser<'a> {
    /// All but the comments, and the end after them.
    tokens: Vec<Token<'a>>,
    /// The token that is read next, and its index. Where something stands is told by the index of
    /// its token, which is less to hand on than a place.
    next: Token<'a>,
    at: usize,
    names: Names<'a>,
    program: Program,
    problems: Vec<Problem>,
    /// How many statements were read.
    statements: usize,
    /// What carrying out the task that is read costs so far, see [`limits::WORK`].
    work: u64,
    /// Whether it was said that this is too much.
    work_told: bool,
    /// Whether a block was open at the end of the text or of a task, which is said only once.
    unclosed: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let mut parser = Parser {
            tokens: Vec::new(),
            next: Token { kind: TokenKind::End, text: "", span: Span::default() },
            at: 0,
            names: Names::default(),
            program: Program::default(),
            problems: Vec::new(),
            statements: 0,
            work: 0,
            work_told: false,
            unclosed: false,
        };
        let mut lexer = tokens(text);
        for token in lexer.by_ref() {
            if token.span.end as usize > limits::TEXT {
                let most = limits::TEXT;
                parser.problem_in(
                    token.span,
                    format_args!("the program is too long; a program has at most {most} bytes"),
                );
                break;
            }
            if token.kind == TokenKind::Comment {
                let last = parser.tokens.last();
                let trailing = last.is_some_and(|last| last.span.line == token.span.line);
                let text = token.text.trim().to_string();
                parser.program.comments.push(Comment { text, trailing, span: token.span });
            } else {
                parser.tokens.push(token);
            }
        }
        parser.names = Names::collect(&parser.tokens);
        let end = Token { kind: TokenKind::End, text: "", span: lexer.here() };
        parser.tokens.push(end);
        parser.go_to(0);
        parser
    }

    /// Says what is wrong with a token.
    fn problem(&mut self, at: usize, message: Arguments<'_>) {
        self.problem_in(self.span(at), message);
    }

    fn problem_in(&mut self, span: Span, message: Arguments<'_>) {
        let problem = Problem { span, message: message.to_string() };
        insert_in_order(&mut self.problems, problem, |problem| problem.span.start);
        if self.problems.len() >= limits::PROBLEMS {
            self.give_up();
        }
    }

    /// Where a token stands, or the end of the text.
    fn span(&self, at: usize) -> Span {
        self.tokens.get(at).unwrap_or(&self.next).span
    }

    fn go_to(&mut self, at: usize) {
        if let Some(next) = self.tokens.get(at) {
            self.next = *next;
            self.at = at;
        }
    }

    /// Takes the next token; gives its index.
    fn advance(&mut self) -> usize {
        let at = self.at;
        self.go_to(at + 1);
        at
    }

    /// Takes all tokens that are left.
    fn give_up(&mut self) {
        self.go_to(self.tokens.len().saturating_sub(1));
        self.unclosed = true;
    }

    /// Whether the next token stands on the same line.
    fn is_on_line_of(&self, at: usize) -> bool {
        self.next.span.line == self.span(at).line
    }

    fn is(&self, kind: TokenKind) -> bool {
        self.next.kind == kind
    }

    /// Whether the next token is this word.
    fn is_word(&self, word: &str) -> bool {
        self.is(TokenKind::Word) && self.next.text == word
    }

    /// Takes the next token if it is `kind`.
    fn accept(&mut self, kind: TokenKind) -> bool {
        let accepted = self.is(kind);
        if accepted {
            self.advance();
        }
        accepted
    }

    /// Whether a number is next, or what was meant to be one.
    fn is_numeric(&self) -> bool {
        self.is(TokenKind::Number) || self.is(TokenKind::NotANumber)
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
        self.problem(if in_its_place { self.at } else { head }, message);
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
