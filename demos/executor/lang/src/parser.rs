//! Tokens become a program, or all that is wrong with them. After each problem the parser goes on
//! at the next place where it knows again what it reads.

mod names;
mod statements;

use self::names::Names;
use crate::insert_in_order;
use crate::lexer::{Token, TokenKind, tokens};
use crate::{Channel, Comment, Problem, Program, Source, Span, Task, limits};

/// The words of the language that begin something outside of a task.
const ITEMS: [&str; 3] = ["channel", "source", "task"];
/// The words of the language that begin a statement.
const STATEMENTS: [&str; 11] =
    ["sleep", "yield", "block", "send", "recv", "read", "spawn", "print", "loop", "join", "select"];

fn is_keyword(word: &str) -> bool {
    ITEMS.contains(&word) || STATEMENTS.contains(&word) || matches!(word, "at" | "later")
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
    /// All but the comments.
    tokens: Vec<Token<'a>>,
    comments: Vec<Comment>,
    /// The index of the token that is read next.
    at: usize,
    /// Where the text ends.
    end: Span,
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
            at: 0,
            end: Span::default(),
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
                let message = format!(
                    "the program is too long; a program has at most {} bytes",
                    limits::TEXT
                );
                parser.problem(token.span, message);
                break;
            }
            match token.kind {
                TokenKind::Comment(text) => {
                    let last = parser.tokens.last();
                    let trailing = last.is_some_and(|last| last.span.line == token.span.line);
                    let text = text.trim().to_string();
                    parser.comments.push(Comment { text, trailing, span: token.span });
                }
                _ => parser.tokens.push(token),
            }
        }
        parser.end = lexer.here();
        parser.names = Names::collect(&parser.tokens);
        parser
    }

    fn problem(&mut self, span: Span, message: impl Into<String>) {
        let problem = Problem { span, message: message.into() };
        insert_in_order(&mut self.problems, problem, |problem| problem.span.start);
        if self.problems.len() >= limits::PROBLEMS {
            self.at = self.tokens.len();
            self.unclosed = true;
        }
    }

    fn peek(&self) -> Option<TokenKind<'a>> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    /// The next word, if a word is next.
    fn peek_word(&self) -> Option<&'a str> {
        match self.peek() {
            Some(TokenKind::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Where the next token stands, or the end of the text.
    fn here(&self) -> Span {
        self.tokens.get(self.at).map_or(self.end, |token| token.span)
    }

    /// Takes the next token if it is `kind`.
    fn accept(&mut self, kind: TokenKind<'_>) -> Option<Span> {
        let span = self.here();
        (self.peek() == Some(kind)).then(|| {
            self.at += 1;
            span
        })
    }

    /// Says that something is missing after `head`: at the token that stands in its place on the
    /// same line, which is then skipped, or else at `head` itself.
    fn missing(&mut self, head: Span, message: String) {
        let here = self.here();
        let in_its_place = match self.peek() {
            None | Some(TokenKind::Open | TokenKind::Close) => false,
            Some(TokenKind::Word(word)) => !is_keyword(word) && here.line == head.line,
            Some(_) => here.line == head.line,
        };
        self.problem(if in_its_place { here } else { head }, message);
        // What is written together with it, like the 5 of -5, goes with it.
        let mut end = here.start;
        while in_its_place && self.peek().is_some() && self.here().start == end {
            end = self.here().end;
            self.at += 1;
            if matches!(self.peek(), Some(TokenKind::Open | TokenKind::Close)) {
                break;
            }
        }
    }

    /// A number from `least` to `most` after `head`; `needs` says what is missing without it.
    fn number(&mut self, head: Span, range: (u32, u32), needs: &str) -> Option<u32> {
        let span = self.here();
        let digits = match self.peek() {
            Some(TokenKind::Number(digits)) => digits,
            Some(TokenKind::NotANumber(word)) => {
                self.at += 1;
                let digits = word.split(|c: char| !c.is_ascii_digit()).next().unwrap_or(word);
                self.problem(span, format!("`{word}` is no number; write `{digits}` alone"));
                return None;
            }
            _ => {
                self.missing(head, needs.to_string());
                return None;
            }
        };
        self.at += 1;
        let (least, most) = range;
        match digits.parse() {
            Ok(value) if (least..=most).contains(&value) => Some(value),
            _ => {
                let message =
                    format!("`{digits}` is out of range; this is a number from {least} to {most}");
                self.problem(span, message);
                None
            }
        }
    }

    fn items(&mut self) {
        while let Some(kind) = self.peek() {
            let span = self.here();
            self.at += 1;
            match kind {
                TokenKind::Word("channel") => self.channel(span),
                TokenKind::Word("source") => self.source(span),
                TokenKind::Word("task") => self.task(span),
                TokenKind::Close => self.problem(span, "this `}` closes nothing; take it out"),
                _ => self.no_item(kind, span),
            }
        }
        if self.problems.is_empty() && self.program.tasks.iter().all(|task| task.later) {
            let message = match self.program.tasks.is_empty() {
                true => "there is no task; write one: `task hello { print \"hello\" }`",
                false => "every task is `later`, so none starts; take out one `later`",
            };
            let place = self.program.tasks.first().map_or(self.end, |task| task.span);
            self.problem(place, message);
        }
    }

    /// Something stands between the tasks that cannot stand there: said once, then everything up
    /// to the next item is skipped.
    fn no_item(&mut self, kind: TokenKind<'a>, span: Span) {
        let message = match kind {
            TokenKind::Word(word) if STATEMENTS.contains(&word) => {
                format!(
                    "`{word}` stands outside of a task; put it inside of one: `task name {{ {word} … }}`"
                )
            }
            TokenKind::Word(word) => match crate::problem::nearest(word, ITEMS.into_iter()) {
                Some(item) => format!("`{word}` begins nothing; did you mean `{item}`?"),
                None => {
                    format!("`{word}` begins nothing; here stands `channel`, `source` or `task`")
                }
            },
            _ => "here stands `channel`, `source` or `task`".to_string(),
        };
        self.problem(span, message);
        while let Some(kind) = self.peek() {
            if matches!(kind, TokenKind::Word(word) if ITEMS.contains(&word)) {
                break;
            }
            self.at += 1;
        }
    }

    /// The name after `head`, the word `item`.
    fn name(&mut self, head: Span, item: &str) -> Option<(&'a str, Span)> {
        let span = self.here();
        match self.peek_word() {
            Some(word) if !is_keyword(word) => {
                self.at += 1;
                if word.len() > limits::NAME {
                    let message = format!(
                        "this name is too long; a name has at most {} letters",
                        limits::NAME
                    );
                    self.problem(span, message);
                    return None;
                }
                if let Some(line) = self.names.line_of_first(word, span) {
                    let message =
                        format!("there is already `{word}` (line {line}); choose another name");
                    self.problem(span, message);
                }
                Some((word, span))
            }
            Some(word) if span.line == head.line => {
                self.at += 1;
                let message = format!("`{word}` is a word of the language; choose another name");
                self.problem(span, message);
                None
            }
            _ => {
                self.missing(
                    head,
                    format!("`{item}` needs a name, as in `{item} {}`", example(item)),
                );
                None
            }
        }
    }

    /// Says so if there are more of them than a program may hold.
    fn count(&mut self, span: Span, count: usize, most: usize, what: &str) {
        if count == most + 1 {
            self.problem(
                span,
                format!("this is one too many; a program has at most {most} {what}"),
            );
        }
    }

    fn channel(&mut self, head: Span) {
        let named = self.name(head, "channel");
        let room = match self.peek() {
            Some(TokenKind::Number(_) | TokenKind::NotANumber(_)) => {
                self.number(head, (1, limits::ROOM), "")
            }
            _ => None,
        };
        if let Some((name, span)) = named {
            self.program.channels.push(Channel { name: name.to_string(), room, span });
            self.count(span, self.program.channels.len(), limits::CHANNELS, "channels");
        }
    }

    fn source(&mut self, head: Span) {
        let named = self.name(head, "source");
        let mut ready_at: Vec<u32> = Vec::new();
        if let Some(at) = self.accept(TokenKind::Word("at")) {
            loop {
                let span = self.here();
                let needs = "`at` needs times, as in `source net at 30, 50`";
                if let Some(time) = self.number(at, (0, limits::TICKS), needs) {
                    match ready_at.last() {
                        Some(&last) if last >= time => {
                            let message = format!(
                                "{time} comes after {last}; write the times in rising order"
                            );
                            self.problem(span, message);
                        }
                        _ => ready_at.push(time),
                    }
                    if ready_at.len() > limits::READY_TIMES {
                        let most = limits::READY_TIMES;
                        let message = format!(
                            "this is one time too many; a source has at most {most} of its own"
                        );
                        self.problem(span, message);
                        ready_at.clear();
                    }
                }
                let comma = self.accept(TokenKind::Comma);
                let number = matches!(self.peek(), Some(TokenKind::Number(_)));
                if number && comma.is_none() {
                    let message = "a comma is missing before this time, as in `at 30, 50`";
                    self.problem(self.here(), message);
                }
                if comma.is_none() && !number {
                    break;
                }
            }
        }
        if let Some((name, span)) = named {
            self.program.sources.push(Source { name: name.to_string(), ready_at, span });
            self.count(span, self.program.sources.len(), limits::SOURCES, "sources");
        }
    }

    fn task(&mut self, head: Span) {
        let named = self.name(head, "task");
        let later = self.accept(TokenKind::Word("later")).is_some();
        self.work = 0;
        self.work_told = false;
        self.unclosed = false;
        let body = self.block(named.map_or(head, |(_, span)| span), "task", 1);
        if let Some((name, span)) = named {
            self.check_work(span, "this task");
            self.program.tasks.push(Task { name: name.to_string(), later, body, span });
            self.count(span, self.program.tasks.len(), limits::TASKS, "tasks");
        }
    }

    /// Says so, once a task, if carrying it out costs more than it may.
    fn check_work(&mut self, span: Span, what: &str) {
        if self.work > limits::WORK && !self.work_told {
            self.work_told = true;
            let (work, most) = (self.work, limits::WORK);
            let message =
                format!("{what} would carry out {work} statements; a task has at most {most}");
            self.problem(span, message);
        }
    }
}

fn example(item: &str) -> &'static str {
    match item {
        "channel" => "ping",
        "source" => "button",
        _ => "server { … }",
    }
}
