//! The editor: what runs the tasks, and the tasks themselves.

mod draft;
mod program;
mod switches;

use super::Page;
use crate::dom::{El, el};
use crate::stage::Ctx;

/// Everything that a scenario consists of. A change begins a new run; what cannot run leaves the one
/// that is there as it was.
pub(crate) fn editor(ctx: Ctx<Page>) -> El {
    let says = "A change begins a new run; you can return to the one before.";
    el("div")
        .class("executor-editor")
        .child(el("p").class("hint").text(says))
        .child(switches::switches(ctx))
        .child(program::program(ctx))
}
