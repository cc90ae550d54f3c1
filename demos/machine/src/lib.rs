//! The one idea of Oxidoscope: **a demo is a deterministic machine; a run is a scenario and the
//! commands taken since; a view is a function of a snapshot.**
//!
//! Read in this order: [`Machine`] (the contract), [`Tape`] (how a machine tells what happens).
#![forbid(unsafe_code)]

mod contract;
mod portable;
mod tape;

pub use contract::{Machine, Mark};
pub use portable::{DecodeError, Portable, Reader, Writer};
pub use tape::{Tape, Want};
