//! What things are called, and sentences with names in them.

use std::fmt::Write;
use std::sync::Arc;

use crate::snapshot::Holder;
use crate::{
    Actor, ChannelId, Happening, Interest, Snapshot, SourceId, Step, TaskId, Wait, Waitlist,
    WorkerId,
};

/// What things are called. Steps hold numbers only, so that a long run stays small; the names are
/// learnt from the first snapshot, and from the steps that bring in something new.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    /// Each at its id, like the others.
    tasks: Vec<Arc<str>>,
    channels: Vec<Arc<str>>,
    sources: Vec<Arc<str>>,
    pub(crate) several_workers: bool,
}

/// What can stand in a sentence where its pattern has `{}`.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// Who acts, at the beginning of a sentence: "The reactor".
    Who(Actor),
    /// Who acts, inside of one: "the reactor".
    By(Actor),
    /// The name of a task, in quotation marks.
    Task(TaskId),
    /// The name of a channel, in quotation marks.
    Channel(ChannelId),
    /// The name of a source, in quotation marks.
    Source(SourceId),
    /// A worker, counted from 1.
    Worker(WorkerId),
    /// A number.
    Number(u32),
    /// "1 task", "2 tasks", "no task".
    Count(u32, &'static str),
    /// How many wakers are alive.
    Alive(u32),
    /// What somebody waits for, to follow "waits".
    For(Wait),
    /// What the selector is to report, to follow "report".
    When(Interest),
    /// Who holds a waker, to follow "the waker".
    Held(Holder),
    /// A text as it is.
    Text(&'a str),
}

impl Names {
    /// The names in the first snapshot of a run.
    pub fn new(first: &Snapshot) -> Self {
        let mut names = Names { several_workers: first.workers.len() > 1, ..Names::default() };
        for task in &first.tasks {
            names.tasks.push(Arc::clone(&task.name));
        }
        for channel in &first.channels {
            names.channels.push(Arc::clone(&channel.name));
        }
        for source in &first.sources {
            names.sources.push(Arc::clone(&source.name));
        }
        names
    }

    /// Learns the name of what the step brings in. Steps are learnt in order, each once or more.
    pub fn learn(&mut self, step: &Step) {
        let (names, id, name) = match &step.happening {
            Happening::Spawned { task, name } => (&mut self.tasks, task.0, name),
            Happening::ChannelOpened { channel, name } => (&mut self.channels, channel.0, name),
            Happening::SourceOpened { source, name } => (&mut self.sources, source.0, name),
            _ => return,
        };
        // Ids are given in order, so that a new one is the next; one that is there already has
        // another name since the run took another way.
        match names.get_mut(id as usize) {
            Some(before) => *before = Arc::clone(name),
            None => names.push(Arc::clone(name)),
        }
    }

    /// A sentence after a pattern: each `{}` in it is the next of the parts.
    pub fn say(&self, pattern: &str, parts: &[Part<'_>]) -> String {
        let mut out = String::new();
        self.write(&mut out, pattern, parts);
        out
    }

    /// [`say`](Names::say) at the end of a text.
    pub fn write(&self, out: &mut String, pattern: &str, parts: &[Part<'_>]) {
        let mut parts = parts.iter();
        for c in pattern.chars() {
            match c {
                '{' => {
                    if let Some(part) = parts.next() {
                        self.write_part(out, *part);
                    }
                }
                '}' => {}
                c => out.push(c),
            }
        }
    }

    fn write_part(&self, out: &mut String, part: Part<'_>) {
        use Part::*;
        let (pattern, part) = match part {
            Text(text) => return out.push_str(text),
            // Writing into a text cannot fail.
            Number(number) => return write!(out, "{number}").unwrap_or_default(),
            By(actor) => {
                let start = out.len();
                self.write_part(out, Who(actor));
                return lower_from(out, start);
            }
            Task(id) => return write_name(out, &self.tasks, "task", id.0),
            Channel(id) => return write_name(out, &self.channels, "channel", id.0),
            Source(id) => return write_name(out, &self.sources, "source", id.0),

            Who(Actor::Person) => ("You", None),
            Who(Actor::Worker(worker)) if self.several_workers => ("{}", Some(Worker(worker))),
            Who(Actor::Worker(_)) => ("The executor", None),
            Who(Actor::Task(task)) => ("{}", Some(Task(task))),
            Who(Actor::Reactor) => ("The reactor", None),
            Who(Actor::Drop) => ("The end of the executor", None),

            Worker(id) => ("Worker {}", Some(Number(id.0 + 1))),

            Count(0, what) => ("no {}", Some(Text(what))),
            Count(1, what) => ("1 {}", Some(Text(what))),
            Count(count, what) => {
                return self.write(out, "{} {}s", &[Number(count), Text(what)]);
            }

            Alive(0) => ("none is alive now", None),
            Alive(1) => ("1 is alive now", None),
            Alive(live) => ("{} are alive now", Some(Number(live))),

            For(Wait::Until(time)) => ("until {}", Some(Number(time.0))),
            For(Wait::Receive(channel)) => ("for a value in {}", Some(Channel(channel))),
            For(Wait::Send(channel)) => ("for room in {}", Some(Channel(channel))),
            For(Wait::Read(source)) => ("for something to read from {}", Some(Source(source))),
            For(Wait::Join(task)) => ("for the end of {}", Some(Task(task))),
            For(Wait::Turn) => ("for its next turn", None),
            For(Wait::Other(what)) => ("for {}", Some(Text(what))),

            When(Interest::Deadline(time)) => ("when it is {}", Some(Number(time.0))),
            When(Interest::Readable(source)) => ("when {} is readable", Some(Source(source))),

            Held(Holder::Context) => ("in the context of its poll", None),
            Held(Holder::Handler(token)) => {
                ("the reactor's handler of token {}", Some(Number(token.0)))
            }
            Held(Holder::Waitlist(Waitlist::Receivers(channel))) => {
                ("kept by {} until a value comes", Some(Channel(channel)))
            }
            Held(Holder::Waitlist(Waitlist::Senders(channel))) => {
                ("kept by {} until there is room", Some(Channel(channel)))
            }
            Held(Holder::Waitlist(Waitlist::Joiners(task))) => {
                ("kept until {} ends", Some(Task(task)))
            }
            Held(Holder::Elsewhere) => ("in a variable of the program", None),
        };
        self.write(out, pattern, part.as_slice());
    }

    /// What somebody waits for, to follow "waits".
    pub fn wait(&self, wait: Wait) -> String {
        self.say("{}", &[Part::For(wait)])
    }

    /// The name of a task, in quotation marks.
    pub fn task(&self, id: TaskId) -> String {
        self.say("{}", &[Part::Task(id)])
    }

    /// The name of a channel, in quotation marks.
    pub fn channel(&self, id: ChannelId) -> String {
        self.say("{}", &[Part::Channel(id)])
    }

    /// The name of a source, in quotation marks.
    pub fn source(&self, id: SourceId) -> String {
        self.say("{}", &[Part::Source(id)])
    }

    /// A worker, counted from 1.
    pub fn worker(&self, id: WorkerId) -> String {
        self.say("{}", &[Part::Worker(id)])
    }
}

fn write_name(out: &mut String, names: &[Arc<str>], kind: &str, id: u32) {
    let written = match names.get(id as usize) {
        Some(name) => write!(out, "‘{name}’"),
        None => write!(out, "{kind} {}", id + 1),
    };
    written.unwrap_or_default();
}

/// A name in the middle of a sentence: "The reactor" becomes "the reactor", ‘ping’ stays.
pub fn lower(who: &str) -> String {
    let mut who = who.to_owned();
    lower_from(&mut who, 0);
    who
}

fn lower_from(text: &mut str, start: usize) {
    if let Some(first) = text.get_mut(start..start + 1) {
        first.make_ascii_lowercase();
    }
}
