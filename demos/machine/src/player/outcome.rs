//! What a call on the player leads to, as data.

use std::fmt;

/// How a call on the player went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is done, and this is what happened.
    Done(Event),
    /// It takes longer: call [`Player::advance`](super::Player::advance) until it is done. Until
    /// then the cursor, the snapshot and the commands are the ones from before.
    Working(Progress),
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// The cursor stands where it was asked to.
    Moved,
    /// There is nothing before the first step.
    AtStart,
    /// At the end of the run, the machine does nothing more by itself. What it could still be told to
    /// do, [`Player::commands`](super::Player::commands) says.
    AtRest,
    /// A run was opened; whether all of it, [`Player::shortfall`](super::Player::shortfall) says.
    Opened,
    /// The command was the one that the run had taken here, so the cursor went to its end.
    Followed,
    /// The command was added at the end of the run.
    Applied {
        /// How many steps it gave.
        steps: usize,
    },
    /// The command was taken instead of what the run had done, at an earlier cursor.
    Branched {
        /// The cursor at which the two runs part.
        at: usize,
        /// The cursor stood inside a command, and went back to that command's start.
        inside: bool,
        /// How many steps of the run before came after that; [`Player::left`](super::Player::left)
        /// still has them.
        dropped: usize,
        /// How many steps the command gave.
        steps: usize,
    },
}

/// How far a longer work is. Only the ratio means something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Done so far.
    pub done: usize,
    /// All that there is to do.
    pub total: usize,
}

/// Why the player did not do it. Run, cursor and snapshot are as they were.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused<E> {
    /// The machine says that the command is not possible now.
    NotPossible(E),
    /// The run has as many steps or commands as a run may have.
    Full,
    /// The run is still being opened.
    Opening,
    /// Running again gave something else than the first time: the machine breaks its contract.
    Diverged {
        /// The cursor right after the first step that was different.
        cursor: usize,
    },
}

impl<E: fmt::Display> fmt::Display for Refused<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::NotPossible(error) => error.fmt(f),
            Refused::Full => f.write_str(
                "A run has at most 1,000,000 steps, and this one has them all: go back or reset.",
            ),
            Refused::Opening => f.write_str("The run is still being opened: wait, or stop that."),
            Refused::Diverged { cursor } => diverged(f, *cursor),
        }
    }
}

/// Why a run that was opened is not there as it was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shortfall<E> {
    /// A command is not possible where it stands; the run is open up to there.
    NotPossible {
        /// The index of that command, counted from 0.
        command: usize,
        /// How many commands the run was to have.
        of: usize,
        /// What the machine says.
        error: E,
    },
    /// The commands give more steps than a run may have; the run is open up to the limit.
    Full,
    /// The cursor was beyond the last step; it stands there now.
    CursorBeyond {
        /// The cursor that was asked for.
        cursor: usize,
        /// How many steps there are.
        len: usize,
    },
    /// Running again gave something else than the first time: the machine breaks its contract. The
    /// cursor is at the start.
    Diverged {
        /// The cursor right after the first step that was different.
        cursor: usize,
    },
    /// The person stopped the opening.
    Stopped {
        /// How many commands were done by then.
        commands: usize,
        /// How many the run was to have.
        of: usize,
    },
}

impl<E: fmt::Display> fmt::Display for Shortfall<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shortfall::NotPossible { command, of, error } => write!(
                f,
                "Command {} of {of} is not possible there, so the run ends before it: {error}",
                command + 1
            ),
            Shortfall::Full => f.write_str(
                "The commands give more than 1,000,000 steps, so the run ends at that many.",
            ),
            Shortfall::CursorBeyond { cursor, len } => write!(
                f,
                "The run has {len} steps, so this is the last one: there is no step {cursor}."
            ),
            Shortfall::Diverged { cursor } => diverged(f, *cursor),
            Shortfall::Stopped { commands, of } => {
                write!(f, "Stopped: {commands} of {of} commands are done.")
            }
        }
    }
}

fn diverged(f: &mut fmt::Formatter<'_>, cursor: usize) -> fmt::Result {
    write!(
        f,
        "Running this again gave another step {cursor} than the first time. That is a fault of \
         this demo; the steps on the screen are those of the first time."
    )
}
