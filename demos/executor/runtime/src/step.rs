//! What happens, one thing at a time.

use std::sync::Arc;

use crate::{ChannelId, Place, SourceId, TaskId, Time, Token, WorkerId};

/// What a channel carries.
pub type Value = u32;

/// One thing that happened. [`Names::sentence`](crate::Names::sentence) puts it into words.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Step {
    /// What happened.
    pub happening: Happening,
    /// Who did it.
    pub actor: Actor,
    /// The line of the executor, the waker or the leaf future that did it.
    pub engine: Place,
}

/// Who acts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Actor {
    /// Whoever sits in front of the page.
    Person,
    /// The executor, on one of its workers.
    Worker(WorkerId),
    /// The code of a task, while it is polled.
    Task(TaskId),
    /// The reactor.
    Reactor,
    /// The end of the executor, which drops what is left.
    Drop,
}

/// The end of the queue that a task joined or left.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Lane {
    /// The queue: in at the back, out at the front.
    Queue,
    /// The LIFO slot: one place before the queue.
    Slot,
}

/// What a leaf future waits for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Wait {
    /// A moment.
    Until(Time),
    /// A value in a channel.
    Receive(ChannelId),
    /// Room in a channel.
    Send(ChannelId),
    /// Something to read from a source.
    Read(SourceId),
    /// The end of another task.
    Join(TaskId),
    /// Its next turn; it only let the others go first.
    Turn,
    /// Something of the scene's own, in words that follow "waits for".
    Other(&'static str),
}

/// Where a leaf future that the reactor has no part in leaves its waker.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Waitlist {
    /// At a channel, to be called when a value comes.
    Receivers(ChannelId),
    /// At a channel, to be called when there is room.
    Senders(ChannelId),
    /// At a task, to be called when it ends.
    Joiners(TaskId),
}

/// What the reactor asks the selector to look for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Interest {
    /// A moment, once.
    Deadline(Time),
    /// A source, each time that it becomes readable.
    Readable(SourceId),
}

/// What a call of `wake` or `wake_by_ref` came to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum WakeEffect {
    /// The task stands in a worker's queue or slot now.
    Enqueued(WorkerId, Lane),
    /// It stands in a queue already: two wakes, one poll.
    AlreadyQueued,
    /// It is being polled at this moment: it is queued again when the poll returns.
    WhilePolled,
    /// It has finished, or its future is dropped: nobody is left to wake.
    TooLate,
    /// The waker is the book's: its `wake` has no body.
    DidNothing,
    /// The executor polls every task anyway and does not listen to wakers.
    NotAsked,
}

/// All that can happen. Where a task stands without a verb of its own, it is the one concerned.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "fields are named as what they are; `live` counts wakers alive")]
pub enum Happening {
    // What the executors do.
    /// Poll everything begins with the first task again.
    RoundBegins { round: u32 },
    /// It has polled the last one.
    RoundEnds { useless: bool },
    /// A worker has nothing of its own and takes half of what another has.
    Stole { victim: WorkerId, count: u32 },
    /// The LIFO slot was used three times running: its task joins the back of the queue.
    SlotRested { task: TaskId },
    /// A worker takes a task out of its slot or off the front of its queue.
    Took { task: TaskId, lane: Lane },
    /// `poll` is called, for the `poll`-th time.
    PollBegins { task: TaskId, poll: u32 },
    /// `poll` returned `Pending`; useless if the task got no further in it.
    PollPending { task: TaskId, useless: bool },
    /// `poll` returned `Ready`.
    PollReady { task: TaskId },
    /// A task was woken while it was polled and joins the back of the queue now.
    Requeued { task: TaskId, worker: WorkerId },
    /// The future is dropped, and with it all that it holds.
    FutureDropped { task: TaskId, finished: bool },
    /// The executor is dropped with so many tasks unfinished.
    ExecutorDropped { unfinished: u32 },

    // What the four functions of the waker's vtable do, and who makes wakers.
    /// The executor makes a waker for a poll.
    WakerMade { task: TaskId, live: u32 },
    /// `clone`
    WakerCloned { task: TaskId, live: u32 },
    /// `wake`, which consumes the waker, or `wake_by_ref`, which does not.
    WakeCalled { task: TaskId, by_ref: bool, live: u32 },
    /// `drop`
    WakerDropped { task: TaskId, live: u32 },
    /// What the call of `wake` or `wake_by_ref` came to.
    Wake { task: TaskId, effect: WakeEffect },
    /// A leaf has left a waker where it will be called.
    WakerLeft { task: TaskId, list: Waitlist },
    /// A leaf has left a waker before that would wake the same task: it need not be exchanged.
    WakerKept { task: TaskId },

    // What the reactor does.
    /// Virtual time moves on.
    TimePasses { to: Time },
    /// The selector is told to look for something, and under which token to report it.
    Registered { token: Token, interest: Interest },
    /// A handler is filed under the token: the waker of `task`.
    HandlerFiled { token: Token, task: TaskId },
    /// The token was in use: the handler that stood there is gone.
    HandlerReplaced { token: Token, task: TaskId },
    /// The selector forgets a registration, and the handler under its token (the waker of `task`, if
    /// there is one) is taken out.
    Deregistered { token: Token, interest: Interest, task: Option<TaskId> },
    /// A source has become readable; so many values are unread.
    SourceReady { source: SourceId, unread: u32 },
    /// The selector reports an event, and the handler under its token is called.
    Event { token: Token, interest: Interest, task: TaskId },
    /// The selector reports an event whose token no handler has.
    EventLost { token: Token, interest: Interest },

    // What tasks do, and the leaf futures in them.
    /// A source is opened.
    SourceOpened { source: SourceId, name: Arc<str> },
    /// A channel is opened.
    ChannelOpened { channel: ChannelId, name: Arc<str> },
    /// A task is handed to the executor.
    Spawned { task: TaskId, name: Arc<str> },
    /// A leaf future cannot finish yet and begins to wait.
    Waits { wait: Wait },
    /// A leaf future was polled and still cannot finish.
    StillWaits { wait: Wait },
    /// A leaf future that had to wait is finished.
    WaitEnds { wait: Wait },
    /// A leaf future is dropped while it waits.
    Cancelled { wait: Wait },
    /// A value is put into a channel, which then holds `length`.
    Sent { channel: ChannelId, value: Value, length: u32 },
    /// A value is taken out of a channel, which then holds `length`.
    Received { channel: ChannelId, value: Value, length: u32 },
    /// The last sender of a channel is gone: what is in it can be taken out, nothing is added.
    SendersGone { channel: ChannelId },
    /// The last receiver of a channel is gone: so many values in it are lost, sending fails.
    ReceiversGone { channel: ChannelId, lost: u32 },
    /// A value is read from a source, the `value`-th.
    Read { source: SourceId, value: Value, unread: u32 },
    /// A task keeps the thread for so many ticks.
    Blocked { ticks: u32 },
    /// A task prints a line.
    Printed { text: Arc<str> },
    /// `select` has its winner, the `winner`-th of its branches, and drops the others.
    Selected { winner: u32, branches: u32 },

    // What the machine finds out about itself.
    /// Nothing will ever wake this task again.
    NeverWoken { task: TaskId, why: Why },
    /// The machine has come to rest.
    Rest { verdict: Verdict },
}

/// Why nothing will ever wake a task.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Why {
    /// No waker of it is alive.
    NoWaker,
    /// Its wakers do nothing.
    DeadWakers,
    /// Its wakers are alive, but nothing that could call them will ever run.
    NobodyCalls,
}

/// How a run has come to rest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Verdict {
    /// Every task is finished.
    Finished,
    /// Some tasks wait, and only the person can go on, by making a source readable.
    NeedsPerson,
    /// Some tasks wait, and nothing will wake them, whatever is done.
    Stuck,
    /// Poll everything polls tasks that can never get further.
    Spinning,
    /// The executor is dropped.
    Dropped,
}

/// What a task's lane on the timeline shows from a step on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Stretch {
    /// It is new or woken, and not yet polled.
    Woken,
    /// It is being polled.
    Polled,
    /// It waits.
    Waiting,
    /// It waits for ever.
    NeverWoken,
    /// It is finished or dropped.
    Over,
}

impl Step {
    /// Whose lane on the timeline changes with this step, and to what.
    pub fn stretch(&self) -> Option<(TaskId, Stretch)> {
        use Happening::*;
        Some(match self.happening {
            Spawned { task, .. } | Requeued { task, .. } => (task, Stretch::Woken),
            Wake { task, effect: WakeEffect::Enqueued(..) } => (task, Stretch::Woken),
            PollBegins { task, .. } => (task, Stretch::Polled),
            PollPending { task, .. } => (task, Stretch::Waiting),
            NeverWoken { task, .. } => (task, Stretch::NeverWoken),
            PollReady { task } | FutureDropped { task, .. } => (task, Stretch::Over),
            _ => return None,
        })
    }
}
