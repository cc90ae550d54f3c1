//! The editor of a program that the person types: what a demo says about its language, and what the
//! stage makes of that. The editor itself is there once for all languages.

mod editor;
mod inserted;
mod marked;
mod stored;

pub use marked::{KEYWORD, TYPE, marked};

use text::{Entry, Example, Problem};

use super::demo::{Demo, ScenarioOf};
use super::{Ctx, Stage};
use crate::dom::El;

/// A language in which programs are typed.
pub struct Language {
    /// What is typed, as it stands above the text: `Your own tasks`.
    pub title: &'static str,
    /// The name under which the browser keeps what was typed, different for each language.
    pub key: &'static str,
    /// The most bytes that a program may have.
    pub most: usize,
    /// All that is wrong with a text, in its order; nothing is wrong with one that can run.
    pub problems: fn(&str) -> Vec<Problem>,
    /// Programs to begin with; the first stands there as long as nothing was typed.
    pub examples: &'static [Example],
    /// Its words.
    pub reference: &'static [Entry],
}

/// A demo whose scenario may be a program that the person types.
pub trait Typed: Demo {
    /// How it is typed.
    const LANGUAGE: &'static Language;

    /// What was typed, if the scenario is of that kind.
    fn typed(scenario: &ScenarioOf<Self>) -> Option<&str>;

    /// The scenario with this text for its program, everything else as it is.
    fn with_typed(scenario: ScenarioOf<Self>, text: String) -> ScenarioOf<Self>;
}

/// The editor of a program that the person types. What runs stays as it is until another program is
/// run.
pub fn program<D: Typed>(ctx: Ctx<D>) -> El {
    editor::editor(Host {
        stage: ctx.stage,
        language: D::LANGUAGE,
        running: |stage| D::typed(&Ctx::<D>::new(stage).scenario_now()).map(str::to_owned),
        start: |stage, text| {
            let ctx = Ctx::<D>::new(stage);
            ctx.start(D::with_typed(ctx.scenario_now(), text))
        },
    })
}

/// What the editor knows of the demo in which it stands.
#[derive(Clone, Copy)]
struct Host {
    stage: Stage,
    language: &'static Language,
    /// The text that runs, if what runs was typed.
    running: fn(Stage) -> Option<String>,
    /// Begins a run of a text.
    start: fn(Stage, String) -> Result<(), String>,
}

impl Host {
    fn problems(&self, text: &str) -> Vec<Problem> {
        (self.language.problems)(text)
    }

    fn running(&self) -> Option<String> {
        (self.running)(self.stage)
    }

    fn start(&self, text: String) -> Result<(), String> {
        (self.start)(self.stage, text)
    }
}
