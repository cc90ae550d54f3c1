//! What a demo's own components get: its machine's types, and the stage around them.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use machine::Run;

use super::demo::{CommandOf, Demo, ScenarioOf, SnapshotOf};
use super::session::Playing;
use super::shapes::Canvas;
use super::{Stage, diagram};
use crate::dom::El;

/// A demo's way to its run and to the stage. Copied freely, like a signal.
pub struct Ctx<D: Demo> {
    /// The stage.
    pub stage: Stage,
    playing: StoredValue<Rc<RefCell<Playing<D>>>, LocalStorage>,
}

impl<D: Demo> Clone for Ctx<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Demo> Copy for Ctx<D> {}

impl<D: Demo> Ctx<D> {
    pub(super) fn new(stage: Stage, playing: Rc<RefCell<Playing<D>>>) -> Self {
        Ctx { stage, playing: StoredValue::new_local(playing) }
    }

    /// The state at the cursor; whoever reads it in a view is told when it changes.
    pub fn snapshot(&self) -> Rc<SnapshotOf<D>> {
        self.stage.track();
        self.playing.with_value(|playing| playing.borrow().snapshot())
    }

    /// What was set up; whoever reads it in a view is told when it may have changed.
    pub fn scenario(&self) -> ScenarioOf<D> {
        self.stage.track();
        self.playing.with_value(|playing| playing.borrow().scenario().clone())
    }

    /// What is set up now, for who does not want to be told of changes.
    pub fn scenario_now(&self) -> ScenarioOf<D> {
        self.playing.with_value(|playing| playing.borrow().scenario().clone())
    }

    /// How much room the State region has.
    pub fn canvas(&self) -> Canvas {
        self.stage.canvas.get()
    }

    /// The demo's picture of the snapshot, kept up to date.
    pub fn diagram(&self) -> El {
        diagram::diagram(self.stage)
    }

    /// Takes a command that the demo's own view offers: a click on a source that can become ready.
    pub fn command(&self, command: CommandOf<D>) {
        let playing = self.playing.get_value();
        self.stage.change(move || playing.borrow_mut().command(command));
    }

    /// Begins a run of another scenario, or says why it cannot start; then everything stays as it
    /// was.
    pub fn start(&self, scenario: ScenarioOf<D>) -> Result<(), String> {
        let begun =
            self.playing.with_value(|playing| playing.borrow_mut().replace(Run::new(scenario)));
        let remark = begun?.unwrap_or_else(|| "A new run, from its start.".to_owned());
        self.stage.pause();
        self.stage.changed(Ok(Some(remark)));
        Ok(())
    }
}
