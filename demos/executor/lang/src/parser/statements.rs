//! Blocks and statements.

use text::Token;
use text::TokenKind::{self, *};

use super::{ALL_STATEMENTS, Parser, STATEMENTS, is_item, is_keyword, is_statement, nearest};
use crate::{Block, Kind, Statement, limits};

impl<'a> Parser<'a> {
    /// A block after `head`, which is the word `item` or the name after it.
    pub(super) fn block(&mut self, head: usize, item: &str, depth: usize) -> Block {
        let open = self.at;
        if !self.accept(Open) {
            let message = format_args!("`{item}` needs a block: `{{ … }}`");
            let begun = item == "task" && self.is(Word) && is_statement(self.next.text);
            if !begun {
                self.missing(head, message);
                return Block::default();
            }
            self.problem(head, message);
        }
        if depth > limits::DEPTH {
            let most = limits::DEPTH;
            self.problem(
                open,
                format_args!("this block is too deep; blocks go at most {most} deep"),
            );
            self.skip_block();
            return Block::default();
        }
        let mut statements = Vec::new();
        loop {
            let Token { kind, text, span } = self.next;
            if kind == End || (kind == Word && is_item(text)) {
                break;
            }
            let at = self.advance();
            match kind {
                Close => return Block { statements, close: span },
                Word => statements.extend(self.statement(text, at, depth)),
                _ => self.no_statement(kind, text, at),
            }
        }
        if !(self.unclosed || self.has_given_up()) {
            self.problem(open, format_args!("this block is not closed; a `}}` is missing"));
            self.unclosed = true;
        }
        Block { statements, close: self.next.span }
    }

    /// Skips up to the `}` of a block whose `{` is taken, without looking inside.
    fn skip_block(&mut self) {
        let mut open = 1;
        while open > 0 && !self.is(End) {
            match self.next.kind {
                Open => open += 1,
                Close => open -= 1,
                Word if is_item(self.next.text) => return,
                _ => {}
            }
            self.advance();
        }
    }

    /// Says what is wrong with something that is not even a word.
    fn no_statement(&mut self, kind: TokenKind, text: &str, at: usize) {
        match kind {
            Text => self.problem(
                at,
                format_args!("a text stands only after `print`, as in `print \"{text}\"`"),
            ),
            OpenText => self.open_text(at),
            Number | NotANumber => self.problem(
                at,
                format_args!(
                    "`{text}` begins nothing; a statement begins with a word, as in `sleep 20`"
                ),
            ),
            Open => {
                self.problem(
                    at,
                    format_args!(
                        "this block belongs to nothing; write `loop 3`, `join` or `select` before it"
                    ),
                );
                self.skip_block();
            }
            Comma => {
                self.problem(at, format_args!("take out this comma; statements stand side by side"))
            }
            Word | Close | Comment | End => {}
            _ => self.problem(at, format_args!("`{text}` means nothing here; take it out")),
        }
    }

    fn open_text(&mut self, at: usize) {
        self.problem(at, format_args!("the second quote is missing on this line"));
    }

    /// The statement that begins with `word`, which is taken.
    fn statement(&mut self, word: &'a str, at: usize, depth: usize) -> Option<Statement> {
        self.statements += 1;
        if self.statements == limits::STATEMENTS + 1 {
            let most = limits::STATEMENTS;
            self.problem(
                at,
                format_args!("the program is too long; it has at most {most} statements"),
            );
            self.give_up();
            return None;
        }
        self.work += 1;
        let kind = match word {
            "yield" => Some(Kind::Yield),
            "sleep" => self.ticks(at, word).map(Kind::Sleep),
            "block" => self.ticks(at, word).map(Kind::Block),
            "send" => self.send(at),
            "recv" => self.named(at, "recv", "channel", "ping").map(Kind::Recv),
            "read" => self.named(at, "read", "source", "button").map(Kind::Read),
            "spawn" => self.named(at, "spawn", "task", "helper").map(Kind::Spawn),
            "print" => self.print(at),
            "loop" => self.repeat(at, depth),
            "join" => self.branches(at, "join", depth).map(Kind::Join),
            "select" => self.branches(at, "select", depth).map(Kind::Select),
            _ => {
                self.unknown(word, at);
                None
            }
        };
        kind.map(|kind| Statement { span: self.span(at), kind })
    }

    fn unknown(&mut self, word: &str, at: usize) {
        match nearest(word, &STATEMENTS) {
            Some(meant) => self
                .problem(at, format_args!("`{word}` is not a statement; did you mean `{meant}`?")),
            None => self.problem(
                at,
                format_args!("`{word}` is not a statement; those are {ALL_STATEMENTS}"),
            ),
        }
        // What follows on the line belongs to it most likely.
        while self.is_on_line_of(at) {
            match self.next.kind {
                End | Close => return,
                Word if is_keyword(self.next.text) => return,
                Open => {
                    self.advance();
                    self.skip_block();
                }
                _ => {
                    self.advance();
                }
            }
        }
    }

    fn ticks(&mut self, head: usize, word: &str) -> Option<u32> {
        let needs = format_args!("`{word}` needs a number of ticks, as in `{word} 20`");
        self.number(head, (1, limits::TICKS), needs)
    }

    /// The index of the `item` whose name comes after `word`.
    fn named(&mut self, head: usize, word: &str, item: &str, example: &str) -> Option<usize> {
        let Token { kind, text: name, .. } = self.next;
        let at = self.at;
        if kind == Word && !is_keyword(name) {
            match self.names.resolve(name, item) {
                Ok(index) => {
                    self.advance();
                    return Some(index);
                }
                Err(message) if self.is_on_line_of(head) => {
                    self.advance();
                    self.problem(at, format_args!("{message}"));
                    return None;
                }
                // Most likely the name is missing, and a misspelt statement follows.
                Err(_) => {}
            }
        }
        self.missing(head, format_args!("`{word}` needs a {item}, as in `{word} {example}`"));
        None
    }

    fn send(&mut self, head: usize) -> Option<Kind> {
        let channel = self.named(head, "send", "channel", "ping");
        let value = match self.is_numeric() {
            true => Some(self.number(head, (0, limits::VALUE), format_args!(""))?),
            false => None,
        };
        Some(Kind::Send { channel: channel?, value })
    }

    fn print(&mut self, head: usize) -> Option<Kind> {
        let Token { kind, text, .. } = self.next;
        let at = self.at;
        match kind {
            Text => {
                self.advance();
                if text.chars().count() > limits::PRINTED {
                    let most = limits::PRINTED;
                    self.problem(
                        at,
                        format_args!("this text is too long; it has at most {most} characters"),
                    );
                }
                return Some(Kind::Print(text.into()));
            }
            OpenText => {
                self.advance();
                self.open_text(at);
            }
            Word if self.is_on_line_of(head) && !is_keyword(text) => {
                self.advance();
                self.problem(at, format_args!("a text stands in quotes: `print \"{text}\"`"));
            }
            _ => self.missing(head, format_args!("`print` needs a text, as in `print \"hello\"`")),
        }
        None
    }

    fn repeat(&mut self, head: usize, depth: usize) -> Option<Kind> {
        let needs = format_args!("`loop` needs how many times, as in `loop 3 {{ … }}`");
        let count = self.number(head, (1, limits::ROUNDS), needs);
        let before = std::mem::take(&mut self.work);
        let body = self.block(head, "loop", depth + 1);
        let rounds = u64::from(count.unwrap_or(1));
        self.work = before + rounds * (1 + self.work);
        self.check_work(head, "with this loop the task");
        Some(Kind::Loop { count: count?, body })
    }

    fn branches(&mut self, head: usize, word: &str, depth: usize) -> Option<Vec<Block>> {
        let problems = self.problems().len();
        let mut blocks = vec![self.block(head, word, depth + 1)];
        while self.is(Open) {
            let open = self.at;
            blocks.push(self.block(head, word, depth + 1));
            if blocks.len() == limits::BRANCHES + 1 {
                let most = limits::BRANCHES;
                self.problem(
                    open,
                    format_args!("this is one too many; `{word}` has at most {most} blocks"),
                );
            }
        }
        if blocks.len() < 2 && self.problems().len() == problems {
            self.problem(
                head,
                format_args!("`{word}` needs two blocks or more, as in `{word} {{ … }} {{ … }}`"),
            );
        }
        Some(blocks)
    }
}
