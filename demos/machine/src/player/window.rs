//! The snapshots that are kept: those of some cursors in a row, around the one that is shown.

use std::ops::Range;
use std::rc::Rc;

use crate::Machine;

/// How many snapshots are kept at most.
pub const WINDOW: usize = 256;

/// Snapshots of consecutive cursors, and what was possible at the start of each command among them.
pub(super) struct Window<M: Machine> {
    first: usize,
    /// Shared with whoever shows one of them.
    snapshots: Vec<Rc<M::Snapshot>>,
    /// With the cursor at which the command starts.
    choices: Vec<(usize, Vec<M::Command>)>,
}

impl<M: Machine> Window<M> {
    /// Begins at the cursor `first`, still without a snapshot.
    pub(super) fn at(first: usize) -> Self {
        Window { first, snapshots: Vec::new(), choices: Vec::new() }
    }

    /// Holds one snapshot.
    pub(super) fn of(cursor: usize, snapshot: M::Snapshot) -> Self {
        let mut window = Window::at(cursor);
        window.push(snapshot.into());
        window
    }

    /// The cursors whose snapshots are here.
    pub(super) fn range(&self) -> Range<usize> {
        self.first..self.first + self.snapshots.len()
    }

    pub(super) fn get(&self, cursor: usize) -> Option<&Rc<M::Snapshot>> {
        self.snapshots.get(cursor.checked_sub(self.first)?)
    }

    /// What was possible at the start of the command that starts at `cursor`.
    pub(super) fn choices(&self, cursor: usize) -> Option<&[M::Command]> {
        let (_, commands) = self.choices.iter().find(|(start, _)| *start == cursor)?;
        Some(commands)
    }

    /// Appends the snapshot of the next cursor.
    pub(super) fn push(&mut self, snapshot: Rc<M::Snapshot>) {
        if self.snapshots.len() == WINDOW {
            self.snapshots.remove(0);
            self.first += 1;
            // The commands of a start are needed up to the next start.
            while self.choices.get(1).is_some_and(|(start, _)| *start <= self.first) {
                self.choices.remove(0);
            }
        }
        self.snapshots.push(snapshot);
    }

    /// Takes what a tape has recorded.
    pub(super) fn take_in(&mut self, snapshots: &mut Vec<(usize, M::Snapshot)>) {
        for (_, snapshot) in snapshots.drain(..) {
            self.push(snapshot.into());
        }
    }

    /// Notes what is possible at the start of a command.
    pub(super) fn push_choices(&mut self, cursor: usize, commands: Vec<M::Command>) {
        if self.choices.last().is_none_or(|(start, _)| *start < cursor) {
            self.choices.push((cursor, commands));
        }
    }

    /// Takes what another one holds that goes on where this one ends, or replaces this one by it.
    pub(super) fn extend(&mut self, other: Self) {
        if other.first != self.range().end {
            *self = other;
            return;
        }
        for (cursor, commands) in other.choices {
            self.push_choices(cursor, commands);
        }
        for snapshot in other.snapshots {
            self.push(snapshot);
        }
    }

    /// Forgets everything after `cursor`, and what was possible there.
    pub(super) fn truncate(&mut self, cursor: usize) {
        self.snapshots.truncate((cursor + 1).saturating_sub(self.first));
        while self.choices.last().is_some_and(|(start, _)| *start >= cursor) {
            self.choices.pop();
        }
    }
}
