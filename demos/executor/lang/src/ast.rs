//! A program as a tree. Names are resolved: a statement holds the index of what it names.

use std::sync::Arc;

use text::Span;

/// A checked program: every index in it is valid and every limit of [`super::limits`] is kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Program {
    /// The channels, in the order of the text.
    pub channels: Vec<Channel>,
    /// The sources, in the order of the text.
    pub sources: Vec<Source>,
    /// The tasks, in the order of the text.
    pub tasks: Vec<Task>,
    /// The comments, in the order of the text.
    pub comments: Vec<Comment>,
}

/// `channel ping 2`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// For how many values it has room; `None` is without end.
    pub room: Option<u32>,
    /// Where its name stands.
    pub span: Span,
}

/// `source net at 30, 50`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// The virtual times at which it becomes ready by itself, rising.
    pub ready_at: Vec<u32>,
    /// Where its name stands.
    pub span: Span,
}

/// `task server { … }`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Task {
    /// Its name.
    pub name: String,
    /// Whether it runs only when it is spawned.
    pub later: bool,
    /// What it does.
    pub body: Block,
    /// Where its name stands.
    pub span: Span,
}

/// Statements, one after the other.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Block {
    /// The statements.
    pub statements: Vec<Statement>,
    /// Where its `}` stands.
    pub close: Span,
}

/// One statement and its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// Where its first word stands: the place at which a task is suspended in it.
    pub span: Span,
    /// What it does.
    pub kind: Kind,
}

/// What a statement does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `sleep 20`: waits for that many ticks.
    Sleep(u32),
    /// `yield`: lets the others go first, once.
    Yield,
    /// `block 4`: keeps the thread for that many ticks.
    Block(u32),
    /// `send ping 7`: puts a value into a channel, or without one the next number.
    Send {
        /// The index of the channel.
        channel: usize,
        /// The value; `None` is the how-manieth `send` of this task on this channel.
        value: Option<u32>,
    },
    /// `recv ping`: takes the next value of the channel with this index.
    Recv(usize),
    /// `read button`: waits for the source with this index.
    Read(usize),
    /// `spawn helper`: starts a new task that does what the task with this index says.
    Spawn(usize),
    /// `print "hello"`
    Print(Arc<str>),
    /// `loop 3 { … }`
    Loop {
        /// How many times.
        count: u32,
        /// What is repeated.
        body: Block,
    },
    /// `join { … } { … }`: all of them at once, until the last is done.
    Join(Vec<Block>),
    /// `select { … } { … }`: all of them at once, until the first is done; the others are dropped.
    Select(Vec<Block>),
}

impl Kind {
    /// The blocks inside the statement.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Kind::Loop { body, .. } => std::slice::from_ref(body),
            Kind::Join(blocks) | Kind::Select(blocks) => blocks,
            _ => &[],
        }
    }
}

/// A comment, so that tidying a program loses nothing of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comment {
    /// Its text without the mark before it and spaces around it.
    pub text: String,
    /// Whether something of the program stands before it on its line.
    pub trailing: bool,
    /// Where it stands.
    pub span: Span,
}
