//! The runtime of chapter 6: real wakers with a real vtable, two real executors, and a reactor over
//! virtual time. What is shown of it is read off what really runs.
//!
//! Read in this order: `waker`, `poll`, `poll_everything`, `run_queue`, `reactor`, the [`leaf`]
//! futures, and `diagnose`; then [`Runtime`], which does what it is told, one command at a time, and
//! `world`, where everything is kept.
//!
//! This crate is compiled to be fast. What is called from many places and does more than a few
//! things is marked `inline(never)`, or everybody who opens the page would load it many times over.

#![deny(unsafe_code)]
// Slicing a text can panic, and brings the tables of all characters with it to say how.
#![cfg_attr(not(test), warn(clippy::string_slice))]

mod channel;
mod command;
mod diagnose;
mod handle;
mod ids;
pub mod leaf;
mod order;
mod place;
mod poll;
mod poll_everything;
mod reactor;
mod run_queue;
mod runtime;
mod scheduler;
mod setup;
pub mod snapshot;
mod step;
mod task;
mod waiters;
#[expect(unsafe_code, reason = "a RawWaker is made of raw pointers")]
mod waker;
mod world;

pub use channel::{Closed, Receive, Receiver, Send, Sender};
pub use command::Command;
pub use handle::Handle;
pub use ids::{ChannelId, SourceId, TaskId, Ticket, Time, Token, WorkerId};
pub use place::Place;
pub use runtime::{NotPossible, Runtime};
pub use setup::{ExecutorKind, MAX_WORKERS, Setup, Tokens, WakerKind};
pub use snapshot::Snapshot;
pub use step::{
    Actor, Happening, Interest, Lane, Step, Stretch, Value, Verdict, Wait, Waitlist, WakeEffect,
    Why,
};
