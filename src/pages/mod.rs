//! THE REGISTRY: one line a demo. Routes, navigation, the home page and the tests over all demos read
//! it. A demo's folder has the name of its route.

use leptos::prelude::*;

use crate::stage::{Chapter, MachinePage};

/// An entry of the registry.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its address below the base.
    pub route: &'static str,
    /// The chapter of the book it belongs to.
    pub chapter: Chapter,
    /// A few words.
    pub title: &'static str,
    /// One sentence for the home page.
    pub pitch: &'static str,
    /// What it is.
    pub kind: Kind,
}

/// What stands behind an entry.
#[derive(Clone, Copy)]
pub enum Kind {
    /// It is stepped: transport, timeline, steps.
    Machine(MachinePage),
    /// It measures or inspects: a page of its own.
    Instrument(fn() -> AnyView),
}

/// Every demo, in the order of the book.
pub const DEMOS: &[Entry] = &[];

/// The entry at a route.
pub fn find(route: &str) -> Option<&'static Entry> {
    DEMOS.iter().find(|entry| entry.route == route)
}
