//! The text language: what is refused and how it is said, tidy forms, and texts that nobody meant.

mod fuzz;
#[path = "../model/generate.rs"]
#[allow(dead_code, unreachable_pub)]
mod generate;
mod problems;
mod round_trip;
mod runs;
