//! What the machine finds out about itself: who will never be woken, and how the run has come to rest.
//!
//! Both are proofs, not guesses, and this is the argument.
//!
//! **A task is polled by the run queue only after one of its wakers was called.** A new waker comes
//! only from the executor, for the time of a poll, or from cloning one that exists. So a task that
//! waits (it is in no queue and is not being polled) and of which *no working waker is alive* will
//! never be polled again, whatever anybody does. That is certain the moment the last one is gone.
//!
//! **A waker that is alive is called only by code that runs**: by the reactor, if it is the handler
//! under a token of which the selector may still report an event (a deadline, a source: the person
//! can make every source readable at any time), or by a task that is polled. If no task is queued,
//! nothing is due, and the reactor has no such handler, then no task will be polled, so none will
//! call a waker: *every* task that waits waits for ever, whoever holds its wakers. As long as one
//! task may still run, the machine cannot know what it will call, and says nothing about tasks with
//! a waker that is alive.
//!
//! **Poll everything polls every task for ever**, so nobody is ever lost; but what a task finds when it
//! is polled depends on time, sources, channels and other tasks. If a whole round changed nothing, no
//! deadline is ahead and no source will become readable by itself, then the next round will find the
//! same and change nothing either: it spins for ever, unless the person makes a source readable.

use crate::snapshot::TaskState;
use crate::world::State;
use crate::{Happening, TaskId, Verdict, WakerKind, Why, run_queue};

impl State {
    /// Tells what is certain now and was not before the last command.
    pub(crate) fn diagnose(&mut self) {
        let nothing_will_run = !run_queue::anybody_can_move(self) && !self.can_be_called();
        for id in (0..self.cores.len() as u32).map(TaskId) {
            if let Some(why) = self.never_woken(id, nothing_will_run) {
                self.task(id).state = TaskState::NeverWoken;
                self.tell(Happening::NeverWoken { task: id, why });
            }
        }
        let verdict = self.find_verdict();
        if verdict != self.shown.verdict {
            self.shown.verdict = verdict;
            if let Some(verdict) = verdict {
                self.tell(Happening::Rest { verdict });
            }
        }
    }

    /// Why nothing will wake a task any more, if that has become certain.
    fn never_woken(&mut self, id: TaskId, nothing_will_run: bool) -> Option<Why> {
        let task = self.task(id);
        let (waits, live) = (task.state == TaskState::Waiting, task.live);
        match live {
            _ if !waits || self.polls_everything() => None,
            0 => Some(Why::NoWaker),
            _ if self.wakers_do_nothing() => Some(Why::DeadWakers),
            _ if nothing_will_run => Some(Why::NobodyCalls),
            _ => None,
        }
    }

    fn find_verdict(&self) -> Option<Verdict> {
        if self.dropped {
            return Some(Verdict::Dropped);
        }
        if self.all_are_over() {
            return Some(Verdict::Finished);
        }
        if self.reactor.selector.is_due(self.shown.now) {
            return None;
        }
        if self.polls_everything() {
            return self.everything.spinning.then_some(Verdict::Spinning);
        }
        let goes_on = run_queue::anybody_can_move(self) || self.next_moment().is_some();
        match self.can_be_called() {
            _ if goes_on => None,
            true => Some(Verdict::NeedsPerson),
            false => Some(Verdict::Stuck),
        }
    }

    /// Whether an event at the reactor would wake a task.
    fn can_be_called(&self) -> bool {
        let unfinished = |task: TaskId| self.shown.tasks[task.index()].unfinished();
        !self.wakers_do_nothing() && self.reactor.can_call(unfinished)
    }

    fn wakers_do_nothing(&self) -> bool {
        self.setup.waker == WakerKind::DoNothing
    }
}
