//! `build`: the release build in `dist/`, ready to host at any sub-path of any static host.

use std::process::Command;

use crate::Result;
use crate::finish::{self, finish};
use crate::process::run as run_command;
use crate::project::Project;
use crate::tools::{self, TRUNK, Tool, WASM_BINDGEN, WASM_OPT};

/// The command `build`.
pub(crate) fn run(project: &mut Project, arguments: &[String]) -> Result {
    if let Some(unknown) = arguments.first() {
        return Err(format!("`build` takes no `{unknown}`"));
    }
    build(project)
}

/// Builds `dist/`, once in a run.
pub(crate) fn build(project: &mut Project) -> Result {
    if project.built {
        return Ok(());
    }
    build_with_trunk(project)?;
    let build = finish(project, finish::Kind::Hosted)?;
    project.built = true;
    eprintln!("dist/ is build {build}");
    Ok(())
}

/// Builds `dist/` as trunk leaves it.
pub(crate) fn build_with_trunk(project: &mut Project) -> Result {
    tools::ready(project, &[Tool::Pinned, TRUNK, WASM_BINDGEN, WASM_OPT])?;
    let flags = same_paths_everywhere(project);
    run_command(
        trunk(project)
            .args(["build", "--release", "--locked", "--public-url", "./"])
            .env("CARGO_ENCODED_RUSTFLAGS", flags),
    )
}

/// trunk, without the variable on whose usual value it trips.
pub(crate) fn trunk(project: &Project) -> Command {
    let mut command = project.command("trunk");
    command.env_remove("NO_COLOR");
    command
}

/// Flags that keep this machine's folders out of the module (each `Location` in a dependency names
/// a file), so that builds in different folders are equal to the byte.
fn same_paths_everywhere(project: &Project) -> String {
    let cargo_home = std::env::var_os("CARGO_HOME").map(std::path::PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let registry = cargo_home.map(|home| home.join("registry").join("src"));
    [registry, Some(project.root().to_owned())]
        .into_iter()
        .flatten()
        .map(|path| format!("--remap-path-prefix={}=", path.display()))
        .collect::<Vec<_>>()
        .join("\u{1f}")
}
