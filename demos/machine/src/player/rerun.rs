//! Longer work, in slices: opening a run, and doing a run again up to an earlier cursor.

use std::mem;
use std::ops::RangeInclusive;

use super::window::Window;
use super::{Event, Outcome, Played, Player, Progress, Refused, SNAPSHOT, Shortfall, WINDOW};
use crate::{Machine, Run, Want};

/// How many snapshots before the cursor a new window holds; a person who has jumped goes back.
const BEHIND: usize = 192;

/// How many it holds after the cursor, up to the end of a command.
const AHEAD: usize = 32;

/// What is under way.
pub(super) enum Job<M: Machine> {
    /// Open this run: do the commands that the record does not have yet, and go to the cursor.
    Open(Run<M>),
    /// Make the snapshots of `cursors`, then stand at `target`, which is one of them.
    Fetch { target: usize, cursors: RangeInclusive<usize>, window: Window<M>, event: Event },
    /// Go to the start of the command with this index, and take another one there.
    Branch { command: M::Command, index: usize },
}

/// A machine that does the run again.
pub(super) struct Scrub<M> {
    machine: M,
    /// The index of the command that it does next.
    next: usize,
}

/// Running again gave something else than the first time, before this cursor.
pub(super) struct Diverged {
    cursor: usize,
}

impl<E> From<Diverged> for Refused<E> {
    fn from(Diverged { cursor }: Diverged) -> Self {
        Refused::Diverged { cursor }
    }
}

impl<M: Machine> Player<M> {
    /// Goes to a cursor of the run, instead of what was under way, with about so many steps at once.
    pub(super) fn go(&mut self, target: usize, event: Event, steps: usize) -> Played<M> {
        self.job = None;
        if self.window.get(target).is_some() {
            self.cursor = target;
        } else if target == self.len() {
            self.go_to_end();
        } else {
            self.job = Some(self.fetch(target, event));
            return self.advance(steps);
        }
        Ok(Outcome::Done(event))
    }

    /// Plans which snapshots to make so that `target` and its neighbours are there.
    fn fetch(&mut self, target: usize, event: Event) -> Box<Job<M>> {
        let end = self.window.range().end;
        let scrub = self.scrub.as_ref().map(|scrub| self.record.start(scrub.next));
        let first = if scrub == Some(end) && (end..end + AHEAD).contains(&target) {
            end
        } else {
            target.saturating_sub(BEHIND)
        };
        let ahead = self.record.start(self.record.command_index(target + AHEAD) + 1);
        if scrub.is_none_or(|at| at > first) {
            self.scrub = None;
        }
        let cursors = first..=ahead.min(first + WINDOW - 1);
        Box::new(Job::Fetch { target, cursors, window: Window::at(first), event })
    }

    /// Works on a job until it is done or `left` is used up; gives what has happened once it is done.
    pub(super) fn work(
        &mut self,
        job: &mut Job<M>,
        left: &mut usize,
    ) -> Result<Option<Event>, Refused<M::Error>> {
        match job {
            Job::Open(run) => Ok(self.work_on_opening(run, left)),
            Job::Fetch { target, cursors, window, event } => {
                match self.make_snapshots(cursors, window, left) {
                    Ok(false) => return Ok(None),
                    Ok(true) => {
                        self.window.extend(mem::replace(window, Window::at(0)));
                        self.cursor = *target;
                    }
                    Err(Diverged { cursor }) if *event == Event::Opened => {
                        self.shortfall = Some(Shortfall::Diverged { cursor });
                    }
                    Err(diverged) => return Err(diverged.into()),
                }
                Ok(Some(*event))
            }
            Job::Branch { command, index } => self.work_on_branch(command, *index, left),
        }
    }

    fn work_on_opening(&mut self, run: &Run<M>, left: &mut usize) -> Option<Event> {
        while let Some(command) = run.commands.get(self.record.commands.len()) {
            if *left == 0 {
                return None;
            }
            if !self.record.has_room() {
                self.shortfall = Some(Shortfall::Full);
                break;
            }
            self.tape.rewind(Want::Nothing);
            if let Err(error) = self.head.apply(command, &mut self.tape) {
                let (command, of) = (self.record.commands.len(), run.commands.len());
                self.shortfall = Some(Shortfall::NotPossible { command, of, error });
                break;
            }
            *left = left.saturating_sub(self.tape.steps().len().max(1));
            self.record.push(command.clone(), self.tape.parts_mut().0);
        }
        let (cursor, len) = (run.cursor, self.len());
        if cursor > len && self.shortfall.is_none() {
            self.shortfall = Some(Shortfall::CursorBeyond { cursor, len });
        }
        if cursor >= len {
            self.go_to_end();
        } else if self.window.get(cursor).is_some() {
            self.cursor = cursor;
        } else {
            self.job = Some(self.fetch(cursor, Event::Opened));
        }
        Some(Event::Opened)
    }

    /// Fills `window` with the snapshots of `cursors`; whether all are there.
    #[inline(never)]
    fn make_snapshots(
        &mut self,
        cursors: &RangeInclusive<usize>,
        window: &mut Window<M>,
        left: &mut usize,
    ) -> Result<bool, Diverged> {
        let (first, last) = (*cursors.start(), *cursors.end());
        loop {
            let Scrub { machine, next } = Scrub::ready(&mut self.scrub, &self.scenario)?;
            let (at, end) = (self.record.start(*next), self.record.start(*next + 1));
            if at == first && window.range().is_empty() {
                window.push(machine.snapshot().into());
            }
            if end > first && at <= last {
                window.push_choices(at, machine.commands());
            }
            if window.range().end > last {
                return Ok(true);
            }
            if *left == 0 {
                return Ok(false);
            }
            let wanted = first.saturating_sub(at + 1)..last.saturating_sub(at);
            self.repeat(Want::Steps(wanted), left)?;
            let snapshots = self.tape.parts_mut().1;
            *left = left.saturating_sub(SNAPSHOT * snapshots.len());
            window.take_in(snapshots);
        }
    }

    /// Takes a command where the run did the one with this index, once the start of that one is
    /// reached; gives what came of it.
    #[inline(never)]
    fn work_on_branch(
        &mut self,
        command: &M::Command,
        index: usize,
        left: &mut usize,
    ) -> Result<Option<Event>, Refused<M::Error>> {
        self.scrub.take_if(|scrub| scrub.next > index);
        while *left > 0 {
            if Scrub::ready(&mut self.scrub, &self.scenario)?.next == index {
                return self.branch(command, index).map(Some);
            }
            self.repeat(Want::Nothing, left)?;
        }
        Ok(None)
    }

    /// The scrub machine stands where the run parts: if it takes the command, it becomes the head.
    fn branch(&mut self, command: &M::Command, index: usize) -> Result<Event, Refused<M::Error>> {
        let at = self.record.start(index);
        let Some(Scrub { machine, .. }) = &mut self.scrub else {
            return Err(Diverged { cursor: at }.into());
        };
        let choices = machine.commands();
        let start = self.window.get(at).is_none().then(|| machine.snapshot());
        self.tape.rewind(Want::Steps(0..WINDOW));
        machine.apply(command, &mut self.tape).map_err(Refused::NotPossible)?;

        self.left = Some(self.run());
        let (inside, dropped) = (at != self.cursor, self.len() - at);
        if let Some(scrub) = self.scrub.take() {
            self.head = scrub.machine;
        }
        self.record.truncate(index);
        match start {
            Some(snapshot) => self.window = Window::of(at, snapshot),
            None => self.window.truncate(at),
        }
        let steps = self.take_in(command.clone(), choices);
        self.go_to_end();
        Ok(Event::Branched { at, inside, dropped, steps })
    }

    /// Lets the scrub machine do the next command of the run again, and compares.
    fn repeat(&mut self, want: Want, left: &mut usize) -> Result<(), Diverged> {
        let Some(scrub) = &mut self.scrub else {
            return Err(Diverged { cursor: 0 });
        };
        let (at, end) = (self.record.start(scrub.next), self.record.start(scrub.next + 1));
        let expected = self.record.steps.get(at..end).unwrap_or_default();
        self.tape.rewind(want);
        let done = self.record.commands.get(scrub.next).is_some_and(|command| {
            scrub.machine.apply(command, &mut self.tape).is_ok() && self.tape.steps() == expected
        });
        if !done {
            let same = expected.iter().zip(self.tape.steps()).take_while(|(a, b)| a == b).count();
            self.scrub = None;
            return Err(Diverged { cursor: at + same + 1 });
        }
        scrub.next += 1;
        *left = left.saturating_sub(expected.len().max(1));
        Ok(())
    }

    /// How far a job is.
    pub(super) fn progress(&self, job: &Job<M>) -> Progress {
        let scrub = self.scrub.as_ref().map_or(0, |scrub| self.record.start(scrub.next));
        match job {
            Job::Open(run) => {
                Progress { done: self.record.commands.len(), total: run.commands.len() }
            }
            Job::Fetch { cursors, .. } => Progress { done: scrub, total: *cursors.end() },
            Job::Branch { index, .. } => Progress { done: scrub, total: self.record.start(*index) },
        }
    }
}

impl<M: Machine> Scrub<M> {
    /// The one that is there, or a fresh machine before the first command.
    fn ready<'a>(
        there: &'a mut Option<Self>,
        scenario: &M::Scenario,
    ) -> Result<&'a mut Self, Diverged> {
        match there {
            Some(scrub) => Ok(scrub),
            none => {
                // It could start when the run began.
                let machine = M::start(scenario).map_err(|_| Diverged { cursor: 0 })?;
                Ok(none.insert(Scrub { machine, next: 0 }))
            }
        }
    }
}
