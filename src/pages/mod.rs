//! THE REGISTRY: one line a demo. Routes, navigation, the home page and the tests over all demos read
//! it. A demo's folder has the name of its route.

mod arena;
mod executor;
mod heap;
mod instrument;
mod race;

pub use instrument::{InstrumentPage, instrument_page};

use crate::stage::{Chapter, Demo, MachinePage};
use crate::worker::{Begin, Engine, Measure, begin};

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
    Instrument(InstrumentPage),
}

/// A line of the registry.
struct Line {
    route: &'static str,
    chapter: Chapter,
    title: &'static str,
    pitch: &'static str,
    behind: Behind,
}

/// What stands behind a line: the page's part, and the worker's.
enum Behind {
    Machine(MachinePage, Begin),
    /// The worker measures for it, or has no part in it.
    Instrument(InstrumentPage, Option<Measure>),
}

/// A demo whose machine is stepped.
const fn machine<D: Demo>() -> Behind {
    Behind::Machine(MachinePage::of::<D>(), begin::<D::Machine>)
}

/// Every demo, in the order of the book.
const REGISTRY: &[Line] = &[
    Line {
        route: "arena",
        chapter: Chapter { number: 3, title: "Custom allocators" },
        title: "Arenas and allocators",
        pitch: "What an allocator does to every byte: padding, fragmentation, and what a reset leaves.",
        behind: machine::<arena::Page>(),
    },
    Line {
        route: "heap",
        chapter: Chapter { number: 3, title: "Custom allocators" },
        title: "The page’s own heap",
        pitch: "Every allocation of this very page while you watch, and a map of its linear memory.",
        behind: Behind::Instrument(heap::PAGE, None),
    },
    Line {
        route: "race",
        chapter: Chapter { number: 3, title: "Custom allocators" },
        title: "The race of the allocators",
        pitch: "On this machine, in this browser: what a block costs from each, and how sure that is.",
        behind: Behind::Instrument(race::PAGE, Some(race::measure)),
    },
    Line {
        route: "executor",
        chapter: Chapter { number: 6, title: "Async runtime internals" },
        title: "An async executor",
        pitch: "Real futures, wakers and run queues: poll by poll, and every clone and drop of a waker.",
        behind: machine::<executor::Page>(),
    },
];

// The registry is taken apart while the program is compiled, so that page and worker each carry only
// the functions that they call.

/// What the page knows of each demo.
pub const DEMOS: &[Entry] = &{
    let mut entries = [entry(&REGISTRY[0]); REGISTRY.len()];
    let mut index = 1;
    while index < REGISTRY.len() {
        entries[index] = entry(&REGISTRY[index]);
        index += 1;
    }
    entries
};

/// What the worker knows of each demo.
const ENGINES: &[(&str, Option<Engine>)] = &{
    let mut engines = [("", None); REGISTRY.len()];
    let mut index = 0;
    while index < REGISTRY.len() {
        let engine = match REGISTRY[index].behind {
            Behind::Machine(_, begin) => Some(Engine::Run(begin)),
            Behind::Instrument(_, Some(measure)) => Some(Engine::Measure(measure)),
            Behind::Instrument(_, None) => None,
        };
        engines[index] = (REGISTRY[index].route, engine);
        index += 1;
    }
    engines
};

const fn entry(line: &Line) -> Entry {
    let Line { route, chapter, title, pitch, ref behind } = *line;
    let kind = match *behind {
        Behind::Machine(page, _) => Kind::Machine(page),
        Behind::Instrument(page, _) => Kind::Instrument(page),
    };
    Entry { route, chapter, title, pitch, kind }
}

/// The entry at a route.
pub fn find(route: &str) -> Option<&'static Entry> {
    DEMOS.iter().find(|entry| entry.route == route)
}

/// What the worker does for the demo at a route.
pub fn engine(route: &str) -> Option<Engine> {
    ENGINES.iter().find(|(name, _)| *name == route).and_then(|(_, engine)| *engine)
}
