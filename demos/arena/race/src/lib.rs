//! Allocators raced against each other: who takes how long for the same work, and how sure that is.
//!
//! There is no clock in here: whoever runs a [`Race`] brings one, and a test brings one that it moves
//! by hand. Read in this order:
//!
//! - [`Contender`] and [`Workload`]: who races, and over which course;
//! - [`Setup`]: what a person chooses, as a link holds it;
//! - `program` and `kernel`: the work, prepared beforehand, and the loops that are timed;
//! - [`Race`]: whose turn it is, how long a sample takes, warm-up and rounds;
//! - [`Results`] and [`Summary`]: the samples, and what can be said of them.

mod clock;
mod contender;
mod kernel;
mod program;
mod race;
mod results;
mod runner;
mod setup;
mod statistics;
mod workload;

pub use clock::{Clock, TICKS};
pub use contender::Contender;
pub use race::{Race, WARM_UP};
pub use results::{Results, Row};
pub use setup::{ROUNDS, Setup};
pub use statistics::{Interval, Summary};
pub use workload::Workload;
