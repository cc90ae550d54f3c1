#![doc = include_str!("reference.md")]
#![forbid(unsafe_code)]
// Slicing a text can panic, and brings the tables of all characters with it to say how.
#![cfg_attr(not(test), warn(clippy::string_slice))]

mod ast;
mod ends;
mod format;
pub mod limits;
mod parser;
mod reference;

pub use ast::{Block, Channel, Comment, Kind, Program, Source, Statement, Task};
pub use ends::{Ends, Indices, ends};
pub use format::format;
pub use parser::{is_keyword, parse};
pub use reference::{EXAMPLES, REFERENCE};
pub use text::{Entry, Example, Problem, Span, Token, TokenKind, Tokens, cut};

/// The tokens of a text, comments included.
pub fn tokens(text: &str) -> Tokens<'_> {
    text::tokens(text, text::Dialect::Plain)
}
