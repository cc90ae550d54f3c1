//! Chapter 3: the race of the allocators, an instrument.
//!
//! The worker runs the race ([`measuring`]); the page chooses, waits and shows. While it waits it draws
//! nothing but how far the race is. The link holds what is chosen, and nothing that was measured.
//!
//! Read in this order: [`standing`] (who stands where, in words), [`layout`] (the same as a picture),
//! [`show`] (what changes on the page), and then what happens when, below.

mod layout;
mod measuring;
mod numbers;
mod saved;
mod show;
mod standing;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use arena_race::{Contender, ROUNDS, Results, Setup, Workload};
use leptos::prelude::{event_target, window};
use machine::Progress;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement};

use super::InstrumentPage;
use crate::address;
use crate::dom::{El, at_end, listen_to, observe, value, watch};
use crate::stage::shapes::{Canvas, Picture};
use crate::stage::{Modes, NOT_COPIED, copy, full_screen, hear, remember_link};
use crate::worker::{Job, Report};
use show::{Notice, Panel};

pub(super) use measuring::measure;

/// The instrument.
pub(super) const PAGE: InstrumentPage = InstrumentPage { start, still };

/// What the home page shows: who would race.
#[inline(never)]
fn still(canvas: Canvas) -> Picture {
    layout::picture(&standing::standings(&Setup::default(), None), canvas)
}

/// The page while it is open.
struct Page {
    root: El,
    modes: Modes,
    setup: RefCell<Setup>,
    /// What was measured last, if it was measured for the work that is chosen.
    measured: RefCell<Option<Measured>>,
    race: RefCell<Running>,
    panel: RefCell<Panel>,
    canvas: Cell<Canvas>,
}

/// A race that was run.
struct Measured {
    setup: Setup,
    results: Results,
    /// The day and the time, as people write it here.
    when: String,
    /// The name of the browser.
    browser: String,
}

/// A race under way.
#[derive(Default)]
enum Running {
    /// None.
    #[default]
    No,
    /// The worker is at it; how far it is.
    Yes(Job, Progress),
    /// It was asked to end; what there is by then is on its way.
    Ends(Job),
}

#[inline(never)]
fn start(root: El, modes: Modes) {
    let page = Rc::new(Page {
        modes,
        setup: RefCell::default(),
        measured: RefCell::default(),
        race: RefCell::default(),
        panel: RefCell::new(Panel::new(&root)),
        canvas: Cell::new(Canvas { width: 0.0, height: 0.0, text: 14.0 }),
        root,
    });
    page.clone().listen();
    page.modes.follow(&page.root);
    page.clone().follow_address();
    page.clone().follow_room();
    page.open(&address::fragment());
    at_end(move || {
        // The worker ends with its job.
        page.race.take();
        remember_link(String::new());
    });
}

impl Page {
    /// Takes over what a link says, or says why not. An empty one is that of nothing chosen.
    #[inline(never)]
    fn open(&self, link: &str) {
        let setup = match link {
            "" => Ok(Setup::default()),
            link => Setup::parse(link),
        };
        let notice = match setup {
            Ok(setup) => {
                self.choose(|now| *now = setup);
                Notice::None
            }
            Err(what) => Notice::BadLink(link.to_owned(), what),
        };
        self.panel.borrow_mut().notice(&notice);
        self.draw();
    }

    /// Changes what is chosen, in the address too. A race that is under way for something else is given
    /// up, and what was measured for other work is not shown beside it.
    fn choose(&self, change: impl FnOnce(&mut Setup)) {
        let before = self.setup.borrow().clone();
        change(&mut self.setup.borrow_mut());
        let setup = self.setup.borrow().clone();
        if setup != before {
            self.race.take();
            if setup.workload != before.workload {
                self.measured.take();
            }
        }
        let link = self.link();
        if link != address::fragment() {
            address::replace(address::query(), Some(link.as_str()).filter(|link| !link.is_empty()));
        }
        remember_link(link);
        self.draw();
    }

    /// What is chosen, as it stands in the address: nothing, if it is what is chosen at first.
    fn link(&self) -> String {
        let setup = self.setup.borrow();
        match *setup == Setup::default() {
            true => String::new(),
            false => setup.to_text(),
        }
    }

    /// Starts the race, or ends it where it is.
    #[inline(never)]
    fn toggle(self: &Rc<Self>) {
        match self.race.take() {
            Running::No => self.begin(),
            Running::Yes(job, _) | Running::Ends(job) => {
                job.stop();
                self.race.replace(Running::Ends(job));
            }
        }
        self.draw();
    }

    fn begin(self: &Rc<Self>) {
        self.panel.borrow_mut().notice(&Notice::None);
        let settings = self.setup.borrow().to_text();
        let page = Rc::downgrade(self);
        let job = Job::measure("race", settings, move |report| {
            if let Some(page) = page.upgrade() {
                page.hear(report);
            }
        });
        match job {
            Ok(job) => {
                let progress = Progress { done: 0, total: 1 };
                self.race.replace(Running::Yes(job, progress));
            }
            Err(sentence) => self.panel.borrow_mut().notice(&Notice::Refused(sentence)),
        }
    }

    /// The worker says something.
    #[inline(never)]
    fn hear(&self, report: Report) {
        match report {
            Report::Progress(progress) => {
                if let Running::Yes(_, so_far) = &mut *self.race.borrow_mut() {
                    *so_far = progress;
                }
                let race = self.race.borrow();
                return self.panel.borrow_mut().progress(&race);
            }
            Report::Measured(text) => match Results::parse(&text) {
                Some(results) => {
                    let setup = self.setup.borrow().clone();
                    self.measured.replace(Some(Measured::now(setup, results)));
                }
                None => self.fail("The worker sent what nobody understands.".to_owned()),
            },
            Report::Failed(sentence) => self.fail(sentence),
            // It was not asked to run anything.
            Report::Done(_) => {}
        }
        // The job calls this: it ends when the call is over.
        let over = self.race.take();
        spawn_local(async move { drop(over) });
        self.draw();
    }

    fn fail(&self, sentence: String) {
        self.panel.borrow_mut().notice(&Notice::Refused(sentence));
    }

    /// Shows everything as it is.
    #[inline(never)]
    fn draw(&self) {
        let (setup, measured, race) =
            (self.setup.borrow(), self.measured.borrow(), self.race.borrow());
        self.panel.borrow_mut().draw(&setup, measured.as_ref(), &race, self.canvas.get());
    }

    /// Does what a click asks for.
    fn click(self: &Rc<Self>, what: &str, element: &El) {
        match what {
            "start" => self.toggle(),
            "work" => {
                if let Some(workload) = Workload::named(&element.says("data-work")) {
                    self.choose(|setup| setup.workload = workload);
                }
            }
            _ => self.click_beside(what),
        }
    }

    #[inline(never)]
    fn click_beside(&self, what: &str) {
        match what {
            "theme" => self.modes.next_theme(),
            "present" => self.modes.toggle_present(),
            "help" => _ = self.help().show_modal(),
            "close-help" => self.help().close(),
            "copy-link" => self.copy_link(),
            "save-svg" | "save-json" => self.save(what),
            "dismiss" => {
                self.panel.borrow_mut().notice(&Notice::None);
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
        let address = address::with_fragment(&self.link());
        let place = self.root.part("notice");
        spawn_local(async move {
            let said = match copy(&address).await {
                true => "Link copied. It holds what is chosen, and nothing that was measured.",
                false => NOT_COPIED,
            };
            show::say(&place, said);
        });
    }

    #[inline(never)]
    fn save(&self, what: &str) {
        let menu = self.root.part("menu");
        menu.flag("open", false);
        if let Some(summary) = menu.element().first_element_child() {
            _ = summary.unchecked_into::<HtmlElement>().focus();
        }
        match (&*self.measured.borrow(), what) {
            (None, _) => {
                show::say(&self.root.part("notice"), "There is nothing to save before a race.")
            }
            (Some(measured), "save-svg") => saved::picture_of(measured, self.canvas.get()),
            (Some(measured), _) => saved::samples(measured),
        }
    }

    /// What a key does; whether it does something here.
    fn key(self: &Rc<Self>, key: &str, again: bool) -> bool {
        let digit = match key.as_bytes() {
            [digit @ b'1'..=b'9'] => Workload::ALL.get(usize::from(digit - b'1')),
            _ => None,
        };
        if let Some(workload) = digit {
            self.choose(|setup| setup.workload = *workload);
            return true;
        }
        match key {
            _ if again => return matches!(key, " " | "p" | "f" | "?"),
            " " => self.toggle(),
            "p" | "P" => self.click_beside("present"),
            "f" | "F" => full_screen(),
            "?" => self.click_beside("help"),
            _ => return false,
        }
        true
    }

    #[inline(never)]
    fn listen(self: Rc<Self>) {
        let page = self.clone();
        let root = self.root.clone();
        let root = root.on_each("click", "data-do", move |what, element| page.click(what, element));
        let page = self.clone();
        let root = root.on_each("change", "data-set", move |what, element| page.set(what, element));
        let page = self.clone();
        _ = root.on("submit", move |event| {
            event.prevent_default();
            let form: Element = event_target(event);
            if let Ok(Some(input)) = form.query_selector("input") {
                page.open(value(&input).trim());
            }
        });
        let page = self.clone();
        hear(&self.root, self.modes, Box::new(move |key, again| page.key(key, again)));
    }

    /// Something was chosen.
    fn set(&self, what: &str, element: &El) {
        match what {
            "rounds" => {
                let rounds = value(element.element()).parse().ok();
                if let Some(rounds) = rounds.filter(|rounds| ROUNDS.contains(rounds)) {
                    self.choose(|setup| setup.rounds = rounds);
                }
            }
            _ => {
                let is = element.cast::<HtmlInputElement>().checked();
                if let Some(contender) = Contender::named(what) {
                    self.choose(|setup| setup.choose(contender, is));
                }
            }
        }
    }

    fn follow_address(self: Rc<Self>) {
        listen_to(&window(), "hashchange", move |_| {
            let link = address::fragment();
            if link != self.link() {
                self.open(&link);
            }
        });
    }

    /// Draws anew when there is more or less room.
    fn follow_room(self: Rc<Self>) {
        let room = self.root.part("room");
        let page = self.clone();
        let look = move || {
            let room = page.root.part("room");
            let (width, height) = (room.element().client_width(), room.element().client_height());
            let text = if page.modes.present.now() { 20.0 } else { 14.0 };
            let canvas = Canvas { width: width as f32, height: height as f32, text };
            if page.canvas.replace(canvas) != canvas {
                page.draw();
            }
        };
        observe(&room, look.clone());
        watch(move || {
            self.modes.present.track();
            look();
        });
    }
}

impl Measured {
    fn now(setup: Setup, results: Results) -> Measured {
        let agent = window().navigator().user_agent().unwrap_or_default();
        Measured { setup, results, when: show::now(), browser: standing::browser(&agent) }
    }
}
