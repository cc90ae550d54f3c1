//! The snapshots that are kept: those of some cursors in a row, around the one that is shown.

use std::collections::VecDeque;
use std::ops::Range;

use crate::Machine;

/// How many snapshots are kept at most.
pub const WINDOW: usize = 256;

/// Snapshots of consecutive cursors, and what was possible at the start of each command among them.
pub(super) struct Window<M: Machine> {
    first: usize,
    snapshots: VecDeque<M::Snapshot>,
    /// With the cursor at which the command starts.
    choices: VecDeque<(usize, Vec<M::Command>)>,
}

impl<M: Machine> Window<M> {
    /// Begins at the cursor `first`, still without a snapshot.
    pub(super) fn at(first: usize) -> Self {
        Window { first, snapshots: VecDeque::new(), choices: VecDeque::new() }
    }

    /// Holds one snapshot.
    pub(super) fn of(cursor: usize, snapshot: M::Snapshot) -> Self {
        Window { snapshots: [snapshot].into(), ..Window::at(cursor) }
    }

    /// The cursors whose snapshots are here.
    pub(super) fn range(&self) -> Range<usize> {
        self.first..self.first + self.snapshots.len()
    }

    pub(super) fn get(&self, cursor: usize) -> Option<&M::Snapshot> {
        self.snapshots.get(cursor.checked_sub(self.first)?)
    }

    /// What was possible at the start of the command that starts at `cursor`.
    pub(super) fn choices(&self, cursor: usize) -> Option<&[M::Command]> {
        let at = self.choices.binary_search_by_key(&cursor, |(start, _)| *start).ok()?;
        Some(&self.choices[at].1)
    }

    /// Appends the snapshot of the next cursor.
    pub(super) fn push(&mut self, snapshot: M::Snapshot) {
        if self.snapshots.len() == WINDOW {
            self.snapshots.pop_front();
            self.first += 1;
            // The commands of a start are needed up to the next start.
            while self.choices.get(1).is_some_and(|(start, _)| *start <= self.first) {
                self.choices.pop_front();
            }
        }
        self.snapshots.push_back(snapshot);
    }

    /// Notes what is possible at the start of a command.
    pub(super) fn push_choices(&mut self, cursor: usize, commands: Vec<M::Command>) {
        if self.choices.back().is_none_or(|(start, _)| *start < cursor) {
            self.choices.push_back((cursor, commands));
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
        while self.choices.back().is_some_and(|(start, _)| *start >= cursor) {
            self.choices.pop_back();
        }
    }
}
