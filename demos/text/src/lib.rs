//! What the small languages that are typed on the page have in common.
//!
//! A text becomes [`tokens`], each with its place, a [`Span`]. A parser reads them with a [`Cursor`],
//! which collects what is wrong: [`Problem`]s, with [`nearest`] to guess what was meant. What a language is made of stands on the
//! page as [`Entry`]s and [`Example`]s. Each language has its own parser, tree and limits.
#![forbid(unsafe_code)]
// Slicing a text can panic, and brings the tables of all characters with it to say how.
#![cfg_attr(not(test), warn(clippy::string_slice))]

use std::ops::Range;

mod cursor;
mod help;
mod lexer;
mod problem;
mod span;

pub use cursor::Cursor;
pub use help::{Entry, Example};
pub use lexer::{Dialect, Token, TokenKind, Tokens, tokens};
pub use problem::{Problem, nearest};
pub use span::Span;

/// A piece of a text; nothing where no piece begins or ends. (The library's own way to take one
/// panics there, and brings the tables of all characters with it to say so.)
pub fn cut(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Puts an item where it belongs in a sorted list, behind those that are equal.
pub fn insert_in_order<T>(list: &mut Vec<T>, item: T, key: fn(&T) -> u32) {
    let at = list.partition_point(|other| key(other) <= key(&item));
    list.insert(at, item);
}
