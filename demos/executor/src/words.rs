//! Steps and commands in words: one plain sentence each.

use std::sync::Arc;

use crate::snapshot::Worker;
use crate::{
    Actor, ChannelId, Command, Happening, Interest, Lane, Snapshot, SourceId, Step, TaskId,
    Verdict, Wait, Waitlist, WakeEffect, Why, WorkerId,
};

/// What things are called. Steps hold numbers only, so that a long run stays small; the names are
/// learnt from the first snapshot, and from the steps that bring in something new.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    /// Each at its id, like the others.
    tasks: Vec<Arc<str>>,
    channels: Vec<Arc<str>>,
    sources: Vec<Arc<str>>,
    several_workers: bool,
}

impl Names {
    /// The names in the first snapshot of a run.
    pub fn new(first: &Snapshot) -> Self {
        let tasks = first.tasks.iter().map(|task| Arc::clone(&task.name));
        let channels = first.channels.iter().map(|channel| Arc::clone(&channel.name));
        let sources = first.sources.iter().map(|source| Arc::clone(&source.name));
        Names {
            tasks: tasks.collect(),
            channels: channels.collect(),
            sources: sources.collect(),
            several_workers: first.workers.len() > 1,
        }
    }

    /// Learns the name of what the step brings in. Steps are learnt in order, each once or more.
    pub fn learn(&mut self, step: &Step) {
        match &step.happening {
            Happening::Spawned { task, name } => {
                name_it(&mut self.tasks, task.0, name);
            }
            Happening::ChannelOpened { channel, name } => {
                name_it(&mut self.channels, channel.0, name);
            }
            Happening::SourceOpened { source, name } => {
                name_it(&mut self.sources, source.0, name);
            }
            _ => {}
        }
    }

    /// What happened, as one plain sentence.
    pub fn sentence(&self, step: &Step) -> String {
        use Happening::*;
        let who = self.actor(step.actor);
        match &step.happening {
            RoundBegins { round } => {
                format!("Round {round} begins: every unfinished task is polled, woken or not.")
            }
            RoundEnds { useless: false } => "The round ends.".into(),
            RoundEnds { useless: true } => {
                "The round ends, and nobody got any further: every poll in it was for nothing."
                    .into()
            }
            Stole { victim, count } => {
                let (tasks, victim) = (count_of(*count, "task"), lower(&self.worker(*victim)));
                format!("{who} has nothing to do and steals {tasks} from the queue of {victim}.")
            }
            SlotRested { task } => {
                let task = self.task(*task);
                format!(
                    "The LIFO slot has had its three turns: {task} goes to the back of the queue."
                )
            }
            Took { task, lane: Lane::Queue } => {
                format!("{who} takes {} from the front of the queue.", self.task(*task))
            }
            Took { task, lane: Lane::Slot } => {
                format!("{who} takes {} out of the LIFO slot.", self.task(*task))
            }
            PollBegins { task, poll: 1 } => {
                format!("{} is polled for the first time.", self.task(*task))
            }
            PollBegins { task, poll } => {
                format!("{} is polled: this is its poll number {poll}.", self.task(*task))
            }
            PollPending { task, useless: false } => {
                format!("{} returns Pending: it waits.", self.task(*task))
            }
            PollPending { task, useless: true } => {
                format!("{} returns Pending again: this poll was for nothing.", self.task(*task))
            }
            PollReady { task } => format!("{} returns Ready: it is finished.", self.task(*task)),
            Requeued { task, .. } => {
                format!("{} was woken while it was polled: back into the queue.", self.task(*task))
            }
            FutureDropped { task, finished: true } => {
                format!("The future of {} is dropped: it has done its work.", self.task(*task))
            }
            FutureDropped { task, finished: false } => {
                let task = self.task(*task);
                format!(
                    "The future of {task} is dropped unfinished, with everything that it holds."
                )
            }
            ExecutorDropped { unfinished } => {
                let tasks = count_of(*unfinished, "unfinished task");
                format!("The executor is dropped, and {tasks} with it.")
            }
            WakerMade { task, live } => {
                let task = self.task(*task);
                format!("The executor makes a waker of {task} for the poll: {}.", alive(*live))
            }
            WakerCloned { task, live } => {
                format!("clone: the waker of {} is copied, {}.", self.task(*task), alive(*live))
            }
            WakeCalled { task, by_ref, live } => {
                let who = lower(&who);
                let whose = match step.actor == Actor::Task(*task) {
                    true => "its own waker".into(),
                    false => format!("the waker of {}", self.task(*task)),
                };
                match by_ref {
                    true => format!("wake_by_ref: {who} calls {whose}."),
                    false => format!("wake: {who} calls {whose} and uses it up, {}.", alive(*live)),
                }
            }
            WakerDropped { task, live } => {
                format!("drop: a waker of {} is dropped, {}.", self.task(*task), alive(*live))
            }
            Wake { task, effect } => self.wake(*task, *effect),
            WakerLeft { task, list } => {
                let task = self.task(*task);
                match *list {
                    Waitlist::Receivers(channel) => {
                        format!(
                            "{} keeps the waker of {task} until a value comes.",
                            self.channel(channel)
                        )
                    }
                    Waitlist::Senders(channel) => {
                        format!(
                            "{} keeps the waker of {task} until there is room.",
                            self.channel(channel)
                        )
                    }
                    Waitlist::Joiners(end) => {
                        format!("The waker of {task} is kept until {} ends.", self.task(end))
                    }
                }
            }
            WakerKept { task } => {
                let task = self.task(*task);
                format!("will_wake: the waker that was left here wakes {task} already; it stays.")
            }
            TimePasses { to } => format!("Time passes: it is {to} now."),
            Registered { token, interest } => {
                let interest = self.interest(*interest);
                format!("The selector is asked to report token {} {interest}.", token.0)
            }
            HandlerFiled { token, task } => {
                let task = self.task(*task);
                format!(
                    "The reactor files the waker of {task} as the handler of token {}.",
                    token.0
                )
            }
            HandlerReplaced { token, task } => {
                let task = self.task(*task);
                format!(
                    "Token {} was in use: the waker of {task} that stood there is thrown out.",
                    token.0
                )
            }
            Deregistered { token, task: None, .. } => {
                format!("Token {} is deregistered; it has no handler any more.", token.0)
            }
            Deregistered { token, task: Some(task), .. } if step.actor != Actor::Task(*task) => {
                let task = self.task(*task);
                format!(
                    "Token {} is deregistered, and the handler taken out under it is the waker of {task}.",
                    token.0
                )
            }
            Deregistered { token, .. } => {
                format!("Token {} is deregistered, and its handler taken out.", token.0)
            }
            SourceReady { source, unread } => {
                let (source, values) = (self.source(*source), count_of(*unread, "value"));
                match step.actor {
                    Actor::Person => format!("You make {source} readable: {values} to read."),
                    _ => format!("{source} becomes readable: {values} to read."),
                }
            }
            Event { token, task, .. } => {
                let task = self.task(*task);
                format!(
                    "The selector reports token {}: the reactor calls its handler, the waker of {task}.",
                    token.0
                )
            }
            EventLost { token, .. } => {
                format!("The selector reports token {}, which has no handler: it is lost.", token.0)
            }
            SourceOpened { source, .. } => {
                format!("The source {} is opened.", self.source(*source))
            }
            ChannelOpened { channel, .. } => {
                format!("The channel {} is opened.", self.channel(*channel))
            }
            Spawned { task, .. } => {
                format!("{who} spawns {}, a task of its own.", self.task(*task))
            }
            Waits { wait } => format!("{who} has to wait {}.", self.wait(*wait)),
            StillWaits { wait } => format!("{who} still has to wait {}.", self.wait(*wait)),
            WaitEnds { wait } => format!("{who} need not wait {} any longer.", self.wait(*wait)),
            Cancelled { wait } => {
                format!("A future that waits {} is dropped: cancelled.", self.wait(*wait))
            }
            Sent { channel, value, length } => {
                let (channel, values) = (self.channel(*channel), count_of(*length, "value"));
                format!("{who} sends {value} into {channel}: {values} in it.")
            }
            Received { channel, value, length } => {
                let (channel, values) = (self.channel(*channel), count_of(*length, "value"));
                format!("{who} receives {value} from {channel}: {values} left in it.")
            }
            SendersGone { channel } => {
                format!(
                    "The last sender of {} is gone: nothing more comes.",
                    self.channel(*channel)
                )
            }
            ReceiversGone { channel, lost: 0 } => {
                format!("The last receiver of {} is gone.", self.channel(*channel))
            }
            ReceiversGone { channel, lost } => {
                let (channel, values) = (self.channel(*channel), count_of(*lost, "value"));
                format!("The last receiver of {channel} is gone, and {values} in it with it.")
            }
            Read { source, value, .. } => {
                format!("{who} reads value {value} of {}.", self.source(*source))
            }
            Blocked { ticks } => {
                format!(
                    "{who} keeps the thread for {}: nobody else runs.",
                    count_of(*ticks, "tick")
                )
            }
            Printed { text } => format!("{who} prints “{text}”."),
            Selected { winner, branches: 2 } => {
                let loser = 3 - winner;
                format!(
                    "select: branch {winner} is ready, so branch {loser} is dropped where it stands."
                )
            }
            Selected { winner, .. } => {
                format!(
                    "select: branch {winner} is ready, so the others are dropped where they stand."
                )
            }
            NeverWoken { task, why } => {
                let task = self.task(*task);
                match why {
                    Why::NoWaker => {
                        format!("{task} will never be woken again: no waker of it is left.")
                    }
                    Why::DeadWakers => {
                        format!("{task} will never be woken again: its wakers do nothing.")
                    }
                    Why::NobodyCalls => format!(
                        "{task} will never be woken again: nothing that could call its wakers will run."
                    ),
                }
            }
            Rest { verdict } => verdict_in_words(*verdict).into(),
        }
    }

    /// A command, as short as a button needs it, given the state in which it would be done.
    pub fn command(&self, command: &Command, now: &Snapshot) -> String {
        match *command {
            Command::Turn(id) => {
                let Worker { slot, queue, next, .. } = &now.workers[id.index()];
                let task = next.map_or("nothing".into(), |task| self.task(task));
                let steals = slot.is_none() && queue.is_empty();
                match self.several_workers {
                    true if steals => format!("{} steals {task}", self.worker(id)),
                    true => format!("{} polls {task}", self.worker(id)),
                    false => format!("Poll {task}"),
                }
            }
            Command::React => match (now.events.len() as u32, now.next) {
                (0, Some(next)) => format!("Reactor: wait until {next}"),
                (events, _) => format!("Reactor: {}", count_of(events, "event")),
            },
            Command::MakeReady(source) => format!("Make {} readable", self.source(source)),
            Command::DropExecutor => "Drop the executor".into(),
        }
    }

    fn wake(&self, task: TaskId, effect: WakeEffect) -> String {
        let task = self.task(task);
        match effect {
            WakeEffect::Enqueued(worker, Lane::Queue) if self.several_workers => {
                format!("{task} joins the back of the queue of {}.", lower(&self.worker(worker)))
            }
            WakeEffect::Enqueued(_, Lane::Queue) => format!("{task} joins the back of the queue."),
            WakeEffect::Enqueued(_, Lane::Slot) => {
                format!("{task} goes into the LIFO slot: it runs next.")
            }
            WakeEffect::AlreadyQueued => {
                format!("{task} stands in the queue already: two wakes, one poll.")
            }
            WakeEffect::WhilePolled => {
                format!("{task} is being polled at this moment: it will be queued afterwards.")
            }
            WakeEffect::TooLate => format!("{task} is over: this wake finds nobody."),
            WakeEffect::DidNothing => {
                format!("This waker's wake has an empty body: {task} stays where it is.")
            }
            WakeEffect::NotAsked => {
                format!("This executor polls {task} anyway: the wake changes nothing.")
            }
        }
    }

    /// What somebody waits for, to follow "waits".
    pub fn wait(&self, wait: Wait) -> String {
        match wait {
            Wait::Until(time) => format!("until {time}"),
            Wait::Receive(channel) => format!("for a value in {}", self.channel(channel)),
            Wait::Send(channel) => format!("for room in {}", self.channel(channel)),
            Wait::Read(source) => format!("for something to read from {}", self.source(source)),
            Wait::Join(task) => format!("for the end of {}", self.task(task)),
            Wait::Turn => "for its next turn".into(),
            Wait::Other(what) => format!("for {what}"),
        }
    }

    fn interest(&self, interest: Interest) -> String {
        match interest {
            Interest::Deadline(time) => format!("when it is {time}"),
            Interest::Readable(source) => format!("when {} is readable", self.source(source)),
        }
    }

    fn actor(&self, actor: Actor) -> String {
        match actor {
            Actor::Person => "You".into(),
            Actor::Worker(worker) if self.several_workers => self.worker(worker),
            Actor::Worker(_) => "The executor".into(),
            Actor::Task(task) => self.task(task),
            Actor::Reactor => "The reactor".into(),
            Actor::Drop => "The end of the executor".into(),
        }
    }

    /// The name of a task, in quotation marks.
    pub fn task(&self, id: TaskId) -> String {
        quoted(self.tasks.get(id.index()), "task", id.0)
    }

    /// The name of a channel, in quotation marks.
    pub fn channel(&self, id: ChannelId) -> String {
        quoted(self.channels.get(id.index()), "channel", id.0)
    }

    /// The name of a source, in quotation marks.
    pub fn source(&self, id: SourceId) -> String {
        quoted(self.sources.get(id.index()), "source", id.0)
    }

    /// A worker, counted from 1.
    pub fn worker(&self, id: WorkerId) -> String {
        format!("Worker {}", id.0 + 1)
    }
}

/// How a run has come to rest, in a sentence.
pub(crate) fn verdict_in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Finished => "Every task is finished.",
        Verdict::NeedsPerson => "Nothing goes on by itself; you can make a source readable.",
        Verdict::Stuck => "Stuck: nothing can run any more, and tasks are left that wait.",
        Verdict::Spinning => "Spinning: every poll finds what it found before, and always will.",
        Verdict::Dropped => "The executor is gone, and every future with it.",
    }
}

fn quoted(name: Option<&Arc<str>>, kind: &str, number: u32) -> String {
    match name {
        Some(name) => format!("‘{name}’"),
        None => format!("{kind} {}", number + 1),
    }
}

/// "1 task", "2 tasks", "no task".
fn count_of(count: u32, what: &str) -> String {
    match count {
        0 => format!("no {what}"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

fn alive(live: u32) -> String {
    match live {
        0 => "none is alive now".into(),
        1 => "1 is alive now".into(),
        _ => format!("{live} are alive now"),
    }
}

/// Ids are given in order, so that a new one is the next; one that is there already has another name
/// since the run took another way.
fn name_it(names: &mut Vec<Arc<str>>, id: u32, name: &Arc<str>) {
    match names.get_mut(id as usize) {
        Some(before) => *before = Arc::clone(name),
        None => names.push(Arc::clone(name)),
    }
}

/// A name in the middle of a sentence: "The reactor" becomes "the reactor", ‘ping’ stays.
pub fn lower(who: &str) -> String {
    let mut who = who.to_owned();
    if let Some(first) = who.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    who
}
