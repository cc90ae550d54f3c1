//! One poll: what every executor does to the task whose turn it is.

use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::snapshot::TaskState;
use crate::task::Futures;
use crate::waiters::call_all;
use crate::world::World;
use crate::{Actor, Happening, TaskId, Waitlist, run_queue, waker};

/// Polls the task once, and drops its future if that was all.
pub(crate) fn poll(world: &World, futures: &mut Futures, task: TaskId) {
    let Some(mut future) = futures.get_mut(task.index()).and_then(Option::take) else { return };
    let waker = world.make_waker(task);
    let mut context = Context::from_waker(&waker);
    world.begin_poll(task);
    match future.poll(&mut context) {
        Poll::Ready(()) => {
            world.poll_ready(task);
            drop(future);
            call_all(world, Waitlist::Joiners(task));
        }
        Poll::Pending => {
            world.poll_pending(task);
            futures[task.index()] = Some(future);
        }
    }
    world.lock().context = None;
} // Here the waker is dropped. Who needs one for later has cloned it.

impl World {
    fn make_waker(&self, task: TaskId) -> Waker {
        let mut state = self.lock();
        state.context = Some(task);
        let header = Arc::clone(&state.cores[task.index()].header);
        drop(state);
        waker::make(header)
    }

    #[track_caller]
    fn begin_poll(&self, id: TaskId) {
        let mut state = self.lock();
        state.cores[id.index()].home = state.worker;
        let task = state.task(id);
        task.state = TaskState::Running { woken: false };
        task.waits.clear();
        task.polls += 1;
        let poll = task.polls;
        state.shown.totals.polls += 1;
        // The first poll always gets somewhere, if only to the first `await`.
        state.progress = poll == 1;
        state.set_running(Some(id));
        state.tell(Happening::PollBegins { task: id, poll });
        state.shown.executing.actor = Actor::Task(id);
    }

    #[track_caller]
    fn poll_ready(&self, id: TaskId) {
        let mut state = self.lock();
        state.shown.executing.actor = Actor::Worker(state.worker);
        state.progress = true;
        state.set_running(None);
        let task = state.task(id);
        task.state = TaskState::Finished;
        task.waits.clear();
        state.tell(Happening::PollReady { task: id });
    }

    #[track_caller]
    fn poll_pending(&self, id: TaskId) {
        let mut state = self.lock();
        state.shown.executing.actor = Actor::Worker(state.worker);
        state.set_running(None);
        let useless = !state.progress;
        let task = state.task(id);
        let woken = task.state == TaskState::Running { woken: true };
        task.state = TaskState::Waiting;
        task.useless += u32::from(useless);
        state.shown.totals.useless += u32::from(useless);
        state.tell(Happening::PollPending { task: id, useless });
        if woken {
            run_queue::requeue(&mut state, id);
        }
    }
}
