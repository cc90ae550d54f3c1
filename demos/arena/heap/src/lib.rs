//! A heap: one allocator of any kind, what lives in it, and a log of every call that it gets.
//!
//! What lives in it is real: blocks, `Vec`s and hash maps that take the allocator as any collection
//! would. The crate's own interface is safe whatever it is asked: who comes with a block of before a
//! [`reset`](Heap::reset) is refused.
//!
//! Read in this order: `logged.rs` (the allocator that the collections see), `heap.rs`,
//! `elements.rs`, `map.rs`; then `typed.rs`, an arena that drops.

mod element;
mod elements;
mod global;
mod heap;
mod logged;
mod map;
mod typed;

pub use elements::Elements;
pub use heap::{Block, Heap};
pub use logged::{Call, Kind, State, Taken, What};
pub use map::Map;
pub use typed::Typed;

/// Why something was not done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refused {
    /// There is no memory for it. If an allocator said so, its call is in the log.
    NoMemory,
    /// It is of before the last reset.
    Stale,
}
