#![doc = include_str!("reference.md")]

mod ast;
mod ends;
mod format;
mod interpret;
mod lexer;
pub mod limits;
mod parser;
mod problem;
mod reference;
mod span;

pub use ast::{Block, Channel, Comment, Kind, Program, Source, Statement, Task};
pub use format::format;
pub(crate) use interpret::start;
pub use lexer::{Token, TokenKind, Tokens, tokens};
pub use parser::parse;
pub use problem::Problem;
pub use reference::{EXAMPLES, Entry, Example, REFERENCE};
pub use span::Span;
