//! The machine: what it shows is what is there, and back and forward are the same.

mod contract;
mod programs;
mod scenes;
mod shown;
