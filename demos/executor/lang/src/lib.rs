#![doc = include_str!("reference.md")]
#![forbid(unsafe_code)]

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
pub use parser::parse;
pub use problem::Problem;
pub use reference::{EXAMPLES, Entry, Example, REFERENCE};
pub use span::Span;

/// Puts an item where it belongs in a sorted list, behind those that are equal.
fn insert_in_order<T>(list: &mut Vec<T>, item: T, key: fn(&T) -> u32) {
    let at = list.partition_point(|other| key(other) <= key(&item));
    list.insert(at, item);
}
