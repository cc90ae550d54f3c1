//! What a task sees of its executor: it can start others, wait, and tell.

use std::pin::Pin;
use std::sync::Arc;

use crate::leaf::{JoinHandle, Leaf, Read, Select, SelectAll, Sleep, YieldNow};
use crate::order::insert_in_order;
use crate::snapshot::{Line, MOST_LINES, Source, Task};
use crate::task::{Boxed, Core, TaskFuture};
use crate::waker::TaskHeader;
use crate::world::{State, World};
use crate::{Happening, Place, SourceId, TaskId, Time, run_queue};

/// A handle of the world in which a task runs.
#[derive(Clone)]
pub struct Handle {
    pub(crate) world: Arc<World>,
    /// Stands for the place of the caller, if it is set.
    place: Option<Place>,
}

impl Handle {
    pub(crate) fn new(world: &Arc<World>) -> Self {
        Handle { world: Arc::clone(world), place: None }
    }

    /// The same handle for an interpreter: what is done with it is done at `place` in the program
    /// that is interpreted, and not at the line of the interpreter.
    pub fn at(&self, place: Place) -> Self {
        Handle { world: Arc::clone(&self.world), place: Some(place) }
    }

    /// Virtual time.
    pub fn now(&self) -> Time {
        self.world.lock().shown.now
    }

    /// A future that is ready after so many ticks.
    pub fn sleep(&self, ticks: u32) -> Sleep {
        let deadline = self.now().after(ticks);
        Sleep::new(self.leaf(), deadline)
    }

    /// A future that lets the others go first, once.
    pub fn yield_now(&self) -> YieldNow {
        YieldNow::new(self.leaf())
    }

    /// A future that is ready when there is something to read, with how many values were read of the
    /// source in all.
    pub fn read(&self, source: SourceId) -> Read {
        Read::new(self.leaf(), source)
    }

    /// A future that is ready when the first of two is; the other is dropped at that moment.
    pub fn select<A: Future, B: Future>(&self, first: A, second: B) -> Select<A, B> {
        Select::new(self.clone(), first, second)
    }

    /// A future that is ready when the first of many is; the others are dropped at that moment.
    pub fn select_all<F: Future + ?Sized>(&self, branches: Vec<Pin<Box<F>>>) -> SelectAll<F> {
        SelectAll::new(self.clone(), branches)
    }

    /// Hands a future to the executor as a task of its own.
    #[track_caller]
    pub fn spawn(
        &self,
        name: &str,
        future: impl Future<Output = ()> + Send + 'static,
    ) -> JoinHandle {
        self.spawn_boxed(name, Box::pin(future), Place::caller())
    }

    /// [`spawn`](Handle::spawn) for every kind of future, so that there is code for it only once.
    fn spawn_boxed(&self, name: &str, future: Boxed, caller: Place) -> JoinHandle {
        self.reached(caller);
        JoinHandle::new(self.leaf(), spawn(&self.world, name, future))
    }

    /// Opens a source of values from outside, which come at the given times by themselves, and
    /// besides whenever the person wants it.
    pub fn source(&self, name: &str, arrivals: &[u32]) -> SourceId {
        let mut state = self.world.lock();
        // What has come before it was opened is there to be read.
        let mut unread = 0;
        let mut to_come = Vec::new();
        for at in arrivals.iter().copied().map(Time) {
            if at <= state.shown.now {
                unread += 1;
            } else {
                insert_in_order(&mut to_come, at, |at| *at);
            }
        }
        let source = SourceId(state.read.len() as u32);
        let name: Arc<str> = name.into();
        state.shown.sources.push(Source { name: Arc::clone(&name), unread, arrivals: to_come });
        state.read.push(0);
        state.tell(Happening::SourceOpened { source, name });
        source
    }

    /// Prints a line.
    #[track_caller]
    pub fn print(&self, text: impl Into<Arc<str>>) {
        self.reached(Place::caller());
        print(&self.world, text.into());
    }

    /// Keeps the thread for so many ticks: nothing else runs, and time moves on.
    #[track_caller]
    pub fn block(&self, ticks: u32) {
        self.reached(Place::caller());
        block(&self.world, ticks);
    }

    pub(crate) fn leaf(&self) -> Leaf {
        Leaf::new(&self.world, self.place)
    }

    /// Notes that the running task has come to `caller`, or to the place that stands for it.
    pub(crate) fn reached(&self, caller: Place) {
        self.world.lock().task_reached(self.place.unwrap_or(caller));
    }
}

// These are functions of their own because a function with `#[track_caller]` passes the line of its
// caller on: told from there, the step would seem to have been done by the task's own line.

fn spawn(world: &Arc<World>, name: &str, future: Boxed) -> TaskId {
    let mut state = world.lock();
    let task = TaskId(state.cores.len() as u32);
    let header = TaskHeader::new(task, state.setup.waker, world);
    let name = state.new_name(name);
    let worker = state.worker;
    state.cores.push(Core { header, home: worker });
    state.shown.tasks.push(Task::new(Arc::clone(&name)));
    state.spawned.push(Some(TaskFuture::new(world, task, future)));
    run_queue::put_back(&mut state, task, worker);
    state.progress = true;
    state.tell(Happening::Spawned { task, name });
    task
}

fn print(world: &World, text: Arc<str>) {
    let mut state = world.lock();
    if let Some(task) = state.running() {
        let line = Line { at: state.shown.now, task, text: Arc::clone(&text) };
        let output = Arc::make_mut(&mut state.shown.output);
        if output.len() == MOST_LINES {
            output.remove(0);
        }
        output.push(line);
    }
    state.progress = true;
    state.tell(Happening::Printed { text });
}

fn block(world: &World, ticks: u32) {
    let mut state = world.lock();
    state.progress = true;
    state.tell(Happening::Blocked { ticks });
    if ticks > 0 {
        state.pass_time(ticks);
    }
}

impl State {
    /// The name, with a number after it if another task has had it before.
    fn new_name(&mut self, name: &str) -> Arc<str> {
        if let Some((_, times)) = self.names.iter_mut().find(|(other, _)| **other == *name) {
            *times += 1;
            return format!("{name} {times}").into();
        }
        let name: Arc<str> = name.into();
        self.names.push((Arc::clone(&name), 1));
        name
    }
}
