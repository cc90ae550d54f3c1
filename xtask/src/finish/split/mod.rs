//! The module in parts: what every start calls, what only the start of one page calls, and the rest.
//!
//! Much of a program is seldom called: texts are parsed when somebody types one, and most of what can
//! go wrong does not. And a page has no use for the machine of another. So the functions that the list
//! ([`cold`]) names become modules of their own: one for each page that has some, and one of what no
//! start calls. The script (`static/later.js`) fetches them all as soon as the first part runs, and the
//! page's own one before that; all have one memory and one table of functions.
//!
//! Where a function of another part is called, the first part has a stub ([`first`]). A stub whose
//! function has not come yet has the script get its part at once, and then makes the call; when that
//! cannot be had, the page ends with a sentence. So each function can be called at any time, and the
//! list is about time alone: whatever stands in it, the page does the same.
//!
//! Texts and other constants go with the functions that use them ([`Contents`]).
//!
//! binaryen's `wasm-split` does such things, but is not in its npm package.

mod cold;
mod contents;
mod first;
mod later;
mod linked;
mod plan;
mod shared;
#[cfg(test)]
mod tests;
pub(super) mod watch;

use wasm_encoder::Module;
use wasm_encoder::reencode::Reencode;
use wasmparser::Parser;

pub(crate) use cold::{Cold, LIST, REST, function_names, list_path};
use contents::Contents;
use first::First;
use later::Later;
use plan::Plan;

use crate::Result;

/// Finds out which part brings which constant. `linked` is the module as the linker left it, `module` as
/// it is now; `parts` are those of its functions, and `rest` is the part of what no start calls.
pub(super) fn contents(
    linked: &[u8],
    module: &[u8],
    parts: &[usize],
    rest: usize,
) -> Result<Contents> {
    Contents::of(linked, module, parts, rest)
        .map_err(|error| format!("what the parts bring into memory: {error}"))
}

/// Splits a module: `parts` says the part of each function, of so many, in which 0 is the first; what
/// the script calls itself stays in that one. Gives the parts.
pub(super) fn parts(
    module: &[u8],
    parts: &[usize],
    count: usize,
    contents: &Contents,
) -> Result<Vec<Vec<u8>>> {
    let plan = Plan::of(module, parts, count, contents);
    let plan = plan.map_err(|error| format!("the parts: {error}"))?;
    let mut first = Module::new();
    First::new(&plan)
        .parse_core_module(&mut first, Parser::new(0), module)
        .map_err(|error| format!("the first part of the module: {error}"))?;
    let mut all = vec![first.finish()];
    for part in 1..count {
        let later = Later::new(&plan, part).module(module);
        all.push(later.map_err(|error| format!("part {part} of the module: {error}"))?.finish());
    }
    for part in &all {
        wasmparser::validate(part).map_err(|error| format!("a part of the module: {error}"))?;
    }
    Ok(all)
}
