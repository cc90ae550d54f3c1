//! The project's own commands: `./x COMMAND`, or `cargo xtask COMMAND` where there is no shell.
//!
//! Read in this order: [`project`] (where everything is), [`tools`] (what is installed, and how),
//! then a module a command: [`serve`], [`dist`] (build), [`suite`] (test), [`check`], [`bench`].
#![forbid(unsafe_code)]

mod bench;
mod check;
mod cold;
mod dist;
mod files;
mod finish;
mod invariants;
mod process;
mod project;
mod rust_text;
mod serve;
mod sources;
mod style;
mod suite;
mod tools;

use std::process::ExitCode;

use project::Project;

/// What every command gives: nothing, or the one sentence that says what went wrong.
type Result<T = ()> = std::result::Result<T, String>;

const USAGE: &str = "\
./x serve [trunk's options]   build and serve the playground, print its address, rebuild on change
./x test [part or demo ...]   every test, or those named; --deep: the long ones too; --firefox: there too
./x build                     dist/, ready to host
./x bench [demo] [--json]     every measured figure, as a table or as one JSON object a line
./x check                     the quick loop: format, lints, invariants, engine tests
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut project = Project::here();
    let outcome = match arguments.split_first() {
        Some((command, rest)) => match command.as_str() {
            "serve" => serve::run_trunk(&mut project, rest),
            "test" => suite::run(&mut project, rest),
            "build" => dist::run(&mut project, rest),
            "bench" => bench::run(&mut project, rest),
            "check" => check::run(&mut project, rest),
            "sources" => sources::run(&project),
            "cold" => cold::run(&mut project),
            "style" => style::run(&project),
            "help" | "--help" | "-h" => {
                print!("{USAGE}{}", suite::usage());
                Ok(())
            }
            other => Err(format!("there is no command `{other}`; these there are:\n{USAGE}")),
        },
        None => Err(format!("say what to do:\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("x: {sentence}");
            ExitCode::FAILURE
        }
    }
}
