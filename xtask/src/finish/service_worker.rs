//! The service worker's list of files.

use std::fmt::Write;

use super::{File, sha256};
use crate::Result;

/// The line of `static/sw.js` that stands for the build's id and files.
const PLACE: &str = "const [BUILD, FILES] = [\"\", {}];";

/// The script with the build's id and, for each address below the root, the hash of what is there.
pub(super) fn with_files(script: &str, build: &str, files: &[File]) -> Result<String> {
    let mut list = format!("const [BUILD, FILES] = [\"{build}\", {{\n");
    for file in files.iter().filter(|file| file.path != "sw.js") {
        let address = file.path.strip_suffix("index.html").unwrap_or(&file.path);
        let _ = writeln!(list, "  \"{address}\": \"{}\",", sha256(&file.bytes));
    }
    list.push_str("}];");
    if !script.contains(PLACE) {
        return Err(format!("static/sw.js has no line `{PLACE}`"));
    }
    Ok(script.replacen(PLACE, &list, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_listed_by_address_and_hash_but_the_worker_itself() {
        let file = |path: &str| File { path: path.to_owned(), bytes: path.as_bytes().to_vec() };
        let files = ["a.js", "executor/index.html", "index.html", "sw.js"].map(file);
        let script = with_files(&format!("// before\n{PLACE}\n// after"), "1f", &files).unwrap();
        let line = |address: &str, path: &str| {
            format!("  \"{address}\": \"{}\",\n", sha256(path.as_bytes()))
        };
        let list = line("a.js", "a.js") + &line("executor/", "executor/index.html");
        let list = list + &line("", "index.html");
        let expected =
            format!("// before\nconst [BUILD, FILES] = [\"1f\", {{\n{list}}}];\n// after");
        assert_eq!(script, expected);
    }

    #[test]
    fn a_script_without_the_place_is_refused() {
        assert!(with_files("// nothing", "1f", &[]).is_err());
    }
}
