//! A small machine on the stage: runners who pass a baton. It is what the stage is tested with, and
//! the shortest whole example of a demo.

use machine::{Machine, Mark, Portable, Reader, Run, Tape, Writer};
use oxidoscope::dom::{El, markup, set_value, value};
use oxidoscope::stage::shapes::style::{BOLD, MIDDLE};
use oxidoscope::stage::shapes::{Canvas, Ink, Item, Look, Pen, Picture};
use oxidoscope::stage::{
    Actor, Ctx, Demo, Files, Label, Lanes, Level, Pin, Place, Rest, Scene, Source,
};

/// How many runners, and how often the baton goes round.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Course {
    pub(crate) runners: u8,
    pub(crate) rounds: u8,
}

/// A runner is let go.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Go(pub(crate) u8);

/// What happens.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Step {
    Takes { runner: u8 },
    Runs { runner: u8 },
    Passes { from: u8, to: u8 },
    Arrives { runner: u8 },
    Starts { runner: u8 },
}

/// Who has the baton, who has gone without it, and how many legs were run.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct State {
    pub(crate) course: Course,
    pub(crate) baton: u8,
    pub(crate) legs: u16,
    pub(crate) false_start: Option<u8>,
}

pub(crate) struct Relay {
    state: State,
}

impl Machine for Relay {
    type Scenario = Course;
    type Command = Go;
    type Step = Step;
    type Snapshot = State;
    type Error = &'static str;

    fn start(course: &Course) -> Result<Self, &'static str> {
        if course.runners == 0 {
            return Err("A relay needs a runner.");
        }
        let state = State { course: course.clone(), baton: 0, legs: 0, false_start: None };
        Ok(Relay { state })
    }

    fn commands(&self) -> Vec<Go> {
        let State { course, baton, legs, false_start } = &self.state;
        let all = u16::from(course.runners) * u16::from(course.rounds);
        if false_start.is_some() || *legs >= all {
            return Vec::new();
        }
        (0..course.runners).map(|i| Go((baton + i) % course.runners)).collect()
    }

    fn apply(&mut self, go: &Go, tape: &mut Tape<Step, State>) -> Result<(), &'static str> {
        if !self.commands().contains(go) {
            return Err("This runner cannot go now.");
        }
        let runner = go.0;
        let State { course, baton, .. } = self.state.clone();
        if runner != baton {
            self.state.false_start = Some(runner);
            tape.record(Step::Starts { runner }, || self.state.clone());
            return Ok(());
        }
        tape.record(Step::Takes { runner }, || self.state.clone());
        self.state.legs += 1;
        tape.record(Step::Runs { runner }, || self.state.clone());
        if self.commands().is_empty() {
            tape.record(Step::Arrives { runner }, || self.state.clone());
        } else {
            let to = (runner + 1) % course.runners;
            self.state.baton = to;
            tape.record(Step::Passes { from: runner, to }, || self.state.clone());
        }
        Ok(())
    }

    fn snapshot(&self) -> State {
        self.state.clone()
    }

    fn mark(step: &Step) -> Option<Mark> {
        match step {
            Step::Starts { .. } => Some(Mark::Fault),
            Step::Arrives { .. } => Some(Mark::Notable),
            _ => None,
        }
    }
}

impl Portable for Course {
    fn write(&self, out: &mut Writer) {
        out.byte(self.runners);
        out.byte(self.rounds);
    }

    fn read(input: &mut Reader<'_>) -> Self {
        Course { runners: input.byte(), rounds: input.byte() }
    }
}

impl Portable for Go {
    fn write(&self, out: &mut Writer) {
        out.byte(self.0);
    }

    fn read(input: &mut Reader<'_>) -> Self {
        Go(input.byte())
    }
}

impl Demo for Relay {
    type Machine = Relay;
    type Memory = ();

    fn begin(course: &Course, _: &State, lanes: &mut Lanes<'_>) {
        for runner in 0..course.runners {
            lanes.set(runner.into(), Level::Waiting);
        }
    }

    fn scenes() -> Vec<Scene<Self>> {
        let scene = |title, talk, runners, rounds| Scene {
            title,
            talk,
            run: Run::new(Course { runners, rounds }),
            telling: 5,
        };
        vec![
            scene(
                "Three runners",
                "Three runners share one baton, and only who holds it may run. Let them go in turn, or \
                 let one go too early and see what that does.",
                3,
                2,
            ),
            scene("A long race", "Two runners, and a very long way.", 2, 250),
        ]
    }

    fn sentence((): &(), step: &Step) -> String {
        match step {
            Step::Takes { runner } => format!("Runner {} takes the `baton`.", runner + 1),
            Step::Runs { runner } => format!("Runner {} runs a leg.", runner + 1),
            Step::Passes { from, to } => {
                format!("Runner {} passes the `baton` to runner {}.", from + 1, to + 1)
            }
            Step::Arrives { runner } => format!("Runner {} arrives: the race is over.", runner + 1),
            Step::Starts { runner } => {
                format!("Runner {} starts without the `baton`: a false start.", runner + 1)
            }
        }
    }

    fn beat((): &mut (), step: &Step, lanes: &mut Lanes<'_>) -> Option<u16> {
        let (runner, level) = match *step {
            Step::Takes { runner } | Step::Runs { runner } => (runner, Level::Busy),
            Step::Passes { from, to } => {
                lanes.set(to.into(), Level::Ready);
                (from, Level::Waiting)
            }
            Step::Arrives { runner } => (runner, Level::Absent),
            Step::Starts { runner } => (runner, Level::Stuck),
        };
        lanes.set(runner.into(), level);
        Some(runner.into())
    }

    fn actor((): &(), id: u16) -> Actor {
        let number = id + 1;
        Actor {
            name: format!("Runner {number}"),
            badge: number.to_string(),
            look: Look(number as u8),
        }
    }

    fn sources(_: &Course, _: &Files) -> Vec<Source> {
        let contract = include_str!("../../demos/machine/src/contract.rs").into();
        let tape = include_str!("../../demos/machine/src/tape.rs").into();
        vec![
            Source { name: "Contract", file: "contract.rs", text: contract },
            Source { name: "Tape", file: "tape.rs", text: tape },
        ]
    }

    fn place(_: &Course, step: &Step) -> Option<Place> {
        let (source, line) = match step {
            Step::Takes { .. } => (0, 31),
            Step::Runs { .. } => (0, 38),
            Step::Passes { .. } => (1, 40),
            Step::Arrives { .. } | Step::Starts { .. } => (1, 60),
        };
        Some(Place { source, line, column: 5 })
    }

    fn pins(course: &Course, state: &State) -> Vec<Pin> {
        (0..course.runners)
            .filter(|runner| *runner != state.baton)
            .map(|runner| Pin {
                place: Place { source: 0, line: 33, column: 1 },
                actor: runner.into(),
            })
            .collect()
    }

    fn label((): &(), state: &State, go: &Go) -> Label {
        let code = if go.0 == state.baton { "run()" } else { "" };
        Label {
            text: format!("Runner {} goes", go.0 + 1),
            code: code.to_owned(),
            actor: Some(go.0.into()),
        }
    }

    fn rest(_: &Course, state: &State) -> Option<Rest> {
        let over = Relay { state: state.clone() }.commands().is_empty();
        match state.false_start {
            Some(runner) => Some(Rest {
                sentence: format!("Runner {} has spoilt the race: nobody may go on.", runner + 1),
                fault: true,
            }),
            None if over => Some(Rest { sentence: "The race is over.".to_owned(), fault: false }),
            None => None,
        }
    }

    fn describe(_: &Course, state: &State) -> String {
        let State { course, baton, legs, false_start } = state;
        let start = false_start.map_or(String::new(), |r| format!(" False start of {}.", r + 1));
        format!("{} runners; {} has the baton; {legs} legs run.{start}", course.runners, baton + 1)
    }

    fn picture(course: &Course, state: &State, _: Option<&Step>, canvas: Canvas) -> Picture {
        let Canvas { width, height, text: size } = canvas;
        let (w, h) = ((width * 0.8).min(size * 40.0), size * 3.4);
        let pitch = (height / f32::from(course.runners).max(1.0)).min(h * 1.5);
        let top = (height - pitch * f32::from(course.runners)) / 2.0;
        let left = (width - w) / 2.0;
        let mut items = Vec::new();
        for runner in 0..course.runners {
            let y = top + pitch * f32::from(runner);
            let look = Look(runner + 1);
            let pen = match state.false_start == Some(runner) {
                true => Pen::dashed(Ink::FAULT, 2.0),
                false => Pen::new(Ink::actor(look), 2.0),
            };
            let inside = if pen.dashed { Ink::FAULT_HATCH } else { Ink::actor_tint(look) };
            let mut item = Item::new(format!("runner {runner}"), left, y);
            item.rect([0.0, 0.0, w, h], 6.0, inside, pen);
            item.badge([h * 0.5, h * 0.5, size * 1.5], look, &(runner + 1).to_string());
            let name = format!("Runner {}", runner + 1);
            item.text(h, h * 0.62, size * 1.1, BOLD, Ink::TEXT, &name);
            items.push(item);
        }
        let y = top + pitch * f32::from(state.baton) + h * 0.5;
        let mut baton = Item::new("baton".to_owned(), left + w - h * 1.6, y);
        baton.hint("the baton");
        baton.rect([0.0, -size * 0.6, size * 5.0, size * 1.2], 6.0, Ink::ACCENT, Pen::NONE);
        baton.text(size * 2.5, size * 0.35, size, MIDDLE, Ink::ON_ACTOR, "baton");
        items.push(baton);
        Picture { width, height, scale: 1.0, items }
    }

    fn editor(ctx: Ctx<Self>) -> El {
        let editor =
            markup("<div><label>Runners <input type=number></label><p role=alert></p></div>");
        let part = |name| editor.element().query_selector(name).unwrap().unwrap();
        let (input, error) = (part("input"), El::from(part("p")));
        set_value(&input, &ctx.scenario().runners.to_string());
        editor.on("change", move |_| {
            let runners = value(&input).parse().unwrap_or(0);
            let started = ctx.start(Course { runners, rounds: 2 });
            error.say(&started.err().unwrap_or_default());
        })
    }
}
