//! Names the sources as they are (`OXIDOSCOPE_SOURCES`), so that page and worker, two modules, can
//! tell whether they were built from the same.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=demos");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    println!("cargo::rustc-env=OXIDOSCOPE_SOURCES={:016x}", fingerprint(&root)?);
    Ok(())
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
