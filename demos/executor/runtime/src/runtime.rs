//! The runtime: futures, the world around them, and the commands that move them.

use std::mem;
use std::sync::Arc;

use machine::Tape;

use crate::snapshot::Snapshot;
use crate::task::Futures;
use crate::waker::TaskHeader;
use crate::world::{State, World};
use crate::{
    Actor, Command, Handle, Happening, Setup, SourceId, Step, Verdict, reactor, scheduler,
};

/// An executor and a reactor with their tasks.
pub struct Runtime {
    world: Arc<World>,
    futures: Futures,
}

/// A command that is not possible now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotPossible(pub Command);

impl Runtime {
    /// A runtime with the tasks that `spawn` spawns.
    pub fn new(setup: Setup, spawn: impl FnOnce(&Handle)) -> Runtime {
        let mut runtime = Runtime { world: World::new(setup), futures: Futures::new() };
        spawn(&Handle::new(&runtime.world));
        runtime.begin();
        runtime
    }

    /// After the tasks were spawned, which is no step.
    fn begin(&mut self) {
        self.take_in_spawned();
        let mut state = self.world.lock();
        state.diagnose();
        state.shown.executing.engine = None;
    }

    /// What can be done now, in a stable order: what the reactor has to do, the turns that workers can
    /// take, and what the person may do.
    pub fn commands(&self) -> Vec<Command> {
        self.world.lock().commands()
    }

    /// What goes on by itself.
    pub fn play(&self) -> Option<Command> {
        let state = self.world.lock();
        let resting = state.shown.verdict.is_some();
        state.commands().into_iter().next().filter(|_| !resting)
    }

    /// Does it, and records every step on the tape.
    ///
    /// # Errors
    /// If it is not among the [`commands`](Runtime::commands) now; nothing has happened then.
    pub fn apply(
        &mut self,
        command: &Command,
        tape: &mut Tape<Step, Snapshot>,
    ) -> Result<(), NotPossible> {
        let mut state = self.world.lock();
        if !state.commands().contains(command) {
            return Err(NotPossible(*command));
        }
        mem::swap(&mut state.tape, tape);
        state.shown.wakes.clear();
        // A command may bring the run to life again; only whoever spins, spins on.
        let spins_on =
            state.shown.verdict == Some(Verdict::Spinning) && matches!(command, Command::Turn(_));
        if !spins_on {
            state.shown.verdict = None;
        }
        drop(state);
        match *command {
            Command::Turn(worker) => scheduler::turn(&self.world, &mut self.futures, worker),
            Command::React => reactor::react(&self.world),
            Command::MakeReady(source) => {
                let mut state = self.world.lock();
                state.shown.executing.actor = Actor::Person;
                state.source_ready(source);
            }
            Command::DropExecutor => self.drop_everything(),
        }
        self.take_in_spawned();
        let mut state = self.world.lock();
        state.diagnose();
        mem::swap(&mut state.tape, tape);
        Ok(())
    }

    /// The state now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.world.lock())
    }

    /// Whether the count of wakers that the machine keeps by the calls of the vtable is, for every
    /// task, the count that is in its `Arc`. It must be, between any two commands.
    pub fn counts_agree(&self) -> bool {
        let state = self.world.lock();
        let mut tasks = state.shown.tasks.iter().zip(&state.cores);
        tasks.all(|(task, core)| task.live == TaskHeader::counted(&core.header))
    }

    /// Takes over the futures of the tasks that were spawned in the meantime.
    fn take_in_spawned(&mut self) {
        self.futures.append(&mut self.world.lock().spawned);
    }

    /// Drops every future that is left, the oldest task first.
    fn drop_everything(&mut self) {
        let mut state = self.world.lock();
        state.shown.executing.actor = Actor::Drop;
        state.dropped = true;
        let unfinished = state.unfinished().count() as u32;
        state.tell(Happening::ExecutorDropped { unfinished });
        drop(state);
        while let Some(future) = self.futures.iter_mut().find_map(Option::take) {
            drop(future);
            // What it spawned when it was dropped, if it did, comes to the same end.
            self.take_in_spawned();
        }
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.drop_everything();
    }
}

impl State {
    fn commands(&self) -> Vec<Command> {
        let mut commands = Vec::new();
        if matches!(self.shown.verdict, Some(Verdict::Finished | Verdict::Dropped)) {
            return commands;
        }
        self.turns(&mut commands);
        let can_wait = commands.is_empty() && self.next_moment().is_some();
        if can_wait || self.reactor.selector.is_due(self.shown.now) {
            commands.insert(0, Command::React);
        }
        for source in 0..self.read.len() as u32 {
            commands.push(Command::MakeReady(SourceId(source)));
        }
        commands.push(Command::DropExecutor);
        commands
    }
}
