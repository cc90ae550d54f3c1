#![doc = include_str!("reference.md")]
#![forbid(unsafe_code)]
// Slicing a text can panic, and brings the tables of all characters with it to say how.
#![cfg_attr(not(test), warn(clippy::string_slice))]

use std::ops::Range;

mod ast;
mod ends;
mod format;
mod lexer;
pub mod limits;
mod parser;
mod problem;
mod reference;
mod span;

pub use ast::{Block, Channel, Comment, Kind, Program, Source, Statement, Task};
pub use ends::{Ends, Indices, ends};
pub use format::format;
pub use lexer::{Token, TokenKind, Tokens, tokens};
pub use parser::{is_keyword, parse};
pub use problem::Problem;
pub use reference::{EXAMPLES, Entry, Example, REFERENCE};
pub use span::Span;

/// A piece of a text; nothing where no piece begins or ends. (The library's own way to take one
/// panics there, and brings the tables of all characters with it to say so.)
pub fn cut(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Puts an item where it belongs in a sorted list, behind those that are equal.
fn insert_in_order<T>(list: &mut Vec<T>, item: T, key: fn(&T) -> u32) {
    let at = list.partition_point(|other| key(other) <= key(&item));
    list.insert(at, item);
}
