//! What the stage knows of a run: plain data through an object-safe trait, so that the stage is
//! compiled once and not once a demo.

use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

use machine::{Event, Machine, Mark, Marked, Outcome, Played, Player, Run, link};

use super::demo::{Actor, Demo, Label, Rest, SnapshotOf, StepOf};
use super::shapes::{Canvas, Picture};
use super::source::{Files, Place, Sources};
use super::trace::Trace;
use super::work;

/// What can be asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Move {
    /// Before the first step.
    First,
    /// One step back.
    Back,
    /// One step on; at the end of the run what Play takes next.
    Forward,
    /// After the last step.
    Last,
    /// After so many steps.
    Seek(usize),
    /// The command with this index among those that are possible.
    Command(usize),
    /// The same scenario from its start.
    Reset,
    /// The run that the last branch, reset or scene replaced.
    Return,
    /// A scene of the demo.
    Scene(usize),
}

/// A run with its words. Cursors count steps: the step that led to a cursor is the one before it.
pub trait Session: Any {
    /// The demo's route, for files.
    fn route(&self) -> &'static str;
    /// After how many steps one looks at the run.
    fn cursor(&self) -> usize;
    /// How many steps the run has.
    fn len(&self) -> usize;
    /// Whether it has no step yet.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Changes whenever steps that were there may be others now.
    fn edition(&self) -> u32;
    /// What happened in the step that led to `cursor`; `None` before the first.
    fn sentence(&self, cursor: usize) -> Option<String>;
    /// Who acted in the step that led to `cursor`.
    fn actor(&self, cursor: usize) -> Option<Actor>;
    /// Where in the sources the step that led to `cursor` happened.
    fn place(&self, cursor: usize) -> Option<Place>;
    /// A second place that is executing at the cursor.
    fn second_place(&self) -> Option<Place>;
    /// What can be shown in the Source region.
    fn sources(&self) -> Sources;
    /// Takes over the texts of the sources, which come later than the page.
    fn take_files(&mut self, files: Files);
    /// Who stands where in the sources at the cursor.
    fn pins(&self) -> Vec<(Place, Actor)>;
    /// What can be done at the cursor, in the order of [`Move::Command`].
    fn commands(&self) -> Vec<(Label, Option<Actor>)>;
    /// Why nothing more happens by itself after the cursor.
    fn rest(&self) -> Option<Rest>;
    /// Whether the run has not come to its end by itself.
    fn goes_on(&self) -> bool;
    /// Whether Step and Play have something to do.
    fn can_go_on(&self) -> bool {
        self.cursor() < self.len() || self.goes_on()
    }
    /// The state at the cursor in words.
    fn describe(&self) -> String;
    /// The state at the cursor as a drawing.
    fn picture(&self, canvas: Canvas) -> Picture;
    /// The lanes of the timeline.
    fn lanes(&self) -> Vec<Actor>;
    /// What the timeline shows.
    fn trace(&self) -> &Trace;
    /// The marked steps, in order.
    fn marks(&self) -> &[Marked];
    /// The mark of the step that led to `cursor`; the worst if it has several.
    fn mark_at(&self, cursor: usize) -> Option<Mark> {
        let marks = self.marks();
        let from = marks.partition_point(|marked| marked.cursor < cursor);
        let here = marks[from..].iter().take_while(|marked| marked.cursor == cursor);
        here.map(|marked| marked.mark).max_by_key(|mark| *mark == Mark::Fault)
    }
    /// The mark of the step that led to the cursor.
    fn mark(&self) -> Option<Mark> {
        self.mark_at(self.cursor())
    }
    /// The titles and talks of the scenes.
    fn scenes(&self) -> Vec<(&'static str, &'static str)>;
    /// The scene that is open, if the scenario is still its own.
    fn scene(&self) -> Option<usize>;
    /// Whether there is a run to return to.
    fn can_return(&self) -> bool;
    /// Goes; `Ok` may hold a remark about what that meant, `Err` says why it stayed as it was.
    fn go(&mut self, to: Move) -> Result<Option<String>, String>;
    /// Opens a run from its link, or says what is wrong with the text, and where.
    fn open(&mut self, text: &str) -> Result<Option<String>, String>;
    /// The link of the run with the cursor.
    fn link(&self) -> String;
    /// How far a longer work is.
    fn working(&self) -> Option<(usize, usize)>;
    /// Goes on with a longer work for about so many steps.
    fn advance(&mut self, budget: usize) -> Result<Option<String>, String>;
    /// Gives a longer work up.
    fn stop(&mut self);
    /// Opens a run from its link; if it begins as this one does, without doing again what is there.
    fn extend(&mut self, text: &str) -> Result<Option<String>, String>;
    /// Plays on from the end of the run for so many commands, and goes to the end. Whether there is
    /// more to play.
    fn run_on(&mut self, commands: usize) -> Result<bool, String>;
}

/// The session of a demo.
pub struct Playing<D: Demo> {
    player: Player<D::Machine>,
    snapshot: Rc<SnapshotOf<D>>,
    files: Files,
    sources: Sources,
    memory: D::Memory,
    trace: Trace,
    edition: u32,
    scene: Option<usize>,
    route: &'static str,
}

impl<D: Demo> Playing<D> {
    /// Begins with the demo's first scene.
    pub fn new(route: &'static str) -> Result<Self, String> {
        let scene = D::scenes().into_iter().next().ok_or("This demo has no scene.")?;
        let player = Player::open(scene.run).map_err(|error| error.to_string())?;
        let (trace, memory) = begin::<D>(&player);
        let mut playing = Playing {
            snapshot: Rc::clone(player.shared_snapshot()),
            sources: Arc::new(D::sources(player.scenario(), &Files::Coming)),
            files: Files::Coming,
            memory,
            trace,
            player,
            edition: 0,
            scene: Some(0),
            route,
        };
        playing.catch_up();
        Ok(playing)
    }

    /// What was set up.
    pub fn scenario(&self) -> &<D::Machine as Machine>::Scenario {
        self.player.scenario()
    }

    /// The state at the cursor.
    pub fn snapshot(&self) -> Rc<SnapshotOf<D>> {
        self.snapshot.clone()
    }

    /// The machine, if it stands at the cursor.
    pub fn machine(&self) -> Option<&D::Machine> {
        self.player.machine()
    }

    /// Takes a command that a demo's own view offers.
    pub fn command(
        &mut self,
        command: <D::Machine as Machine>::Command,
    ) -> Result<Option<String>, String> {
        let played = self.player.apply(command);
        self.settle(played)
    }

    /// Begins another run. If its scenario cannot start, everything stays as it was.
    pub fn replace(&mut self, run: Run<D::Machine>) -> Result<Option<String>, String> {
        self.player.replace(run).map_err(|error| error.to_string())?;
        self.begin_anew();
        Ok(self.player.shortfall().map(ToString::to_string))
    }

    /// After the player has opened another run.
    fn begin_anew(&mut self) {
        self.edition += 1;
        (self.trace, self.memory) = begin::<D>(&self.player);
        self.renew_sources();
        self.scene = None;
        self.catch_up();
    }

    fn renew_sources(&mut self) {
        self.sources = Arc::new(D::sources(self.player.scenario(), &self.files));
    }

    /// Brings what hangs on the run's steps and on the cursor up to date.
    fn catch_up(&mut self) {
        for step in &self.player.steps()[self.trace.len()..] {
            self.trace.push(|lanes| D::beat(&mut self.memory, step, lanes));
        }
        self.snapshot = Rc::clone(self.player.shared_snapshot());
    }

    #[inline(never)]
    fn reset(&mut self) -> Result<Option<String>, String> {
        let scene = self.scene;
        self.player.reset().map_err(|error| error.to_string())?;
        self.begin_anew();
        self.scene = scene.or_else(|| self.find_scene());
        Ok(None)
    }

    #[inline(never)]
    fn return_to_left(&mut self) -> Result<Option<String>, String> {
        if let Some(opened) = self.player.return_to_left() {
            opened.map_err(|error| error.to_string())?;
            self.begin_anew();
            self.scene = self.find_scene();
        }
        Ok(None)
    }

    #[inline(never)]
    fn open_scene(&mut self, index: usize) -> Result<Option<String>, String> {
        let scene = D::scenes().into_iter().nth(index).ok_or("There is no such scene.")?;
        let remark = self.replace(scene.run)?;
        self.scene = Some(index);
        Ok(remark)
    }

    /// Takes over what the player has done, and gives what is to be said of it.
    fn settle(&mut self, played: Played<D::Machine>) -> Result<Option<String>, String> {
        let outcome = played.map_err(|refused| refused.to_string())?;
        let mut remark = None;
        if let Outcome::Done(event) = outcome {
            match event {
                Event::Branched { at, inside, dropped, .. } => {
                    self.edition += 1;
                    self.trace.truncate(at);
                    remark = Some(branched(at, inside, dropped));
                }
                Event::Opened => remark = self.player.shortfall().map(ToString::to_string),
                _ => {}
            }
        }
        self.catch_up();
        Ok(remark)
    }
}

/// What a demo makes of the beginning of the player's run.
fn begin<D: Demo>(player: &Player<D::Machine>) -> (Trace, D::Memory) {
    let scenario = player.scenario();
    // The player may stand anywhere in its run, and its scenario has started before.
    let first = match D::Machine::start(scenario) {
        Ok(machine) => Rc::new(machine.snapshot()),
        Err(_) => Rc::clone(player.shared_snapshot()),
    };
    Trace::begin(|lanes| D::begin(scenario, &first, lanes))
}

#[inline(never)]
fn branched(at: usize, inside: bool, dropped: usize) -> String {
    let place = match inside {
        true => format!("Another way, from the start of this command (step {at}) on"),
        false => format!("Another way, from step {at} on"),
    };
    let steps = if dropped == 1 { "1 step" } else { &format!("{dropped} steps") };
    format!("{place}; the {steps} of before are put aside.")
}

impl<D: Demo> Session for Playing<D> {
    fn route(&self) -> &'static str {
        self.route
    }

    fn cursor(&self) -> usize {
        self.player.cursor()
    }

    fn len(&self) -> usize {
        self.player.len()
    }

    fn edition(&self) -> u32 {
        self.edition
    }

    fn sentence(&self, cursor: usize) -> Option<String> {
        let step = self.player.step(cursor.checked_sub(1)?)?;
        Some(D::sentence(&self.memory, step))
    }

    fn actor(&self, cursor: usize) -> Option<Actor> {
        self.trace.actor(cursor).map(|id| D::actor(&self.memory, id))
    }

    fn place(&self, cursor: usize) -> Option<Place> {
        let step = self.player.step(cursor.checked_sub(1)?)?;
        D::place(self.player.scenario(), step)
    }

    fn second_place(&self) -> Option<Place> {
        D::second_place(self.player.scenario(), &self.snapshot, self.step())
    }

    fn sources(&self) -> Sources {
        self.sources.clone()
    }

    fn take_files(&mut self, files: Files) {
        self.files = files;
        self.renew_sources();
    }

    fn pins(&self) -> Vec<(Place, Actor)> {
        let pins = D::pins(self.player.scenario(), &self.snapshot);
        pins.into_iter().map(|pin| (pin.place, D::actor(&self.memory, pin.actor))).collect()
    }

    fn commands(&self) -> Vec<(Label, Option<Actor>)> {
        let label = |command| {
            let label = D::label(&self.memory, self.player.before_choice(), &command);
            let actor = label.actor.map(|id| D::actor(&self.memory, id));
            (label, actor)
        };
        self.player.commands().into_iter().map(label).collect()
    }

    fn rest(&self) -> Option<Rest> {
        D::rest(self.player.scenario(), &self.snapshot)
    }

    fn goes_on(&self) -> bool {
        self.player.next().is_some()
    }

    fn describe(&self) -> String {
        D::describe(self.player.scenario(), &self.snapshot)
    }

    fn picture(&self, canvas: Canvas) -> Picture {
        D::picture(self.player.scenario(), &self.snapshot, self.step(), canvas)
    }

    fn lanes(&self) -> Vec<Actor> {
        (0..self.trace.lanes() as u16).map(|id| D::actor(&self.memory, id)).collect()
    }

    fn trace(&self) -> &Trace {
        &self.trace
    }

    fn marks(&self) -> &[Marked] {
        self.player.marks()
    }

    fn scenes(&self) -> Vec<(&'static str, &'static str)> {
        D::scenes().into_iter().map(|scene| (scene.title, scene.talk)).collect()
    }

    fn scene(&self) -> Option<usize> {
        self.scene
    }

    fn can_return(&self) -> bool {
        self.player.left().is_some()
    }

    fn go(&mut self, to: Move) -> Result<Option<String>, String> {
        let played = match to {
            Move::First => self.player.first(),
            Move::Back => self.player.back(),
            Move::Forward => self.player.forward(),
            Move::Last => self.player.last(),
            // The rest is done before the next frame, by the clock.
            Move::Seek(cursor) => self.player.seek_within(cursor, work::STEPS),
            Move::Command(index) => match self.player.commands().into_iter().nth(index) {
                Some(command) => self.player.apply(command),
                None => return Err(format!("There is no command {} now.", index + 1)),
            },
            Move::Reset => return self.reset(),
            Move::Return => return self.return_to_left(),
            Move::Scene(index) => return self.open_scene(index),
        };
        self.settle(played)
    }

    fn open(&mut self, text: &str) -> Result<Option<String>, String> {
        let run = link::decode::<D::Machine>(text).map_err(|error| error.to_string())?;
        let remark = self.replace(run)?;
        self.scene = self.find_scene();
        Ok(remark)
    }

    fn link(&self) -> String {
        link::encode(&self.player.run())
    }

    fn working(&self) -> Option<(usize, usize)> {
        self.player.working().map(|progress| (progress.done, progress.total))
    }

    fn advance(&mut self, budget: usize) -> Result<Option<String>, String> {
        let played = self.player.advance(budget);
        self.settle(played)
    }

    fn stop(&mut self) {
        self.player.stop();
    }

    fn extend(&mut self, text: &str) -> Result<Option<String>, String> {
        let run = link::decode::<D::Machine>(text).map_err(|error| error.to_string())?;
        match self.player.extend(run) {
            Ok(outcome) => self.settle(Ok(outcome)),
            Err(other) => self.replace(other),
        }
    }

    fn run_on(&mut self, commands: usize) -> Result<bool, String> {
        let mut played = self.player.last();
        for _ in 0..commands {
            match self.player.next() {
                Some(command) if played.is_ok() => played = self.player.apply(command),
                _ => break,
            }
        }
        self.settle(played)?;
        Ok(self.player.next().is_some())
    }
}

impl<D: Demo> Playing<D> {
    /// The step that led to the cursor.
    pub(super) fn step(&self) -> Option<&StepOf<D>> {
        self.player.step(self.player.cursor().checked_sub(1)?)
    }

    /// The scene with the scenario that is open.
    fn find_scene(&self) -> Option<usize> {
        D::scenes().iter().position(|scene| scene.run.scenario == *self.player.scenario())
    }
}
