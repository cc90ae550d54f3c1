//! The bump arena beside bumpalo, natively and in WebAssembly; and what it costs that the heap could
//! be watched.

use std::fs;

use super::{Figure, reported};
use crate::Result;
use crate::process::run;
use crate::project::Project;
use crate::tools::{self, Tool};

/// Where the crate that races them stands.
const PEER: &str = "xtask/peers/arena";

/// Time of an allocation and bytes of a program, ours against bumpalo's.
pub(super) fn figures(project: &mut Project) -> Result<Vec<Figure>> {
    tools::ready(project, &[Tool::Pinned])?;
    let target = project.path("target/peers/build");
    let cargo = |project: &Project, what: &str| {
        let mut cargo = project.command("cargo");
        cargo.args([what, "--locked", "--quiet", "--release"]).current_dir(project.path(PEER));
        cargo.env("CARGO_TARGET_DIR", &target);
        cargo
    };
    let mut figures = reported::figures("arena", cargo(project, "run").args(["--bin", "race"]))?;
    let mut measure = project.command("node");
    measure.arg(project.path(PEER).join("measure.mjs"));
    for (name, features) in [("bare", ""), ("watched", "watched")] {
        let wasm = ["--lib", "--target", "wasm32-unknown-unknown", "--features", features];
        run(cargo(project, "build").args(wasm))?;
        let module = project.path("target/peers").join(format!("arena-{name}.wasm"));
        let built = target.join("wasm32-unknown-unknown/release/arena_race.wasm");
        fs::copy(&built, &module).map_err(|error| format!("{}: {error}", built.display()))?;
        measure.arg(module);
    }
    figures.extend(reported::figures("arena", &mut measure)?);
    Ok(figures)
}
