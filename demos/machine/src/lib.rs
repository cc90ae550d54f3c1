//! The one idea of Oxidoscope: **a demo is a deterministic machine; a run is a scenario and the
//! commands taken since; a view is a function of a snapshot.**
//!
//! Read in this order: [`Machine`] (the contract), [`Tape`] (how a machine tells what happens),
//! [`Run`] (a run as data), [`link`] (a run as text), [`Player`] (forward and back over a run),
//! [`Finisher`] (a run played to its end, without keeping what happens),
//! [`digest`] (the same on every target), [`check`] (what every demo's machine has to pass).
#![forbid(unsafe_code)]

mod base64url;
pub mod check;
mod commands;
mod contract;
pub mod digest;
mod finish;
pub mod link;
mod player;
mod portable;
mod random;
mod run;
mod tape;

pub use commands::{Commands, Full, MAX_COMMANDS};
pub use contract::{Machine, Mark};
pub use digest::Digest;
pub use finish::{Ending, Finisher, Marks};
pub use player::{
    Done, Event, MAX_STEPS, Marked, Outcome, Played, Player, Progress, Refused, Shortfall, WINDOW,
};
pub use portable::{DecodeError, Portable, Reader, Writer};
pub use random::Random;
pub use run::Run;
pub use tape::{Tape, Want};
