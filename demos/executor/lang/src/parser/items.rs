//! What stands outside of tasks: channels, sources and the tasks themselves.

use text::{Token, TokenKind};

use super::{ITEMS, Parser, is_item, is_keyword, is_statement, nearest};
use crate::{Channel, Source, Task, limits};

impl<'a> Parser<'a> {
    pub(super) fn items(&mut self) {
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
        if self.problems().is_empty() && self.program.tasks.iter().all(|task| task.later) {
            let at = self.at;
            match self.program.tasks.first().map(|first| first.span) {
                None => self.problem(
                    at,
                    format_args!("there is no task; write one: `task hello {{ print \"hello\" }}`"),
                ),
                Some(first) => self.problem_in(
                    first,
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
                let at = self.at;
                self.problem(
                    at,
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
    pub(super) fn check_work(&mut self, at: usize, what: &str) {
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
