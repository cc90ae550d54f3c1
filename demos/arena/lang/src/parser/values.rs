//! Values of a type, part by part.

use std::sync::Arc;

use text::{Token, TokenKind};

use super::Parser;
use crate::number::{self, DECIMALS, DIGITS, Wrong};
use crate::types::{Field, Leaf, Type, leaves, put};

impl Parser<'_> {
    /// The values of the parts of a `ty`, which may be left out; the inner `None` is when they are.
    pub(super) fn value(&mut self, head: usize, ty: &'static Type) -> Option<Option<Arc<[u8]>>> {
        let before = self.problems().len();
        let begin = self.at;
        let parts: Vec<Leaf> = leaves(ty).into_iter().filter(|leaf| leaf.ty.size > 0).collect();
        let mut bytes = vec![0; ty.size as usize];
        let (mut count, mut last) = (0, begin);
        let mut beyond = None;
        while self.is_value(head) {
            let at = self.advance();
            if self.token(at).kind == TokenKind::Comma {
                self.problem(at, format_args!("take out this comma; values stand side by side"));
                continue;
            }
            last = at;
            match parts.get(count) {
                Some(Leaf { offset, ty }) => {
                    let number = self.part(ty, at).unwrap_or_default();
                    put(&mut bytes, *offset as usize, ty.size, number);
                }
                None => beyond = beyond.or(Some(at)),
            }
            count += 1;
        }
        if self.is(TokenKind::Open) && self.is_on_line_of(head) {
            // As in `Point { x: 1.5, y: 2 }`.
            let open = self.advance();
            let says = format_args!("write the values alone, side by side, as in `Point 1.5 -2`");
            self.problem(open, says);
            self.skip_block();
        }
        if count != parts.len() && count > 0 && self.problems().len() == before {
            let here =
                if count == 1 { "here is 1".to_owned() } else { format!("here are {count}") };
            let span = self.span_from(beyond.unwrap_or(begin), last);
            self.problem_in(span, format_args!("{}; {here}", takes(ty)));
        }
        let value = (count > 0).then(|| bytes.into());
        (self.problems().len() == before).then_some(value)
    }

    /// Whether what stands next is a value, or was meant to be one.
    fn is_value(&self, head: usize) -> bool {
        use TokenKind::*;
        let values = [Word, Number, NotANumber, Character, Text, OpenText, Unit, Comma];
        self.goes_on(head) && values.contains(&self.next.kind)
    }

    /// The bits of a value without parts.
    fn part(&mut self, ty: &Type, at: usize) -> Option<u64> {
        let Token { kind, text, .. } = self.token(at);
        let number = match kind {
            TokenKind::Number | TokenKind::NotANumber => text,
            _ => "",
        };
        let (found, would) = match ty.name {
            "f32" => {
                let found = number::decimal(number).map(|it| (it as f32).to_bits().into());
                (found, "write a number as in `1.5`".to_owned())
            }
            "f64" => {
                let found = number::decimal(number).map(f64::to_bits);
                (found, "write a number as in `1.5`".to_owned())
            }
            "char" => {
                let c = text.chars().next().filter(|_| kind == TokenKind::Character);
                (c.map(u64::from).ok_or(Wrong::NotOne), "write a character as in `'c'`".to_owned())
            }
            "bool" => {
                let found = match (kind, text) {
                    (TokenKind::Word, "false") => Ok(0),
                    (TokenKind::Word, "true") => Ok(1),
                    _ => Err(Wrong::NotOne),
                };
                (found, "write `true` or `false`".to_owned())
            }
            _ => {
                let most = u64::MAX >> (64 - 8 * ty.size.clamp(1, 8));
                let found = number::whole(number).and_then(|number| {
                    if number > most { Err(Wrong::OutOfRange) } else { Ok(number) }
                });
                (found, format!("write a number from 0 to {most}"))
            }
        };
        let (name, shown) = (ty.name, self.shown(at));
        match found {
            Ok(bits) => return Some(bits),
            Err(_) if kind == TokenKind::OpenText => self.open_text(at),
            Err(Wrong::NotOne) => {
                self.problem(at, format_args!("`{shown}` is no value of type `{name}`; {would}"));
            }
            Err(Wrong::OutOfRange) if matches!(name, "f32" | "f64") => self.problem(
                at,
                format_args!(
                    "`{shown}` has too many digits; a number has at most {DIGITS}, {DECIMALS} of them after the point"
                ),
            ),
            Err(Wrong::OutOfRange) => {
                self.problem(at, format_args!("`{shown}` is out of range of `{name}`; {would}"));
            }
        }
        None
    }
}

/// How many values a type takes, and which, for a sentence.
fn takes(ty: &Type) -> String {
    let mut names = Vec::new();
    for field in ty.fields {
        add_names(field, String::new(), &mut names);
    }
    let name = ty.name;
    match names.as_slice() {
        [] if ty.size == 0 => format!("`{name}` takes no value"),
        [] => format!("`{name}` takes one value"),
        [only] => format!("`{name}` takes one value, {only}"),
        [first @ .., last] => {
            let first = first.join(", ");
            format!("`{name}` takes {} values, {first} and {last}", names.len())
        }
    }
}

/// Adds the names of a field's parts: `from.x`.
fn add_names(field: &Field, before: String, names: &mut Vec<String>) {
    let path = before + field.name;
    if field.ty().fields.is_empty() {
        names.push(format!("`{path}`"));
    }
    for inner in field.ty().fields {
        add_names(inner, format!("{path}."), names);
    }
}
