//! Chapter 3: what allocators do to memory, byte by byte.
//!
//! The allocators themselves are a crate of their own, [`alloc`]; [`naive`] is the book's arena, of
//! which only is said what it would do; [`types`] are the types of what is allocated.
#![forbid(unsafe_code)]

pub mod naive;
pub mod types;

pub use arena_alloc as alloc;
