//! What can be told of a heap that is watched ([`arena_watch`]).
//!
//! Everything here is a function of what was read off the heap: no clock, no memory of its own to look
//! at, no page. Read in this order: [`change`] (what an action did), [`rate`] and [`sizes`] (what goes
//! on all the time), [`chunks`] (how the allocator itself divides the memory), [`map`] (who has which
//! byte), [`dump`] (the bytes); [`tracer`] is the book's tracer of chapter 3.1, and two that work.

pub mod change;
pub mod chunks;
pub mod dump;
pub mod map;
pub mod rate;
pub mod sizes;
pub mod tracer;
mod words;

pub use words::{bytes, counted, hex, times};
