//! Chapter 6 as a machine: real futures, real wakers with a real vtable, two real executors, and a
//! reactor over virtual time. What is shown of it is read off what really runs.
//!
//! Read in this order: [`scenes`] (tasks as anybody writes them), `waker`, `poll`,
//! `poll_everything`, `run_queue`, `reactor`, the [`leaf`] futures, and `diagnose`; then
//! [`Executor`], which makes a machine of it, and `world`, where everything is kept.

#![deny(unsafe_code)]

mod channel;
mod command;
mod compare;
mod diagnose;
mod executor;
mod handle;
mod ids;
mod interpret;
pub mod leaf;
mod place;
mod poll;
mod poll_everything;
mod reactor;
mod report;
mod run_queue;
mod scenario;
pub mod scenes;
mod scheduler;
pub mod snapshot;
mod step;
mod table;
mod task;
mod waiters;
#[expect(unsafe_code, reason = "a RawWaker is made of raw pointers")]
mod waker;
mod words;
mod world;

pub use channel::{Closed, Receive, Receiver, Send, Sender};
pub use command::Command;
pub use compare::{Comparison, MOST_COMMANDS, compare};
pub use executor::{Error, Executor};
pub use executor_lang as lang;
pub use handle::Handle;
pub use ids::{ChannelId, SourceId, TaskId, Ticket, Time, Token, WorkerId};
pub use place::Place;
pub use report::Finding;
pub use scenario::{ExecutorKind, MAX_WORKERS, Program, Scenario, Tokens, WakerKind};
pub use snapshot::Snapshot;
pub use step::{
    Actor, Happening, Interest, Lane, Step, Stretch, Value, Verdict, Wait, Waitlist, WakeEffect,
    Why,
};
pub use words::Names;
