//! `cold`: writes the list of functions that can wait, from what the pages call in a browser.
//!
//! To be run when the list has aged: when `./x test size` says that the first load has grown, or a
//! journey that a start calls something that can wait.

use std::collections::BTreeSet;

use crate::Result;
use crate::dist;
use crate::files::write;
use crate::finish::{self, Cold, LIST, finish, function_names, list_path, module_and_script};
use crate::process::output;
use crate::project::Project;
use crate::tools::{self, CHROMIUM, JOURNEYS, Tool};

const HEAD: &str = "\
# The functions of the page's module that no page called until it stood and was stepped; `::*` is all
# below a path. They come in a file of their own, after the first load. Written by `cargo xtask cold`.
";

/// The command `cold`.
pub(crate) fn run(project: &mut Project) -> Result {
    dist::build_with_trunk(project)?;
    let names = function_names(&module_and_script(&project.dist())?.0.bytes)?;
    finish(project, finish::Kind::Watched)?;
    tools::ready(project, &[JOURNEYS, Tool::Browser(&CHROMIUM)])?;
    let browser = CHROMIUM.file(project).ok_or("the browser has gone")?;
    let said = output(project.command("node").arg("tests/starts.mjs").env("CHROME", browser))?;
    let called: BTreeSet<String> = said
        .lines()
        .filter_map(|line| names.get(line.parse::<usize>().ok()?))
        .map(|name| list_path(name))
        .collect();
    let list = Cold::but(&names, &called);
    write(&project.path(LIST), format!("{HEAD}{list}"))?;
    eprintln!("{LIST}: {} functions can wait", Cold::read(&list).among(&names).len());
    // What is in dist/ now is not to be hosted.
    dist::build(project)
}
