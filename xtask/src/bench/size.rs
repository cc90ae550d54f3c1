//! How much a first visit loads, beside the smallest Leptos page there is.

use std::path::Path;
use std::process::Stdio;

use super::Figure;
use crate::Result;
use crate::dist;
use crate::finish::{File, PART, files, routes};
use crate::process::{output, run};
use crate::project::Project;

/// The most that the first load of a page may be, in thousands of bytes, as brotli packs it at its best.
/// Of its module a page loads what all have in common, and its own part.
const LIMIT: f64 = 160.0;

/// What that was while there was one demo. The pages that stood then keep to it, and so do small ones:
/// other demos are none of their business.
const FIRST_LIMIT: f64 = 110.0;

/// The limit of a page.
fn limit(page: &str) -> f64 {
    if page == "/arena/" { LIMIT } else { FIRST_LIMIT }
}

/// The first load of each page, and of the counter built in the same way.
pub(super) fn figures(project: &mut Project) -> Result<Vec<Figure>> {
    dist::build(project)?;
    let counter = project.path("target/peers/counter");
    run(dist::trunk(project)
        .args(["build", "--release", "--locked", "--dist"])
        .arg(&counter)
        .current_dir(project.path("xtask/peers/counter"))
        .env("CARGO_TARGET_DIR", project.path("target/peers/build")))?;
    let figure = |what: String, value, limit| Figure {
        demo: "page",
        what,
        value,
        unit: "KB brotli".to_owned(),
        limit,
    };
    let mut all = Vec::new();
    for (page, size) in first_loads(project)? {
        let limit = limit(&page);
        all.push(figure(format!("first load of {page}"), size, Some(limit)));
    }
    all.push(figure("all parts of the module".to_owned(), whole_module(project)?, None));
    let bare = first_load(project, &counter, "index.html")?;
    all.push(figure("first load of a bare Leptos counter".to_owned(), bare, None));
    Ok(all)
}

/// Fails if the first load of a page is over its limit.
pub(crate) fn within_limits(project: &mut Project) -> Result {
    dist::build(project)?;
    let mut over = Vec::new();
    for (page, size) in first_loads(project)? {
        let limit = limit(&page);
        eprintln!("first load of {page}: {size:.1} KB brotli of {limit} KB");
        if size > limit {
            over.push(format!("{page} {size:.1} KB of {limit} KB"));
        }
    }
    eprintln!("all parts of the module: {:.1} KB brotli", whole_module(project)?);
    if over.is_empty() {
        return Ok(());
    }
    Err(format!(
        "too much: {}; `cargo xtask cold` writes anew which functions can wait",
        over.join(", ")
    ))
}

/// The first load of every page.
fn first_loads(project: &Project) -> Result<Vec<(String, f64)>> {
    let dist = project.dist();
    let mut all = vec![("/".to_owned(), first_load(project, &dist, "index.html")?)];
    for route in routes(project) {
        let size = first_load(project, &dist, &format!("{route}/index.html"))?;
        all.push((format!("/{route}/"), size));
    }
    Ok(all)
}

/// The bytes of the files that a page starts with in thousands, each file packed on its own.
fn first_load(project: &Project, dist: &Path, page: &str) -> Result<f64> {
    let files = files(dist)?;
    let index = files.iter().find(|file| file.path == page);
    let index = index.ok_or(format!("{} has no {page}", dist.display()))?;
    let text = String::from_utf8_lossy(&index.bytes);
    let mut bytes = packed(project, &dist.join(page))?;
    for file in files.iter().filter(|file| is_in_first_load(file, &text)) {
        bytes += packed(project, &dist.join(&file.path))?;
    }
    Ok(bytes as f64 / 1000.0)
}

/// The module in all its parts, in thousands of bytes.
fn whole_module(project: &Project) -> Result<f64> {
    let dist = project.dist();
    let mut bytes = 0;
    for file in files(&dist)? {
        if file.path.starts_with(PART)
            || file.path.ends_with("_bg.wasm") && !file.path.contains('/')
        {
            bytes += packed(project, &dist.join(&file.path))?;
        }
    }
    Ok(bytes as f64 / 1000.0)
}

/// Every script, module and style sheet that a page names.
fn is_in_first_load(file: &File, page: &str) -> bool {
    !file.path.ends_with(".html") && page.contains(&format!("/{}", file.path))
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
        assert!(is("a-1.css") && is("m-2_bg.wasm") && !is("index.html"));
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
