//! The editor: what runs the tasks, and the tasks themselves.

mod program;
mod stored;
mod switches;

use super::Page;
use crate::dom::{El, markup};
use crate::stage::Ctx;

/// Everything that a scenario consists of. A change begins a new run; what cannot run leaves the one
/// that is there as it was.
pub(crate) fn editor(ctx: Ctx<Page>) -> El {
    let says = "<div class=executor-editor><p class=hint>A change begins a new run; you can return to \
                the one before.</p></div>";
    markup(says).child(switches::switches(ctx)).child(program::program(ctx))
}
