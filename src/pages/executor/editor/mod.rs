//! The editor: what runs the tasks, and the tasks themselves.

mod switches;

use executor::lang::{self, EXAMPLES, REFERENCE};
use executor::{Program, Scenario};

use super::Page;
use crate::dom::{El, markup};
use crate::stage::{Ctx, Language, Typed, program};

impl Typed for Page {
    const LANGUAGE: &'static Language = &Language {
        title: "Your own tasks",
        key: "oxidoscope-executor-program",
        most: lang::limits::TEXT,
        problems: |text| lang::parse(text).err().unwrap_or_default(),
        examples: EXAMPLES,
        reference: REFERENCE,
    };

    fn typed(scenario: &Scenario) -> Option<&str> {
        match &scenario.program {
            Program::Text(text) => Some(text),
            Program::Scene(_) => None,
        }
    }

    fn with_typed(scenario: Scenario, text: String) -> Scenario {
        Scenario { program: Program::Text(text), ..scenario }
    }
}

/// Everything that a scenario consists of. A change begins a new run; what cannot run leaves the one
/// that is there as it was.
pub(crate) fn editor(ctx: Ctx<Page>) -> El {
    let says = "<div class=scenario-editor><p class=hint>A change begins a new run; you can return to \
                the one before.</p></div>";
    markup(says).child(switches::switches(ctx)).child(program(ctx))
}
