//! Chapter 6 as a machine: real futures, real wakers with a real vtable, two real executors, and a
//! reactor over virtual time. What is shown of it is read off what really runs.
//!
//! Read in this order: [`scenes`] (tasks as anybody writes them), the runtime below this folder
//! (`runtime/`), which runs them, and [`Executor`], which makes a machine of both. [`lang`] is the
//! language of typed programs, and `interpret` makes tasks of them. The runtime is a crate of its own
//! because it alone has to be fast: the rest is compiled to be small.

#![forbid(unsafe_code)]

mod compare;
mod executor;
mod interpret;
mod names;
mod report;
mod scenario;
pub mod scenes;
mod words;

pub use compare::{Comparison, MOST_COMMANDS, compare};
pub use executor::{Error, Executor};
pub use executor_lang as lang;
pub use executor_runtime::*;
pub use names::{Names, Part, lower};
pub use report::Finding;
pub use scenario::{Program, Scenario};
