//! The machine: futures, the world around them, and the commands that move them.

use std::fmt;
use std::mem;
use std::sync::Arc;

use machine::{Machine, Mark, Tape};

use crate::lang::{self, Problem};
use crate::snapshot::Snapshot;
use crate::task::Futures;
use crate::waker::TaskHeader;
use crate::world::{State, World};
use crate::{
    Actor, Command, Handle, Happening, Program, Scenario, SourceId, Step, Verdict, interpret,
    reactor, scenes, scheduler,
};

/// An executor with its tasks.
pub struct Executor {
    world: Arc<World>,
    futures: Futures,
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
        match &scenario.program {
            Program::Scene(name) => {
                let scene = scenes::find(name).ok_or(Error::NoSuchScene(name))?;
                Ok(Executor::with_tasks(scenario, scene.spawn))
            }
            Program::Text(text) => {
                let program = lang::parse(text).map_err(Error::Program)?;
                Ok(Executor::with_tasks(scenario, |rt| interpret::start(rt, program)))
            }
        }
    }

    fn commands(&self) -> Vec<Command> {
        self.world.lock().commands()
    }

    fn play(&self) -> Option<Command> {
        let state = self.world.lock();
        let resting = state.verdict.is_some();
        state.commands().into_iter().next().filter(|_| !resting)
    }

    fn apply(&mut self, command: &Command, tape: &mut Tape<Step, Snapshot>) -> Result<(), Error> {
        let mut state = self.world.lock();
        if !state.commands().contains(command) {
            return Err(Error::NotPossible(*command));
        }
        state.tape = mem::take(tape);
        state.arrows.clear();
        // A command may bring the run to life again; only whoever spins, spins on.
        let spins_on =
            state.verdict == Some(Verdict::Spinning) && matches!(command, Command::Turn(_));
        if !spins_on {
            state.verdict = None;
        }
        drop(state);
        match *command {
            Command::Turn(worker) => scheduler::turn(&self.world, &mut self.futures, worker),
            Command::React => reactor::react(&self.world),
            Command::MakeReady(source) => {
                let mut state = self.world.lock();
                state.actor = Actor::Person;
                state.source_ready(source);
            }
            Command::DropExecutor => self.drop_everything(),
        }
        self.take_in_spawned();
        let mut state = self.world.lock();
        state.diagnose();
        *tape = mem::take(&mut state.tape);
        Ok(())
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.world.lock())
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
        let world = World::new(scenario);
        let mut executor = Executor { world, futures: Futures::new() };
        spawn(&Handle::new(&executor.world));
        executor.take_in_spawned();
        let mut state = executor.world.lock();
        state.diagnose();
        state.engine = None;
        state.tape = Tape::default();
        drop(state);
        executor
    }

    /// Whether the count of wakers that the machine keeps by the calls of the vtable is, for every
    /// task, the count that is in its `Arc`. It must be, between any two commands.
    pub fn counts_agree(&self) -> bool {
        let tasks = &self.world.lock().tasks;
        tasks.iter().all(|task| task.live == TaskHeader::counted(&task.header))
    }

    /// Takes over the futures of the tasks that were spawned in the meantime.
    fn take_in_spawned(&mut self) {
        self.futures.append(&mut self.world.lock().spawned);
    }

    /// Drops every future that is left, the oldest task first.
    fn drop_everything(&mut self) {
        let mut state = self.world.lock();
        state.actor = Actor::Drop;
        state.dropped = true;
        let unfinished = state.unfinished().len() as u32;
        state.tell(Happening::ExecutorDropped { unfinished });
        drop(state);
        while let Some((_, future)) = self.futures.pop_first() {
            drop(future);
            // What it spawned when it was dropped, if it did, comes to the same end.
            self.take_in_spawned();
        }
    }
}

impl Drop for Executor {
    fn drop(&mut self) {
        self.drop_everything();
    }
}

impl State {
    fn commands(&self) -> Vec<Command> {
        if matches!(self.verdict, Some(Verdict::Finished | Verdict::Dropped)) {
            return Vec::new();
        }
        let turns = self.can_move();
        let due = self.reactor.selector.is_due(self.now);
        let can_wait = turns.is_empty() && self.next_moment().is_some();
        let react = (due || can_wait).then_some(Command::React);
        let sources = (0..self.sources.len() as u32).map(SourceId);
        let turns = turns.into_iter().map(Command::Turn);
        let by_hand = sources.map(Command::MakeReady).chain([Command::DropExecutor]);
        react.into_iter().chain(turns).chain(by_hand).collect()
    }
}
