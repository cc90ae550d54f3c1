//! `style`: the style sheets as one, because one file packs a sixth smaller than many and needs one
//! request. trunk runs it at the start of each build (`Trunk.toml`).

use crate::Result;
use crate::files::{read, write};
use crate::project::Project;

/// In this order: what comes later has the last word.
const SHEETS: [&str; 13] = [
    "tokens",
    "base",
    "stage",
    "source",
    "steps",
    "transport",
    "panels",
    "modes",
    "home",
    "program",
    "executor",
    "arena",
    "forced",
];

/// The sheets of pages that have one of their own, which comes when the page is opened.
pub(crate) const OF_PAGES: [&str; 2] = ["heap", "race"];

/// The command `style`, which only trunk calls.
pub(crate) fn run(project: &Project) -> Result {
    let mut all = String::new();
    for sheet in SHEETS {
        all += &read(&project.path(&format!("style/{sheet}.css")))?;
    }
    write(&project.path("target/style/oxidoscope.css"), all)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn no_sheet_is_forgotten() {
        let mut there: Vec<String> = fs::read_dir(Project::here().path("style"))
            .unwrap()
            .filter_map(|file| file.unwrap().file_name().into_string().ok())
            .collect();
        there.sort();
        let sheets = SHEETS.iter().chain(&OF_PAGES);
        let mut known: Vec<String> = sheets.map(|sheet| format!("{sheet}.css")).collect();
        known.sort();
        assert_eq!(there, known);
    }
}
