//! Running other programs, so that the person sees what runs and what went wrong.

use std::process::{Command, Stdio};

use crate::Result;

/// Runs it, with its output on the terminal, after a line that says what is run.
pub(crate) fn run(command: &mut Command) -> Result {
    eprintln!("$ {}", words(command));
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", words(command))) }
}

/// Runs it and gives what it printed. Its errors are shown if it fails, unless they go elsewhere.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().map_err(|error| cannot_start(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{}` failed ({}): {}", words(command), output.status, said.trim()))
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` cannot be started: {error}", command.get_program().to_string_lossy())
}

/// The command as one would type it, without the folders before the program.
fn words(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    let arguments = command.get_args().map(|word| word.to_string_lossy().into_owned());
    std::iter::once(name).chain(arguments).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_there_is_one_sentence() {
        let error = run(&mut Command::new("no-such-program-anywhere")).unwrap_err();
        assert!(error.starts_with("`no-such-program-anywhere` cannot be started"), "{error}");
    }

    #[test]
    fn failure_names_the_command_and_says_what_it_said() {
        let error = output(Command::new("cargo").arg("no-such-subcommand")).unwrap_err();
        assert!(error.contains("`cargo no-such-subcommand` failed"), "{error}");
        assert!(error.contains("no such command"), "{error}");
    }
}
