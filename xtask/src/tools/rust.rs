//! The two toolchains: the pinned one of rust-toolchain.toml, and one nightly.

use std::path::Path;

use crate::Result;
use crate::process::{output, run};
use crate::project::{Project, program_in};

/// The nightly, named here and nowhere else. Miri runs on it.
pub(crate) const NIGHTLY: &str = "nightly-2026-10-15";

/// Sees to the components and the target that rust-toolchain.toml lists: rustup installs them with
/// the toolchain, but not into a toolchain that was there before.
pub(crate) fn pinned(project: &Project) -> Result {
    let sysroot = output(project.command("rustc").args(["--print", "sysroot"]))?;
    let sysroot = Path::new(sysroot.trim());
    let complete = sysroot.join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir()
        && ["cargo-fmt", "cargo-clippy"]
            .iter()
            .all(|program| program_in(&sysroot.join("bin"), program).is_some());
    if complete {
        return Ok(());
    }
    eprintln!("installing the components and the target of rust-toolchain.toml");
    rustup(project, &["toolchain", "install"])
}

/// Installs the nightly where it is not.
pub(crate) fn nightly(project: &Project) -> Result {
    let mut which = project.command("rustup");
    which.args(["which", "--toolchain", NIGHTLY, "cargo-miri"]).env("RUSTUP_AUTO_INSTALL", "0");
    if project.find("rustup").is_some() && output(&mut which).is_ok() {
        return Ok(());
    }
    eprintln!("installing {NIGHTLY} with Miri");
    let what = ["toolchain", "install", NIGHTLY, "--profile", "minimal", "-c", "miri,rust-src"];
    rustup(project, &what)
}

fn rustup(project: &Project, arguments: &[&str]) -> Result {
    if project.find("rustup").is_none() {
        return Err("this needs rustup, which is not on PATH: see https://rustup.rs".to_owned());
    }
    let mut rustup = project.command("rustup");
    // The person's own rustup is left as it is.
    rustup.args(arguments).arg("--no-self-update");
    // Set by the `cargo` that started this program; rustup shall read rust-toolchain.toml instead.
    run(rustup.env_remove("RUSTUP_TOOLCHAIN"))
}
