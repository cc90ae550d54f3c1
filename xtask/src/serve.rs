//! `serve`: builds and serves the playground, prints its address, rebuilds on change.

use crate::Result;
use crate::dist::trunk;
use crate::process::run;
use crate::project::Project;
use crate::tools::{self, TRUNK, Tool, WASM_BINDGEN};

/// Runs until it is interrupted; `options` go to trunk (`--port 9000`, `--open`).
pub(crate) fn run_trunk(project: &mut Project, options: &[String]) -> Result {
    tools::ready(project, &[Tool::Pinned, TRUNK, WASM_BINDGEN])?;
    // Not into `dist/`: that is for hosting.
    run(trunk(project).args(["serve", "--dist", "target/serve"]).args(options))
}
