//! Tokens become a program, or all that is wrong with them. After each problem the parser goes on
//! at the next place where it knows again what it reads.

mod names;
mod statements;

use std::fmt::Arguments;

use self::names::Names;
use crate::lexer::{Token, TokenKind, tokens};
use crate::problem::nearest;
use crate::{Channel, Comment, Problem, Program, Source, Span, Task, cut, insert_in_order, limits};

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
    let Parser { mut program, mut problems, comments, .. } = parser;
    if problems.is_empty() {
        program.comments = comments;
        return Ok(program);
    }
    problems.truncate(limits::PROBLEMS);
    Err(problems)
}

struct Parser<'a> {
    /// All but the comments, and the end after them.
    tokens: Vec<Token<'a>>,
    comments: Vec<Comment>,
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
            comments: Vec::new(),
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
                parser.comments.push(Comment { text, trailing, span: token.span });
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

    fn items(&mut self) {
        while !self.is(TokenKind::End) {
            let Token { kind, text, .. } = self.next;
            let at = self.advance();
            match (kind, text) {
                (TokenKind::Word, "channel") => self.channel(at),
                (TokenKind::Word, "source") => self.source(at),
                (TokenKind::Word, "task") => self.task(at),
                (TokenKind::Close, _) => {
                    self.problem(at, format_args!("this `}}` closes nothing; take it out"));
                }
                _ => self.no_item(kind, text, at),
            }
        }
        if self.problems.is_empty() && self.program.tasks.iter().all(|task| task.later) {
            match self.program.tasks.first() {
                None => self.problem(
                    self.at,
                    format_args!("there is no task; write one: `task hello {{ print \"hello\" }}`"),
                ),
                Some(first) => self.problem_in(
                    first.span,
                    format_args!("every task is `later`, so none starts; take out one `later`"),
                ),
            }
        }
    }

    /// Something stands between the tasks that cannot stand there: said once, then everything up
    /// to the next item is skipped.
    fn no_item(&mut self, kind: TokenKind, word: &str, at: usize) {
        match nearest(word, &ITEMS) {
            _ if kind != TokenKind::Word => {
                self.problem(at, format_args!("here stands `channel`, `source` or `task`"));
            }
            _ if is_statement(word) => self.problem(
                at,
                format_args!(
                    "`{word}` stands outside of a task; put it inside of one: `task name {{ {word} … }}`"
                ),
            ),
            Some(item) => self.problem(
                at,
                format_args!("`{word}` begins nothing; did you mean `{item}`?"),
            ),
            None => self.problem(
                at,
                format_args!("`{word}` begins nothing; here stands `channel`, `source` or `task`"),
            ),
        }
        while !self.is(TokenKind::End) && !(self.is(TokenKind::Word) && is_item(self.next.text)) {
            self.advance();
        }
    }

    /// The name after `head`, the word `item`.
    fn name(&mut self, head: usize, item: &str) -> Option<(&'a str, usize)> {
        let Token { text, span, .. } = self.next;
        let keyword = is_keyword(text);
        if !self.is(TokenKind::Word) || (keyword && !self.is_on_line_of(head)) {
            let example = match item {
                "channel" => "ping",
                "source" => "button",
                _ => "server { … }",
            };
            self.missing(head, format_args!("`{item}` needs a name, as in `{item} {example}`"));
            return None;
        }
        let at = self.advance();
        if keyword {
            self.problem(
                at,
                format_args!("`{text}` is a word of the language; choose another name"),
            );
            return None;
        }
        if text.len() > limits::NAME {
            let most = limits::NAME;
            self.problem(
                at,
                format_args!("this name is too long; a name has at most {most} letters"),
            );
            return None;
        }
        if let Some(line) = self.names.line_of_first(text, span) {
            self.problem(
                at,
                format_args!("there is already `{text}` (line {line}); choose another name"),
            );
        }
        Some((text, at))
    }

    /// Says so if there are more of them than a program may hold.
    fn count(&mut self, at: usize, count: usize, most: usize, what: &str) {
        if count == most + 1 {
            self.problem(
                at,
                format_args!("this is one too many; a program has at most {most} {what}"),
            );
        }
    }

    fn channel(&mut self, head: usize) {
        let named = self.name(head, "channel");
        let room = match self.is_numeric() {
            true => self.number(head, (1, limits::ROOM), format_args!("")),
            false => None,
        };
        if let Some((name, at)) = named {
            let span = self.span(at);
            self.program.channels.push(Channel { name: name.to_string(), room, span });
            self.count(at, self.program.channels.len(), limits::CHANNELS, "channels");
        }
    }

    fn source(&mut self, head: usize) {
        let named = self.name(head, "source");
        let ready_at = match self.is_word("at") {
            true => self.times(),
            false => Vec::new(),
        };
        if let Some((name, at)) = named {
            let span = self.span(at);
            self.program.sources.push(Source { name: name.to_string(), ready_at, span });
            self.count(at, self.program.sources.len(), limits::SOURCES, "sources");
        }
    }

    /// `at 30, 50`
    fn times(&mut self) -> Vec<u32> {
        let head = self.advance();
        let mut times: Vec<u32> = Vec::new();
        loop {
            let at = self.at;
            let needs = format_args!("`at` needs times, as in `source net at 30, 50`");
            if let Some(time) = self.number(head, (0, limits::TICKS), needs) {
                match times.last() {
                    Some(&last) if last >= time => self.problem(
                        at,
                        format_args!("{time} comes after {last}; write the times in rising order"),
                    ),
                    _ => times.push(time),
                }
                if times.len() > limits::READY_TIMES {
                    let most = limits::READY_TIMES;
                    self.problem(
                        at,
                        format_args!(
                            "this is one time too many; a source has at most {most} of its own"
                        ),
                    );
                    times.clear();
                }
            }
            let comma = self.accept(TokenKind::Comma);
            let number = self.is(TokenKind::Number);
            if number && !comma {
                self.problem(
                    self.at,
                    format_args!("a comma is missing before this time, as in `at 30, 50`"),
                );
            }
            if !comma && !number {
                return times;
            }
        }
    }

    fn task(&mut self, head: usize) {
        let named = self.name(head, "task");
        let later = self.is_word("later");
        if later {
            self.advance();
        }
        self.work = 0;
        self.work_told = false;
        self.unclosed = false;
        let body = self.block(named.map_or(head, |(_, at)| at), "task", 1);
        if let Some((name, at)) = named {
            let span = self.span(at);
            self.check_work(at, "this task");
            self.program.tasks.push(Task { name: name.to_string(), later, body, span });
            self.count(at, self.program.tasks.len(), limits::TASKS, "tasks");
        }
    }

    /// Says so, once a task, if carrying it out costs more than it may.
    fn check_work(&mut self, at: usize, what: &str) {
        if self.work > limits::WORK && !self.work_told {
            self.work_told = true;
            let (work, most) = (self.work, limits::WORK);
            self.problem(
                at,
                format_args!("{what} would carry out {work} statements; a task has at most {most}"),
            );
        }
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
