//! What happened in a run so far.

use std::ops::Range;

use crate::{Commands, Machine, Mark};

/// A mark with its place on the timeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Marked {
    /// The cursor right after the marked step.
    pub cursor: usize,
    /// What kind of mark.
    pub mark: Mark,
}

/// A command that was done, and what came of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Done<'a, Command> {
    /// It was the command with this index, counted from 0.
    pub index: usize,
    /// The command.
    pub command: &'a Command,
    /// The indices of its steps.
    pub steps: Range<usize>,
}

/// Commands and steps, and which step belongs to which command.
pub(super) struct Record<M: Machine> {
    pub(super) commands: Commands<M::Command>,
    pub(super) steps: Vec<M::Step>,
    pub(super) marks: Vec<Marked>,
    /// The index of each command's first step.
    starts: Vec<u32>,
}

impl<M: Machine> Default for Record<M> {
    fn default() -> Self {
        Record {
            commands: Commands::default(),
            steps: Vec::new(),
            marks: Vec::new(),
            starts: Vec::new(),
        }
    }
}

impl<M: Machine> Record<M> {
    /// Whether another command has room.
    pub(super) fn has_room(&self) -> bool {
        self.steps.len() < crate::MAX_STEPS && self.commands.len() < crate::MAX_COMMANDS
    }

    /// Makes room for so many steps at once, so that a growing list need not be copied in the midst
    /// of a frame.
    pub(super) fn reserve(&mut self, steps: usize) {
        // The last command may lead beyond the most steps, but not as far as a link may claim.
        let more = steps.min(2 * crate::MAX_STEPS).saturating_sub(self.steps.len());
        // Where there is no room for all, it is made step by step, as long as it goes.
        let _ = self.steps.try_reserve_exact(more);
    }

    /// Appends a command and takes its steps over. The caller has seen that there is room.
    pub(super) fn push(&mut self, command: M::Command, steps: &mut Vec<M::Step>) {
        self.starts.push(self.steps.len() as u32);
        let pushed = self.commands.push(command);
        debug_assert!(pushed.is_ok(), "the caller has seen that there is room");
        for (cursor, step) in (self.steps.len() + 1..).zip(&*steps) {
            if let Some(mark) = M::mark(step) {
                self.marks.push(Marked { cursor, mark });
            }
        }
        self.steps.append(steps);
    }

    /// Keeps the first `commands` commands.
    pub(super) fn truncate(&mut self, commands: usize) {
        let steps = self.start(commands);
        self.commands.truncate(commands);
        self.starts.truncate(commands);
        self.steps.truncate(steps);
        self.marks.truncate(self.marks.partition_point(|marked| marked.cursor <= steps));
    }

    /// The index of the first step of a command; for one that is not there, the number of steps.
    pub(super) fn start(&self, command: usize) -> usize {
        self.starts.get(command).map_or(self.steps.len(), |start| *start as usize)
    }

    /// The index of the command to which this step belongs; at the end, how many commands there are.
    pub(super) fn command_index(&self, step: usize) -> usize {
        if step >= self.steps.len() {
            return self.starts.len();
        }
        self.starts.partition_point(|start| *start as usize <= step).saturating_sub(1)
    }

    /// The command to which this step belongs.
    pub(super) fn command_at(&self, step: usize) -> Option<Done<'_, M::Command>> {
        let index = self.command_index(step);
        let command = self.commands.get(index)?;
        Some(Done { index, command, steps: self.start(index)..self.start(index + 1) })
    }
}
