//! Oxidoscope: a playground in which the hard parts of Rust are operated.
#![forbid(unsafe_code)]

pub mod app;
