//! What every demo's machine has to pass. A demo's tests call these with its own scenarios; each
//! check gives what is wrong as a sentence.

mod links;
mod replay;
mod times;

pub use links::{hostile_links, link_is_sound, released_links_open, run_opens};
pub use replay::{back_and_forward, random_run};
pub use times::{SeekTimes, seek_times};

/// How many inputs of each kind a fuzz test tries; few under Miri, which interprets.
pub const ROUNDS: usize = if cfg!(miri) { 100 } else { 500_000 };

/// How many random runs a property test tries.
pub const RUNS: usize = if cfg!(miri) { 2 } else { 1_000 };

/// What a check found.
pub type Verdict = Result<(), String>;

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
}
