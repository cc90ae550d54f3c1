//! What the page calls things in few words, where the engine's own sentences are too long.

use executor::snapshot::{Holder, Snapshot, Task, TaskState};
use executor::{
    Actor, ExecutorKind, Interest, Names, Part, Place, TaskId, Verdict, Wait, Waitlist, WakeEffect,
    WorkerId,
};

use crate::stage::Rest;
use crate::stage::shapes::{self, Look};

/// The number that stands in a task's badge: people count from 1.
pub(crate) fn number(task: TaskId) -> u32 {
    task.0 + 1
}

/// A task's hue and shape.
pub(crate) fn look(task: TaskId) -> Look {
    Look((task.0 % u32::from(Look::HUES)) as u8 + 1)
}

/// A task's state in one or two words.
pub(crate) fn state(state: TaskState) -> &'static str {
    match state {
        TaskState::Queued => "queued",
        TaskState::Taken => "taken",
        TaskState::Running { woken: false } => "polled",
        TaskState::Running { woken: true } => "polled, woken",
        TaskState::Waiting => "waiting",
        TaskState::NeverWoken => "never woken again",
        TaskState::Finished => "finished",
        TaskState::Dropped => "dropped",
    }
}

/// The last part of a path. (Searching bytes: the library's search for characters from behind is a
/// kilobyte of code.)
#[inline(never)]
pub(crate) fn file_name(path: &str) -> &str {
    let before = path.bytes().rposition(|byte| matches!(byte, b'/' | b'\\'));
    before.and_then(|at| path.get(at + 1..)).unwrap_or(path)
}

/// Whether a task's future is still there.
pub(crate) fn unfinished(state: TaskState) -> bool {
    !matches!(state, TaskState::Finished | TaskState::Dropped)
}

/// What a wake came to, after the name of the task.
pub(crate) fn effect(effect: WakeEffect) -> &'static str {
    match effect {
        WakeEffect::Enqueued(..) => "joined the queue",
        WakeEffect::AlreadyQueued => "stood in the queue already",
        WakeEffect::WhilePolled => "is queued again after this poll",
        WakeEffect::TooLate => "was over already",
        WakeEffect::DidNothing => "stays where it is, because this waker does nothing",
        WakeEffect::NotAsked => "stays where it is, because this executor asks no waker",
    }
}

/// How a run has come to rest.
pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Finished => "Every task is finished.",
        Verdict::Dropped => "The executor is dropped, and every future with it.",
        Verdict::NeedsPerson => "Nothing goes on by itself: make a source readable.",
        Verdict::Stuck => "Stuck: nothing will ever run again.",
        Verdict::Spinning => {
            "Spinning: every task is polled for ever, and finds what it found before."
        }
    }
}

/// Why nothing goes on by itself: what each task waits for, which wakers of it are alive, and why
/// none of them will be called.
pub(crate) fn rest(snapshot: &Snapshot) -> Option<Rest> {
    snapshot.verdict.map(|verdict| at_rest(snapshot, verdict))
}

#[inline(never)]
fn at_rest(snapshot: &Snapshot, verdict: Verdict) -> Rest {
    let mut words = Words::of(snapshot);
    words.put(self::verdict(verdict));
    let left = words.names.findings(snapshot);
    for finding in left.iter().take(MANY) {
        words.put(" ").put(&finding.text);
    }
    // More than a few would fill the page; their cards say it too.
    if left.len() > MANY {
        words.put(" And ").number((left.len() - MANY) as u32).put(" more.");
    }
    let fault = matches!(verdict, Verdict::Stuck | Verdict::Spinning);
    Rest { sentence: words.text, fault }
}

/// Of so many tasks it is said what they wait for.
const MANY: usize = 4;

/// A text that is put together piece by piece.
#[derive(Default)]
pub(crate) struct Words {
    /// What was said so far.
    pub(crate) text: String,
    /// What things are called.
    names: Names,
}

impl Words {
    /// Without a word yet, about what is in a snapshot.
    pub(crate) fn of(snapshot: &Snapshot) -> Words {
        Words { text: String::new(), names: Names::new(snapshot) }
    }

    /// The text, so that the next one can begin.
    pub(crate) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// A text as it is.
    #[inline(never)]
    pub(crate) fn put(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// A number.
    #[inline(never)]
    pub(crate) fn number(&mut self, number: u32) -> &mut Self {
        shapes::number(&mut self.text, number);
        self
    }

    /// `1 poll`, `2 polls`.
    #[inline(never)]
    pub(crate) fn count(&mut self, count: u32, one: &str) -> &mut Self {
        self.number(count).put(" ").put(one).put(if count == 1 { "" } else { "s" })
    }

    /// A number of something, after a comma.
    pub(crate) fn and_count(&mut self, count: u32, one: &str) -> &mut Self {
        self.put(", ").count(count, one)
    }

    /// What the engine has a name for.
    #[inline(never)]
    fn part(&mut self, part: Part<'_>) -> &mut Self {
        self.names.write(&mut self.text, "{}", &[part]);
        self
    }

    /// A task by its name.
    pub(crate) fn task(&mut self, task: TaskId) -> &mut Self {
        self.part(Part::Task(task))
    }

    /// A task by its number and its name: names may occur twice, numbers do not.
    #[inline(never)]
    pub(crate) fn numbered(&mut self, task: TaskId) -> &mut Self {
        self.number(number(task)).put(" ").task(task)
    }

    /// A worker by its number.
    pub(crate) fn worker(&mut self, worker: WorkerId) -> &mut Self {
        self.part(Part::Worker(worker))
    }

    /// A task with its number, its name and its state.
    #[inline(never)]
    pub(crate) fn state_of(&mut self, id: TaskId, task: &Task) -> &mut Self {
        self.put("Task ").number(number(id)).put(", ").task(id);
        self.put(": ").put(state(task.state))
    }

    /// What somebody waits for, to follow "waits".
    pub(crate) fn wait(&mut self, wait: Wait) -> &mut Self {
        self.part(Part::For(wait))
    }

    /// Where, in a few letters: `ping_pong.rs:14`, or `line 3` of the person's own program.
    pub(crate) fn place(&mut self, place: Place) -> &mut Self {
        match place.file() {
            Some(file) => self.put(file_name(file)).put(":"),
            None => self.put("line "),
        };
        self.number(place.line())
    }

    /// What the executor is called.
    pub(crate) fn executor(&mut self, kind: ExecutorKind) -> &mut Self {
        let ExecutorKind::RunQueue { lifo, workers } = kind else {
            return self.put("poll everything");
        };
        self.put("run queue").put(if lifo { ", LIFO slot" } else { "" });
        if workers == 1 { self } else { self.and_count(workers, "worker") }
    }

    /// Who holds a waker.
    #[inline(never)]
    pub(crate) fn holder(&mut self, holder: Holder) -> &mut Self {
        match holder {
            Holder::Context => self.put("the Context of the poll that is going on"),
            Holder::Handler(token) => {
                self.put("the reactor, as the handler of token ").number(token.0)
            }
            Holder::Waitlist(Waitlist::Receivers(channel)) => {
                self.part(Part::Channel(channel)).put(", for a receiver")
            }
            Holder::Waitlist(Waitlist::Senders(channel)) => {
                self.part(Part::Channel(channel)).put(", for a sender")
            }
            Holder::Waitlist(Waitlist::Joiners(task)) => {
                self.task(task).put(", for who waits for its end")
            }
            Holder::Elsewhere => self.put("a variable"),
        }
    }

    /// Who acts.
    #[inline(never)]
    pub(crate) fn actor(&mut self, actor: Actor) -> &mut Self {
        match actor {
            Actor::Person => self.put("you"),
            Actor::Worker(_) => self.put("the executor"),
            Actor::Task(task) => self.task(task),
            Actor::Reactor => self.put("the reactor"),
            Actor::Drop => self.put("the end of the executor"),
        }
    }

    /// Who acts, so that no two are called the same.
    #[inline(never)]
    pub(crate) fn exactly(&mut self, actor: Actor) -> &mut Self {
        match actor {
            Actor::Worker(id) => self.put("worker ").number(id.0 + 1),
            Actor::Task(task) => self.numbered(task),
            actor => self.actor(actor),
        }
    }

    /// What the selector looks for.
    pub(crate) fn interest(&mut self, interest: Interest) -> &mut Self {
        match interest {
            Interest::Deadline(time) => self.put("time ").number(time.0),
            Interest::Readable(source) => self.part(Part::Source(source)).put(" to be readable"),
        }
    }
}
