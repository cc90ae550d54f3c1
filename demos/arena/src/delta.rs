//! What happened to a lane's memory, as data: the allocator has done it, and the shadow follows.

use arena_heap::{Call, State};

use crate::lang::types::Type;
use crate::memory::{Byte, Holds, Place};
use crate::naive::Fault;
use crate::step::{How, Wrong, Wrote};

/// One thing that happened.
pub(crate) enum Delta {
    /// The allocator was called.
    Called { call: Call, holds: Holds },
    /// Bytes were written.
    Wrote { what: Wrote, holds: Option<(Place, Holds)>, patches: Vec<Patch> },
    /// A value was read.
    Used { place: Place, size: u32 },
    /// A value was dropped.
    Dropped { place: Place, size: u32 },
    /// Everything was taken back.
    Reset(State),
    /// The book's arena put a value somewhere, and that was no fault.
    Put { offset: u32, size: u32, align: u32, how: How },
    /// The book's arena would have done what no program may.
    Naive { offset: u32, size: u32, align: u32, faults: Vec<Fault> },
    /// The book's arena moved its offset back to the start.
    Rewound,
    /// No layout has so many bytes.
    TooLarge { size: u64 },
    /// It needs no memory.
    NoMemory,
    /// It cannot be done.
    Wrong(Wrong),
}

/// Bytes that were written, and what they are.
pub(crate) struct Patch {
    pub(crate) place: Place,
    pub(crate) bytes: Vec<u8>,
    pub(crate) are: Are,
}

/// What bytes are.
pub(crate) enum Are {
    /// All of them the same.
    All(Byte),
    /// Values of a type, one behind the other, with its padding.
    Values(&'static Type),
}
