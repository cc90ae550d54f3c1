//! `style`: the style sheets as one, because one file packs a sixth smaller than six and needs one
//! request. trunk runs it at the start of each build (`Trunk.toml`).

use std::fs;

use crate::Result;
use crate::project::Project;

/// In this order: what comes later has the last word.
const SHEETS: [&str; 6] = ["tokens", "base", "stage", "modes", "home", "executor"];

/// The command `style`, which only trunk calls.
pub(crate) fn run(project: &Project) -> Result {
    let mut all = String::new();
    for sheet in SHEETS {
        let file = project.path(&format!("style/{sheet}.css"));
        all +=
            &fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    let file = project.path("target/style/oxidoscope.css");
    fs::create_dir_all(file.parent().expect("a file in a folder"))
        .and_then(|()| fs::write(&file, all))
        .map_err(|error| format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sheet_is_forgotten() {
        let mut there: Vec<String> = fs::read_dir(Project::here().path("style"))
            .unwrap()
            .filter_map(|file| file.unwrap().file_name().into_string().ok())
            .collect();
        there.sort();
        let mut known = SHEETS.map(|sheet| format!("{sheet}.css"));
        known.sort();
        assert_eq!(there, known);
    }
}
