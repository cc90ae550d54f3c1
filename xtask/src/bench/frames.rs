//! What a step costs the page while a long run is loaded, in the release build.

use super::{Figure, engine, reported};
use crate::Result;
use crate::dist;
use crate::project::Project;
use crate::tools::{self, CHROMIUM, JOURNEYS, Tool};

/// The figures of `tests/bench/frames.mjs`.
pub(super) fn figures(project: &mut Project) -> Result<Vec<Figure>> {
    dist::build(project)?;
    tools::ready(project, &[JOURNEYS, Tool::Browser(&CHROMIUM)])?;
    let path = engine::page_with_run(project)?;
    let browser = CHROMIUM.file(project).ok_or("the browser has gone")?;
    let mut measure = project.command("node");
    measure.args(["tests/bench/frames.mjs", &path]).env("CHROME", browser);
    reported::figures("executor", &mut measure)
}
