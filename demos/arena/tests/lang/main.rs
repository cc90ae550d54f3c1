//! The text language: what is refused and how it is said, programs and their text, and texts that
//! nobody meant.

mod fuzz;
mod generate;
mod limits;
mod problems;
mod round_trip;
