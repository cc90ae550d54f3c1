//! Forward and back over a run.
//!
//! A machine cannot be copied, so the way back is a fresh machine that does the same again up to a
//! *window* of snapshots around the cursor, which is kept. What is kept besides: every step, every
//! command (run-length coded), and two machines: the *head*, which stands at the end of the run, and
//! the *scrub* machine, which stands at the end of the window.
//!
//! With steps of `S` bytes, commands of `C` bytes and snapshots of `P` bytes (each with what it
//! owns), a run of `n` steps, `m` of them marked, holds at most `n * (2 * S + 2 * C + 24) + 32 * m`
//! bytes, [`WINDOW`] times `P`, and two machines; the factor 2 is the room that a growing list keeps
//! (half as much again while it grows). While a far cursor is fetched, there are two windows.

mod outcome;
mod record;
mod rerun;
mod window;

use std::rc::Rc;

use crate::{Machine, Run, Tape, Want};

pub use outcome::{Event, Outcome, Progress, Refused, Shortfall};
pub use record::{Done, Marked};
pub use window::WINDOW;

use record::Record;
use rerun::{Job, Scrub};
use window::Window;

/// The most steps that a run may have. A command that is begun below it is done whole.
pub const MAX_STEPS: usize = 1_000_000;

/// How many steps a call does at once before it leaves the rest to [`Player::advance`]: opening a
/// run of 10,000 steps and going to any of them.
const SLICE: usize = 20_000;

/// A snapshot takes as long as so many steps: it copies, and makes the machine copy what it shares.
const SNAPSHOT: usize = 20;

/// How a call on the player ends.
pub type Played<M> = Result<Outcome, Refused<<M as Machine>::Error>>;

/// A run that can be looked at after any of its steps, and continued from there.
pub struct Player<M: Machine> {
    scenario: M::Scenario,
    record: Record<M>,
    /// Stands after the last command.
    head: M,
    cursor: usize,
    /// Holds the snapshot at the cursor, always, and what was possible at the start of its command.
    window: Window<M>,
    scrub: Option<Scrub<M>>,
    tape: Tape<M::Step, M::Snapshot>,
    /// In a box, because it is taken out for each slice of it.
    job: Option<Box<Job<M>>>,
    shortfall: Option<Shortfall<M::Error>>,
    left: Option<Run<M>>,
}

impl<M: Machine> Player<M> {
    /// Begins a run.
    pub fn start(scenario: M::Scenario) -> Result<Self, M::Error> {
        let head = M::start(&scenario)?;
        let mut window = Window::of(0, head.snapshot());
        window.push_choices(0, head.commands());
        Ok(Player {
            scenario,
            record: Record::default(),
            head,
            cursor: 0,
            window,
            scrub: None,
            tape: Tape::default(),
            job: None,
            shortfall: None,
            left: None,
        })
    }

    /// Opens a run and goes to its cursor. A long one is not all there at once: look at
    /// [`working`](Player::working). Only a scenario that cannot start is an error; for what else may
    /// be wrong with a run that somebody made by hand, look at [`shortfall`](Player::shortfall).
    pub fn open(run: Run<M>) -> Result<Self, M::Error> {
        let mut player = Player::start(run.scenario.clone())?;
        player.job = Some(Box::new(Job::Open(run)));
        // What goes wrong in opening is a shortfall, and nothing is refused.
        let _ = player.advance(SLICE);
        Ok(player)
    }

    /// Opens another run in this one's place and keeps this one as the run that was left. If the
    /// scenario cannot start, everything stays as it was.
    pub fn replace(&mut self, run: Run<M>) -> Result<Outcome, M::Error> {
        let mut next = Player::open(run)?;
        next.left =
            if self.record.commands.is_empty() { self.left.take() } else { Some(self.run()) };
        *self = next;
        Ok(self.outcome(Event::Opened))
    }

    /// Goes on with a run that begins as this one does, to its end and then to its cursor, without
    /// doing again what is there; all of it is left to [`advance`](Player::advance). Another run is
    /// given back, and nothing happens.
    pub fn extend(&mut self, run: Run<M>) -> Result<Outcome, Run<M>> {
        let goes_on =
            run.scenario == self.scenario && run.commands.starts_with(&self.record.commands);
        if !goes_on {
            return Err(run);
        }
        self.shortfall = None;
        self.record.reserve(run.cursor);
        self.job = Some(Box::new(Job::Open(run)));
        Ok(self.outcome(Event::Opened))
    }

    /// Begins the same scenario anew; the run so far becomes the one that was left.
    pub fn reset(&mut self) -> Result<Outcome, M::Error> {
        self.replace(Run::new(self.scenario.clone()))
    }

    /// Goes back to the run that a branch, a reset or another run replaced; that one is then the one
    /// that was left. `None` if there is none.
    pub fn return_to_left(&mut self) -> Option<Result<Outcome, M::Error>> {
        let left = self.left.clone()?;
        Some(self.replace(left))
    }

    /// What was set up.
    pub fn scenario(&self) -> &M::Scenario {
        &self.scenario
    }

    /// After how many steps one looks at the run.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// How many steps the run has; it can be looked at after each, and before the first.
    pub fn len(&self) -> usize {
        self.record.steps.len()
    }

    /// Whether nothing has happened yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every step, also those after the cursor. The step that led to a cursor is the one before it.
    pub fn steps(&self) -> &[M::Step] {
        &self.record.steps
    }

    /// One step, counted from 0.
    pub fn step(&self, index: usize) -> Option<&M::Step> {
        self.record.steps.get(index)
    }

    /// The command to which a step belongs.
    pub fn command_at(&self, step: usize) -> Option<Done<'_, M::Command>> {
        self.record.command_at(step)
    }

    /// The state at the cursor.
    pub fn snapshot(&self) -> &M::Snapshot {
        self.shared_snapshot()
    }

    /// The state at the cursor, to be kept.
    pub fn shared_snapshot(&self) -> &Rc<M::Snapshot> {
        self.window.get(self.cursor).expect("the window holds the cursor")
    }

    /// The marked steps, in order.
    pub fn marks(&self) -> &[Marked] {
        &self.record.marks
    }

    /// The machine, if it stands at the cursor: at the end of the run. For what is no part of a snapshot,
    /// because it is another in each visit.
    pub fn machine(&self) -> Option<&M> {
        (self.cursor == self.len()).then_some(&self.head)
    }

    /// What can be done at the cursor. Inside a command: what could be done at its start.
    pub fn commands(&self) -> Vec<M::Command> {
        if self.cursor == self.len() {
            return self.head.commands();
        }
        self.window.choices(self.choosing()).map_or(Vec::new(), <[_]>::to_vec)
    }

    /// The state in which [`commands`](Player::commands) are what can be done: that at the cursor, or
    /// inside a command that at its start.
    pub fn before_choice(&self) -> &M::Snapshot {
        self.window.get(self.choosing()).unwrap_or_else(|| self.shared_snapshot())
    }

    /// The cursor at which another command would be taken.
    fn choosing(&self) -> usize {
        if self.cursor == self.len() {
            return self.cursor;
        }
        self.record.start(self.record.command_index(self.cursor))
    }

    /// The run as data. While it is being opened: as far as it is open.
    pub fn run(&self) -> Run<M> {
        Run {
            scenario: self.scenario.clone(),
            commands: self.record.commands.clone(),
            cursor: self.cursor,
        }
    }

    /// The run that the last branch, reset or other run replaced.
    pub fn left(&self) -> Option<&Run<M>> {
        self.left.as_ref()
    }

    /// Why the run that was opened is not there as it was asked for.
    pub fn shortfall(&self) -> Option<&Shortfall<M::Error>> {
        self.shortfall.as_ref()
    }

    /// Takes a command at the cursor and goes to its end. Before the end of the run that is a
    /// branch: what came later is dropped, and kept as the run that was left. Inside a command the
    /// branch is at that command's start.
    pub fn apply(&mut self, command: M::Command) -> Played<M> {
        self.interrupt()?;
        let Some(done) = self.record.command_at(self.cursor) else {
            let event = self.append(command)?;
            self.go_to_end();
            return Ok(Outcome::Done(event));
        };
        if *done.command == command {
            let end = done.steps.end;
            return self.go(end, Event::Followed, SLICE);
        }
        let index = done.index;
        self.job = Some(Box::new(Job::Branch { command, index }));
        self.advance(SLICE)
    }

    /// What [`forward`](Player::forward) takes at the end of the run; `None` if the machine is at rest.
    pub fn next(&self) -> Option<M::Command> {
        self.head.play()
    }

    /// Goes one step on: to the next one of the run, or at its end into what Play takes next.
    pub fn forward(&mut self) -> Played<M> {
        if self.cursor < self.len() {
            return self.seek(self.cursor + 1);
        }
        self.interrupt()?;
        let Some(command) = self.next() else {
            return Ok(Outcome::Done(Event::AtRest));
        };
        let event = self.append(command)?;
        self.cursor = self.len().min(self.cursor + 1);
        Ok(Outcome::Done(event))
    }

    /// Goes one step back.
    pub fn back(&mut self) -> Played<M> {
        match self.cursor.checked_sub(1) {
            Some(cursor) => self.seek(cursor),
            None => Ok(Outcome::Done(Event::AtStart)),
        }
    }

    /// Goes before the first step.
    pub fn first(&mut self) -> Played<M> {
        self.seek(0)
    }

    /// Goes after the last step.
    pub fn last(&mut self) -> Played<M> {
        self.seek(self.len())
    }

    /// Goes to a cursor; to the end, if it is beyond. A longer work that was under way is given up
    /// for it, except an opening, which then ends at this cursor.
    pub fn seek(&mut self, cursor: usize) -> Played<M> {
        self.seek_within(cursor, SLICE)
    }

    /// Goes to a cursor as [`seek`](Player::seek) does, with about so many steps at once: for who looks
    /// at a clock while the rest is done, because another cursor may be asked for before each frame.
    pub fn seek_within(&mut self, cursor: usize, steps: usize) -> Played<M> {
        let event = match self.job.as_deref_mut() {
            Some(Job::Open(run)) => {
                run.cursor = cursor;
                return Ok(self.outcome(Event::Opened));
            }
            Some(Job::Fetch { event: Event::Opened, .. }) => Event::Opened,
            _ => Event::Moved,
        };
        self.go(cursor.min(self.len()), event, steps)
    }

    /// How far a longer work is; `None` at rest.
    pub fn working(&self) -> Option<Progress> {
        self.job.as_ref().map(|job| self.progress(job))
    }

    /// Goes on with a longer work for about `budget` steps. At rest it does nothing.
    pub fn advance(&mut self, budget: usize) -> Played<M> {
        let mut left = budget.max(1);
        let mut event = Event::Moved;
        while left > 0 {
            let Some(mut job) = self.job.take() else { break };
            match self.work(&mut job, &mut left)? {
                Some(done) => event = done,
                None => self.job = Some(job),
            }
        }
        Ok(self.outcome(event))
    }

    /// Gives a longer work up: a run that was being opened ends where it is, and the cursor stays.
    pub fn stop(&mut self) {
        if let Some(Job::Open(run)) = self.job.take().as_deref() {
            let commands = self.record.commands.len();
            self.shortfall = Some(Shortfall::Stopped { commands, of: run.commands.len() });
        }
    }

    fn outcome(&self, event: Event) -> Outcome {
        self.working().map_or(Outcome::Done(event), Outcome::Working)
    }

    /// Gives up what can be given up for something else.
    fn interrupt(&mut self) -> Result<(), Refused<M::Error>> {
        if let Some(Job::Open(_) | Job::Fetch { event: Event::Opened, .. }) = self.job.as_deref() {
            return Err(Refused::Opening);
        }
        self.job = None;
        Ok(())
    }

    /// Appends a command to the run, at whose end the cursor stands; the cursor stays.
    fn append(&mut self, command: M::Command) -> Result<Event, Refused<M::Error>> {
        if !self.record.has_room() {
            return Err(Refused::Full);
        }
        let choices = self.head.commands();
        self.tape.rewind(Want::Steps(0..WINDOW));
        self.head.apply(&command, &mut self.tape).map_err(Refused::NotPossible)?;
        Ok(Event::Applied { steps: self.take_in(command, choices) })
    }

    /// Takes what the head has just recorded into the run; gives the number of steps.
    fn take_in(&mut self, command: M::Command, choices: Vec<M::Command>) -> usize {
        let before = self.len();
        self.window.push_choices(before, choices);
        let (steps, snapshots) = self.tape.parts_mut();
        self.record.push(command, steps);
        self.window.take_in(snapshots);
        self.len() - before
    }

    /// Goes to the end, which costs nothing, because the head stands there.
    fn go_to_end(&mut self) {
        self.cursor = self.len();
        if self.window.get(self.cursor).is_none() {
            self.window.extend(Window::of(self.cursor, self.head.snapshot()));
        }
    }
}
