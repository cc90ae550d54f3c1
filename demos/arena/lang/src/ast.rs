//! A program as a tree. Names are resolved: a statement holds the index of what it names.

use std::sync::Arc;

use text::Span;

/// A checked program: every index in it is valid and every limit of [`super::limits`] is kept.
///
/// What only a run can tell is not checked: whether a thing is alive when it is freed or used, and
/// whether there is memory for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Program {
    /// How many bytes each allocator may have.
    pub memory: u32,
    /// The names, in the order in which they are first given.
    pub names: Vec<Name>,
    /// The statements.
    pub body: Vec<Statement>,
}

/// A name, which stands for a group: each statement that gives it makes one more of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// The name.
    pub text: Arc<str>,
    /// What all of the group are.
    pub sort: Sort,
    /// Where it is given first.
    pub span: Span,
}

/// What all of a name are. The numbers are indices of [`TYPES`](super::types::TYPES).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sort {
    /// A value of this type.
    Value(usize),
    /// An array with elements of this type.
    Array(usize),
    /// The bytes of a text.
    Text,
    /// Bytes without a type.
    Bytes,
    /// A `Vec` with elements of this type.
    Vec(usize),
    /// A hash map from `u32` to `u32`.
    Map,
    /// A linked list of `Node`s, each in a box of its own.
    List,
}

/// One statement and its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// What it does.
    pub kind: Kind,
    /// From its first token to its last; of a `repeat` only up to the count, without its block.
    pub span: Span,
}

/// What a statement does. `name` is an index of [`Program::names`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `p = Point 1.5 -2`: a value.
    Value {
        /// Its name.
        name: usize,
        /// All of its bytes, numbers little-endian, padding as zeros; `None`: the machine chooses.
        bytes: Option<Arc<[u8]>>,
    },
    /// `xs = [u16; 10]`: an array.
    Array {
        /// Its name.
        name: usize,
        /// How many elements.
        count: u32,
    },
    /// `s = "hello"`: the bytes of a text.
    Text {
        /// Its name.
        name: usize,
        /// The text.
        text: Arc<str>,
    },
    /// `raw = bytes 100 align 64`: bytes of any layout.
    Bytes {
        /// Its name.
        name: usize,
        /// How many.
        size: u32,
        /// Of what their address is a multiple: a power of two up to [`limits::ALIGN`](super::limits::ALIGN).
        align: u32,
    },
    /// `v = vec u32 16`: a `Vec` without elements.
    Vec {
        /// Its name.
        name: usize,
        /// For how many elements it has room at once.
        capacity: u32,
    },
    /// `m = map 16`: a hash map without entries.
    Map {
        /// Its name.
        name: usize,
        /// For how many entries it has room at once.
        capacity: u32,
    },
    /// `l = list`: a linked list without nodes.
    List {
        /// Its name.
        name: usize,
    },
    /// `push v 7`: one more element of the latest `Vec` or list of this name that is alive.
    Push {
        /// The name of the `Vec` or of the list.
        name: usize,
        /// All bytes of the element, as of a value; of a list, the four bytes of the node's `value`.
        /// `None`: the machine chooses.
        bytes: Option<Arc<[u8]>>,
    },
    /// `insert m 3 10`: an entry of the latest map of this name that is alive.
    Insert {
        /// The name of the map.
        name: usize,
        /// The key.
        key: u32,
        /// The value; `None`: the machine chooses.
        value: Option<u32>,
    },
    /// `free a`: gives the memory back.
    Free {
        /// The name.
        name: usize,
        /// Which of them.
        which: Which,
    },
    /// `use a`: reads through the reference.
    Use {
        /// The name.
        name: usize,
        /// Which of them, never all.
        which: Which,
    },
    /// `reset`: everything back at once.
    Reset,
    /// `repeat 8 { … }`: again and again.
    Repeat {
        /// How many times, at least once.
        count: u32,
        /// What is repeated: at least one statement.
        body: Vec<Statement>,
    },
    /// `churn 1000 even 16 to 256 live 100 seed 7`: random allocations and frees.
    Churn(Churn),
}

/// Which of a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// The latest that is alive.
    Last,
    /// The so-manieth that was made, counted from 1.
    Nth(u32),
    /// Each that is alive; only to be freed.
    All,
}

/// Random allocations and frees of blocks of bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Churn {
    /// How many allocations and frees, together.
    pub count: u32,
    /// How their sizes are distributed.
    pub sizes: Sizes,
    /// The least size in bytes, at least 1.
    pub from: u32,
    /// The greatest size in bytes, at least `from`.
    pub to: u32,
    /// About how many blocks are alive at once, at least 1.
    pub live: u32,
    /// The seed of its random numbers.
    pub seed: u32,
}

/// How sizes between two are distributed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sizes {
    /// Each is as likely as any other.
    Even,
    /// Sizes of each doubling are half as likely as those of the doubling before it.
    Small,
    /// One or the other, and none between.
    Two,
}
