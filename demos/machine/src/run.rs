//! A run, as data.

use std::fmt;

use crate::{Commands, Machine};

/// What was set up, what was done since, and where one looks: all that a link, a counterexample, a
/// lecture scene or a saved file holds.
pub struct Run<M: Machine> {
    /// What the person set up.
    pub scenario: M::Scenario,
    /// What was done since.
    pub commands: Commands<M::Command>,
    /// After how many steps one looks at it.
    pub cursor: usize,
}

impl<M: Machine> Run<M> {
    /// The run in which nothing was done yet.
    pub fn new(scenario: M::Scenario) -> Self {
        Run { scenario, commands: Commands::default(), cursor: 0 }
    }
}

// By hand, because a derive would ask the same of the machine itself.
impl<M: Machine> Clone for Run<M> {
    fn clone(&self) -> Self {
        Run {
            scenario: self.scenario.clone(),
            commands: self.commands.clone(),
            cursor: self.cursor,
        }
    }
}

impl<M: Machine> PartialEq for Run<M> {
    fn eq(&self, other: &Self) -> bool {
        self.scenario == other.scenario
            && self.commands == other.commands
            && self.cursor == other.cursor
    }
}

impl<M: Machine> fmt::Debug for Run<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run")
            .field("scenario", &self.scenario)
            .field("commands", &self.commands)
            .field("cursor", &self.cursor)
            .finish()
    }
}
