//! The machine: a program, run on allocators side by side.

use std::fmt;
use std::sync::Arc;

use machine::{Machine, Mark, Tape};

use crate::action::{Action, Make};
use crate::book::Book;
use crate::delta::Delta;
use crate::lang::{self, Problem, Sort};
use crate::list::List;
use crate::naive::Borrow;
use crate::real::Real;
use crate::runner::{Operation, Runner, Target};
use crate::shadow::Shadow;
use crate::snapshot::{Gone, Line, Snapshot, Value};
use crate::step::{Event, How, Step, Subject, Wrong};
use crate::typed::TypedLane;
use crate::types::TYPES;
use crate::{AllocatorKind, Command, Scenario};

/// What the values of a `churn` are called, and those that a person has made by hand.
const OTHERS: [&str; 2] = ["churn", "by hand"];

/// The types that a person is offered to allocate.
const OFFERED: [&str; 4] = ["u8", "u32", "u64", "AsWritten"];

/// Of how many values a person is offered to free them: the latest ones, if they are among the last
/// that were made.
const FREED: usize = 2;
const LOOKED_AT: usize = 64;

/// Allocators that carry out a program.
pub struct Memory {
    runner: Runner,
    names: Arc<[Arc<str>]>,
    values: List<Value>,
    lanes: Vec<Lane>,
    /// The first value that was made after the last reset.
    since_reset: u32,
    done: u32,
    by_hand: u32,
}

/// An allocator, and what is shown of it.
struct Lane {
    engine: Engine,
    shadow: Shadow,
}

enum Engine {
    Real(Real),
    Typed(TypedLane),
    Book(Book),
}

/// Why a scenario cannot start, or a command is not possible.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Error {
    /// The program is wrong; at least one problem.
    Program(Vec<Problem>),
    /// There is not so much memory.
    NoMemory(u32),
    /// The command is not possible now.
    NotPossible(Command),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Program(problems) => match problems.as_slice() {
                [] => write!(f, "The program is wrong."),
                [only] => write!(f, "The program is wrong: {only}"),
                [first, rest @ ..] => {
                    write!(f, "The program is wrong: {first} (and {} more)", rest.len())
                }
            },
            Error::NoMemory(bytes) => write!(f, "There are no {bytes} bytes for an allocator."),
            Error::NotPossible(Command::Next) => write!(f, "The program is over."),
            Error::NotPossible(Command::Free(value) | Command::Use(value)) => {
                write!(f, "There is no value {} yet.", u64::from(*value) + 1)
            }
            Error::NotPossible(Command::Make(of)) => write!(f, "There is no type {of}."),
            Error::NotPossible(Command::Reset) => write!(f, "There is nothing to reset."),
        }
    }
}

impl Machine for Memory {
    type Scenario = Scenario;
    type Command = Command;
    type Step = Step;
    type Snapshot = Snapshot;
    type Error = Error;

    fn start(scenario: &Scenario) -> Result<Memory, Error> {
        let program = lang::parse(scenario.text()).map_err(Error::Program)?;
        let memory = program.memory;
        let lane = |allocator: &AllocatorKind| Lane::new(*allocator, memory);
        let lanes = scenario.allocators.iter().map(lane).collect::<Result<_, _>>()?;
        let names = program.names.iter().map(|name| name.text.clone());
        let names = names.chain(OTHERS.map(Arc::from)).collect();
        let runner = Runner::new(program);
        let values = List::default();
        Ok(Memory { runner, names, values, lanes, since_reset: 0, done: 0, by_hand: 0 })
    }

    fn commands(&self) -> Vec<Command> {
        let mut commands = Vec::from_iter(self.play());
        let is_there = |value: &u32| {
            self.values.get(*value as usize).is_some_and(|value| value.gone == Gone::No)
        };
        let latest = (0..self.values.len() as u32).rev().take(LOOKED_AT).filter(is_there);
        commands.extend(latest.take(FREED).map(Command::Free));
        commands.push(Command::Reset);
        let index = |name: &&str| TYPES.iter().position(|of| of.name == *name);
        commands.extend(OFFERED.iter().filter_map(index).map(|of| Command::Make(of as u8)));
        commands
    }

    fn play(&self) -> Option<Command> {
        self.runner.line().map(|_| Command::Next)
    }

    fn apply(&mut self, command: &Command, tape: &mut Tape<Step, Snapshot>) -> Result<(), Error> {
        let operation = self.operation(command).ok_or(Error::NotPossible(*command))?;
        self.done += u32::from(*command == Command::Next);
        self.carry_out(operation, tape);
        Ok(())
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot {
            names: self.names.clone(),
            values: self.values.clone(),
            lanes: self.lanes.iter().map(|lane| lane.shadow.lane.clone()).collect(),
            next: self.runner.line(),
            done: self.done,
        }
    }

    fn mark(step: &Step) -> Option<Mark> {
        match &step.event {
            event if event.is_fault() => Some(Mark::Fault),
            Event::Resized { from, place, .. } if from != place => Some(Mark::Notable),
            Event::Allocated { how: How::NewChunk { .. } | How::Grew { .. }, .. }
            | Event::Reset { .. } => Some(Mark::Notable),
            _ => None,
        }
    }
}

impl Memory {
    /// The addresses of each lane's memory, piece by piece, in this visit. They are no part of a trace.
    pub fn addresses(&self) -> Vec<Vec<usize>> {
        self.lanes.iter().map(Lane::addresses).collect()
    }

    /// Whether every byte that is shown is that of the real memory, and every figure is what the
    /// blocks add up to; if not, what is wrong. For tests.
    pub fn verify(&self) -> Result<(), String> {
        for lane in &self.lanes {
            match &lane.engine {
                Engine::Real(real) => real.verify(&lane.shadow.lane)?,
                Engine::Typed(typed) => typed.verify(&lane.shadow.lane)?,
                Engine::Book(_) => {}
            }
            lane.shadow.verify()?;
        }
        Ok(())
    }

    /// What a command comes down to; `None` if it is not possible.
    fn operation(&mut self, command: &Command) -> Option<Operation> {
        let at = Line::default();
        let there =
            |value: u32| ((value as usize) < self.values.len()).then_some(Target::Old(value));
        Some(match *command {
            Command::Next => self.runner.take(&self.values)?,
            Command::Free(value) => Operation { at, action: Action::Free, target: there(value)? },
            Command::Use(value) => Operation { at, action: Action::Use, target: there(value)? },
            Command::Reset => Operation { at, action: Action::Reset, target: Target::Nothing },
            Command::Make(of) => {
                let of = usize::from(of);
                TYPES.get(of)?;
                self.by_hand += 1;
                let (name, number) = (self.names.len() as u32 - 1, self.by_hand);
                let value = Value { name, number, sort: Sort::Value(of), gone: Gone::No };
                let action = Action::Make(Make::Value { of, bytes: None });
                Operation { at, action, target: Target::New(value) }
            }
        })
    }

    fn carry_out(&mut self, operation: Operation, tape: &mut Tape<Step, Snapshot>) {
        let Operation { at, mut action, target } = operation;
        let value = match target {
            Target::New(value) => {
                self.values.push(value);
                Some(self.values.len() as u32 - 1)
            }
            Target::Old(value) => Some(value),
            Target::Nothing => None,
        };
        let gone = value.and_then(|value| self.values.get(value as usize)).map(|it| it.gone);
        if action == Action::Free && gone != Some(Gone::No) {
            action = Action::Wrong(Wrong::FreedBefore);
        }
        match (&action, value) {
            (Action::Free, Some(value)) => self.lose(value, Gone::Freed),
            (Action::Reset, _) => {
                let all = self.values.len() as u32;
                (self.since_reset..all).for_each(|value| self.lose(value, Gone::Reset));
                self.since_reset = all;
            }
            _ => {}
        }
        let subject = value.and_then(|value| {
            let Value { name, number, sort, .. } = *self.values.get(value as usize)?;
            Some(Subject { value, name, number, sort })
        });
        for index in 0..self.lanes.len() {
            let gone = gone.is_some_and(|gone| gone != Gone::No);
            let owner = value.unwrap_or(0);
            let deltas = self.lanes[index].act(&action, owner, gone);
            let last = deltas.len().saturating_sub(1);
            for (number, delta) in deltas.into_iter().enumerate() {
                let event = self.lanes[index].shadow.apply(delta, owner);
                if number == last {
                    self.lanes[index].shadow.close();
                }
                let step = Step { at, lane: index as u8, subject, event };
                let snapshot = tape.wants_snapshot().then(|| self.snapshot());
                tape.record_with(step, snapshot);
            }
        }
    }

    fn lose(&mut self, value: u32, how: Gone) {
        let index = value as usize;
        if self.values.get(index).is_some_and(|value| value.gone == Gone::No)
            && let Some(value) = self.values.get_mut(index)
        {
            value.gone = how;
        }
    }
}

impl Lane {
    fn new(allocator: AllocatorKind, memory: u32) -> Result<Lane, Error> {
        let mut shadow = Shadow::new(allocator);
        let engine = match allocator.heap() {
            Some(kind) => {
                Engine::Real(Real::new(kind, memory).map_err(|_| Error::NoMemory(memory))?)
            }
            None if allocator == AllocatorKind::Typed => Engine::Typed(TypedLane::new(memory)),
            None => {
                shadow.buffer(memory);
                let loosened = allocator == AllocatorKind::Loosened;
                let borrow = if loosened { Borrow::Shared } else { Borrow::Exclusive };
                Engine::Book(Book::new(borrow, memory))
            }
        };
        shadow.close();
        Ok(Lane { engine, shadow })
    }

    fn act(&mut self, action: &Action, value: u32, gone: bool) -> Vec<Delta> {
        let deltas = match &mut self.engine {
            Engine::Real(real) => real.act(action, value, gone),
            Engine::Typed(typed) => typed.act(action, value, gone),
            Engine::Book(book) => book.act(action, value),
        };
        // A command records at least one step.
        if deltas.is_empty() { vec![Delta::NoMemory] } else { deltas }
    }

    fn addresses(&self) -> Vec<usize> {
        match &self.engine {
            Engine::Real(real) => real.addresses(),
            Engine::Typed(typed) => typed.addresses(),
            Engine::Book(_) => Vec::new(),
        }
    }
}
