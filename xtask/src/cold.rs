//! `cold`: writes the list of functions that can wait, from what the pages call in a browser.
//!
//! To be run when the list has aged: when `./x test size` says that the first load has grown, or a
//! journey that a start calls something that can wait.

use std::collections::{BTreeMap, BTreeSet};

use crate::Result;
use crate::dist;
use crate::files::write;
use crate::finish::{self, Cold, LIST, finish, function_names, list_path, module_and_script};
use crate::process::output;
use crate::project::Project;
use crate::tools::{self, CHROMIUM, JOURNEYS, Tool};

const HEAD: &str = "\
# The functions of the page's module that come after the first part: under `= later` those that no page
# called until it stood and was stepped, under a page's name those that only that page did; `::*` is all
# below a path. Written by `cargo xtask cold`.
";

/// The command `cold`.
pub(crate) fn run(project: &mut Project) -> Result {
    dist::build_with_trunk(project)?;
    let names = function_names(&module_and_script(&project.dist())?.0.bytes)?;
    finish(project, finish::Kind::Watched)?;
    tools::ready(project, &[JOURNEYS, Tool::Browser(&CHROMIUM)])?;
    let browser = CHROMIUM.file(project).ok_or("the browser has gone")?;
    let said = output(project.command("node").arg("tests/starts.mjs").env("CHROME", browser))?;
    let mut called: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in said.lines() {
        // A page, which for the home page has no name, and a function.
        let Some((page, index)) = line.rsplit_once(' ') else { continue };
        let name = index.parse().ok().and_then(|index: usize| names.get(index));
        if let Some(name) = name {
            called.entry(list_path(name)).or_default().insert(page.to_owned());
        }
    }
    let list = Cold::but(&names, &called);
    write(&project.path(LIST), format!("{HEAD}{list}"))?;
    let waiting = Cold::read(&list).among(&names).iter().filter(|part| **part > 0).count();
    eprintln!("{LIST}: {waiting} of {} functions can wait", names.len());
    // What is in dist/ now is not to be hosted.
    dist::build(project)
}
