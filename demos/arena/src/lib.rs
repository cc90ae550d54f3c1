//! Chapter 3: what allocators do to memory, byte by byte.
//!
//! The allocators themselves are a crate of their own, [`alloc`]; [`naive`] is the book's arena, of
//! which only is said what it would do; [`lang`] is the language of typed programs, and [`types`] are
//! the types of what they allocate.
#![forbid(unsafe_code)]

pub mod naive;

pub use arena_alloc as alloc;
pub use arena_lang as lang;
pub use arena_lang::types;
