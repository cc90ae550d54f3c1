//! Files as texts, with errors that name the file.

use std::fs;
use std::path::Path;

use crate::Result;

/// The text of a file.
pub(crate) fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Writes a file, and the folders that it needs.
pub(crate) fn write(file: &Path, content: impl AsRef<[u8]>) -> Result {
    let folder = file.parent().expect("a file in a folder");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, content))
        .map_err(|error| format!("{}: {error}", file.display()))
}
