//! The tape on which a machine records what happens.

use std::ops::Range;

/// Which steps' snapshots the reader of a tape is going to need. A snapshot costs more than a step,
/// so a machine makes only those.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Want {
    /// None: the run is only passed through.
    #[default]
    Nothing,
    /// Those of the steps with these indices, counted from the tape's first step.
    Steps(Range<usize>),
}

/// What a machine did, in order: each step, and the snapshots that were asked for.
///
/// A tape is a value that the machine takes in for the time of a command, not a borrowed callback:
/// steps arise inside `Future::poll` and inside a waker's vtable, where no borrow from outside
/// reaches.
#[derive(Clone, PartialEq, Debug)]
pub struct Tape<Step, Snapshot> {
    want: Want,
    steps: Vec<Step>,
    /// With the index of the step after which each was taken.
    snapshots: Vec<(usize, Snapshot)>,
}

impl<Step, Snapshot> Tape<Step, Snapshot> {
    /// An empty tape.
    pub fn new(want: Want) -> Self {
        Tape { want, steps: Vec::new(), snapshots: Vec::new() }
    }

    /// Records that `step` has happened; `snapshot` gives the state right after it.
    pub fn record(&mut self, step: Step, snapshot: impl FnOnce() -> Snapshot) {
        let snapshot = self.wants_snapshot().then(snapshot);
        self.record_with(step, snapshot);
    }

    /// Whether the reader is going to need the snapshot of the next step.
    pub fn wants_snapshot(&self) -> bool {
        matches!(&self.want, Want::Steps(range) if range.contains(&self.steps.len()))
    }

    /// [`record`](Tape::record) for a machine that the tape is a part of: it asks first whether the
    /// snapshot is [wanted](Tape::wants_snapshot).
    pub fn record_with(&mut self, step: Step, snapshot: Option<Snapshot>) {
        if let Some(snapshot) = snapshot {
            self.snapshots.push((self.steps.len(), snapshot));
        }
        self.steps.push(step);
    }

    /// The steps recorded so far.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The snapshots that were asked for, with the index of the step after which each was taken.
    pub fn snapshots(&self) -> &[(usize, Snapshot)] {
        &self.snapshots
    }

    /// Empties the tape for another use, keeping its memory.
    pub fn rewind(&mut self, want: Want) {
        self.want = want;
        self.steps.clear();
        self.snapshots.clear();
    }

    /// Takes the tape apart: the steps, and the snapshots with the index of their step.
    pub fn into_parts(self) -> (Vec<Step>, Vec<(usize, Snapshot)>) {
        (self.steps, self.snapshots)
    }

    /// What was recorded, to be taken out.
    pub(crate) fn parts_mut(&mut self) -> (&mut Vec<Step>, &mut Vec<(usize, Snapshot)>) {
        (&mut self.steps, &mut self.snapshots)
    }
}

impl<Step, Snapshot> Default for Tape<Step, Snapshot> {
    fn default() -> Self {
        Tape::new(Want::Nothing)
    }
}
