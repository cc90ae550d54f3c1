//! The stage: what every demo page shares. Transport, timeline, steps, source, commands, keys,
//! presenter and embed modes, links and exports stand here once; a demo brings its machine, its
//! words and its drawing.
//!
//! # Add a demo
//! 1. `demos/NAME/`: the engine, a [`machine::Machine`].
//! 2. `src/pages/NAME/`: a type that implements [`Demo`]: scenes, words, sources, and
//!    `layout.rs`, a pure function from snapshot to [`shapes::Picture`].
//!    Where a scenario can be a program that the person types, it implements [`Typed`] too, and puts
//!    [`program()`] into its editor.
//! 3. One line in the registry (`src/pages/mod.rs`) with its `mod` line, one dependency in `Cargo.toml`.
//!
//! # How it flows
//! Key or click, then [`Move`], then [`Session`] (the player behind it), then one signal write
//! ([`Stage::changed`]), then what reads it: caption, log, source, timeline, and the demo's picture.
//! Nothing flows back but moves.

mod actions;
mod caption;
mod commands;
mod ctx;
mod demo;
mod diagram;
mod export;
mod keys;
mod modes;
mod notices;
mod page;
mod program;
mod prose;
mod run_on;
mod session;
pub mod shapes;
mod source;
mod steps;
mod timeline;
mod trace;
mod transport;
mod work;

pub use ctx::Ctx;
pub use demo::{
    Actor, Chapter, CommandOf, Demo, Label, Pin, Rest, ScenarioOf, Scene, SnapshotOf, StepOf,
};
pub(crate) use export::{NOT_COPIED, copy, last_address, remember_link, save, save_picture};
pub(crate) use keys::{full_screen, hear};
pub use modes::{Modes, Theme};
pub(crate) use notices::counted;
pub use page::{MachinePage, stage_page};
pub use program::{KEYWORD, Language, TYPE, Typed, marked, program};
pub(crate) use prose::quote;
pub use session::{Move, Playing, Session};
pub(crate) use source::text_of;
pub use source::{CLASSES, END, Files, Place, Source};
pub use trace::{Lanes, Level, Stretch, Trace};

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use machine::Progress;

use crate::dom::at_end;
use crate::live::Live;
use shapes::{Canvas, Picture};

/// The run on the stage, and what the person has set about looking at it. Copied freely, like a
/// signal: what it points to is a handful of signals' names, which stays in memory; the run itself
/// ends with its page.
#[derive(Clone, Copy)]
pub struct Stage(&'static Signals);

impl Deref for Stage {
    type Target = Signals;

    fn deref(&self) -> &Signals {
        self.0
    }
}

/// The signals of a stage.
pub struct Signals {
    /// None once the page has ended.
    session: RefCell<Option<Rc<RefCell<dyn Session>>>>,
    /// Set once each time the run or the cursor changed.
    change: Live<()>,
    /// Set whenever nothing has happened for a while.
    rested: Live<()>,
    /// What the last move had to say about itself.
    remark: Live<Option<Remark>>,
    /// Whether it plays.
    pub playing: Live<bool>,
    /// Steps a second.
    pub speed: Live<u32>,
    /// Which source is shown; `None` follows what is executing.
    pub source: Live<Option<usize>>,
    /// How much room the State region has.
    pub canvas: Live<Canvas>,
    /// How the demo's own view is set, as a text that may stand in an address: what is zoomed to, what is
    /// selected. It is no part of the run; nothing is the view at first. The view writes it, and reads
    /// it when somebody else has.
    pub view: Live<String>,
    /// The picture that is on the screen.
    painted: RefCell<Option<Picture>>,
    /// Whether the editor of the scenario is open.
    pub editing: Live<bool>,
    /// Whether the help is open.
    pub help: Live<bool>,
    /// How far the run is while it is being played to its end.
    pub running: Live<Option<Progress>>,
    runner: RefCell<Option<run_on::Running>>,
    /// What is to be said of it when the run is open up to its end.
    result: RefCell<Option<String>>,
    /// How far the longer work is that the session has under way.
    working: Live<Option<(usize, usize)>>,
    /// Whether the next slice of a longer work is already asked for.
    attending: Cell<bool>,
    /// A link that could not be read, with what is wrong with it.
    pub bad_link: Live<Option<(String, String)>>,
    /// How the page is looked at.
    pub modes: Modes,
}

/// What a move had to say about itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// One or two sentences.
    pub text: String,
    /// Whether it says why something was not done.
    pub refused: bool,
    /// What can be done about it.
    pub offer: Offer,
}

/// What a remark offers to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Offer {
    /// Nothing.
    #[default]
    Nothing,
    /// To go back to the run that was left.
    Return,
    /// To save the run as JSON.
    Json,
}

impl Stage {
    /// The stage of a run, which ends with the current owner.
    fn new(session: Rc<RefCell<dyn Session>>, modes: Modes) -> Self {
        let stage = Stage(Box::leak(Box::new(Signals {
            session: RefCell::new(Some(session)),
            change: Live::new(()),
            rested: Live::new(()),
            remark: Live::new(None),
            playing: Live::new(false),
            speed: Live::new(2),
            source: Live::new(None),
            canvas: Live::new(Canvas { width: 0.0, height: 0.0, text: 14.0 }),
            view: Live::default(),
            painted: RefCell::new(None),
            editing: Live::new(false),
            help: Live::new(false),
            running: Live::new(None),
            runner: RefCell::new(None),
            result: RefCell::new(None),
            working: Live::new(None),
            attending: Cell::new(false),
            bad_link: Live::new(None),
            modes,
        })));
        at_end(move || {
            stage.runner.take();
            stage.painted.take();
            stage.session.take();
        });
        stage
    }

    /// Whoever calls this in an effect is told when the run or the cursor changes.
    pub fn track(&self) {
        self.change.track();
    }

    /// Reads the session, and is told when it changes.
    pub fn read<T>(&self, read: impl FnOnce(&dyn Session) -> T) -> T {
        self.track();
        self.peek(read)
    }

    /// Reads the session as it is now.
    pub fn peek<T>(&self, read: impl FnOnce(&dyn Session) -> T) -> T {
        read(&*self.session().borrow())
    }

    /// Moves, and stops playing if the person moved by hand.
    pub fn go(&self, to: Move) {
        self.pause();
        self.step_to(to);
    }

    /// Moves without touching whether it plays.
    fn step_to(&self, to: Move) {
        let session = self.session();
        export::remember(*self, to);
        self.change(move || session.borrow_mut().go(to));
    }

    /// Does something to the session and tells everybody.
    fn change(&self, change: impl FnOnce() -> Result<Option<String>, String>) {
        let said = change();
        self.changed(said);
    }

    /// Tells everybody that the session may have changed, and the person what it had to say.
    fn changed(&self, said: Result<Option<String>, String>) {
        let remark = match said {
            Ok(text) => text.map(|text| Remark {
                text,
                refused: false,
                offer: match self.peek(|session| session.can_return()) {
                    true => Offer::Return,
                    false => Offer::Nothing,
                },
            }),
            Err(text) => Some(Remark { text, refused: true, offer: Offer::Nothing }),
        };
        self.remark.set_other(remark);
        self.touched();
    }

    /// Tells everybody that the session may have changed, and leaves what was said.
    fn touched(&self) {
        self.change.set(());
        work::attend(*self);
    }

    /// Opens a run from its link. What cannot be read is kept, with what is wrong with it.
    pub fn open(&self, text: &str) {
        self.pause();
        let session = self.session();
        let (run, view) = text.split_once('&').unwrap_or((text, ""));
        let opened = session.borrow_mut().open(run);
        match opened {
            Ok(remark) => {
                self.bad_link.set(None);
                self.view.set(view.to_owned());
                self.changed(Ok(remark));
            }
            Err(what) => self.bad_link.set(Some((text.to_owned(), what))),
        }
    }

    /// Stops playing, and running to the end.
    pub fn pause(&self) {
        self.playing.set_other(false);
        run_on::give_up(*self);
    }

    /// Plays or pauses. At the end of a run that is over, it plays from the start.
    pub fn toggle_play(&self) {
        if self.playing.now() {
            self.playing.set(false);
            return;
        }
        if !self.peek(|session| session.can_go_on()) {
            self.go(Move::First);
        }
        self.playing.set(true);
    }

    /// To the last step; from there on to the end of the run.
    pub fn last(&self) {
        if self.running.peek().is_some() {
            return;
        }
        let at_last = self.peek(|session| session.cursor() == session.len());
        self.go(Move::Last);
        if at_last {
            run_on::start(*self);
        }
    }

    /// The session, which is there as long as the page is.
    #[inline(never)]
    fn session(&self) -> Rc<RefCell<dyn Session>> {
        self.try_session().expect("the page is there")
    }

    /// The session, if the page is still there: for what comes later by itself.
    fn try_session(&self) -> Option<Rc<RefCell<dyn Session>>> {
        self.session.borrow().clone()
    }
}
