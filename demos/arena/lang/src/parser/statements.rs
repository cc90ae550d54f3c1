//! Statements without a block, but for what a name is given.

use text::{Token, TokenKind};

use super::{Parser, is_keyword, names};
use crate::types::{self, TYPES};
use crate::{Kind, Sort, Which, limits};

impl Parser<'_> {
    /// A statement without a block, but for what may stand behind it on its line.
    pub(super) fn simple(&mut self, head: usize) -> Option<Kind> {
        if self.is_given(head) {
            self.go_to(head + 2);
            return self.give(head);
        }
        let Token { kind, text, .. } = self.next;
        if kind == TokenKind::Open {
            self.no_statement(head);
            return None;
        }
        self.advance();
        match (kind, text) {
            (TokenKind::Word, "push") => self.push(head),
            (TokenKind::Word, "insert") => self.insert(head),
            (TokenKind::Word, "free") => {
                let all = self.accept_word(head, "all");
                let (name, which) = self.some_of(head, "free")?;
                if all && which != Which::Last {
                    let number = self.at - 1;
                    let says = format_args!("`free all` frees each of them; take out this number");
                    self.problem(number, says);
                }
                Some(Kind::Free { name, which: if all { Which::All } else { which } })
            }
            (TokenKind::Word, "use") => {
                if self.accept_word(head, "all") {
                    let all = self.at - 1;
                    self.problem(all, format_args!("`use` reads one at a time; take out `all`"));
                    return None;
                }
                let (name, which) = self.some_of(head, "use")?;
                Some(Kind::Use { name, which })
            }
            (TokenKind::Word, "reset") => Some(Kind::Reset),
            (TokenKind::Word, "churn") => self.churn(head),
            (TokenKind::Word, "memory") => {
                let says = format_args!("`memory` stands once, before all other statements");
                self.problem(head, says);
                None
            }
            _ => {
                self.no_statement(head);
                None
            }
        }
    }

    /// The name after the word at `head`; `needs` says what is missing without it, and `make` what
    /// could be made.
    fn named(&mut self, head: usize, needs: &str, make: &str) -> Option<usize> {
        let Token { kind, text, .. } = self.next;
        let is_type = names::type_index(self.next).is_some();
        if kind != TokenKind::Word || !self.goes_on(head) || is_keyword(text) || is_type {
            self.missing(head, format_args!("{needs}"));
            return None;
        }
        let at = self.advance();
        let name = self.names.find(text);
        if name.is_none() && !self.is_too_long(at) {
            let unknown = self.names.unknown(text, make);
            self.problem(at, format_args!("{unknown}"));
        }
        name
    }

    /// Whether a name is too long, which is then said.
    pub(super) fn is_too_long(&mut self, at: usize) -> bool {
        let (long, most) = (self.token(at).text.len() > limits::NAME, limits::NAME);
        if long {
            let says = format_args!("this name is too long; a name has at most {most} letters");
            self.problem(at, says);
        }
        long
    }

    /// `a`, or `a 2`.
    fn some_of(&mut self, head: usize, word: &str) -> Option<(usize, Which)> {
        let name = self.named(head, &format!("`{word}` needs a name, as in `{word} a`"), "u32")?;
        let text = self.token(self.at - 1).text;
        if !self.has_number(head) {
            return Some((name, Which::Last));
        }
        let at = self.at;
        if self.next.text == "0" {
            self.advance();
            self.problem(at, format_args!("there is no `{text} 0`; the first is `{text} 1`"));
            return None;
        }
        let number = self.number(head, (1, u32::MAX), format_args!(""))?;
        Some((name, Which::Nth(number)))
    }

    fn push(&mut self, head: usize) -> Option<Kind> {
        let name = self.named(head, "`push` needs a `Vec` or a list, as in `push v`", "vec u32")?;
        let at = self.at - 1;
        let element = match self.names.sort(name)? {
            Sort::Vec(ty) => TYPES.get(ty)?,
            Sort::List => types::find("u32")?,
            Sort::Map => {
                let (is, map) = (self.names.words(name), self.token(at).text);
                self.problem(at, format_args!("{is}; write `insert {map} 3` instead"));
                return None;
            }
            _ => {
                let is = self.names.words(name);
                self.problem(at, format_args!("{is}; `push` is for a `Vec` or a list"));
                return None;
            }
        };
        let bytes = self.value(head, element)?;
        Some(Kind::Push { name, bytes })
    }

    fn insert(&mut self, head: usize) -> Option<Kind> {
        let name = self.named(head, "`insert` needs a map, as in `insert m 3`", "map")?;
        let at = self.at - 1;
        match self.names.sort(name)? {
            Sort::Map => {}
            Sort::Vec(_) | Sort::List => {
                let (is, vec) = (self.names.words(name), self.token(at).text);
                self.problem(at, format_args!("{is}; write `push {vec}` instead"));
                return None;
            }
            _ => {
                let is = self.names.words(name);
                self.problem(at, format_args!("{is}; `insert` is for a map"));
                return None;
            }
        }
        let needs = format_args!("`insert` needs a key, as in `insert m 3`");
        let key = self.number(head, (0, u32::MAX), needs)?;
        let value = match self.has_number(head) {
            true => Some(self.number(head, (0, u32::MAX), format_args!(""))?),
            false => None,
        };
        Some(Kind::Insert { name, key, value })
    }

    /// After a statement that is right: says what is too much behind it on its line.
    pub(super) fn end_of_statement(&mut self, head: usize, depth: usize) {
        let open = self.is(TokenKind::Open) && self.is_on_line_of(head);
        if !open && !self.goes_on(head) {
            return;
        }
        let (at, shown) = (self.at, self.shown(self.at));
        match self.next.kind {
            TokenKind::Open => self.no_statement(at),
            TokenKind::OpenText => self.open_text(at),
            TokenKind::Comma | TokenKind::Stray => {
                self.problem(at, format_args!("`{shown}` means nothing here; take it out"));
            }
            _ => self
                .problem(at, format_args!("`{shown}` is too much; the statement ends before it")),
        }
        self.skip_line(head, depth);
    }

    /// After a problem: goes to the next line, or to the next brace on this one. The statements of a
    /// block that begins here are read for their problems alone.
    pub(super) fn skip_line(&mut self, head: usize, depth: usize) {
        while self.is_on_line_of(head) {
            match self.next.kind {
                TokenKind::End | TokenKind::Close => return,
                TokenKind::Open => {
                    self.block(depth + 1);
                    return;
                }
                _ => {
                    self.advance();
                }
            }
        }
    }
}
