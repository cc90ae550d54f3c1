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

use crate::scheduler::Scheduler;
use crate::snapshot::TaskState;
use crate::world::State;
use crate::{Happening, TaskId, Verdict, WakerKind, Why};

impl State {
    /// Tells what is certain now and was not before the last command.
    pub(crate) fn diagnose(&mut self) {
        for (task, why) in self.never_woken() {
            self.tasks[task.index()].state = TaskState::NeverWoken;
            self.tell(Happening::NeverWoken { task, why });
        }
        let verdict = self.find_verdict();
        if verdict != self.verdict {
            self.verdict = verdict;
            if let Some(verdict) = verdict {
                self.tell(Happening::Rest { verdict });
            }
        }
    }

    /// The tasks of which it has become certain that nothing will wake them, and why.
    fn never_woken(&self) -> Vec<(TaskId, Why)> {
        let Scheduler::RunQueue(run_queue) = &self.scheduler else { return Vec::new() };
        let nothing_will_run = run_queue.can_move().is_empty() && self.callable().is_empty();
        let tasks = (0..).map(TaskId).zip(&self.tasks);
        tasks
            .filter(|(_, task)| task.state == TaskState::Waiting)
            .filter_map(|(id, task)| {
                let why = match task.live {
                    0 => Why::NoWaker,
                    _ if self.wakers_do_nothing() => Why::DeadWakers,
                    _ if nothing_will_run => Why::NobodyCalls,
                    _ => return None,
                };
                Some((id, why))
            })
            .collect()
    }

    fn find_verdict(&self) -> Option<Verdict> {
        if self.dropped {
            return Some(Verdict::Dropped);
        }
        if self.unfinished().is_empty() {
            return Some(Verdict::Finished);
        }
        if self.reactor.selector.is_due(self.now) {
            return None;
        }
        match &self.scheduler {
            Scheduler::Everything(everything) if everything.spinning => Some(Verdict::Spinning),
            Scheduler::Everything(_) => None,
            Scheduler::RunQueue(run_queue) => {
                let goes_on = !run_queue.can_move().is_empty() || self.next_moment().is_some();
                match self.callable().is_empty() {
                    _ if goes_on => None,
                    false => Some(Verdict::NeedsPerson),
                    true => Some(Verdict::Stuck),
                }
            }
        }
    }

    /// The tasks that an event at the reactor would wake.
    fn callable(&self) -> Vec<TaskId> {
        let callable = self.reactor.callable();
        let waiting = callable.filter(|task| self.tasks[task.index()].unfinished());
        if self.wakers_do_nothing() { Vec::new() } else { waiting.collect() }
    }

    fn wakers_do_nothing(&self) -> bool {
        self.setup.waker == WakerKind::DoNothing
    }
}
