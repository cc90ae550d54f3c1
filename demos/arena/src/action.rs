//! What a statement does to one value: its names are resolved, and its loops unrolled.

use std::sync::Arc;

use crate::step::Wrong;

/// One operation of a program, for every lane.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Action {
    /// A new value: the last of the snapshot's.
    Make(Make),
    /// One more element of a `Vec`, or node of a list.
    Push(Option<Arc<[u8]>>),
    /// An entry of a map.
    Insert { key: u32, value: u32 },
    /// Gives a value's memory back.
    Free,
    /// Reads a value.
    Use,
    /// Takes everything back.
    Reset,
    /// It cannot be done in any lane.
    Wrong(Wrong),
}

/// What is made. The numbers are indices of the table of types.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Make {
    /// A value of a type; all its bytes, if the program says them.
    Value { of: usize, bytes: Option<Arc<[u8]>> },
    /// So many of a type.
    Array { of: usize, count: u32 },
    /// The bytes of a text.
    Text(Arc<str>),
    /// Bytes of any layout.
    Bytes { size: u32, align: u32 },
    /// An empty `Vec`.
    Vec { of: usize, capacity: u32 },
    /// An empty hash map.
    Map { capacity: u32 },
    /// An empty list.
    List,
}
