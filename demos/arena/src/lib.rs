//! Chapter 3: what allocators do to memory, byte by byte.
//!
//! A [`Program`] of the text language ([`lang`]) is run on real allocators ([`alloc`]) side by side,
//! and on the book's arena ([`naive`]), of which only is said what it would do. Read in this order:
//! `scenario.rs`, `command.rs`, [`step`], [`snapshot`] and [`memory`] (the data); `machine.rs`; then
//! how a command travels: `runner.rs` resolves it to an `action.rs`, `real.rs`, `typed.rs` and `book.rs` carry it
//! out and tell what happened as a `delta.rs`, and `shadow.rs` follows.
#![forbid(unsafe_code)]

mod action;
mod book;
mod command;
mod delta;
mod figures;
mod kind;
mod list;
mod machine;
pub mod memory;
pub mod naive;
pub mod observe;
mod real;
mod runner;
mod scenario;
pub mod scenes;
mod shadow;
pub mod snapshot;
pub mod step;
mod typed;

pub use arena_alloc as alloc;
pub use arena_lang as lang;
pub use arena_lang::types;
pub use command::Command;
pub use figures::Figures;
pub use kind::AllocatorKind;
pub use list::List;
pub use machine::{Error, Memory};
pub use real::NOWHERE;
pub use scenario::{Program, Scenario};
pub use snapshot::Snapshot;
pub use step::Step;
