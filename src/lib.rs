//! Oxidoscope: a playground in which the hard parts of Rust are operated.
//!
//! Read in this order: [`stage`] (what every demo shares), [`pages`] (the registry and the demos'
//! pages), [`app`] (which page stands at which address), [`worker`] (long work off the main thread).
#![forbid(unsafe_code)]
// Slicing a text can panic, and brings the tables of all characters with it to say how.
#![cfg_attr(not(test), warn(clippy::string_slice))]
#![allow(unreachable_pub, reason = "leptos makes the props of every component public")]

pub mod address;
pub mod app;
pub mod dom;
mod home;
mod html;
pub mod live;
pub mod overlay;
pub mod pages;
pub mod stage;
mod update;
pub mod worker;
