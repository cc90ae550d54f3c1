//! Why a run has come to rest: which tasks wait, for what, who holds their wakers, and why none of
//! these will be called.

use crate::snapshot::{Registration, TaskState};
use crate::{Interest, Names, Part, Place, Snapshot, TaskId, Verdict, WakerKind};

/// What is to be said about one task that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The task.
    pub task: TaskId,
    /// Whether it is certain that it waits for ever.
    pub for_ever: bool,
    /// What it waits for, and what has become of its wakers.
    pub text: String,
}

impl Names {
    /// What there is to say about each task of which it is certain how its waiting ends: of those
    /// that are never woken again, at any time; of the others when the run has come to rest.
    pub fn findings(&self, now: &Snapshot) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (id, task) in (0..).map(TaskId).zip(&now.tasks) {
            let for_ever = match (task.state, now.verdict) {
                (TaskState::NeverWoken, _) => true,
                (TaskState::Waiting, Some(Verdict::Spinning)) => true,
                (TaskState::Waiting, Some(Verdict::NeedsPerson)) => false,
                _ => continue,
            };
            let mut text = self.say("{} waits ", &[Part::Task(id)]);
            for (i, waiting) in task.waits.iter().enumerate() {
                let line = Part::Number(waiting.place.line());
                let pattern = match waiting.place {
                    Place::Rust(_) => "{} (line {})",
                    Place::Program { .. } => "{} (your line {})",
                };
                text.push_str(and(i));
                self.write(&mut text, pattern, &[Part::For(waiting.wait), line]);
            }
            text.push_str(": ");
            match task.state {
                TaskState::NeverWoken => self.why_never(&mut text, id, task.live, now),
                _ if for_ever => {
                    let polls = [Part::Number(task.useless), Part::Number(task.polls)];
                    self.write(&mut text, "{} of its {} polls were for nothing", &polls);
                }
                _ => self.what_you_can_do(&mut text, id, now),
            }
            text.push('.');
            findings.push(Finding { task: id, for_ever, text });
        }
        findings
    }

    fn why_never(&self, text: &mut String, id: TaskId, live: u32, now: &Snapshot) {
        if live == 0 {
            return text.push_str("no waker of it is left");
        }
        let dead = now.waker == WakerKind::DoNothing;
        text.push_str(if dead { "calling its " } else { "nothing that could call its " });
        let wakers = if live == 1 { "waker, " } else { "{} wakers, " };
        self.write(text, wakers, &[Part::Number(live)]);
        for (i, held) in now.wakers_of(id).enumerate() {
            text.push_str(and(i));
            self.write(text, "{}", &[Part::Held(held.holder)]);
        }
        text.push_str(if dead { ", does nothing" } else { ", will ever run" });
    }

    /// Which source, when it is made readable, calls a handler that wakes the task.
    fn what_you_can_do(&self, text: &mut String, id: TaskId, now: &Snapshot) {
        let wakes_it =
            |registration: &&Registration| now.handlers.contains(&(registration.token, id));
        match now.registrations.iter().find(wakes_it).map(|registration| registration.interest) {
            Some(Interest::Readable(source)) => {
                self.write(text, "making {} readable wakes it", &[Part::Source(source)]);
            }
            _ => text.push_str("a task that waits for you may wake it"),
        }
    }
}

/// What stands before each but the first of several.
fn and(index: usize) -> &'static str {
    if index == 0 { "" } else { " and " }
}
