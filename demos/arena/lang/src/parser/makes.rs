//! What a name is given: everything that stands after a `=`.

use text::{Token, TokenKind};

use super::{MAKERS, Parser, is_keyword, names, nearest};
use crate::types::{TYPES, Type};
use crate::{Kind, limits};

/// Everything that can stand after a `=`, in a sentence.
const ALL_MAKES: &str = "a type, a text, `[u16; 10]`, `bytes 100`, `vec u32`, `map` or `list`";

impl<'a> Parser<'a> {
    /// `name = …`; the name stands at `head`, and it and the `=` are taken.
    pub(super) fn give(&mut self, head: usize) -> Option<Kind> {
        let name = self.given_name(head);
        let Token { kind, text, .. } = self.next;
        if !self.goes_on(head) {
            let equals = self.at - 1;
            self.problem(equals, format_args!("after `=` comes what is made: {ALL_MAKES}"));
            return None;
        }
        let at = self.advance();
        match (kind, text) {
            (TokenKind::Text, text) => self.literal(at, text, name),
            (TokenKind::OpenText, _) => {
                self.open_text(at);
                None
            }
            (TokenKind::OpenBracket, _) => self.array(at, name),
            (TokenKind::Word, "bytes") => self.bytes(at, name),
            (TokenKind::Word, "vec") => {
                self.element(at, "`vec` needs a type, as in `v = vec u32`")?;
                let capacity = self.capacity(at)?;
                Some(Kind::Vec { name: name?, capacity })
            }
            (TokenKind::Word, "map") => {
                let capacity = self.capacity(at)?;
                Some(Kind::Map { name: name?, capacity })
            }
            (TokenKind::Word, "list") => Some(Kind::List { name: name? }),
            _ => {
                let ty = self.made_type(at)?;
                let bytes = self.value(at, ty)?;
                Some(Kind::Value { name: name?, bytes })
            }
        }
    }

    /// The name at `head`, if it can be one and all that it was given before are of this sort too.
    fn given_name(&mut self, head: usize) -> Option<usize> {
        let word = self.token(head).text;
        let is_type = names::type_index(self.token(head)).is_some();
        if is_keyword(word) || is_type {
            let what = if is_type { "a type" } else { "a word of the language" };
            self.problem(head, format_args!("`{word}` is {what}; choose another name"));
            return None;
        }
        if self.is_too_long(head) {
            return None;
        }
        let name = self.names.find(word)?;
        let here = self.tokens().get(self.at..).and_then(names::sort);
        if here.is_some() && here != self.names.sort(name) {
            let words = self.names.words(name);
            let says = format_args!("{words}; all of one name are alike, so choose another");
            self.problem(head, says);
        }
        Some(name)
    }

    fn literal(&mut self, at: usize, text: &str, name: Option<usize>) -> Option<Kind> {
        if text.len() > limits::LITERAL {
            let most = limits::LITERAL;
            self.problem(at, format_args!("this text is too long; it has at most {most} bytes"));
            return None;
        }
        Some(Kind::Text { name: name?, text: text.into() })
    }

    /// `[u16; 10]`, whose bracket is taken.
    fn array(&mut self, open: usize, name: Option<usize>) -> Option<Kind> {
        self.element(open, "`[` needs a type and how many, as in `[u16; 10]`")?;
        let needs = format_args!("an array needs how many, as in `[u16; 10]`");
        // What stands in its place is most likely the bracket, which is right.
        if self.is(TokenKind::CloseBracket) && self.goes_on(open) {
            let close = self.advance();
            self.problem(close, needs);
            return None;
        }
        let count = self.number(open, (0, u32::MAX), needs)?;
        if !(self.goes_on(open) && self.accept(TokenKind::CloseBracket)) {
            self.missing(open, format_args!("the `]` is missing, as in `[u16; 10]`"));
            return None;
        }
        Some(Kind::Array { name: name?, count })
    }

    /// `bytes 100 align 64`, whose first word is taken.
    fn bytes(&mut self, head: usize, name: Option<usize>) -> Option<Kind> {
        let needs = format_args!("`bytes` needs how many, as in `raw = bytes 100`");
        let size = self.number(head, (0, u32::MAX), needs)?;
        let mut align = 1;
        if self.accept_word(head, "align") {
            let word = self.at - 1;
            let needs = format_args!("`align` needs a power of two, as in `align 64`");
            align = self.number(word, (0, limits::ALIGN), needs)?;
            if !align.is_power_of_two() {
                let at = self.at - 1;
                self.not_a_power(at, align);
                return None;
            }
        }
        Some(Kind::Bytes { name: name?, size, align })
    }

    fn not_a_power(&mut self, at: usize, align: u32) {
        // The greatest power of two below it, if any, and the least above.
        match align.checked_ilog2() {
            None => self.problem(at, format_args!("0 is not a power of two; 1 would be")),
            Some(log) => {
                let (below, above) = (1_u32 << log, 2_u32 << log);
                self.problem(
                    at,
                    format_args!("{align} is not a power of two; {below} or {above} would be"),
                );
            }
        }
    }

    /// The type of elements, inside of what begins at `head`.
    fn element(&mut self, head: usize, needs: &str) -> Option<&'static Type> {
        if !matches!(self.next.kind, TokenKind::Word | TokenKind::Unit) || !self.goes_on(head) {
            self.missing(head, format_args!("{needs}"));
            return None;
        }
        let at = self.advance();
        let token = self.token(at);
        let index = names::type_index(token);
        if index.is_none() {
            let all: Vec<&str> = TYPES.iter().map(|ty| ty.name).collect();
            self.unknown_type(at, &all);
        }
        TYPES.get(index?)
    }

    /// The type with which a value begins, which is taken.
    fn made_type(&mut self, at: usize) -> Option<&'static Type> {
        let token = self.token(at);
        if let Some(index) = names::type_index(token) {
            return TYPES.get(index);
        }
        let (shown, word) = (self.shown(at), token.text);
        let example = match (token.kind, word) {
            (TokenKind::Number, _) => Some("u32"),
            (TokenKind::NotANumber, _) => Some(if word.contains('.') { "f32" } else { "u32" }),
            (TokenKind::Character, _) => Some("char"),
            (TokenKind::Word, "true" | "false") => Some("bool"),
            _ => None,
        };
        match example {
            Some(ty) => {
                let says = format_args!("write the type before a value, as in `{ty} {shown}`");
                self.problem(at, says);
            }
            None if token.kind == TokenKind::Word && !is_keyword(word) => {
                let types = TYPES.iter().map(|ty| ty.name);
                let all: Vec<&str> = types.chain(MAKERS).collect();
                self.unknown_type(at, &all);
            }
            None => {
                let says = format_args!("`{shown}` makes nothing; write {ALL_MAKES}");
                self.problem(at, says);
            }
        }
        None
    }

    fn unknown_type(&mut self, at: usize, candidates: &[&str]) {
        let (word, shown) = (self.token(at).text, self.shown(at));
        match nearest(word, candidates) {
            Some(meant) => self
                .problem(at, format_args!("there is no type `{shown}`; did you mean `{meant}`?")),
            None => {
                let all: Vec<&str> = TYPES.iter().map(|ty| ty.name).collect();
                let all = all.join(", ");
                self.problem(at, format_args!("there is no type `{shown}`; those are {all}"));
            }
        }
    }

    /// The number that may stand after `vec u32` and `map`.
    fn capacity(&mut self, head: usize) -> Option<u32> {
        match self.has_number(head) {
            true => self.number(head, (0, u32::MAX), format_args!("")),
            false => Some(0),
        }
    }
}
