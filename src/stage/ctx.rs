//! What a demo's own components get: its machine's types, and the stage around them.

use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

use machine::Run;

use super::demo::{CommandOf, Demo, ScenarioOf, SnapshotOf, StepOf};
use super::session::Playing;
use super::shapes::{Canvas, Picture};
use super::{Stage, diagram};
use crate::dom::El;

/// A demo's way to its run and to the stage. Copied freely, like a signal.
pub struct Ctx<D: Demo> {
    /// The stage.
    pub stage: Stage,
    demo: PhantomData<fn() -> D>,
}

impl<D: Demo> Clone for Ctx<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Demo> Copy for Ctx<D> {}

impl<D: Demo> Ctx<D> {
    /// For a stage on which a run of this demo is.
    pub(super) fn new(stage: Stage) -> Self {
        Ctx { stage, demo: PhantomData }
    }

    /// The state at the cursor; whoever reads it in an effect is told when it changes.
    pub fn snapshot(&self) -> Rc<SnapshotOf<D>> {
        self.stage.track();
        self.snapshot_now()
    }

    /// The state at the cursor as it is now, for who does not want to be told of changes.
    pub fn snapshot_now(&self) -> Rc<SnapshotOf<D>> {
        self.playing(|playing| playing.snapshot())
    }

    /// Looks at the machine, if it stands at the cursor, for what is another in each visit.
    pub fn machine_now<T>(&self, look: impl FnOnce(&D::Machine) -> Option<T>) -> Option<T> {
        self.playing(|playing| playing.machine().and_then(look))
    }

    /// The step that led to the state at the cursor.
    pub fn step_now(&self) -> Option<StepOf<D>> {
        self.playing(|playing| playing.step().cloned())
    }

    /// What was set up; whoever reads it in an effect is told when it may have changed.
    pub fn scenario(&self) -> ScenarioOf<D> {
        self.stage.track();
        self.scenario_now()
    }

    /// What is set up now, for who does not want to be told of changes.
    pub fn scenario_now(&self) -> ScenarioOf<D> {
        self.playing(|playing| playing.scenario().clone())
    }

    /// How much room the State region has.
    pub fn canvas(&self) -> Canvas {
        self.stage.canvas.get()
    }

    /// The demo's picture of the snapshot, kept up to date.
    pub fn diagram(&self) -> El {
        let stage = self.stage;
        self.diagram_of(move |canvas| stage.read(|session| session.picture(canvas)))
    }

    /// A picture that a demo makes itself, painted again whenever a value changes that it has read: for
    /// a view that is looked at from more than one place.
    pub fn diagram_of(&self, picture: impl FnMut(Canvas) -> Picture + 'static) -> El {
        diagram::diagram(self.stage, Box::new(picture))
    }

    /// Takes a command that the demo's own view offers: a click on a source that can become ready.
    pub fn command(&self, command: CommandOf<D>) {
        let said = self.playing(|playing| playing.command(command));
        self.stage.changed(said);
    }

    /// Begins a run of another scenario, or says why it cannot start; then everything stays as it
    /// was.
    pub fn start(&self, scenario: ScenarioOf<D>) -> Result<(), String> {
        let begun = self.playing(|playing| playing.replace(Run::new(scenario)));
        let remark = begun?.unwrap_or_else(|| "A new run, from its start.".to_owned());
        self.stage.pause();
        self.stage.changed(Ok(Some(remark)));
        Ok(())
    }

    fn playing<T>(&self, with: impl FnOnce(&mut Playing<D>) -> T) -> T {
        let session = self.stage.session();
        let mut session = session.borrow_mut();
        let session: &mut dyn Any = &mut *session;
        with(session.downcast_mut().expect("the stage has a run of this demo"))
    }
}
