//! A program that is compiled here, linked as the page is, split, and run.

use std::env;
use std::fs;
use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use wasmparser::{Parser, Payload};

use super::super::cold::{all_names, list_path};
use super::super::{Contents, contents, parts};
use crate::process::output;
use crate::project::Project;

const PROGRAM: &str = "xtask/src/finish/split/tests/program.rs";

/// The parts.
const PAGE: usize = 1;
const REST: usize = 2;

/// Runs the program twice, and prints what it logs. Its arguments are the whole module; or the first
/// part, whether the others come "early", "late" or "backward", and the others.
const RUN: &str = r#"
    const [first, when, ...others] = process.argv.slice(1);
    const compiled = (module) => new WebAssembly.Module(Buffer.from(module, "base64"));
    const log = (at, length) =>
        console.log(Buffer.from(new Uint8Array(memory.buffer, at, length)).toString());
    const load = (other) => {
        new WebAssembly.Instance(compiled(others[other]), { env: { log }, first: wasm });
        wasm[`L${other}`].value = 1;
    };
    const later = { load0: () => load(0), load1: () => load(1) };
    const wasm = new WebAssembly.Instance(compiled(first), { env: { log }, later }).exports;
    const memory = wasm.M ?? wasm.memory;
    const order = { early: [0, 1], backward: [1, 0] }[when] ?? [];
    for (const other of order) load(other);
    wasm.run();
    // What has come comes again.
    for (const other of order) load(other);
    wasm.run();"#;

/// The program as the linker leaves it.
fn program() -> &'static [u8] {
    static PROGRAM: LazyLock<Vec<u8>> = LazyLock::new(compiled);
    &PROGRAM
}

fn compiled() -> Vec<u8> {
    let project = Project::here();
    let file = env::temp_dir().join(format!("oxidoscope-parts-{}.wasm", std::process::id()));
    let rustc = ["--target=wasm32-unknown-unknown", "--crate-type=cdylib", "--edition=2024"];
    let flags = ["opt-level=z", "panic=abort", "strip=debuginfo", "link-arg=--emit-relocs"];
    let mut compiler = project.command("rustc");
    compiler
        .args(rustc)
        .args(flags.iter().flat_map(|flag| ["-C", flag]))
        .arg("-o")
        .arg(&file)
        .arg(project.path(PROGRAM));
    output(&mut compiler).unwrap();
    let program = fs::read(&file).unwrap();
    fs::remove_file(file).unwrap();
    program
}

/// The part of each function: that of its module.
fn of(program: &[u8]) -> Vec<usize> {
    let names = all_names(program).unwrap();
    let part = |name: &String| {
        let path = list_path(name);
        match path.split("::").nth(1) {
            Some("page") => PAGE,
            Some("rest") => REST,
            _ => 0,
        }
    };
    names.iter().map(part).collect()
}

fn said(arguments: &[&str]) -> String {
    output(Project::here().command("node").args(["--eval", RUN]).args(arguments)).unwrap()
}

fn split(program: &[u8], contents: &Contents) -> Vec<Vec<u8>> {
    parts(program, &of(program), 3, contents).unwrap()
}

/// The parts, by index, in which a text is.
fn having(parts: &[Vec<u8>], text: &str) -> Vec<usize> {
    let has = |part: &[u8]| part.windows(text.len()).any(|window| window == text.as_bytes());
    (0..).zip(parts).filter(|(_, part)| has(part)).map(|(index, _)| index).collect()
}

#[test]
fn constants_are_where_they_are_used_and_the_program_says_what_it_said() {
    let program = program();
    let contents = contents(program, program, &of(program), REST).unwrap();
    let all = split(program, &contents);
    for (text, parts) in [
        ("only the first part's", &[0][..]),
        ("only the page's, through a table", &[PAGE]),
        ("only the page's, from a slot", &[PAGE]),
        ("the page's, by a slot that the first knows", &[PAGE]),
        ("only the rest's", &[REST]),
        ("what the rest has chosen", &[REST]),
        ("shared by page and rest", &[PAGE, REST]),
        ("shared by all parts", &[0]),
        ("a variable's constant, which the page uses too", &[0]),
    ] {
        assert_eq!(having(&all, text), parts, "{text}");
    }
    let expected = said(&[&BASE64_STANDARD.encode(program)]);
    assert_eq!(expected.lines().filter(|line| *line == "only the page's, from a slot").count(), 2);
    assert!(expected.contains("what the rest has chosen\nagain\n"), "{expected}");
    let all: Vec<String> = all.iter().map(|part| BASE64_STANDARD.encode(part)).collect();
    for when in ["late", "early", "backward"] {
        assert_eq!(said(&[&all[0], when, &all[1], &all[2]]), expected, "{when}");
    }
}

#[test]
fn a_slot_that_only_its_own_part_knows_has_no_stub() {
    let program = program();
    let known = contents(program, program, &of(program), REST).unwrap();
    let (with, without) = (split(program, &known), split(program, &Contents::default()));
    let bodies = |part: &[u8]| {
        let payloads = Parser::new(0).parse_all(part).flatten();
        payloads.filter(|payload| matches!(payload, Payload::CodeSectionEntry(_))).count()
    };
    // The method, and two of the array: the first part knows of the third.
    assert_eq!(bodies(&without[0]) - bodies(&with[0]), 3);
}

#[test]
fn what_was_linked_otherwise_is_refused() {
    let program = program();
    let none = [0, b'a', b's', b'm', 1, 0, 0, 0];
    let other = wat::parse_str("(module (memory 1))").unwrap();
    for (linked, module, why) in [
        (&none[..], program, "does not tell where its constants are"),
        (program, &other, "not those that were linked"),
    ] {
        let error = contents(linked, module, &of(program), REST).err().unwrap();
        assert!(error.contains(why), "{error}");
    }
}
