//! What the engines depend on.

use super::Violation;
use crate::Result;
use crate::process::output;
use crate::project::{Project, folders_in};

/// What no engine may have below it, however deep: the page and the browser.
const PAGE_AND_BROWSER: &[&str] =
    &["leptos", "web-sys", "js-sys", "wasm-bindgen", "wasm-bindgen-futures", "gloo", "getrandom"];

/// An engine is pure Rust: its tree of dependencies, on every target, has no page and no browser.
pub(super) fn engines_are_pure(project: &Project) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for engine in folders_in(&project.path("demos")) {
        let tree = output(project.command("cargo").args([
            "tree",
            "--locked",
            "--package",
            &engine,
            "--edges",
            "normal,build",
            "--target",
            "all",
            "--prefix",
            "none",
        ]))?;
        found.extend(impure(&engine, &tree));
    }
    Ok(found)
}

/// The violations in what `cargo tree` says of an engine, a package a line.
fn impure(engine: &str, tree: &str) -> Vec<Violation> {
    let mut names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| PAGE_AND_BROWSER.contains(name));
    let path = format!("demos/{engine}/Cargo.toml");
    names
        .iter()
        .map(|name| Violation { path: path.clone(), line: 1, what: format!("depends on {name}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_dependency_is_found_however_deep() {
        let tree = "executor v0.1.0 (/x)\nmachine v0.1.0 (/y)\nfoo v1.0.0\njs-sys v0.3.1\njs-sys v0.3.1 (*)\n";
        let found = impure("executor", tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "demos/executor/Cargo.toml");
        assert_eq!(found[0].what, "depends on js-sys");
    }

    #[test]
    fn a_pure_tree_is_pure() {
        assert_eq!(impure("machine", "machine v0.1.0 (/y)\n"), []);
    }
}
