//! Chapter 6: the executor's page.

mod compare;
mod describe;
mod editor;
mod layout;
mod sources;
mod timeline;
mod words;

use executor::snapshot::Snapshot;
use executor::{Command, Executor, Names, Scenario, Step, TaskId, scenes};
use machine::Run;

use crate::dom::{El, markup};
use crate::stage::shapes::{Canvas, Picture};
use crate::stage::{Actor, Ctx, Demo, Files, Label, Lanes, Pin, Place, Rest, Scene, Source};

/// The demo.
pub struct Page;

impl Demo for Page {
    type Machine = Executor;
    type Memory = Names;

    fn scenes() -> Vec<Scene<Self>> {
        let scene = |scene: &scenes::Scene| Scene {
            title: scene.title,
            talk: scene.talk,
            run: Run::new(scene.scenario()),
            telling: 18,
        };
        scenes::SCENES.iter().map(scene).collect()
    }

    fn begin(_: &Scenario, first: &Snapshot, lanes: &mut Lanes<'_>) -> Names {
        timeline::begin(first, lanes);
        Names::new(first)
    }

    fn beat(names: &mut Names, step: &Step, lanes: &mut Lanes<'_>) -> Option<u16> {
        names.learn(step);
        timeline::beat(step, lanes)
    }

    fn sentence(names: &Names, step: &Step) -> String {
        names.sentence(step)
    }

    fn actor(names: &Names, id: u16) -> Actor {
        let task = TaskId(id.into());
        let number = words::number(task);
        Actor {
            name: names.task(task),
            badge: if number < 100 { number.to_string() } else { "…".to_owned() },
            look: words::look(task),
        }
    }

    fn sources(scenario: &Scenario, files: &Files) -> Vec<Source> {
        sources::all(scenario, files)
    }

    fn place(scenario: &Scenario, step: &Step) -> Option<Place> {
        sources::place(scenario, step.engine)
    }

    fn second_place(scenario: &Scenario, snapshot: &Snapshot, _: Option<&Step>) -> Option<Place> {
        sources::place(scenario, snapshot.executing.task?)
    }

    fn pins(scenario: &Scenario, snapshot: &Snapshot) -> Vec<Pin> {
        sources::pins(scenario, snapshot)
    }

    fn label(names: &Names, snapshot: &Snapshot, command: &Command) -> Label {
        let actor = match *command {
            Command::Turn(worker) => {
                let worker = &snapshot.workers[worker.index()];
                worker.slot.or(worker.queue.first().copied()).map(timeline::lane)
            }
            _ => None,
        };
        Label { text: names.command(command, snapshot), code: String::new(), actor }
    }

    fn rest(_: &Scenario, snapshot: &Snapshot) -> Option<Rest> {
        words::rest(snapshot)
    }

    fn describe(_: &Scenario, snapshot: &Snapshot) -> String {
        describe::describe(snapshot)
    }

    fn picture(_: &Scenario, snapshot: &Snapshot, step: Option<&Step>, canvas: Canvas) -> Picture {
        layout::picture(snapshot, step, canvas)
    }

    fn view(ctx: Ctx<Self>) -> El {
        markup("<div class=columns></div>").child(ctx.diagram()).child(compare::panel(ctx))
    }

    fn editor(ctx: Ctx<Self>) -> El {
        editor::editor(ctx)
    }
}
