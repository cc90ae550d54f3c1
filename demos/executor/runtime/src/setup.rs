//! What is set up before a run, apart from the tasks.

/// How tasks are run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Setup {
    /// Which executor polls the tasks.
    pub executor: ExecutorKind,
    /// What a wake does.
    pub waker: WakerKind,
    /// How the reactor chooses tokens.
    pub tokens: Tokens,
    /// Decides which worker moves first and from whom is stolen.
    pub seed: u32,
}

/// Which executor polls the tasks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ExecutorKind {
    /// Every unfinished task in turn, woken or not.
    PollEverything,
    /// Only tasks that were woken, in the order of waking.
    RunQueue {
        /// Whether a task that the running task wakes runs next.
        lifo: bool,
        /// How many workers share the tasks, 1 to [`MAX_WORKERS`].
        workers: u32,
    },
}

/// What a wake does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum WakerKind {
    /// It tells the executor that the task wants to be polled.
    Working,
    /// Nothing, as in the book.
    DoNothing,
}

/// How the reactor chooses the token of a new registration.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Tokens {
    /// The next number that was never given away.
    Fresh,
    /// The number of handlers that there are, as in the book.
    MapLength,
}

/// More workers than this do not fit beside each other on the page.
pub const MAX_WORKERS: u32 = 4;
