//! What must not be in the code: the absences that the architecture rests on.
//!
//! Each rule is a function from a file to its violations, so that a test can plant one. What the
//! compiler or clippy can be asked for is asked there (an `unsafe` block without its reason, a
//! missing document), not here.

mod dependencies;
mod text;

use std::fs;
use std::path::Path;

use crate::Result;
use crate::project::Project;

/// The only files with a need for `unsafe`; every crate without one of them forbids it.
const MAY_BE_UNSAFE: &[&str] = &[
    // Allocators.
    "demos/arena/alloc/src/blocks.rs",
    "demos/arena/alloc/src/bump.rs",
    "demos/arena/alloc/src/buddies.rs",
    "demos/arena/alloc/src/chunk.rs",
    "demos/arena/alloc/src/free_list.rs",
    "demos/arena/alloc/src/region.rs",
    "demos/arena/alloc/src/size_classes.rs",
    "demos/arena/alloc/src/typed.rs",
    "demos/arena/heap/src/elements.rs",
    "demos/arena/heap/src/global.rs",
    "demos/arena/heap/src/heap.rs",
    "demos/arena/heap/src/logged.rs",
    "demos/arena/heap/src/map.rs",
    "demos/arena/heap/src/typed.rs",
    "demos/arena/race/src/kernel.rs",
    "demos/arena/race/src/kernel/tests.rs",
    "demos/arena/tests/random/blocks.rs",
    "demos/arena/tests/random/watch.rs",
    "demos/arena/report/src/tracer.rs",
    "demos/arena/watch/src/lib.rs",
    "demos/arena/watch/src/memory.rs",
    // The waker's vtable.
    "demos/executor/runtime/src/waker.rs",
    // An allocator that counts, for the bounds on memory.
    "demos/machine/tests/all/allocations.rs",
    // Functions with names of their own, to be called from outside the module.
    "xtask/peers/arena/src/lib.rs",
    "xtask/peers/engine/src/lib.rs",
    "xtask/src/finish/split/tests/program.rs",
];

/// The only hash map of an engine: its hasher is the same in every visit.
const HASHES_THE_SAME: &str = "demos/arena/heap/src/map.rs";

/// Where the page's own files are, besides index.html.
const PAGE: &[&str] = &["src", "style", "static"];

/// A file of the project: its path below the root, with slashes, and its text.
#[derive(Debug)]
struct Source {
    path: String,
    text: String,
}

/// Something that is where it must not be.
#[derive(Debug, PartialEq, Eq)]
struct Violation {
    path: String,
    line: usize,
    what: String,
}

/// A rule for the text of one file.
struct Rule {
    /// Whether the rule is about this file.
    about: fn(&str) -> bool,
    find: fn(&Source) -> Vec<Violation>,
}

const RULES: &[Rule] = &[
    Rule { about: must_be_the_same, find: text::no_clock_and_no_chance },
    Rule { about: is_engine, find: text::no_colour_and_no_pixel },
    Rule { about: is_snapshot, find: text::only_values },
    Rule { about: is_rust, find: text::safety_is_explained },
    Rule { about: is_safe, find: text::nothing_is_unsafe },
    Rule { about: is_crate_root, find: text::unsafe_is_forbidden },
    Rule { about: is_page, find: text::no_other_origin },
    Rule { about: is_rust, find: text::not_too_long },
    Rule { about: |_| true, find: text::nightly_is_named_once },
];

/// Checks them all; prints each violation with its place.
pub(crate) fn check(project: &Project) -> Result {
    let mut violations = Vec::new();
    let sources = sources(project)?;
    for source in &sources {
        for rule in RULES.iter().filter(|rule| (rule.about)(&source.path)) {
            violations.extend((rule.find)(source));
        }
    }
    violations.extend(dependencies::engines_are_pure(project)?);
    for Violation { path, line, what } in &violations {
        eprintln!("{path}:{line}: {what}");
    }
    if violations.is_empty() {
        eprintln!("{} files: nothing is where it must not be", sources.len());
        return Ok(());
    }
    Err(format!("{} violations of what ARCHITECTURE.md rules out", violations.len()))
}

fn is_rust(path: &str) -> bool {
    path.ends_with(".rs")
}

/// The code of the engines, not their tests.
fn is_engine(path: &str) -> bool {
    is_rust(path) && path.starts_with("demos/") && path.contains("/src/")
}

fn must_be_the_same(path: &str) -> bool {
    is_engine(path) && path != HASHES_THE_SAME
}

fn is_snapshot(path: &str) -> bool {
    is_engine(path) && path.ends_with("/snapshot.rs")
}

fn is_safe(path: &str) -> bool {
    is_rust(path) && !MAY_BE_UNSAFE.contains(&path)
}

/// The root file of a crate that has no need for `unsafe`.
fn is_crate_root(path: &str) -> bool {
    let Some((folder, file)) = path.rsplit_once('/') else { return false };
    let root =
        matches!(file, "lib.rs" | "main.rs") && folder.ends_with("src") || folder == "src/bin";
    root && !MAY_BE_UNSAFE.iter().any(|file| file.starts_with(&format!("{folder}/")))
}

fn is_page(path: &str) -> bool {
    path == "index.html" || PAGE.iter().any(|folder| path.starts_with(&format!("{folder}/")))
}

/// The project's own text files, as the folders stand.
fn sources(project: &Project) -> Result<Vec<Source>> {
    const LEFT_OUT: &[&str] = &["target", "dist", "node_modules"];
    const TEXT: &[&str] = &["rs", "toml", "md", "html", "css", "js", "mjs", "json", "yml"];
    let mut found = Vec::new();
    let mut left = vec![(project.root().to_owned(), String::new())];
    while let Some((folder, prefix)) = left.pop() {
        let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let (file, path) = (entry.path(), format!("{prefix}{name}"));
            if file.is_dir() {
                if !LEFT_OUT.contains(&name.as_str())
                    && (!name.starts_with('.') || name == ".github")
                {
                    left.push((file, format!("{path}/")));
                }
            } else if Path::new(&name).extension().is_some_and(|e| TEXT.iter().any(|t| e == *t)) {
                let text = fs::read_to_string(&file).map_err(|e| format!("{path}: {e}"))?;
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_know_their_files() {
        assert!(is_engine("demos/executor/runtime/src/waker.rs"));
        assert!(!is_engine("demos/executor/tests/props.rs") && !is_engine("src/app.rs"));
        assert!(is_crate_root("demos/machine/src/lib.rs") && is_crate_root("src/bin/worker.rs"));
        assert!(
            !is_crate_root("demos/executor/runtime/src/lib.rs") && !is_crate_root("src/app.rs")
        );
        assert!(!is_crate_root("tests/browser/main.rs") && !is_crate_root("build.rs"));
        assert!(is_page("style/base.css") && is_page("index.html") && !is_page("README.md"));
    }

    #[test]
    fn this_checkout_is_read_and_its_products_are_not() {
        let sources = sources(&Project::here()).unwrap();
        let has = |path: &str| sources.iter().any(|source| source.path == path);
        assert!(has("Cargo.toml") && has("xtask/src/main.rs") && has("index.html"));
        assert!(!sources.iter().any(|source| source.path.starts_with("target/")));
    }
}
