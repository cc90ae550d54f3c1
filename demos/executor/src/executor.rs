//! The machine: a runtime with the tasks of a scenario.

use std::fmt;

use machine::{Machine, Mark, Tape};

use crate::lang::{self, Problem};
use crate::scenes::Scene;
use crate::{
    Command, Handle, Happening, NotPossible, Program, Runtime, Scenario, Snapshot, Step, Verdict,
    interpret, scenes,
};

/// An executor with its tasks.
pub struct Executor {
    runtime: Runtime,
}

/// The tasks of a scenario, found and read.
enum Tasks {
    Scene(&'static Scene),
    Typed(lang::Program),
}

/// Why a scenario cannot start, or a command is not possible.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Error {
    /// There is no scene of this name.
    NoSuchScene(&'static str),
    /// The typed program is wrong; at least one problem.
    Program(Vec<Problem>),
    /// The command is not among those that are possible now.
    NotPossible(Command),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoSuchScene(name) => write!(f, "There is no scene named {name}."),
            Error::Program(problems) => match problems.as_slice() {
                [] => write!(f, "The program is wrong."),
                [only] => write!(f, "The program is wrong: {only}"),
                [first, rest @ ..] => {
                    write!(f, "The program is wrong: {first} (and {} more)", rest.len())
                }
            },
            Error::NotPossible(Command::Turn(worker)) => {
                write!(f, "Worker {} has nothing to do now.", worker.0 + 1)
            }
            Error::NotPossible(Command::React) => write!(f, "Nothing is due at the reactor now."),
            Error::NotPossible(Command::MakeReady(source)) => {
                write!(f, "There is no source {} to make readable now.", source.0 + 1)
            }
            Error::NotPossible(Command::DropExecutor) => {
                write!(f, "The executor is dropped already, or has nothing left to drop.")
            }
        }
    }
}

impl Machine for Executor {
    type Scenario = Scenario;
    type Command = Command;
    type Step = Step;
    type Snapshot = Snapshot;
    type Error = Error;

    fn start(scenario: &Scenario) -> Result<Self, Error> {
        let tasks = match &scenario.program {
            Program::Scene(name) => {
                Tasks::Scene(scenes::find(name).ok_or(Error::NoSuchScene(name))?)
            }
            Program::Text(text) => Tasks::Typed(lang::parse(text).map_err(Error::Program)?),
        };
        Ok(Executor::with_tasks(scenario, |rt| match tasks {
            Tasks::Scene(scene) => (scene.spawn)(rt),
            Tasks::Typed(program) => interpret::start(rt, program),
        }))
    }

    fn commands(&self) -> Vec<Command> {
        self.runtime.commands()
    }

    fn play(&self) -> Option<Command> {
        self.runtime.play()
    }

    fn apply(&mut self, command: &Command, tape: &mut Tape<Step, Snapshot>) -> Result<(), Error> {
        self.runtime
            .apply(command, tape)
            .map_err(|NotPossible(command)| Error::NotPossible(command))
    }

    fn snapshot(&self) -> Snapshot {
        self.runtime.snapshot()
    }

    fn mark(step: &Step) -> Option<Mark> {
        match step.happening {
            Happening::NeverWoken { .. } | Happening::HandlerReplaced { .. } => Some(Mark::Fault),
            Happening::Rest { verdict: Verdict::Stuck | Verdict::Spinning } => Some(Mark::Fault),
            Happening::PollReady { .. } | Happening::Printed { .. } => Some(Mark::Notable),
            _ => None,
        }
    }
}

impl Executor {
    /// A machine with the tasks that `spawn` spawns, whatever the scenario says about the program.
    pub fn with_tasks(scenario: &Scenario, spawn: impl FnOnce(&Handle)) -> Executor {
        Executor { runtime: Runtime::new(scenario.setup(), spawn) }
    }

    /// Whether the count of wakers that the machine keeps by the calls of the vtable is, for every
    /// task, the count that is in its `Arc`. It must be, between any two commands.
    pub fn counts_agree(&self) -> bool {
        self.runtime.counts_agree()
    }
}
