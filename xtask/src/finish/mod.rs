//! Makes what trunk has built ready to host: a module and a script that pack well, one real page a
//! route, a content security policy, a service worker that knows every file.
//!
//! trunk has put hashes of the scripts and the module into the page (subresource integrity): what is
//! changed here gets new ones.

mod names;
mod order;
mod page;
mod script;
mod service_worker;
mod split;
mod types;

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256, Sha384};

use crate::Result;
use crate::files::{read, write};
use crate::project::{Project, folders_in};

/// Whether a part of the module could be written anew.
type Encoded<E = std::convert::Infallible> =
    std::result::Result<(), wasm_encoder::reencode::Error<E>>;

pub(crate) use split::{Cold, LIST, function_names, list_path};

/// How the names of the module and its script begin.
const PROGRAM: &str = "oxidoscope-";

/// How the names of the module's other parts begin, behind which their own names come.
pub(crate) const PART: &str = "part-";

/// The module as the linker left it, before trunk took it over.
const LINKED: &str = "target/wasm32-unknown-unknown/release/oxidoscope.wasm";

/// What becomes of the module.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// It is hosted: small, and in parts.
    Hosted,
    /// It is whole, and notes which of its functions are called.
    Watched,
}

/// Finishes `dist/` and gives the build's id.
pub(crate) fn finish(project: &Project, kind: Kind) -> Result<String> {
    let dist = project.dist();
    let _ = fs::remove_file(dist.join(".trunk-lock"));
    let index = read(&dist.join("index.html"))?;
    let (index, parts) = match kind {
        Kind::Hosted => with_small_module(project, index)?,
        Kind::Watched => (with_watched_module(&dist, index)?, Vec::new()),
    };
    let build = build_id(&[files(&dist)?, files(&project.path("static"))?].concat());
    move_plainly_named_files(&dist, &build)?;

    for route in routes(project) {
        let own = parts.iter().find(|part| part.name == route);
        let page = page::for_route(&index, &build, 1, own.map(|part| part.file.as_str()))?;
        write(&dist.join(route).join("index.html"), &page)?;
    }
    write(&dist.join("index.html"), &page::for_route(&index, &build, 0, None)?)?;
    let not_found = read(&project.path("static/404.html"))?;
    write(&dist.join("404.html"), &page::with_policy(&not_found)?)?;

    let script = read(&project.path("static/sw.js"))?;
    let script = service_worker::with_files(&script, &build, &files(&dist)?)?;
    write(&dist.join("sw.js"), &script)?;
    Ok(build)
}

/// The routes beside the home page: each folder of `src/pages/` is a demo's page, at its own name.
pub(crate) fn routes(project: &Project) -> Vec<String> {
    folders_in(&project.path("src/pages")).iter().map(|name| route(name)).collect()
}

/// The route of the page in this folder.
pub(crate) fn route(folder: &str) -> String {
    folder.replace('_', "-")
}

/// A file of the build: where it is, as the page addresses it, and what is in it.
#[derive(Clone)]
pub(crate) struct File {
    /// Its path below `dist/`, with slashes.
    pub(crate) path: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// Every file below `folder`, by path.
pub(crate) fn files(folder: &Path) -> Result<Vec<File>> {
    let mut found = Vec::new();
    let mut left: Vec<(PathBuf, String)> = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = left.pop() {
        let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        for entry in entries.flatten() {
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                left.push((entry.path(), format!("{path}/")));
            } else {
                let bytes = fs::read(entry.path()).map_err(|e| format!("{path}: {e}"))?;
                found.push(File { path, bytes });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Names the build by all that is in it: equal builds have equal names.
fn build_id(files: &[File]) -> String {
    let mut hash = Sha256::new();
    for file in files {
        hash.update(format!("{} {}\n", file.path, file.bytes.len()));
        hash.update(&file.bytes);
    }
    short_hash(hash.finalize().as_slice())
}

/// So much of a hash as tells builds apart.
fn short_hash(hash: &[u8]) -> String {
    hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// A part of the module that comes after the first.
struct Part {
    /// Of which page, or `later`.
    name: String,
    /// The name of its file.
    file: String,
}

/// Makes the page's module and script small when packed, puts what can wait into files of their own,
/// and has the page call for them by their new names and hashes. Gives the page, and those files.
fn with_small_module(project: &Project, index: String) -> Result<(String, Vec<Part>)> {
    let dist = project.dist();
    let (module, script) = module_and_script(&dist)?;
    let cold = Cold::read(&read(&project.path(LIST))?);
    let of = cold.among(&function_names(&module.bytes)?);
    let linked = project.path(LINKED);
    let linked = fs::read(&linked).map_err(|error| format!("{LINKED}: {error}"))?;
    let rest = cold.parts.iter().position(|part| part == split::REST).map_or(0, |rest| rest + 1);
    let contents = split::contents(&linked, &module.bytes, &of, rest)?;
    let loader = read(&project.path("static/later.js"))?;
    let text = script::with_later(&String::from_utf8_lossy(&script.bytes), &loader)?;
    let (short_module, short_script) = names::shorten(&module.bytes, &text)?;
    let all = split::parts(&short_module, &of, cold.parts.len() + 1, &contents)?;
    let (mut parts, mut told) = (Vec::new(), Vec::new());
    for (name, bytes) in cold.parts.iter().zip(&all[1..]) {
        let bytes = order::like_beside_like(&types::used_alone(bytes)?)?;
        let file = hashed(&format!("{PART}{name}-"), ".wasm", &bytes);
        write(&dist.join(&file), &bytes)?;
        told.push(format!("[\"{name}\",\"{file}\",\"{}\"]", sha384(&bytes)));
        parts.push(Part { name: name.clone(), file });
    }
    let first = order::like_beside_like(&types::used_alone(&all[0])?)?;
    let short_script = short_script.replace("PARTS", &format!("[{}]", told.join(",")));
    let index = page::with_size(&index, &module.path, first.len())?;
    let index = replace_file(&dist, index, &module, "_bg.wasm", &first)?;
    Ok((replace_file(&dist, index, &script, ".js", short_script.as_bytes())?, parts))
}

/// Has the page use a module that notes which of its functions are called.
fn with_watched_module(dist: &Path, index: String) -> Result<String> {
    let (module, script) = module_and_script(dist)?;
    let text = script::with_watch(&String::from_utf8_lossy(&script.bytes), split::watch::IMPORT)?;
    let watched = split::watch::watched(&module.bytes)?;
    let index = replace_file(dist, index, &module, "_bg.wasm", &watched)?;
    replace_file(dist, index, &script, ".js", text.as_bytes())
}

/// The page's module and its script, as trunk left them.
pub(crate) fn module_and_script(dist: &Path) -> Result<(File, File)> {
    let files = files(dist)?;
    let named = |end: &str| {
        files
            .iter()
            .find(|file| file.path.starts_with(PROGRAM) && file.path.ends_with(end))
            .cloned()
            .ok_or_else(|| format!("dist/ has no file oxidoscope-…{end}"))
    };
    Ok((named("_bg.wasm")?, named(".js")?))
}

/// A file's name with its hash in it.
fn hashed(name: &str, end: &str, bytes: &[u8]) -> String {
    format!("{name}{}{end}", short_hash(Sha256::digest(bytes).as_slice()))
}

/// Puts other bytes in the place of a file, under the name and with the integrity that are theirs.
fn replace_file(
    dist: &Path,
    index: String,
    file: &File,
    end: &str,
    bytes: &[u8],
) -> Result<String> {
    let name = hashed(PROGRAM, end, bytes);
    let (old, new) = (sha384(&file.bytes), sha384(bytes));
    if !index.contains(&file.path) || !index.contains(&old) {
        return Err(format!("index.html has not the name and the integrity of {}", file.path));
    }
    write(&dist.join(&name), bytes)?;
    fs::remove_file(dist.join(&file.path)).map_err(|e| format!("{}: {e}", file.path))?;
    Ok(index.replace(&file.path, &name).replace(&old, &new))
}

/// The worker's files and the sources have no hash in their names. They go into folders named after
/// the build, so that no page ever gets those of another build.
fn move_plainly_named_files(dist: &Path, build: &str) -> Result {
    for file in files(dist)? {
        let (folder, name) = file.path.split_once('/').unwrap_or(("worker", &file.path));
        if file.path.starts_with("worker") || folder == "sources" {
            let to = dist.join(folder).join(build).join(name);
            write(&to, &file.bytes)?;
            fs::remove_file(dist.join(&file.path)).map_err(|e| format!("{}: {e}", file.path))?;
        }
    }
    Ok(())
}

/// A hash as policies spell it.
fn sha256(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

/// A hash as trunk spells it in integrity attributes.
fn sha384(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_spelt_as_browsers_expect() {
        // The empty input's SHA-256, as everybody knows it.
        assert_eq!(sha256(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
