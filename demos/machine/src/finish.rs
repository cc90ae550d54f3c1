//! A run played to its end, in slices.

use std::fmt;

use crate::{MAX_COMMANDS, MAX_STEPS, Machine, Mark, Progress, Run, Tape, Want};

/// Plays a run on, from where its commands end, until the machine comes to rest or has done a number
/// of steps. Of what happens it keeps the commands alone, no step and no snapshot: a million steps
/// take as little memory as their commands do, run-length coded.
pub struct Finisher<M: Machine> {
    machine: M,
    run: Run<M>,
    /// How many of the run's commands are done; when all are, others are added.
    commands: usize,
    steps: usize,
    limit: usize,
    marks: Marks,
    tape: Tape<M::Step, M::Snapshot>,
}

/// How many marked steps there were.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// Notable ones.
    pub notable: usize,
    /// Those at which something is wrong.
    pub faults: usize,
}

/// Why a run was not played on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ending<E> {
    /// The machine came to rest: it does nothing more by itself.
    Rest,
    /// It would go on, but so many steps were to be all.
    Limit,
    /// Somebody stopped it.
    Stopped,
    /// A command of the run is not possible; the run ends before it.
    NotPossible {
        /// The index of the command, counted from 0.
        command: usize,
        /// What the machine says.
        error: E,
    },
}

impl<M: Machine> Finisher<M> {
    /// Begins with the commands that the run has. No command is begun at or after `limit` steps,
    /// which is [`MAX_STEPS`] at most.
    pub fn new(run: Run<M>, limit: usize) -> Result<Self, M::Error> {
        Ok(Finisher {
            machine: M::start(&run.scenario)?,
            run,
            commands: 0,
            steps: 0,
            limit: limit.min(MAX_STEPS),
            marks: Marks::default(),
            tape: Tape::default(),
        })
    }

    /// Goes on for about `budget` steps; `None` if there is more to do.
    pub fn advance(&mut self, budget: usize) -> Option<Ending<M::Error>> {
        let end = self.steps + budget.max(1);
        while self.steps < end {
            if let Some(ending) = self.command() {
                return Some(ending);
            }
        }
        None
    }

    /// Does the next command, of the run or of Play.
    fn command(&mut self) -> Option<Ending<M::Error>> {
        if self.steps >= self.limit || self.commands == MAX_COMMANDS {
            return Some(self.end(Ending::Limit));
        }
        let recorded = self.run.commands.get(self.commands).cloned();
        let adds = recorded.is_none();
        let Some(command) = recorded.or_else(|| self.machine.play()) else {
            return Some(self.end(Ending::Rest));
        };
        self.tape.rewind(Want::Nothing);
        if let Err(error) = self.machine.apply(&command, &mut self.tape) {
            return Some(self.end(Ending::NotPossible { command: self.commands, error }));
        }
        for mark in self.tape.steps().iter().filter_map(M::mark) {
            match mark {
                Mark::Notable => self.marks.notable += 1,
                Mark::Fault => self.marks.faults += 1,
            }
        }
        self.steps += self.tape.steps().len();
        self.commands += 1;
        if adds && self.run.commands.push(command).is_err() {
            return Some(self.end(Ending::Limit));
        }
        None
    }

    /// Ends where it is. Commands that the run had from the start and that are still to do stay in
    /// it, after its cursor.
    pub fn stop(&mut self) -> Ending<M::Error> {
        self.run.cursor = self.steps;
        Ending::Stopped
    }

    fn end(&mut self, ending: Ending<M::Error>) -> Ending<M::Error> {
        self.run.commands.truncate(self.commands);
        self.run.cursor = self.steps;
        ending
    }

    /// How many steps are done, of how many at most.
    pub fn progress(&self) -> Progress {
        Progress { done: self.steps.min(self.limit), total: self.limit }
    }

    /// How many steps were marked so far.
    pub fn marks(&self) -> Marks {
        self.marks
    }

    /// The run; at its end once [`advance`](Finisher::advance) has said that it is there.
    pub fn run(&self) -> &Run<M> {
        &self.run
    }
}

impl<E: fmt::Display> fmt::Display for Ending<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ending::Rest => f.write_str("Nothing more happens by itself."),
            Ending::Limit => f.write_str("It would go on: this is as far as it was to be run."),
            Ending::Stopped => f.write_str("Stopped."),
            Ending::NotPossible { command, error } => {
                write!(f, "Command {} is not possible there: {error}", command + 1)
            }
        }
    }
}
