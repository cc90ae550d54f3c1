//! Why a run has come to rest: which tasks wait, for what, who holds their wakers, and why none of
//! these will be called.

use crate::snapshot::{HeldWakers, Holder, Registration, Task, TaskState, Waiting};
use crate::{Interest, Names, Place, Snapshot, TaskId, Verdict, Waitlist, WakerKind};

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
        let tasks = (0..).map(TaskId).zip(&now.tasks);
        tasks.filter_map(|(id, task)| self.finding(id, task, now)).collect()
    }

    fn finding(&self, id: TaskId, task: &Task, now: &Snapshot) -> Option<Finding> {
        let (for_ever, why) = match (task.state, now.verdict) {
            (TaskState::NeverWoken, _) => (true, self.why_never(id, now)),
            (TaskState::Waiting, Some(Verdict::NeedsPerson)) => {
                (false, self.what_you_can_do(id, now))
            }
            (TaskState::Waiting, Some(Verdict::Spinning)) => {
                (true, format!("{} of its {} polls were for nothing", task.useless, task.polls))
            }
            _ => return None,
        };
        let waits: Vec<String> = task.waits.iter().map(|waiting| self.waiting(waiting)).collect();
        let text = format!("{} waits {}: {why}.", self.task(id), waits.join(" and "));
        Some(Finding { task: id, for_ever, text })
    }

    /// "for a value in ‘balls’ (line 7)"
    fn waiting(&self, waiting: &Waiting) -> String {
        let line = waiting.place.line();
        match waiting.place {
            Place::Rust(_) => format!("{} (line {line})", self.wait(waiting.wait)),
            Place::Program { .. } => format!("{} (your line {line})", self.wait(waiting.wait)),
        }
    }

    fn why_never(&self, id: TaskId, now: &Snapshot) -> String {
        let held: Vec<String> = now.wakers_of(id).map(|held| self.held(held)).collect();
        let wakers = match now.tasks[id.index()].live {
            0 => return "no waker of it is left".into(),
            1 => format!("its waker, {},", held.join(" and ")),
            count => format!("its {count} wakers, {},", held.join(" and ")),
        };
        match now.waker {
            WakerKind::DoNothing => format!("calling {wakers} does nothing"),
            WakerKind::Working => format!("nothing that could call {wakers} will ever run"),
        }
    }

    fn held(&self, held: &HeldWakers) -> String {
        match held.holder {
            Holder::Context => "in the context of its poll".into(),
            Holder::Handler(token) => format!("the reactor's handler of token {}", token.0),
            Holder::Waitlist(Waitlist::Receivers(channel)) => {
                format!("kept by {} until a value comes", self.channel(channel))
            }
            Holder::Waitlist(Waitlist::Senders(channel)) => {
                format!("kept by {} until there is room", self.channel(channel))
            }
            Holder::Waitlist(Waitlist::Joiners(task)) => {
                format!("kept until {} ends", self.task(task))
            }
            Holder::Elsewhere => "in a variable of the program".into(),
        }
    }

    /// Which source, when it is made readable, calls a handler that wakes the task.
    fn what_you_can_do(&self, id: TaskId, now: &Snapshot) -> String {
        let wakes_it =
            |registration: &&Registration| now.handlers.contains(&(registration.token, id));
        match now.registrations.iter().find(wakes_it).map(|registration| registration.interest) {
            Some(Interest::Readable(source)) => {
                format!("making {} readable wakes it", self.source(source))
            }
            _ => "a task that waits for you may wake it".into(),
        }
    }
}
