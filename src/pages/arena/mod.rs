//! Chapter 3: the page of the allocators.

mod describe;
mod editor;
mod executing;
mod figures;
mod inspect;
mod layout;
mod link;
mod own;
mod said;
mod sources;
mod timeline;
mod view;
mod words;

use arena::{Command, Memory, Scenario, Snapshot, Step, scenes};
use machine::Run;

use crate::dom::{El, markup};
use crate::stage::shapes::{Canvas, Picture};
use crate::stage::{Actor, Ctx, Demo, Files, Label, Lanes, Pin, Place, Rest, Scene, Source};
use words::Names;

/// The demo.
pub struct Page;

impl Demo for Page {
    type Machine = Memory;
    type Memory = Names;

    fn scenes() -> Vec<Scene<Self>> {
        let scene = |scene: &scenes::Scene| Scene {
            title: scene.title,
            talk: scene.talk,
            run: Run::new(scene.scenario()),
            telling: scene.telling,
        };
        scenes::SCENES.iter().map(scene).collect()
    }

    fn begin(scenario: &Scenario, first: &Snapshot, lanes: &mut Lanes<'_>) -> Names {
        let names = Names::new(scenario, first);
        timeline::begin(&names, lanes);
        names
    }

    fn beat(names: &mut Names, step: &Step, lanes: &mut Lanes<'_>) -> Option<u16> {
        names.learn(step);
        timeline::beat(names, step, lanes)
    }

    fn sentence(names: &Names, step: &Step) -> String {
        words::sentence(names, step)
    }

    fn actor(names: &Names, id: u16) -> Actor {
        timeline::actor(names, id)
    }

    fn sources(scenario: &Scenario, files: &Files) -> Vec<Source> {
        sources::all(scenario, files)
    }

    fn place(scenario: &Scenario, step: &Step) -> Option<Place> {
        sources::place(scenario, step)
    }

    fn second_place(
        scenario: &Scenario,
        snapshot: &Snapshot,
        step: Option<&Step>,
    ) -> Option<Place> {
        sources::executing(scenario, snapshot, step?)
    }

    fn pins(_: &Scenario, _: &Snapshot) -> Vec<Pin> {
        Vec::new()
    }

    fn label(names: &Names, snapshot: &Snapshot, command: &Command) -> Label {
        words::label(names, snapshot, command)
    }

    fn rest(_: &Scenario, snapshot: &Snapshot) -> Option<Rest> {
        words::rest(snapshot)
    }

    fn describe(_: &Scenario, snapshot: &Snapshot) -> String {
        describe::describe(snapshot)
    }

    fn picture(_: &Scenario, snapshot: &Snapshot, step: Option<&Step>, canvas: Canvas) -> Picture {
        layout::still(snapshot, step, canvas)
    }

    fn view(ctx: Ctx<Self>) -> El {
        markup("<div class=columns></div>").child(view::view(ctx)).child(own::panel(ctx))
    }

    fn editor(ctx: Ctx<Self>) -> El {
        editor::editor(ctx)
    }
}
