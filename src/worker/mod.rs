//! Long work off the main thread, in a worker that is a second module of the same build.
//!
//! The page starts one worker for each [`Job`] and drops it with the job, so a worker has no state to
//! get wrong, and giving a job up needs nobody's consent. The two sides talk in short texts
//! ([`message`]). `src/bin/worker.rs` is the worker's `main`.

mod job;
pub mod message;
mod serve;
mod task;

pub use job::{Job, Report};
pub use serve::{now, serve};
pub use task::{Begin, Engine, Measure, Task, begin};

/// Names the sources that this module was built from; page and worker compare it at their first
/// message, because a development server may hand out files of two builds.
pub const SOURCES: &str = env!("OXIDOSCOPE_SOURCES");
