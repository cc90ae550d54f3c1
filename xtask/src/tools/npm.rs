//! Programs and libraries from the registry of npm, each set in a folder with its own lock file.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::says_version;
use crate::Result;
use crate::process::{output, run};
use crate::project::Project;

/// The oldest Node.js that all of them run on.
const OLDEST_NODE: u32 = 20;

/// A folder of `xtask/npm/`: its package.json names the packages and versions.
#[derive(Debug)]
pub(crate) struct NpmTools {
    /// Its name; also below `target/tools/npm/`, where it is installed.
    pub(super) folder: &'static str,
    /// A program that does as well from PATH, and the package whose version it must have.
    pub(super) alone: Option<(&'static str, &'static str)>,
}

impl NpmTools {
    pub(super) fn ready(&self, project: &mut Project) -> Result {
        let from = project.path("xtask/npm").join(self.folder);
        let to = project.tools().join("npm").join(self.folder);
        let programs = to.join("node_modules").join(".bin");
        let read = |path: PathBuf| {
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let wanted = read(from.join("package-lock.json"))?;
        let stamp = to.join("installed-lock.json");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            project.look_in(programs);
            return node_will_do(project);
        }
        if let Some((program, package)) = self.alone {
            let version = version_in(&read(from.join("package.json"))?, package)?;
            if !to.exists() && is_on_path(project, program, &version) {
                return Ok(());
            }
        }
        node_will_do(project)?;
        if project.find("npm").is_none() {
            return Err("this needs npm, which comes with Node.js: see https://nodejs.org".into());
        }
        eprintln!("installing the npm packages of xtask/npm/{} into target/tools", self.folder);
        fs::create_dir_all(&to).map_err(|error| format!("{}: {error}", to.display()))?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(from.join(file), to.join(file)).map_err(|error| format!("{file}: {error}"))?;
        }
        run(project
            .command("npm")
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&to)
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
        .map_err(|error| format!("the npm packages of {} cannot be had: {error}", self.folder))?;
        fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))?;
        project.look_in(programs);
        Ok(())
    }
}

fn is_on_path(project: &Project, program: &str, version: &str) -> bool {
    project.find(program).is_some_and(|file| {
        output(Command::new(file).arg("--version")).is_ok_and(|said| says_version(&said, version))
    })
}

/// The version that a package.json asks of a package, as its programs tell it: `132` for `132.0.0`.
pub(super) fn version_in(manifest: &str, package: &str) -> Result<String> {
    let key = format!("\"{package}\": \"");
    let (_, rest) = manifest.split_once(&key).ok_or(format!("package.json lacks `{package}`"))?;
    let version = rest.split('"').next().unwrap_or_default();
    Ok(version.strip_suffix(".0.0").unwrap_or(version).to_owned())
}

fn node_will_do(project: &Project) -> Result {
    let sentence = format!("this needs Node.js {OLDEST_NODE} or newer: see https://nodejs.org");
    if project.find("node").is_none() {
        return Err(sentence);
    }
    let said = output(project.command("node").arg("--version"))?;
    let major = said.trim().trim_start_matches('v').split('.').next();
    match major.and_then(|number| number.parse::<u32>().ok()) {
        Some(number) if number >= OLDEST_NODE => Ok(()),
        _ => Err(format!("{sentence} (here it is {})", said.trim())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_as_programs_tell_it() {
        let manifest = r#"{ "dependencies": { "binaryen": "132.0.0", "cspell": "9.8.1" } }"#;
        assert_eq!(version_in(manifest, "binaryen").as_deref(), Ok("132"));
        assert_eq!(version_in(manifest, "cspell").as_deref(), Ok("9.8.1"));
        assert!(version_in(manifest, "other").is_err());
    }

    #[test]
    fn trunk_is_told_the_same_wasm_opt() {
        let project = Project::here();
        let manifest = fs::read_to_string(project.path("xtask/npm/wasm-opt/package.json")).unwrap();
        let version = version_in(&manifest, "binaryen").unwrap();
        let trunk = fs::read_to_string(project.path("Trunk.toml")).unwrap();
        assert!(trunk.contains(&format!("wasm_opt = \"version_{version}\"")), "{trunk}");
    }
}
