//! What a demo tells the stage about itself.

use machine::{Machine, Run};

use super::ctx::Ctx;
use super::shapes::{Canvas, Look, Picture};
use super::source::{Files, Place, Source};
use super::trace::Lanes;
use crate::dom::El;

/// The scenario of a demo's machine.
pub type ScenarioOf<D> = <<D as Demo>::Machine as Machine>::Scenario;
/// The command of a demo's machine.
pub type CommandOf<D> = <<D as Demo>::Machine as Machine>::Command;
/// The step of a demo's machine.
pub type StepOf<D> = <<D as Demo>::Machine as Machine>::Step;
/// The snapshot of a demo's machine.
pub type SnapshotOf<D> = <<D as Demo>::Machine as Machine>::Snapshot;

/// A machine with the words, the sources and the drawing that make it a page. All functions but the
/// last two are pure and are tested on the host.
///
/// Sentences may hold code between backticks.
pub trait Demo: Sized + 'static {
    /// The engine.
    type Machine: Machine;
    /// What of a run must be remembered to put it into words: names that come up in its steps.
    type Memory: 'static;

    /// Runs to begin with, each with what a lecturer says about it; the first is the default. There
    /// is at least one.
    fn scenes() -> Vec<Scene<Self>>;

    /// A run begins: what is to be remembered of its first snapshot, and the lanes that are there
    /// before the first step.
    fn begin(
        scenario: &ScenarioOf<Self>,
        first: &SnapshotOf<Self>,
        lanes: &mut Lanes<'_>,
    ) -> Self::Memory;

    /// Who acts in this step, and how it changes the lanes of the timeline. Called once for each
    /// step, in order, so `lanes` holds the levels as the steps before have left them. The memory
    /// learns here what the step brings in; when a run takes another way, it learns that over what
    /// it knew.
    fn beat(memory: &mut Self::Memory, step: &StepOf<Self>, lanes: &mut Lanes<'_>) -> Option<u16>;

    /// What happened, in one plain sentence.
    fn sentence(memory: &Self::Memory, step: &StepOf<Self>) -> String;

    /// The name and the look of the actor that [`beat`](Demo::beat) and the others call by a number.
    /// Numbers count from 0 without gaps; lanes stand in this order.
    fn actor(memory: &Self::Memory, id: u16) -> Actor;

    /// The sources that may be shown, each with a name for its tab; `files` has the texts of those
    /// that `sources.txt` beside the page lists.
    fn sources(scenario: &ScenarioOf<Self>, files: &Files) -> Vec<Source>;

    /// Where in these sources a step happened.
    fn place(scenario: &ScenarioOf<Self>, step: &StepOf<Self>) -> Option<Place>;

    /// A second place that is executing: the line of a task while something below it acts, or what acts
    /// below the line of a program. It is marked in its source too, and followed where that source was
    /// chosen. `step` is the one that led to the snapshot.
    fn second_place(
        _: &ScenarioOf<Self>,
        _: &SnapshotOf<Self>,
        _: Option<&StepOf<Self>>,
    ) -> Option<Place> {
        None
    }

    /// Actors that stand at a place of the sources without moving: a task where it is suspended.
    fn pins(scenario: &ScenarioOf<Self>, snapshot: &SnapshotOf<Self>) -> Vec<Pin>;

    /// What a command's button says.
    fn label(
        memory: &Self::Memory,
        snapshot: &SnapshotOf<Self>,
        command: &CommandOf<Self>,
    ) -> Label;

    /// Why nothing more happens by itself, if that is so: everything finished, or what is stuck and
    /// why, or for what a person's choice is needed. `None` while the machine goes on.
    fn rest(scenario: &ScenarioOf<Self>, snapshot: &SnapshotOf<Self>) -> Option<Rest>;

    /// The snapshot in words: equal snapshots give equal text, different ones differ. Beyond about
    /// 200 items it gives counts, what changed, and a short fingerprint of the whole.
    fn describe(scenario: &ScenarioOf<Self>, snapshot: &SnapshotOf<Self>) -> String;

    /// The snapshot as a drawing that makes good use of the canvas; `step` is the one that led to it.
    fn picture(
        scenario: &ScenarioOf<Self>,
        snapshot: &SnapshotOf<Self>,
        step: Option<&StepOf<Self>>,
        canvas: Canvas,
    ) -> Picture;

    /// What fills the State region; [`Ctx::diagram`] unless a demo wants more around its picture.
    fn view(ctx: Ctx<Self>) -> El {
        ctx.diagram()
    }

    /// What opens when the person wants to change the scenario.
    fn editor(ctx: Ctx<Self>) -> El;
}

/// A run to begin with.
pub struct Scene<D: Demo> {
    /// A few words.
    pub title: &'static str,
    /// Two or three sentences for a lecture.
    pub talk: &'static str,
    /// What is set up, and what has been done already when the scene opens.
    pub run: Run<D::Machine>,
    /// After how many steps the scene's picture says most: that is what the home page shows.
    pub telling: usize,
}

/// Who does something: a task, a thread, an interrupt handler, the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// As it stands in sentences: `Task 1`.
    pub name: String,
    /// At most two characters, which stand in its badge.
    pub badge: String,
    /// Its hue and its shape.
    pub look: Look,
}

/// What a command's button says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Label {
    /// In words: `Poll task 1`.
    pub text: String,
    /// The part of it that is code, if any: `compare_exchange(0x10, 0x20)`.
    pub code: String,
    /// Whose move it is.
    pub actor: Option<u16>,
}

/// Somebody who stands at a place of the sources.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pin {
    /// Where.
    pub place: Place,
    /// Who.
    pub actor: u16,
}

/// Why a machine does not go on by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rest {
    /// In one or two sentences.
    pub sentence: String,
    /// Whether that is a fault: something waits that nothing will ever end.
    pub fault: bool,
}

/// A chapter of the book.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chapter {
    /// Its number.
    pub number: u8,
    /// Its title, shortened.
    pub title: &'static str,
}
