//! THE REGISTRY: one line a demo. Routes, navigation, the home page and the tests over all demos read
//! it. A demo's folder has the name of its route.

mod executor;

use crate::dom::El;
use crate::stage::{Chapter, MachinePage};
use crate::worker::Begin;

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
    Instrument(fn() -> El),
}

/// Every demo, in the order of the book.
pub const DEMOS: &[Entry] = &[Entry {
    route: "executor",
    chapter: Chapter { number: 6, title: "Async runtime internals" },
    title: "An async executor",
    pitch: "Real futures, wakers and run queues: poll by poll, and every clone and drop of a waker.",
    kind: Kind::Machine(MachinePage::of::<executor::Page>()),
}];

/// The entry at a route.
pub fn find(route: &str) -> Option<&'static Entry> {
    DEMOS.iter().find(|entry| entry.route == route)
}

/// What begins to play a run of the machine at a route to its end. The worker asks this, and so its
/// module holds the engines and none of the pages.
pub fn engine(route: &str) -> Option<Begin> {
    const ENGINES: [(&str, Option<Begin>); DEMOS.len()] = engines();
    ENGINES.iter().find(|(name, _)| *name == route).and_then(|(_, begin)| *begin)
}

/// Takes the engines out of the registry while the program is compiled.
const fn engines() -> [(&'static str, Option<Begin>); DEMOS.len()] {
    let mut engines = [("", None); DEMOS.len()];
    let mut index = 0;
    while index < DEMOS.len() {
        let begin = match DEMOS[index].kind {
            Kind::Machine(page) => Some(page.begin()),
            Kind::Instrument(_) => None,
        };
        engines[index] = (DEMOS[index].route, begin);
        index += 1;
    }
    engines
}
