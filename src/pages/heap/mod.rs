//! Chapter 3: the page's own heap, an instrument.
//!
//! The allocator of this module is [`arena_watch::HEAP`]. While a person watches, it notes every
//! call; the page looks at what it has noted some times a second, and right before and right after an
//! action. All that the page does to show it is done [aside](arena_watch::Watched::aside).
//!
//! Read in this order: [`actions`] (what can be done), [`reading`] (what is read, and when), [`draw`]
//! (how it is shown), [`input`] (keys, pointer, clicks), [`scene`] (the book's tracer), [`link`] (what the address holds).

mod actions;
mod draw;
mod input;
mod link;
mod memory;
mod panel;
mod reading;
mod scene;
mod still;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use arena_report::map;
use arena_watch::{HEAP, Tally};
use gloo::timers::callback::Interval;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlDialogElement;

use super::InstrumentPage;
use crate::address;
use crate::dom::{El, at_end, listen_to};
use crate::stage::{Modes, NOT_COPIED, copy, remember_link};
use actions::{ACTIONS, CLICK, DROP, Kept};
use link::Settings;
use panel::{Notice, Panel};
use reading::{Done, EVERY, Reading};

/// The instrument.
pub(super) const PAGE: InstrumentPage = InstrumentPage { start, still: still::still };

/// The page while it is open.
struct Heap {
    root: El,
    modes: Modes,
    settings: Cell<Settings>,
    reading: RefCell<Reading>,
    panel: RefCell<Panel>,
    kept: Cell<Kept>,
    /// The counts when the click that is under way began.
    click: Cell<Option<Tally>>,
    looking: RefCell<Option<Interval>>,
}

#[inline(never)]
fn start(root: El, modes: Modes) {
    let heap = Rc::new(Heap {
        root: root.clone(),
        modes,
        settings: Cell::default(),
        reading: RefCell::new(Reading::new()),
        panel: RefCell::new(Panel::new(&root)),
        kept: Cell::default(),
        click: Cell::new(None),
        looking: RefCell::new(None),
    });
    heap.clone().listen();
    heap.modes.follow(&heap.root);
    heap.clone().follow_address();
    heap.open(&address::fragment());
    at_end(move || heap.end());
}

impl Heap {
    /// Takes over what a link says, or says why not. An empty one is that of nothing set.
    #[inline(never)]
    fn open(&self, link: &str) {
        let settings = match link {
            "" => Ok(Settings::default()),
            link => Settings::read(link),
        };
        let notice = match settings {
            Ok(settings) => {
                self.settings.set(settings);
                Notice::None
            }
            Err(what) => Notice::BadLink(link.to_owned(), what),
        };
        self.aside(|heap| {
            heap.panel.borrow_mut().notice(notice);
            heap.draw();
        });
    }

    /// Changes what is set, in the address too, and shows it.
    fn set(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.get();
        change(&mut settings);
        self.settings.set(settings);
        self.aside(|heap| {
            heap.write_address();
            heap.draw();
        });
    }

    fn write_address(&self) {
        let link = self.settings.get().link();
        if link != address::fragment() {
            address::replace(address::query(), Some(link.as_str()).filter(|link| !link.is_empty()));
        }
        remember_link(link);
    }

    /// Does what is not counted, unless the person wants it to be.
    fn aside(&self, act: impl FnOnce(&Self)) {
        match self.settings.get().own {
            true => act(self),
            false => HEAP.aside(|| act(self)),
        }
    }

    /// Begins to watch, or stops.
    #[inline(never)]
    fn toggle(self: &Rc<Self>) {
        if HEAP.is_watched() {
            self.looking.take();
            self.aside(|heap| heap.draw());
            HEAP.stop();
            self.draw();
        } else {
            self.begin();
            self.aside(|heap| heap.draw());
        }
    }

    fn begin(self: &Rc<Self>) {
        // What an action has left is older than the new watching: it would be kept for nothing.
        self.kept.take();
        self.reading.borrow_mut().begin();
        let heap = Rc::downgrade(self);
        let look = move || {
            if let Some(heap) = heap.upgrade() {
                heap.aside(Heap::look);
            }
        };
        self.looking.replace(Some(Interval::new(EVERY, look)));
        HEAP.watch();
    }

    /// Looks at the counts, as it does again and again; reads the rest if they have changed.
    fn look(&self) {
        let at = window().performance().map_or(0.0, |clock| clock.now());
        let changed = self.reading.borrow_mut().look(at);
        if changed {
            self.draw();
        } else {
            self.panel.borrow_mut().beat(&self.reading.borrow());
        }
    }

    /// Takes an action, and tells what it allocated.
    #[inline(never)]
    fn act(self: &Rc<Self>, index: usize) {
        let Some(action) = ACTIONS.get(index) else { return };
        let mut kept = self.kept.take();
        if index != DROP {
            let before = std::mem::take(&mut kept);
            HEAP.aside(|| drop(before));
        }
        let click = self.click.take().filter(|_| index == CLICK);
        let before = click.unwrap_or_else(|| {
            HEAP.begin_calls();
            HEAP.tally()
        });
        self.kept.set((action.run)(kept));
        // From here on it is the page that allocates.
        HEAP.aside(|| {
            let done = Done::read(index, &before);
            let last = done.calls.iter().rev().find(|call| call.asked != arena_watch::Asked::Free);
            let address = last.map(|call| call.address);
            self.reading.borrow_mut().done = Some(done);
            let mut settings = self.settings.get();
            settings.action = Some(index);
            settings.address = address.or(settings.address);
            settings.tracer = false;
            self.settings.set(settings);
        });
        self.aside(|heap| {
            heap.write_address();
            heap.draw();
        });
    }

    /// Reads everything, and shows it.
    #[inline(never)]
    fn draw(&self) {
        let mut reading = self.reading.borrow_mut();
        reading.read();
        let settings = self.settings.get();
        self.panel.borrow_mut().draw(&reading, &settings);
    }

    /// Chooses another address.
    fn look_at(&self, address: usize) {
        self.set(|settings| settings.address = Some(address));
    }

    /// Chooses the piece that is so many behind the one that is chosen.
    fn step(&self, by: isize) {
        let chosen = {
            let reading = self.reading.borrow();
            let used: Vec<usize> = reading.used().collect();
            let here = self.settings.get().address;
            let here = here.and_then(|address| map::at(&reading.pieces, address));
            let at = used.partition_point(|index| Some(*index) < here);
            let to = at.saturating_add_signed(by).min(used.len().saturating_sub(1));
            used.get(to).map(|index| reading.pieces[*index].address())
        };
        if let Some(address) = chosen {
            self.look_at(address);
        }
    }

    /// Does what a click asks for.
    fn click(self: &Rc<Self>, what: &str, element: &El) {
        let number = |attribute| element.says(attribute).parse().ok();
        match what {
            "act" => {
                if let Some(index) = number("data-index") {
                    self.act(index);
                }
            }
            "look" => {
                if let Some(address) = number("data-address") {
                    self.look_at(address);
                }
            }
            "watch" => self.toggle(),
            _ => self.click_beside(what),
        }
    }

    #[inline(never)]
    fn click_beside(&self, what: &str) {
        match what {
            "memory" => self.set(|settings| settings.tracer = false),
            "tracer" => self.set(|settings| settings.tracer = true),
            "read" => self.aside(Heap::draw),
            "again" | "deeper" | "shallower" => {
                self.set(|settings| settings.depth = scene::depth(what, settings.depth));
            }
            "theme" => self.modes.next_theme(),
            "present" => self.modes.toggle_present(),
            "help" => _ = self.help().show_modal(),
            "close-help" => self.help().close(),
            "copy-link" => self.copy_link(),
            "dismiss" => {
                self.panel.borrow_mut().notice(Notice::None);
                _ = self.root.html().focus();
            }
            _ => {}
        }
    }

    fn help(&self) -> HtmlDialogElement {
        self.root.part("help").element().clone().unchecked_into()
    }

    #[inline(never)]
    fn copy_link(&self) {
        let address = address::with_fragment(&self.settings.get().link());
        let place = self.root.part("notice");
        spawn_local(async move {
            let said = match copy(&address).await {
                true => {
                    "Link copied. It holds what is set and chosen, and nothing that was measured."
                }
                false => NOT_COPIED,
            };
            panel::say(&place, said);
        });
    }

    fn follow_address(self: Rc<Self>) {
        listen_to(&window(), "hashchange", move |_| {
            let link = address::fragment();
            if link != self.settings.get().link() {
                self.open(&link);
            }
        });
    }

    /// Nobody looks any more.
    fn end(&self) {
        self.looking.take();
        HEAP.stop();
        self.kept.take();
        remember_link(String::new());
    }
}
