//! Programs from the registry of crates, compiled here.

use std::fs;
use std::path::PathBuf;

use super::says_version;
use crate::Result;
use crate::process::{output, run};
use crate::project::{Project, program_in};

/// A program that `cargo install` gives.
#[derive(Debug)]
pub(crate) struct CargoTool {
    /// Its package in the registry.
    pub(super) package: &'static str,
    /// The program that tells the version.
    pub(super) program: &'static str,
    /// The only version that will do.
    pub(super) version: Version,
    /// How much the compiler works on it: as little as will do, for it is run a few times and
    /// compiled once.
    pub(super) opt_level: u8,
}

/// Where a version is written down.
#[derive(Debug)]
pub(crate) enum Version {
    /// Here.
    Exactly(&'static str),
    /// In Cargo.lock, as the version of this package.
    OfLocked(&'static str),
}

impl CargoTool {
    pub(super) fn ready(&self, project: &Project) -> Result {
        let version = match self.version {
            Version::Exactly(version) => version.to_owned(),
            Version::OfLocked(package) => {
                let file = project.path("Cargo.lock");
                let lock = fs::read_to_string(file).map_err(|e| format!("Cargo.lock: {e}"))?;
                locked_version(&lock, package)
                    .ok_or_else(|| format!("Cargo.lock has no package `{package}`"))?
            }
        };
        if self.is_there(project, &version) {
            return Ok(());
        }
        eprintln!("compiling {} {version} into target/tools (once, a few minutes)", self.package);
        let locked = run(self.install(project, &version).arg("--locked"));
        if locked.is_err() {
            // Its own lock file may name a release that this registry does not have.
            eprintln!("trying again without its lock file");
            run(&mut self.install(project, &version))
                .map_err(|error| format!("{} {version} cannot be had: {error}", self.package))?;
        }
        Ok(())
    }

    /// Whether the right version is at hand. Our own copy hides the one on PATH, so it must be right.
    fn is_there(&self, project: &Project, version: &str) -> bool {
        let own = program_in(&project.tools().join("bin"), self.program);
        let Some(file) = own.or_else(|| project.find(self.program)) else { return false };
        output(std::process::Command::new(file).arg("--version"))
            .is_ok_and(|said| says_version(&said, version))
    }

    fn install(&self, project: &Project, version: &str) -> std::process::Command {
        let mut command = project.command("cargo");
        command
            .args(["install", "--debug", "--force", "--root"])
            .arg(project.tools())
            .arg(format!("{}@{version}", self.package))
            // One folder for all of them: they have half of their dependencies in common.
            .env("CARGO_TARGET_DIR", builds(project))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", self.opt_level.to_string())
            .env_remove("RUSTFLAGS");
        command
    }
}

/// Where programs are compiled.
fn builds(project: &Project) -> PathBuf {
    project.tools().join("build")
}

/// Removes what programs were compiled from: ten times their size, and they are compiled once.
pub(super) fn forget_builds(project: &Project) -> Result {
    let folder = builds(project);
    match fs::remove_dir_all(&folder) {
        Err(error) if folder.exists() => Err(format!("{}: {error}", folder.display())),
        _ => Ok(()),
    }
}

/// The version of a package in the text of a lock file.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.9\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";

    #[test]
    fn the_locked_version_is_that_of_the_very_package() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
    }
}
