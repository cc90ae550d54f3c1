//! `check`: the quick loop.

use crate::Result;
use crate::project::Project;
use crate::suite;

/// The command `check`: the parts of the suite that need no browser.
pub(crate) fn run(project: &mut Project, arguments: &[String]) -> Result {
    if let Some(unknown) = arguments.first() {
        return Err(format!("`check` takes no `{unknown}`"));
    }
    let names = ["fmt", "invariants", "clippy", "host"].map(str::to_owned);
    suite::run(project, &names)
}
