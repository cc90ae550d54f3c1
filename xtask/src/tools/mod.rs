//! The tools: which, at which version, and how each is had.
//!
//! What is installed goes under `target/tools/`; a tool that is on PATH at the right version is
//! used as it is. Each command asks only for what it needs.

mod browser;
mod cargo;
mod npm;
mod rust;

pub(crate) use browser::{Browser, CHROMIUM, FIREFOX};
pub(crate) use rust::NIGHTLY;

use crate::Result;
use crate::project::Project;
use cargo::{CargoTool, Version};
use npm::NpmTools;

/// Something that a command needs before it can begin.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tool {
    /// The target and components of rust-toolchain.toml.
    Pinned,
    /// The nightly, with Miri.
    Nightly,
    /// A program from the registry of crates.
    Cargo(&'static CargoTool),
    /// A folder of npm packages.
    Npm(&'static NpmTools),
    /// A browser with its driver.
    Browser(&'static Browser),
}

/// Bundles the page.
pub(crate) const TRUNK: Tool = Tool::Cargo(&CargoTool {
    package: "trunk",
    program: "trunk",
    version: Version::Exactly("0.22.1"),
    opt_level: 0,
});

/// Makes the module's JavaScript; must be of the very version that the page is compiled with.
pub(crate) const WASM_BINDGEN: Tool = Tool::Cargo(&CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: Version::OfLocked("wasm-bindgen"),
    // An unoptimised wasm-bindgen is slow on big modules.
    opt_level: 1,
});

/// Runs the browser tests.
pub(crate) const WASM_PACK: Tool = Tool::Cargo(&CargoTool {
    package: "wasm-pack",
    program: "wasm-pack",
    version: Version::Exactly("0.15.1"),
    opt_level: 0,
});

/// Looks through the dependencies' licences, sources and known holes.
pub(crate) const CARGO_DENY: Tool = Tool::Cargo(&CargoTool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: Version::Exactly("0.20.2"),
    opt_level: 0,
});

/// Drives Firefox.
pub(crate) const GECKODRIVER: Tool = Tool::Cargo(&CargoTool {
    package: "geckodriver",
    program: "geckodriver",
    version: Version::Exactly("0.37.1"),
    opt_level: 0,
});

/// Makes the module small. The version stands in `xtask/npm/wasm-opt/`, and in Trunk.toml.
pub(crate) const WASM_OPT: Tool =
    Tool::Npm(&NpmTools { folder: "wasm-opt", alone: Some(("wasm-opt", "binaryen")) });

/// Checks the spelling.
pub(crate) const SPELL: Tool = Tool::Npm(&NpmTools { folder: "spell", alone: None });

/// Drives the release build in a browser, and looks for what shuts people out.
pub(crate) const JOURNEYS: Tool = Tool::Npm(&NpmTools { folder: "journeys", alone: None });

/// Checks the workflows of `.github/`.
pub(crate) const WORKFLOWS: Tool = Tool::Npm(&NpmTools { folder: "workflows", alone: None });

/// Makes each of `tools` ready, in order; the error is one sentence on what cannot be had.
pub(crate) fn ready(project: &mut Project, tools: &[Tool]) -> Result {
    for tool in tools {
        if !project.first_time(tool.name()) {
            continue;
        }
        match tool {
            Tool::Pinned => rust::pinned(project)?,
            Tool::Nightly => rust::nightly(project)?,
            Tool::Cargo(tool) => tool.ready(project)?,
            Tool::Npm(tools) => tools.ready(project)?,
            Tool::Browser(browser) => browser.ready(project)?,
        }
    }
    cargo::forget_builds(project)
}

impl Tool {
    fn name(&self) -> &'static str {
        match self {
            Tool::Pinned => "pinned toolchain",
            Tool::Nightly => NIGHTLY,
            Tool::Cargo(tool) => tool.package,
            Tool::Npm(tools) => tools.folder,
            Tool::Browser(browser) => browser.name,
        }
    }
}

/// Whether what a program says of its version has `version` in it, as a word.
fn says_version(said: &str, version: &str) -> bool {
    said.split(|c: char| c.is_whitespace() || "()".contains(c))
        .any(|word| word.strip_prefix('v').unwrap_or(word) == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_whole_word() {
        assert!(says_version("trunk 0.22.1\n", "0.22.1"));
        assert!(says_version("wasm-opt version 132 (version_132)", "132"));
        assert!(says_version("tool v1.2.3 (abc)", "1.2.3"));
        assert!(!says_version("trunk 0.22.10", "0.22.1"));
        assert!(!says_version("", "1"));
    }
}
