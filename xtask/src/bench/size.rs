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
        figure("the module's later half", later_half(project, &dist)?, None),
        figure("first load of a bare Leptos counter", first_load(project, &counter)?, None),
    ])
}

/// Fails if the first load is over its limit.
pub(crate) fn within_limit(project: &mut Project) -> Result {
    dist::build(project)?;
    let size = first_load(project, &project.dist())?;
    eprintln!("first load: {size:.1} KB brotli of {LIMIT} KB");
    if size <= LIMIT {
        Ok(())
    } else {
        Err(format!("the first load is {size:.1} KB, over {LIMIT}"))
    }
}

/// The bytes of a first visit's files in thousands, each file packed on its own.
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

/// What comes when the page stands, in thousands of bytes.
fn later_half(project: &Project, dist: &Path) -> Result<f64> {
    let files = files(dist)?;
    let later = files.iter().find(|file| file.path.starts_with(LATER));
    let later = later.ok_or(format!("{} has no later half", dist.display()))?;
    Ok(packed(project, &dist.join(&later.path))? as f64 / 1000.0)
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
