//! What the timeline shows, kept up to date step by step: who acted when, and the level of each
//! lane over time.

/// What a lane's actor is doing, for as long as it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Level {
    /// It is not there yet, or no more.
    #[default]
    Absent,
    /// It waits for something.
    Waiting,
    /// It could go on, but has not been let.
    Ready,
    /// It runs.
    Busy,
    /// It runs, and is already called to run again. Looks like [`Level::Busy`].
    BusyAgain,
    /// It waits for something that will never come.
    Stuck,
}

/// The lanes' levels while a step is taken in.
pub struct Lanes<'a> {
    trace: &'a mut Trace,
    /// From which cursor on what is set holds.
    cursor: u32,
}

impl Lanes<'_> {
    /// The level of a lane before this step, or as it was just set.
    pub fn level(&self, lane: u16) -> Level {
        self.trace.lanes.get(usize::from(lane)).map_or(Level::Absent, Lane::last)
    }

    /// Sets the level of a lane from this step on.
    pub fn set(&mut self, lane: u16, level: Level) {
        self.trace.lane(lane).set(self.cursor, level);
    }
}

/// The whole timeline of a run.
#[derive(Default, Debug)]
pub struct Trace {
    /// Who acted in each step; `NOBODY` for none.
    acts: Vec<u16>,
    lanes: Vec<Lane>,
}

const NOBODY: u16 = u16::MAX;

/// More lanes than this are not told apart: whoever comes after them shares the last.
pub const MAX_LANES: u16 = 512;

/// Changes of level, by the cursor from which they hold. Before the first it is absent.
#[derive(Default, Debug)]
struct Lane {
    changes: Vec<(u32, Level)>,
}

impl Lane {
    fn last(&self) -> Level {
        self.changes.last().map_or(Level::Absent, |(_, level)| *level)
    }

    fn set(&mut self, cursor: u32, level: Level) {
        if let Some(last) = self.changes.last_mut()
            && last.0 == cursor
        {
            last.1 = level;
        } else if self.last() != level {
            self.changes.push((cursor, level));
        }
    }
}

impl Trace {
    /// How many steps were taken in.
    pub fn len(&self) -> usize {
        self.acts.len()
    }

    /// Whether no step was taken in.
    pub fn is_empty(&self) -> bool {
        self.acts.is_empty()
    }

    /// How many lanes there are.
    pub fn lanes(&self) -> usize {
        self.lanes.len()
    }

    /// The timeline of a run without steps; `begin` sets the lanes that are there from the start.
    pub fn begin<T>(begin: impl FnOnce(&mut Lanes<'_>) -> T) -> (Trace, T) {
        let mut trace = Trace::default();
        let begun = begin(&mut Lanes { trace: &mut trace, cursor: 0 });
        (trace, begun)
    }

    /// Takes the next step in; `beat` says who acted and sets the lanes.
    pub fn push(&mut self, beat: impl FnOnce(&mut Lanes<'_>) -> Option<u16>) {
        let cursor = self.acts.len() as u32 + 1;
        let actor = beat(&mut Lanes { trace: self, cursor }).map(|actor| actor.min(MAX_LANES - 1));
        if let Some(actor) = actor {
            self.lane(actor);
        }
        self.acts.push(actor.unwrap_or(NOBODY));
    }

    /// Forgets all steps after the first `len`.
    pub fn truncate(&mut self, len: usize) {
        self.acts.truncate(len);
        for lane in &mut self.lanes {
            let keep = lane.changes.partition_point(|(cursor, _)| *cursor as usize <= len);
            lane.changes.truncate(keep);
        }
    }

    /// Who acted in the step that led to this cursor.
    pub fn actor(&self, cursor: usize) -> Option<u16> {
        self.acts.get(cursor.checked_sub(1)?).copied().filter(|actor| *actor != NOBODY)
    }

    /// The stretches of equal level of a lane between two cursors, in bins of `bin` cursors: each
    /// bin counts as what fills most of it, but what is stuck is never lost.
    pub fn stretches(&self, lane: usize, from: usize, to: usize, bin: usize) -> Vec<Stretch> {
        let mut out: Vec<Stretch> = Vec::new();
        let Some(lane) = self.lanes.get(lane) else { return out };
        let mut next = lane.changes.partition_point(|(cursor, _)| *cursor as usize <= from);
        let mut level = next.checked_sub(1).map_or(Level::Absent, |i| lane.changes[i].1);
        let mut start = from;
        while start < to {
            let end = (start + bin).min(to);
            let mut filled = [0usize; 6];
            let mut at = start;
            while at < end {
                let change = lane.changes.get(next).filter(|(cursor, _)| (*cursor as usize) < end);
                let until = change.map_or(end, |(cursor, _)| *cursor as usize);
                filled[level as usize] += until - at;
                at = until;
                if let Some((_, changed)) = change {
                    level = *changed;
                    next += 1;
                }
            }
            let most = LEVELS.into_iter().max_by_key(|level| filled[*level as usize]);
            let stuck = filled[Level::Stuck as usize] > 0;
            let shown = if stuck { Level::Stuck } else { most.unwrap_or_default() };
            match out.last_mut() {
                Some(last) if last.level == shown => last.to = end,
                _ => out.push(Stretch { from: start, to: end, level: shown }),
            }
            start = end;
        }
        out
    }

    fn lane(&mut self, lane: u16) -> &mut Lane {
        let index = usize::from(lane.min(MAX_LANES - 1));
        if self.lanes.len() <= index {
            self.lanes.resize_with(index + 1, Lane::default);
        }
        &mut self.lanes[index]
    }
}

const LEVELS: [Level; 6] =
    [Level::Absent, Level::Waiting, Level::Ready, Level::Busy, Level::BusyAgain, Level::Stuck];

/// A lane's level between two cursors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// The first cursor.
    pub from: usize,
    /// The cursor at which it ends.
    pub to: usize,
    /// What the lane shows.
    pub level: Level,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(levels: &[Level]) -> Trace {
        let mut trace = Trace::default();
        for level in levels {
            trace.push(|lanes| {
                lanes.set(0, *level);
                Some(0)
            });
        }
        trace
    }

    fn stretch(from: usize, to: usize, level: Level) -> Stretch {
        Stretch { from, to, level }
    }

    #[test]
    fn a_level_holds_from_the_cursor_after_its_step() {
        let trace = trace(&[Level::Ready, Level::Busy, Level::Busy, Level::Waiting]);
        assert_eq!(
            trace.stretches(0, 0, 5, 1),
            [
                stretch(0, 1, Level::Absent),
                stretch(1, 2, Level::Ready),
                stretch(2, 4, Level::Busy),
                stretch(4, 5, Level::Waiting),
            ]
        );
        assert_eq!(trace.stretches(0, 3, 4, 1), [stretch(3, 4, Level::Busy)]);
    }

    #[test]
    fn what_is_set_at_the_beginning_holds_before_the_first_step_and_is_never_cut_off() {
        let (mut trace, ()) = Trace::begin(|lanes| lanes.set(1, Level::Ready));
        assert_eq!((trace.len(), trace.lanes()), (0, 2));
        trace.push(|lanes| {
            assert_eq!(lanes.level(1), Level::Ready);
            lanes.set(1, Level::Busy);
            None
        });
        trace.truncate(0);
        assert_eq!(trace.stretches(1, 0, 1, 1), [stretch(0, 1, Level::Ready)]);
    }

    #[test]
    fn a_bin_shows_what_fills_most_of_it_but_never_hides_what_is_stuck() {
        use Level::{Busy, Stuck, Waiting};
        let trace = trace(&[Busy, Waiting, Waiting, Busy, Busy, Busy, Waiting, Stuck]);
        let shown: Vec<Level> = (0..2)
            .flat_map(|i| trace.stretches(0, 1 + i * 4, 5 + i * 4, 4))
            .map(|stretch| stretch.level)
            .collect();
        assert_eq!(shown, [Level::Busy, Level::Stuck]);
    }

    #[test]
    fn what_was_cut_off_is_as_if_it_had_never_been() {
        let all = [Level::Ready, Level::Busy, Level::Waiting, Level::Ready, Level::Busy];
        for len in 0..=all.len() {
            let mut cut = trace(&all);
            cut.truncate(len);
            let fresh = trace(&all[..len]);
            assert_eq!(cut.len(), len);
            assert_eq!(
                cut.stretches(0, 0, len + 1, 1),
                match len {
                    0 => vec![stretch(0, 1, Level::Absent)],
                    _ => fresh.stretches(0, 0, len + 1, 1),
                }
            );
            cut.push(|lanes| {
                assert_eq!(lanes.level(0), all[..len].last().copied().unwrap_or_default());
                None
            });
            assert_eq!(cut.actor(len + 1), None);
        }
    }

    #[test]
    fn a_step_may_set_several_lanes_and_set_one_twice() {
        let mut trace = Trace::default();
        trace.push(|lanes| {
            lanes.set(2, Level::Busy);
            lanes.set(2, Level::Waiting);
            lanes.set(1, Level::Ready);
            Some(2)
        });
        assert_eq!(trace.lanes(), 3);
        assert_eq!(trace.stretches(2, 1, 2, 1), [stretch(1, 2, Level::Waiting)]);
        assert_eq!(trace.stretches(1, 1, 2, 1), [stretch(1, 2, Level::Ready)]);
        assert_eq!(trace.actor(1), Some(2));
    }
}
