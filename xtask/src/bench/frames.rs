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
    in_browser(project, "executor", &["tests/bench/frames.mjs", &path])
}

/// The figures of `tests/bench/map.mjs`: the arena's map with very many allocations.
pub(super) fn map(project: &mut Project) -> Result<Vec<Figure>> {
    dist::build(project)?;
    tools::ready(project, &[JOURNEYS, Tool::Browser(&CHROMIUM)])?;
    in_browser(project, "arena", &["tests/bench/map.mjs"])
}

fn in_browser(project: &Project, demo: &'static str, script: &[&str]) -> Result<Vec<Figure>> {
    let browser = CHROMIUM.file(project).ok_or("the browser has gone")?;
    reported::figures(demo, project.command("node").args(script).env("CHROME", browser))
}
