//! What the engines do natively, worked out while a test is compiled for the browser, so that the
//! test can compare it with what they do there.
#![forbid(unsafe_code)]

mod arena;
#[path = "../../../demos/arena/tests/machine/fingerprint.rs"]
mod fingerprint;
#[path = "../../../demos/arena/tests/machine/programs.rs"]
mod programs;
#[path = "../../../demos/executor/tests/contract/scenarios.rs"]
mod scenarios;

use executor::Executor;
use machine::check::random_run;
use machine::{Random, Run, digest, link};
use proc_macro::TokenStream;

/// An array of runs of the executor: the link of each, and the fingerprint of its whole trace here.
#[proc_macro]
pub fn executor_traces(_: TokenStream) -> TokenStream {
    let short = (0..200).map(|seed| {
        let mut random = Random::new(seed);
        let commands = random.below(30);
        random_run(scenarios::scenario(&mut random), commands, &mut random).expect("it starts")
    });
    let long =
        (200..205).map(|seed| scenarios::busy(scenarios::scenario(&mut Random::new(seed)), 5_000));
    let entry = |run: Run<Executor>| {
        let fingerprint = digest::trace(&run).expect("its commands are possible");
        format!("({:?}, {fingerprint}u64),", link::encode(&run))
    };
    let entries: String = short.chain(long).map(entry).collect();
    format!("[{entries}]").parse().expect("strings and numbers in an array")
}

/// An array of runs of the arena's machine: the link of each, and the fingerprint of its trace here.
#[proc_macro]
pub fn arena_traces(_: TokenStream) -> TokenStream {
    let entry = |run: Run<::arena::Memory>| {
        let fingerprint = fingerprint::fingerprint(&run);
        format!("({:?}, {fingerprint}u64),", link::encode(&run))
    };
    let entries: String = arena::runs().into_iter().map(entry).collect();
    format!("[{entries}]").parse().expect("strings and numbers in an array")
}
