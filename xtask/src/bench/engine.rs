//! The engine on its own, as WebAssembly: optimised for speed, as in the page, and for size.

use std::fs;

use super::{Figure, reported, size};
use crate::Result;
use crate::process::{output, run};
use crate::project::Project;
use crate::tools::{self, Tool, WASM_OPT};

/// The run that is measured has at least so many steps.
const STEPS: &str = "10000";

/// Where the crate that plays the run stands.
const PEER: &str = "xtask/peers/engine";

/// Time and size of the engine both ways, and the one time against the other.
pub(super) fn figures(project: &mut Project) -> Result<Vec<Figure>> {
    tools::ready(project, &[Tool::Pinned, WASM_OPT])?;
    let ways = [("release", "opt-level 3"), ("small", "opt-level z")];
    let mut modules = Vec::new();
    for (profile, _) in ways {
        run(project
            .command("cargo")
            .args(["build", "--locked", "--lib", "--target", "wasm32-unknown-unknown"])
            .args(["--profile", profile])
            .current_dir(project.path(PEER))
            .env("CARGO_TARGET_DIR", project.path("target/peers/build")))?;
        let built = project.path("target/peers/build/wasm32-unknown-unknown");
        let module = project.path("target/peers").join(format!("engine-{profile}.wasm"));
        // What is measured is what the page would have.
        run(project
            .command("wasm-opt")
            .arg("-Oz")
            .arg(built.join(profile).join("engine.wasm"))
            .arg("--output")
            .arg(&module))?;
        modules.push(module);
    }
    let said = output(
        project
            .command("node")
            .arg(project.path(PEER).join("measure.mjs"))
            .arg(STEPS)
            .args(&modules),
    )?;
    let times: Vec<f64> = said.lines().filter_map(|line| line.trim().parse().ok()).collect();
    let [speed, small] = times[..] else { return Err(format!("no two times: {said}")) };

    let figure = |what: String, value, unit: &str, limit| Figure {
        demo: "executor",
        what,
        value,
        unit: unit.to_owned(),
        limit,
    };
    let mut figures = Vec::new();
    for ((_, way), (time, module)) in ways.iter().zip(times.iter().zip(&modules)) {
        let packed = size::packed(project, module)? as f64 / 1000.0;
        figures.push(figure(format!("engine alone, {way}: {STEPS} steps"), *time, "ms", None));
        figures.push(figure(format!("engine alone, {way}: size"), packed, "KB brotli", None));
        let _ = fs::remove_file(module);
    }
    let what = "engine at opt-level 3: its time against that at z";
    figures.push(figure(what.to_owned(), speed / small, "x", Some(1.0)));
    Ok(figures)
}

/// What the player does with a long run of it, measured on this machine: running again, snapshots,
/// seeking, going back.
pub(super) fn natively(project: &mut Project) -> Result<Vec<Figure>> {
    tools::ready(project, &[Tool::Pinned])?;
    let mut cargo = project.command("cargo");
    cargo.args(["run", "--locked", "--quiet", "--release", "--package", "executor"]);
    reported::figures("executor", cargo.args(["--example", "figures"]))
}

/// The path of the executor's page with the measured run, below the base.
pub(super) fn page_with_run(project: &Project) -> Result<String> {
    let link = output(
        project
            .command("cargo")
            .args(["run", "--locked", "--quiet", "--release", "--bin", "link", "--", STEPS])
            .current_dir(project.path(PEER))
            .env("CARGO_TARGET_DIR", project.path("target/peers/build")),
    )?;
    Ok(format!("executor/#{}", link.trim()))
}
