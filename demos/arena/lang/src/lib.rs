#![doc = include_str!("reference.md")]
#![forbid(unsafe_code)]
// Slicing a text can panic, and brings the tables of all characters with it to say how.
#![cfg_attr(not(test), warn(clippy::string_slice))]

mod ast;
pub mod limits;
mod number;
mod parser;
mod reference;
pub mod types;

pub use ast::{Churn, Kind, Name, Program, Sizes, Sort, Statement, Which};
pub use parser::{is_keyword, parse};
pub use reference::{EXAMPLES, REFERENCE};
pub use text::{Entry, Example, Problem, Span, Token, TokenKind, Tokens, cut};

/// The tokens of a text, comments included.
pub fn tokens(text: &str) -> Tokens<'_> {
    text::tokens(text, text::Dialect::Values)
}
