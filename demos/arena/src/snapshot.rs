//! The state as a value: all that a view needs.

use std::sync::Arc;

use crate::AllocatorKind;
use crate::figures::Figures;
use crate::lang::Sort;
use crate::list::List;
use crate::memory::{Piece, Place};

/// The state after a step.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Snapshot {
    /// The names of the program, and behind them that of what a `churn` makes and that of what is made
    /// by hand.
    pub names: Arc<[Arc<str>]>,
    /// The values that the program has made so far, in their order; the same in every lane.
    pub values: List<Value>,
    /// The allocators, side by side: each carries out the whole program.
    pub lanes: Vec<Lane>,
    /// The statement that comes next; none at the end of the program.
    pub next: Option<Line>,
    /// How many operations the program has carried out.
    pub done: u32,
}

/// A value of the program: it has the same name and number in every lane, and may have memory in one
/// and none in another.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Value {
    /// Its name: an index into the snapshot's.
    pub name: u32,
    /// Which one of this name it is, from 1 on.
    pub number: u32,
    /// What it is.
    pub sort: Sort,
    /// Whether it is still there.
    pub gone: Gone,
}

/// What became of a value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Gone {
    /// It is there.
    No,
    /// It was freed.
    Freed,
    /// A reset has taken its memory. It was not dropped.
    Reset,
}

/// A line of the program.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Line {
    /// Counted from 1; 0 if the person did it by hand.
    pub line: u32,
    /// Counted in characters from 1.
    pub column: u32,
}

/// An allocator with its memory.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Lane {
    /// Which one.
    pub allocator: AllocatorKind,
    /// Its memory: the chunks of an arena, one region for all others.
    pub pieces: Vec<Piece>,
    /// Where an arena's next byte comes from.
    pub bump: Option<Place>,
    /// The figures now.
    pub figures: Figures,
    /// The figures after each operation so far, the last ones being those now.
    pub history: List<Figures>,
    /// How many faults there were.
    pub faults: u32,
    /// A fingerprint of all that has happened to the memory, every byte that was written included.
    pub print: u64,
}
