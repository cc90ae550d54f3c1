//! How much a first visit loads, beside the smallest Leptos page there is.

use std::path::Path;
use std::process::Stdio;

use super::Figure;
use crate::Result;
use crate::dist;
use crate::finish::{File, LATER, files};
use crate::process::{output, run};
use crate::project::Project;

/// The most that the first load may be, in thousands of bytes, as brotli packs it at its best.
const LIMIT: f64 = 110.0;
/// The most that it may be with the module's later half, which nothing waits for.
const WHOLE: f64 = 160.0;

/// The first load of the page, and of the counter built in the same way.
pub(super) fn figures(project: &mut Project) -> Result<Vec<Figure>> {
    dist::build(project)?;
    let counter = project.path("target/peers/counter");
    run(dist::trunk(project)
        .args(["build", "--release", "--locked", "--dist"])
        .arg(&counter)
        .current_dir(project.path("xtask/peers/counter"))
        .env("CARGO_TARGET_DIR", project.path("target/peers/build")))?;
    let figure = |what: &str, value, limit| Figure {
        demo: "page",
        what: what.to_owned(),
        value,
        unit: "KB brotli".to_owned(),
        limit,
    };
    let dist = project.dist();
    Ok(vec![
        figure("first load", first_load(project, &dist)?, Some(LIMIT)),
        figure("with the module's later half", whole_module(project, &dist)?, Some(WHOLE)),
        figure("first load of a bare Leptos counter", first_load(project, &counter)?, None),
    ])
}

/// Fails if the first load is over its limit, or all that comes by itself over its own.
pub(crate) fn within_limits(project: &mut Project) -> Result {
    dist::build(project)?;
    let dist = project.dist();
    let [first, whole] = [first_load(project, &dist)?, whole_module(project, &dist)?];
    eprintln!("first load: {first:.1} KB brotli of {LIMIT} KB");
    eprintln!("with the module's later half: {whole:.1} KB brotli of {WHOLE} KB");
    if first > LIMIT {
        return Err(format!(
            "the first load is {first:.1} KB, over {LIMIT}; `cargo xtask cold` writes anew which \
             functions can wait"
        ));
    }
    if whole > WHOLE {
        return Err(format!("with its later half the first load is {whole:.1} KB, over {WHOLE}"));
    }
    Ok(())
}

/// The bytes of the files that a page starts with in thousands, each file packed on its own.
fn first_load(project: &Project, dist: &Path) -> Result<f64> {
    let files = files(dist)?;
    let index = files.iter().find(|file| file.path == "index.html");
    let index = index.ok_or(format!("{} has no index.html", dist.display()))?;
    let page = String::from_utf8_lossy(&index.bytes);
    let mut bytes = 0;
    for file in files.iter().filter(|file| is_in_first_load(file, &page)) {
        bytes += packed(project, &dist.join(&file.path))?;
    }
    Ok(bytes as f64 / 1000.0)
}

/// The first load, and what comes as soon as its program runs, in thousands of bytes.
fn whole_module(project: &Project, dist: &Path) -> Result<f64> {
    let files = files(dist)?;
    let later = files.iter().find(|file| file.path.starts_with(LATER));
    let later = later.ok_or(format!("{} has no later half", dist.display()))?;
    let bytes = packed(project, &dist.join(&later.path))?;
    Ok(first_load(project, dist)? + bytes as f64 / 1000.0)
}

/// The page itself, and every script, module and style sheet that it names.
fn is_in_first_load(file: &File, page: &str) -> bool {
    file.path == "index.html" || page.contains(&format!("/{}", file.path))
}

/// The size of a file as brotli packs it. Node.js has the encoder that servers use.
pub(super) fn packed(project: &Project, file: &Path) -> Result<usize> {
    const PACK: &str = "const { brotliCompressSync: pack } = require('node:zlib');
        console.log(pack(require('node:fs').readFileSync(process.argv[1])).length)";
    let mut node = project.command("node");
    let said = output(node.args(["--eval", PACK]).arg(file).stdin(Stdio::null()))?;
    said.trim().parse().map_err(|_| format!("Node.js says `{}` of {}", said.trim(), file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_names_is_loaded_and_the_rest_is_not() {
        let page = r#"<link href="./a-1.css"/><link href="./m-2_bg.wasm"><base href="./">"#;
        let is =
            |path: &str| is_in_first_load(&File { path: path.to_owned(), bytes: Vec::new() }, page);
        assert!(is("index.html") && is("a-1.css") && is("m-2_bg.wasm"));
        assert!(!is("worker/1f/worker.js") && !is("sw.js") && !is("404.html"));
    }

    #[test]
    fn packing_packs() {
        let project = Project::here();
        let size = packed(&project, &project.path("Cargo.lock")).unwrap();
        let plain = std::fs::metadata(project.path("Cargo.lock")).unwrap().len() as usize;
        assert!(size > 0 && size < plain, "{size} of {plain}");
    }
}
