//! Blocks and statements.

use super::{ITEMS, Parser, STATEMENTS, is_keyword};
use crate::lexer::TokenKind;
use crate::problem::nearest;
use crate::{Block, Kind, Span, Statement, limits};

impl<'a> Parser<'a> {
    /// A block after `head`, which is the word `item` or the name after it.
    pub(super) fn block(&mut self, head: Span, item: &str, depth: usize) -> Block {
        let open = self.here();
        if self.accept(TokenKind::Open).is_none() {
            let message = format!("`{item}` needs a block: `{{ … }}`");
            let is_statement = |word| STATEMENTS.contains(&word);
            let begun = item == "task" && self.peek_word().is_some_and(is_statement);
            if !begun {
                self.missing(head, message);
                return Block::default();
            }
            self.problem(head, message);
        }
        if depth > limits::DEPTH {
            let most = limits::DEPTH;
            self.problem(open, format!("this block is too deep; blocks go at most {most} deep"));
            self.skip_block();
            return Block::default();
        }
        let mut statements = Vec::new();
        loop {
            let here = self.here();
            match self.peek() {
                Some(TokenKind::Close) => {
                    self.at += 1;
                    return Block { statements, close: here };
                }
                Some(TokenKind::Word(word)) if !ITEMS.contains(&word) => {
                    self.at += 1;
                    statements.extend(self.statement(word, here, depth));
                }
                Some(TokenKind::Word(_)) | None => {
                    if !self.unclosed {
                        self.problem(open, "this block is not closed; a `}` is missing");
                        self.unclosed = true;
                    }
                    return Block { statements, close: here };
                }
                Some(kind) => {
                    self.at += 1;
                    self.no_statement(kind, here);
                }
            }
        }
    }

    /// Skips up to the `}` of a block whose `{` is taken, without looking inside.
    fn skip_block(&mut self) {
        let mut open = 1;
        while let Some(kind) = self.peek() {
            match kind {
                TokenKind::Open => open += 1,
                TokenKind::Close => open -= 1,
                TokenKind::Word(word) if ITEMS.contains(&word) => return,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return;
            }
        }
    }

    /// Says what is wrong with something that is not even a word.
    fn no_statement(&mut self, kind: TokenKind<'a>, span: Span) {
        let message = match kind {
            TokenKind::Text(text) => {
                format!("a text stands only after `print`, as in `print \"{text}\"`")
            }
            TokenKind::OpenText(_) => "the second quote is missing on this line".to_string(),
            TokenKind::Number(number) | TokenKind::NotANumber(number) => {
                format!(
                    "`{number}` begins nothing; a statement begins with a word, as in `sleep 20`"
                )
            }
            TokenKind::Open => {
                self.problem(
                    span,
                    "this block belongs to nothing; write `loop 3`, `join` or `select` before it",
                );
                return self.skip_block();
            }
            TokenKind::Comma => "take out this comma; statements stand side by side".to_string(),
            TokenKind::Stray(c) => format!("`{c}` means nothing here; take it out"),
            _ => return,
        };
        self.problem(span, message);
    }

    /// The statement that begins with `word`, which is taken.
    fn statement(&mut self, word: &'a str, span: Span, depth: usize) -> Option<Statement> {
        self.statements += 1;
        if self.statements == limits::STATEMENTS + 1 {
            let most = limits::STATEMENTS;
            self.problem(
                span,
                format!("the program is too long; it has at most {most} statements"),
            );
            self.at = self.tokens.len();
            self.unclosed = true;
            return None;
        }
        self.work += 1;
        let kind = match word {
            "yield" => Some(Kind::Yield),
            "sleep" => self.ticks(span, "sleep").map(Kind::Sleep),
            "block" => self.ticks(span, "block").map(Kind::Block),
            "send" => self.send(span),
            "recv" => self.named(span, "recv", "channel", "ping").map(Kind::Recv),
            "read" => self.named(span, "read", "source", "button").map(Kind::Read),
            "spawn" => self.named(span, "spawn", "task", "helper").map(Kind::Spawn),
            "print" => self.print(span),
            "loop" => self.repeat(span, depth),
            "join" => self.branches(span, "join", depth).map(Kind::Join),
            "select" => self.branches(span, "select", depth).map(Kind::Select),
            _ => {
                self.unknown(word, span);
                None
            }
        };
        kind.map(|kind| Statement { span, kind })
    }

    fn unknown(&mut self, word: &str, span: Span) {
        let message = match nearest(word, STATEMENTS.into_iter()) {
            Some(meant) => format!("`{word}` is not a statement; did you mean `{meant}`?"),
            None => format!("`{word}` is not a statement; those are {}", STATEMENTS.join(", ")),
        };
        self.problem(span, message);
        // What follows on the line belongs to it most likely.
        while self.here().line == span.line {
            match self.peek() {
                None | Some(TokenKind::Close) => return,
                Some(TokenKind::Word(word)) if is_keyword(word) => return,
                Some(TokenKind::Open) => {
                    self.at += 1;
                    self.skip_block();
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn ticks(&mut self, head: Span, word: &str) -> Option<u32> {
        let needs = format!("`{word}` needs a number of ticks, as in `{word} 20`");
        self.number(head, (1, limits::TICKS), &needs)
    }

    /// The index of the `item` whose name comes after `word`.
    fn named(&mut self, head: Span, word: &str, item: &str, example: &str) -> Option<usize> {
        let here = self.here();
        if let Some(name) = self.peek_word().filter(|name| !is_keyword(name)) {
            match self.names.resolve(name, item) {
                Ok(index) => {
                    self.at += 1;
                    return Some(index);
                }
                Err(message) if here.line == head.line => {
                    self.at += 1;
                    self.problem(here, message);
                    return None;
                }
                // Most likely the name is missing, and a misspelt statement follows.
                Err(_) => {}
            }
        }
        self.missing(head, format!("`{word}` needs a {item}, as in `{word} {example}`"));
        None
    }

    fn send(&mut self, head: Span) -> Option<Kind> {
        let channel = self.named(head, "send", "channel", "ping");
        let value = match self.peek() {
            Some(TokenKind::Number(_) | TokenKind::NotANumber(_)) => {
                Some(self.number(head, (0, limits::VALUE), "")?)
            }
            _ => None,
        };
        Some(Kind::Send { channel: channel?, value })
    }

    fn print(&mut self, head: Span) -> Option<Kind> {
        let here = self.here();
        match self.peek() {
            Some(TokenKind::Text(text)) => {
                self.at += 1;
                if text.chars().count() > limits::PRINTED {
                    let most = limits::PRINTED;
                    let message =
                        format!("this text is too long; it has at most {most} characters");
                    self.problem(here, message);
                }
                return Some(Kind::Print(text.into()));
            }
            Some(TokenKind::OpenText(_)) => {
                self.at += 1;
                self.problem(here, "the second quote is missing on this line");
            }
            Some(TokenKind::Word(word)) if here.line == head.line && !is_keyword(word) => {
                self.at += 1;
                self.problem(here, format!("a text stands in quotes: `print \"{word}\"`"));
            }
            _ => self.missing(head, "`print` needs a text, as in `print \"hello\"`".to_string()),
        }
        None
    }

    fn repeat(&mut self, head: Span, depth: usize) -> Option<Kind> {
        let needs = "`loop` needs how many times, as in `loop 3 { … }`";
        let count = self.number(head, (1, limits::ROUNDS), needs);
        let before = std::mem::take(&mut self.work);
        let body = self.block(head, "loop", depth + 1);
        let rounds = u64::from(count.unwrap_or(1));
        self.work = before + rounds * (1 + self.work);
        self.check_work(head, "with this loop the task");
        Some(Kind::Loop { count: count?, body })
    }

    fn branches(&mut self, head: Span, word: &str, depth: usize) -> Option<Vec<Block>> {
        let problems = self.problems.len();
        let mut blocks = vec![self.block(head, word, depth + 1)];
        while self.peek() == Some(TokenKind::Open) {
            let open = self.here();
            blocks.push(self.block(head, word, depth + 1));
            if blocks.len() == limits::BRANCHES + 1 {
                let most = limits::BRANCHES;
                self.problem(
                    open,
                    format!("this is one too many; `{word}` has at most {most} blocks"),
                );
            }
        }
        if blocks.len() < 2 && self.problems.len() == problems {
            let message =
                format!("`{word}` needs two blocks or more, as in `{word} {{ … }} {{ … }}`");
            self.problem(head, message);
        }
        Some(blocks)
    }
}
