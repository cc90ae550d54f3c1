//! Names the sources as they are (`OXIDOSCOPE_SOURCES`), so that page and worker, two modules, can
//! tell whether they were built from the same. And finds the lines of engines that pages point to.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=demos");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let of = |name: &str| env::var(name).unwrap_or_default();
    if of("CARGO_CFG_TARGET_FAMILY") == "wasm" && of("PROFILE") == "release" {
        // Which function uses which constant: the module is split by that.
        println!("cargo::rustc-link-arg-bin=oxidoscope=--emit-relocs");
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    println!("cargo::rustc-env=OXIDOSCOPE_SOURCES={:016x}", fingerprint(&root)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    for page in fs::read_dir(root.join("src/pages"))? {
        let list = page?.path().join("lines.txt");
        if list.is_file() {
            let page = list.parent().and_then(Path::file_name).expect("it lies in a page's folder");
            let lines = lines(&root, &fs::read_to_string(&list)?)?;
            fs::write(out.join(page).with_extension("lines.rs"), lines)?;
        }
    }
    Ok(())
}

/// Where the lines are that a page's `lines.txt` tells, each by a name, a file and all of its code: as
/// constants. A line that is not there once and only once ends the build.
fn lines(root: &Path, list: &str) -> io::Result<String> {
    let mut out = String::new();
    for entry in list.lines() {
        let mut parts = entry.splitn(3, ' ');
        let (Some(name), Some(file), Some(code)) = (parts.next(), parts.next(), parts.next())
        else {
            panic!("`{entry}` is no name, file and code");
        };
        let text = fs::read_to_string(root.join(file))?;
        let found: Vec<_> = (1..).zip(text.lines()).filter(|(_, it)| it.trim() == code).collect();
        let [(number, line)] = found[..] else {
            panic!("{file} has {} lines that are `{code}`, and {name} must be one", found.len());
        };
        let column = line.len() - line.trim_start().len() + 1;
        let place = format!("Code {{ file: {file:?}, line: {number}, column: {column} }}");
        out.push_str(&format!("pub(super) const {name}: Code = {place};\n"));
    }
    Ok(out)
}

/// FNV-1a over the names and the contents of all that the modules are built from.
fn fingerprint(root: &Path) -> io::Result<u64> {
    let mut left = ["src", "demos", "Cargo.lock"].map(|name| root.join(name)).to_vec();
    let mut files = Vec::new();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(path)? {
                left.push(entry?.path());
            }
        } else {
            let name = path.strip_prefix(root).expect("it lies below the root");
            files.push((name.to_string_lossy().replace('\\', "/"), path));
        }
    }
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for (name, path) in files {
        for byte in name.into_bytes().into_iter().chain([0]).chain(fs::read(path)?) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    Ok(hash)
}
