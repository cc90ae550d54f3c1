//! `test`: every test, a part at a time, with the time that each part took.

use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};

use crate::Result;
use crate::bench::size;
use crate::dist;
use crate::invariants;
use crate::process::run as run_command;
use crate::project::Project;
use crate::tools::{self, CHROMIUM, FIREFOX, JOURNEYS, NIGHTLY, SPELL, Tool, WASM_PACK, WORKFLOWS};

/// What the person asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Request {
    /// The long tests too.
    deep: bool,
    /// The browser tests in Firefox too.
    firefox: bool,
    /// Only the tests of this demo.
    demo: Option<String>,
}

/// A named part of the suite.
struct Part {
    name: &'static str,
    about: &'static str,
    when: When,
    run: fn(&mut Project, &Request) -> Result,
}

/// When a part runs that is not named.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Always,
    /// With `--deep`.
    Deep,
    /// Never: it asks the network for what changes from day to day.
    Named,
}

const PARTS: &[Part] = &[
    part("fmt", "the format of the Rust code", fmt),
    part("invariants", "what must not be in the code, and is not", |project, _| {
        invariants::check(project)
    }),
    part("spell", "the spelling of words and names", spell),
    part("workflows", "the workflows of .github/", workflows),
    part("clippy", "lints, for this machine and for WebAssembly", clippy),
    part("host", "unit and property tests, on this machine", host),
    part("miri", "engines under random commands, interpreted by Miri", miri),
    part("browser", "the page's parts in a real browser", browser),
    part("build", "the release build", |project, _| dist::build(project)),
    part("size", "the first load, against its limit", |project, _| size::within_limits(project)),
    part("journeys", "the release build, used as a person would", journeys),
    Part { when: When::Deep, ..part("deny", "licences and sources of the dependencies", deny) },
    Part { when: When::Named, ..part("advisories", "known holes of the dependencies", advisories) },
];

const fn part(
    name: &'static str,
    about: &'static str,
    run: fn(&mut Project, &Request) -> Result,
) -> Part {
    Part { name, about, when: When::Always, run }
}

/// The parts, a line each.
pub(crate) fn usage() -> String {
    PARTS.iter().fold("\nParts of `test`:\n".to_owned(), |mut text, part| {
        let _ = writeln!(text, "  {:12}{}", part.name, part.about);
        text
    })
}

/// The command `test`.
pub(crate) fn run(project: &mut Project, arguments: &[String]) -> Result {
    let (request, names) = understand(arguments, &project.demos())?;
    let chosen = PARTS.iter().filter(|part| {
        if names.is_empty() {
            part.when == When::Always || (part.when == When::Deep && request.deep)
        } else {
            names.iter().any(|name| name == part.name)
        }
    });
    tools::ready(project, &[Tool::Pinned])?;

    let mut outcomes: Vec<(&str, Duration, Result)> = Vec::new();
    for part in chosen {
        eprintln!("\n== {}: {}", part.name, part.about);
        let begin = Instant::now();
        let outcome = (part.run)(project, &request);
        if let Err(sentence) = &outcome {
            eprintln!("x: {sentence}");
        }
        outcomes.push((part.name, begin.elapsed(), outcome));
    }

    println!();
    for (name, time, outcome) in &outcomes {
        let word = if outcome.is_ok() { "passed" } else { "FAILED" };
        println!("{name:12}{word}{:>9.1} s", time.as_secs_f64());
    }
    let failed: Vec<_> = outcomes.iter().filter(|(_, _, o)| o.is_err()).map(|o| o.0).collect();
    println!("parts: {} passed, {} failed", outcomes.len() - failed.len(), failed.len());
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

/// Takes the words of the command line apart: options, parts, at most one demo.
fn understand(words: &[String], demos: &[String]) -> Result<(Request, Vec<String>)> {
    let mut request = Request::default();
    let mut names = Vec::new();
    for word in words {
        match word.as_str() {
            "--deep" => request.deep = true,
            "--firefox" => request.firefox = true,
            name if PARTS.iter().any(|part| part.name == name) => names.push(name.to_owned()),
            name if demos.iter().any(|demo| demo == name) => request.demo = Some(name.to_owned()),
            other => {
                let demos = demos.join(", ");
                return Err(format!(
                    "there is no part or demo `{other}` (demos: {demos}){}",
                    usage()
                ));
            }
        }
    }
    if request.demo.is_some() && names.is_empty() {
        names = ["host", "miri", "browser", "journeys"].map(str::to_owned).to_vec();
    }
    Ok((request, names))
}

fn fmt(project: &mut Project, _: &Request) -> Result {
    run_command(project.command("cargo").args(["fmt", "--all", "--check"]))
}

fn clippy(project: &mut Project, _: &Request) -> Result {
    let everything = ["--workspace", "--all-targets", "--locked"];
    let page = ["--package", "oxidoscope", "--target", "wasm32-unknown-unknown", "--all-targets"];
    for what in [&everything[..], &page[..]] {
        let mut clippy = project.command("cargo");
        run_command(clippy.arg("clippy").args(what).args(["--", "--deny", "warnings"]))?;
    }
    Ok(())
}

fn host(project: &mut Project, request: &Request) -> Result {
    let mut test = project.command("cargo");
    test.args(["test", "--locked"]);
    match &request.demo {
        Some(demo) => test.args(["--package", demo]),
        None => test.arg("--workspace"),
    };
    if request.deep {
        test.env("OXIDOSCOPE_DEEP", "1");
    }
    run_command(&mut test)
}

/// Miri interprets, so it is given few tests: those of a demo's engine under random commands; with
/// `--deep` also its scenes and unit tests. A test that is too long for it says `cfg(miri)`.
fn miri(project: &mut Project, request: &Request) -> Result {
    tools::ready(project, &[Tool::Nightly])?;
    for demo in request.demo.clone().map_or_else(|| project.demos(), |demo| vec![demo]) {
        let tests = project.path(&format!("demos/{demo}/tests"));
        if !tests.join("random").is_dir() {
            continue;
        }
        let mut test = project.command("rustup");
        test.args(["run", NIGHTLY, "cargo", "miri", "test", "--locked", "--package", &demo]);
        test.args(["--test", "random"]);
        if request.deep {
            test.arg("--lib");
        }
        if request.deep && tests.join("scenes").is_dir() {
            test.args(["--test", "scenes"]);
        }
        run_command(test.env_remove("RUSTUP_TOOLCHAIN"))?;
    }
    Ok(())
}

fn browser(project: &mut Project, request: &Request) -> Result {
    let mut browsers = vec![&CHROMIUM];
    if request.firefox {
        browsers.push(&FIREFOX);
    }
    tools::ready(project, &[tools::WASM_BINDGEN, WASM_PACK])?;
    for browser in browsers {
        tools::ready(project, &[Tool::Browser(browser)])?;
        let browser = format!("--{}", browser.name);
        run_command(project.command("wasm-pack").args(["test", "--headless", &browser]))?;
    }
    Ok(())
}

fn journeys(project: &mut Project, request: &Request) -> Result {
    dist::build(project)?;
    tools::ready(project, &[JOURNEYS, Tool::Browser(&CHROMIUM)])?;
    let folder = project.path("tests/journeys");
    let entries = folder.read_dir().map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<_> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.mjs"))
        .filter(|name| request.demo.as_ref().is_none_or(|demo| name.starts_with(demo.as_str())))
        .map(|name| format!("tests/journeys/{name}"))
        .collect();
    files.sort();
    // Where failed journeys leave a picture, a trace and the link.
    let _ = fs::remove_dir_all(project.path("target/journeys"));
    let browser = CHROMIUM.file(project).ok_or("the browser has gone")?;
    run_command(
        project
            .command("node")
            // One at a time: some of them measure.
            .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
            .args(files)
            .env("CHROME", browser),
    )
}

fn spell(project: &mut Project, _: &Request) -> Result {
    tools::ready(project, &[SPELL])?;
    run_command(project.command("cspell").args(["lint", "--no-progress", "--quiet", "."]))
}

fn workflows(project: &mut Project, _: &Request) -> Result {
    tools::ready(project, &[WORKFLOWS])?;
    run_command(project.command("node").arg("xtask/npm/workflows/lint.mjs"))
}

fn deny(project: &mut Project, _: &Request) -> Result {
    tools::ready(project, &[tools::CARGO_DENY])?;
    run_command(project.command("cargo-deny").args(["check", "bans", "licenses", "sources"]))
}

fn advisories(project: &mut Project, _: &Request) -> Result {
    tools::ready(project, &[tools::CARGO_DENY])?;
    run_command(project.command("cargo-deny").args(["check", "advisories"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(words: &str) -> Result<(Request, Vec<String>)> {
        let words: Vec<_> = words.split_whitespace().map(str::to_owned).collect();
        understand(&words, &["executor".to_owned()])
    }

    #[test]
    fn nothing_named_means_everything_that_is_not_long() {
        assert_eq!(ask(""), Ok((Request::default(), Vec::new())));
    }

    #[test]
    fn a_demo_means_its_tests_everywhere() {
        let (request, names) = ask("executor").unwrap();
        assert_eq!(request.demo.as_deref(), Some("executor"));
        assert_eq!(names, ["host", "miri", "browser", "journeys"]);
        assert_eq!(ask("executor host").unwrap().1, ["host"]);
    }

    #[test]
    fn options_and_parts_mix_in_any_order() {
        let (request, names) = ask("browser --firefox fmt --deep").unwrap();
        assert!(request.firefox && request.deep);
        assert_eq!(names, ["browser", "fmt"]);
    }

    #[test]
    fn an_unknown_word_is_refused_with_what_there_is() {
        let error = ask("journey").unwrap_err();
        assert!(error.contains("`journey`") && error.contains("journeys"), "{error}");
    }

    #[test]
    fn part_names_are_unique() {
        let mut names: Vec<_> = PARTS.iter().map(|part| part.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PARTS.len());
    }
}
