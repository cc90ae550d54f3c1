//! Where the project is, and where programs are found.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The checkout, and what this run of `xtask` has made ready in it.
#[derive(Debug)]
pub(crate) struct Project {
    root: PathBuf,
    /// Folders in which programs are looked for, the first first: the project's own tools, then PATH.
    search: Vec<PathBuf>,
    /// The tools already seen to in this run.
    ready: BTreeSet<&'static str>,
    /// Whether this run has built `dist/`.
    pub(crate) built: bool,
}

impl Project {
    /// The checkout that this program was built in.
    pub(crate) fn here() -> Project {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask/ stands in the root");
        let path = env::var_os("PATH").unwrap_or_default();
        let mut project = Project {
            root: root.to_owned(),
            search: env::split_paths(&path).collect(),
            ready: BTreeSet::new(),
            built: false,
        };
        project.look_in(project.tools().join("bin"));
        project
    }

    /// The root folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of a path below the root that is written with slashes.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        relative.split('/').fold(self.root.clone(), |path, part| path.join(part))
    }

    /// Where the project's own copies of tools are; never the user's own folders.
    pub(crate) fn tools(&self) -> PathBuf {
        self.path("target/tools")
    }

    /// The page, ready to host.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// Looks for programs in `folder` before anywhere else.
    pub(crate) fn look_in(&mut self, folder: PathBuf) {
        if !self.search.contains(&folder) {
            self.search.insert(0, folder);
        }
    }

    /// Says that a tool is seen to; false if it already was.
    pub(crate) fn first_time(&mut self, tool: &'static str) -> bool {
        self.ready.insert(tool)
    }

    /// The file of a program, wherever it is.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        self.search.iter().find_map(|folder| program_in(folder, program))
    }

    /// The name of each demo: a folder of `demos/` that is not shared by them all.
    pub(crate) fn demos(&self) -> Vec<String> {
        let mut names = folders_in(&self.path("demos"));
        names.retain(|name| !["machine", "text"].contains(&name.as_str()));
        names
    }

    /// A command that runs `program` in the root folder and sees the project's own tools first.
    pub(crate) fn command(&self, program: &str) -> Command {
        let file = self.find(program).unwrap_or_else(|| PathBuf::from(program));
        let mut command = Command::new(file);
        command.current_dir(&self.root);
        if let Ok(path) = env::join_paths(&self.search) {
            command.env("PATH", path);
        }
        command
    }
}

/// The file of `program` in one folder. On Windows what npm installs are `.cmd` files, which the
/// system does not find by their bare name.
pub(crate) fn program_in(folder: &Path, program: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    endings.iter().map(|ending| folder.join(format!("{program}{ending}"))).find(|f| f.is_file())
}

/// The names of the folders in `folder`, sorted; none if there is no such folder.
pub(crate) fn folders_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_looked_in_later_comes_first() {
        let mut project = Project::here();
        project.look_in(PathBuf::from("one"));
        project.look_in(PathBuf::from("two"));
        project.look_in(PathBuf::from("one"));
        assert_eq!(project.search[..2], [PathBuf::from("two"), PathBuf::from("one")]);
    }

    #[test]
    fn cargo_is_found_and_nonsense_is_not() {
        let project = Project::here();
        assert!(project.find("cargo").is_some());
        assert_eq!(project.find("no-such-program-anywhere"), None);
    }

    #[test]
    fn what_all_demos_share_is_none() {
        let demos = Project::here().demos();
        assert!(demos.contains(&"executor".to_owned()), "{demos:?}");
        assert!(!demos.contains(&"machine".to_owned()), "{demos:?}");
        assert!(!demos.contains(&"text".to_owned()), "{demos:?}");
    }
}
