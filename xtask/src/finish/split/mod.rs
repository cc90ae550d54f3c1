//! The module in two: what a start calls, and what comes later.
//!
//! Much of a program is seldom called: texts are parsed when somebody types one, and most of what can
//! go wrong does not. A first visit waits for none of that. The functions that the list ([`cold`])
//! names become a module of their own, which the script (`static/later.js`) fetches as soon as the
//! first one runs; both have one memory and one table of functions.
//!
//! Where the first half calls one, it has a stub ([`first`]). A stub whose function has not come yet
//! has the script get the later half at once, and then makes the call; when that cannot be had, the
//! page ends with a sentence. So each function can be called at any time, and the list is about time
//! alone: whatever stands in it, the page does the same.
//!
//! binaryen's `wasm-split` does such things, but is not in its npm package.

mod cold;
mod first;
mod later;
mod plan;
mod shared;
pub(super) mod watch;

use wasm_encoder::Module;
use wasm_encoder::reencode::Reencode;
use wasmparser::Parser;

pub(crate) use cold::{Cold, LIST, function_names, list_path};
use first::First;
use later::Later;
use plan::Plan;

use crate::Result;

/// The two modules.
pub(super) struct Halves {
    /// The one that a page starts with.
    pub(super) first: Vec<u8>,
    /// The one that it fetches then.
    pub(super) later: Vec<u8>,
}

/// Splits a module: the functions with these indices go into the later one, but those that the
/// script calls itself.
pub(super) fn halves(module: &[u8], cold: &[u32]) -> Result<Halves> {
    let plan = Plan::of(module, cold).map_err(|error| format!("the module's halves: {error}"))?;
    let mut first = Module::new();
    First::new(&plan)
        .parse_core_module(&mut first, Parser::new(0), module)
        .map_err(|error| format!("the first half of the module: {error}"))?;
    let later = Later::new(&plan)
        .module(module)
        .map_err(|error| format!("the later half of the module: {error}"))?;
    let (first, later) = (first.finish(), later.finish());
    for half in [&first, &later] {
        wasmparser::validate(half).map_err(|error| format!("a half of the module: {error}"))?;
    }
    Ok(Halves { first, later })
}

#[cfg(test)]
mod tests {
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

    /// The indices in it of the functions that have "cold" in their names.
    const COLD: [u32; 5] = [5, 6, 7, 8, 9];

    /// Calls everything there is, and prints what each call gives and logs. Its arguments are the
    /// whole module; or the first half, "early" or "late", and the later half.
    const CALLS: &str = r#"
        const [first, when, later] = process.argv.slice(1);
        const compiled = (module) => new WebAssembly.Module(Buffer.from(module, "base64"));
        const env = { log: (value) => console.log("log", value), unused() {} };
        let loads = 0;
        function load() {
            loads += 1;
            new WebAssembly.Instance(compiled(later), { env, first: wasm });
            wasm.L.value = 1;
        }
        const wasm = new WebAssembly.Instance(compiled(first), { env, later: { load } }).exports;
        if (when === "early") load();
        console.log(wasm.hot(2));
        if (when === "late" && loads) console.log("a hot function does not load");
        for (let round = 0; round < 2; round += 1) {
            console.log(wasm.slot(2, 4), wasm.slot(1, 6), wasm.slot(3, 1));
            console.log(wasm.calls(30), wasm.exported());
        }
        if (when && loads !== 1) console.log(`loaded ${loads} times`);"#;

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
    fn two_halves_do_what_the_whole_did_whenever_the_later_one_comes() {
        let whole = wat::parse_str(WHOLE).unwrap();
        let Halves { first, later } = halves(&whole, &COLD).unwrap();
        let [whole, first, later] = [whole, first, later].map(|it| BASE64_STANDARD.encode(it));
        let expected = said(&[&whole]);
        assert!(expected.contains("-6.5") && expected.lines().count() > 15, "{expected}");
        assert_eq!(said(&[&first, "late", &later]), expected);
        assert_eq!(said(&[&first, "early", &later]), expected);
    }

    #[test]
    fn the_halves_hold_what_is_theirs() {
        let Halves { first, later } = halves(&wat::parse_str(WHOLE).unwrap(), &COLD).unwrap();
        let (bodies, imports) = contents(&first);
        assert_eq!(bodies, 6 + 3, "six, and stubs of the three that these know");
        assert_eq!(imports, ["env.log", "env.unused", "later.load"]);
        let (bodies, imports) = contents(&later);
        assert_eq!(bodies, 4, "what is exported stays");
        assert_eq!(imports, ["env.log", "first.T0", "first.T1", "first.M", "first.G1"]);
    }

    #[test]
    fn a_module_may_stay_whole_but_for_the_name_of_what_would_come() {
        let Halves { first, later } = halves(&wat::parse_str(WHOLE).unwrap(), &[]).unwrap();
        assert_eq!(contents(&first).0, 11 - 1);
        assert_eq!(contents(&later).0, 0);
    }

    #[test]
    fn a_module_that_no_linker_writes_is_refused() {
        for (parts, why) in [
            ("(elem (i32.const 0) $f) (elem (i32.const 1) $f)", "filled in several pieces"),
            ("(elem funcref (ref.func $f))", "functions stand outside of its table"),
            ("", "no function stands in its table"),
            ("(import \"env\" \"G\" (global i32))", "it imports what is no function"),
        ] {
            let module = format!("(module {parts} (table 2 funcref) (func $f))");
            let error = halves(&wat::parse_str(module).unwrap(), &[]).err().unwrap();
            assert!(error.contains(why), "{error}");
        }
    }
}
