//! Modules that are split, and run in parts as they ran whole.

mod constants;

use super::*;
use crate::process::output;
use crate::project::Project;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use wasmparser::Payload;

/// Functions of both kinds that call each other, an import, and what is in the table.
const WHOLE: &str = r#"(module
    (import "env" "log" (func $log (param i32)))
    (import "env" "unused" (func $unused))
    (type $unary (func (param i32) (result i32)))
    (table 4 4 funcref)
    (table $references 2 externref)
    (memory 1)
    (global $constant i32 (i32.const 5))
    (global $stack (mut i32) (i32.const 100))
    (elem (i32.const 1) $hot_in_table $cold_in_table $hot_in_table)

    (func $hot (export "hot") (param i32) (result i32)
        (i32.add (local.get 0) (global.get $constant)))
    (func $hot_in_table (param i32) (result i32)
        (i32.mul (call $cold (local.get 0)) (i32.const 3)))
    (func $only_for_the_cold (param i32) (result i32)
        (i32.store (i32.const 8) (local.get 0))
        (call $log (local.get 0))
        (i32.sub (local.get 0) (i32.const 1)))

    (func $cold (param $x i32) (result i32) (local $y i32)
        (global.set $stack (i32.add (global.get $stack) (local.get $x)))
        (call $log (global.get $stack))
        (local.set $y (call $only_for_the_cold (local.get $x)))
        (i32.add (call $cold_of_the_cold (local.get $y)) (table.size $references)))
    (func $cold_of_the_cold (param i32) (result i32)
        (i32.load (i32.const 8)))
    (func $cold_in_table (param i32) (result i32)
        (call_indirect (type $unary) (local.get 0) (i32.const 1)))
    (func $cold_of_many (param i64 f64 i32) (result f64)
        (f64.add (f64.convert_i64_s (local.get 0)) (local.get 1)))
    (func $cold_but_exported (export "exported") (result f64)
        (call $cold_of_many (i64.const -7) (f64.const 0.5) (i32.const 1)))

    (func (export "calls") (param i32) (result i32) (call $cold (local.get 0)))
    (func (export "slot") (param i32 i32) (result i32)
        (call_indirect (type $unary) (local.get 1) (local.get 0))))"#;

/// The functions that have "cold" in their names are in other parts.
const TWO: [usize; 10] = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
const THREE: [usize; 10] = [0, 0, 0, 0, 0, 1, 2, 2, 1, 2];

/// Calls everything there is, and prints what each call gives and logs. Its arguments are the
/// whole module; or the first part, "early" or "late", and the others.
const CALLS: &str = r#"
    const [first, when, ...others] = process.argv.slice(1);
    const compiled = (module) => new WebAssembly.Module(Buffer.from(module, "base64"));
    const env = { log: (value) => console.log("log", value), unused() {} };
    let loads = 0;
    const load = (other) => {
        loads += 1;
        new WebAssembly.Instance(compiled(others[other]), { env, first: wasm });
        wasm[`L${other}`].value = 1;
    };
    const later = { load0: () => load(0), load1: () => load(1) };
    const wasm = new WebAssembly.Instance(compiled(first), { env, later }).exports;
    if (when === "early") others.forEach((_, other) => load(other));
    console.log(wasm.hot(2));
    if (when === "late" && loads) console.log("a hot function does not load");
    for (let round = 0; round < 2; round += 1) {
        console.log(wasm.slot(2, 4), wasm.slot(1, 6), wasm.slot(3, 1));
        console.log(wasm.calls(30), wasm.exported());
    }
    if (when && loads !== others.length) console.log(`loaded ${loads} times`);"#;

fn said(arguments: &[&str]) -> String {
    output(Project::here().command("node").args(["--eval", CALLS]).args(arguments)).unwrap()
}

/// The functions' bodies and the imports.
fn contents(module: &[u8]) -> (usize, Vec<String>) {
    let (mut bodies, mut imported) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload.unwrap() {
            Payload::CodeSectionEntry(_) => bodies += 1,
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.unwrap();
                    imported.push(format!("{}.{}", import.module, import.name));
                }
            }
            _ => {}
        }
    }
    (bodies, imported)
}

#[test]
fn the_parts_do_what_the_whole_did_whenever_they_come() {
    let whole = wat::parse_str(WHOLE).unwrap();
    let expected = said(&[&BASE64_STANDARD.encode(&whole)]);
    assert!(expected.contains("-6.5") && expected.lines().count() > 15, "{expected}");
    for (of, count) in [(&TWO, 2), (&THREE, 3)] {
        let all = parts(&whole, of, count, &Contents::default()).unwrap();
        let all: Vec<String> = all.iter().map(|part| BASE64_STANDARD.encode(part)).collect();
        for when in ["late", "early"] {
            let mut arguments = vec![all[0].as_str(), when];
            arguments.extend(all[1..].iter().map(String::as_str));
            assert_eq!(said(&arguments), expected, "{count} parts, {when}");
        }
    }
}

#[test]
fn the_parts_hold_what_is_theirs() {
    let all = parts(&wat::parse_str(WHOLE).unwrap(), &TWO, 2, &Contents::default()).unwrap();
    let (bodies, imports) = contents(&all[0]);
    assert_eq!(bodies, 6 + 3, "six, and stubs of the three that these know");
    assert_eq!(imports, ["env.log", "later.load0"]);
    let (bodies, imports) = contents(&all[1]);
    assert_eq!(bodies, 4, "what is exported stays");
    assert_eq!(imports, ["env.log", "first.T0", "first.T1", "first.M", "first.G1"]);
    let all = parts(&wat::parse_str(WHOLE).unwrap(), &THREE, 3, &Contents::default()).unwrap();
    let bodies: Vec<usize> = all.iter().map(|part| contents(part).0).collect();
    assert_eq!(bodies, [6 + 4, 2, 2], "one more stub, because a part calls the other");
}

#[test]
fn a_module_may_stay_whole_but_for_the_name_of_what_would_come() {
    let all = parts(&wat::parse_str(WHOLE).unwrap(), &[], 2, &Contents::default()).unwrap();
    assert_eq!(contents(&all[0]).0, 11 - 1);
    assert_eq!(contents(&all[1]).0, 0);
}

#[test]
fn a_module_that_no_linker_writes_is_refused() {
    for (pieces, why) in [
        ("(elem (i32.const 0) $f) (elem (i32.const 1) $f)", "filled in several pieces"),
        ("(elem funcref (ref.func $f))", "functions stand outside of its table"),
        ("", "no function stands in its table"),
        ("(import \"env\" \"G\" (global i32))", "it imports what is no function"),
    ] {
        let module = format!("(module {pieces} (table 2 funcref) (func $f))");
        let error =
            parts(&wat::parse_str(module).unwrap(), &[], 2, &Contents::default()).err().unwrap();
        assert!(error.contains(why), "{error}");
    }
}
