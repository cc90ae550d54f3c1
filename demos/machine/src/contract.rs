//! The contract that every demo's engine fulfils.

use std::fmt::{Debug, Display};

use crate::{Portable, Tape};

/// A deterministic machine that is driven one command at a time.
///
/// The same scenario and the same commands give the same steps and snapshots, on every target and
/// in every visit: a machine reads no clock and no ambient randomness (a seed is part of its
/// scenario), knows no DOM, and panics on no sequence of commands.
pub trait Machine: Sized + 'static {
    /// What the person sets up before the run; goes into the link.
    type Scenario: Clone + PartialEq + Debug + Portable + 'static;
    /// What can be done now: poll the next task, let thread 1 go, press button 4.
    type Command: Clone + PartialEq + Debug + Portable + 'static;
    /// One thing that happened, as plain data; the page puts it into words.
    type Step: Clone + PartialEq + Debug + 'static;
    /// Plain data: all that a view needs, and nothing that a view must compute.
    type Snapshot: Clone + PartialEq + Debug + 'static;
    /// Why a scenario cannot start or a command is not possible; shown to the reader.
    type Error: Clone + PartialEq + Debug + Display + 'static;

    /// Builds the machine in its first state.
    fn start(scenario: &Self::Scenario) -> Result<Self, Self::Error>;

    /// What can be done now, in a stable order; the first is what Play takes. Empty at the end.
    fn commands(&self) -> Vec<Self::Command>;

    /// Does `command` and records on `tape` each step, at the moment at which it happens; at least
    /// one, and few enough that doing it takes much less than a frame. A command that is not
    /// possible now is an error, records nothing, and leaves the machine as it was.
    fn apply(
        &mut self,
        command: &Self::Command,
        tape: &mut Tape<Self::Step, Self::Snapshot>,
    ) -> Result<(), Self::Error>;

    /// The state as it is now.
    fn snapshot(&self) -> Self::Snapshot;

    /// What Play takes next: the first of [`commands`](Machine::commands), unless a machine has come
    /// to rest and has only commands left that a person must choose.
    fn play(&self) -> Option<Self::Command> {
        self.commands().into_iter().next()
    }

    /// Whether a step deserves a mark on the timeline.
    fn mark(_step: &Self::Step) -> Option<Mark> {
        None
    }
}

/// A mark on the timeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// Something notable: a task finished, a line was printed.
    Notable,
    /// Something wrong: a task that nothing will wake, memory used after it was freed.
    Fault,
}
