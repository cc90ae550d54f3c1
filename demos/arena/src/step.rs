//! One thing that happened.

use crate::lang::Sort;
use crate::memory::{Holds, Place};
use crate::naive::Fault;
use crate::snapshot::Line;

/// One thing that happened, in one lane.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Step {
    /// The statement that did it; line 0 for a person's hand.
    pub at: Line,
    /// In which lane: an index into the snapshot's.
    pub lane: u8,
    /// The value that it is about.
    pub subject: Option<Subject>,
    /// What happened.
    pub event: Event,
}

/// A value, as a sentence names it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Subject {
    /// An index into the snapshot's values.
    pub value: u32,
    /// An index into the snapshot's names.
    pub name: u32,
    /// Which one of this name it is, from 1 on.
    pub number: u32,
    /// What it is.
    pub sort: Sort,
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Event {
    /// A block was handed out.
    Allocated {
        /// Where it begins.
        place: Place,
        /// How many bytes were asked for.
        size: u32,
        /// Of what the address was to be a multiple.
        align: u32,
        /// How the allocator came to this place.
        how: How,
    },
    /// There is no memory for it.
    Refused {
        /// How many bytes were asked for.
        size: u32,
        /// Of what the address was to be a multiple.
        align: u32,
    },
    /// It is more than any allocator may be asked for: no layout has so many bytes.
    TooLarge {
        /// So many bytes it would be.
        size: u64,
    },
    /// A value of no size: it needs no memory.
    NoMemory,
    /// Bytes were written into a block.
    Wrote {
        /// Where.
        place: Place,
        /// How many.
        size: u32,
        /// What they are.
        what: Wrote,
    },
    /// A block was freed.
    Freed {
        /// Where it began.
        place: Place,
        /// How many bytes had been asked for.
        size: u32,
        /// What becomes of its bytes.
        effect: Effect,
    },
    /// A block got another size.
    Resized {
        /// Where it began.
        from: Place,
        /// How many bytes it had.
        old: u32,
        /// Where it begins now: the same place, or one to which the content was copied.
        place: Place,
        /// How many bytes it has.
        size: u32,
    },
    /// A value was read through its reference.
    Used {
        /// Where it lies.
        place: Place,
        /// How many bytes it has.
        size: u32,
    },
    /// A value was dropped: its destructor has run.
    Dropped {
        /// Where it lies.
        place: Place,
        /// How many bytes it has.
        size: u32,
    },
    /// Everything was taken back at once. Nothing was dropped, but by a typed arena right before.
    Reset {
        /// So many blocks were live.
        blocks: u32,
        /// So many bytes were used.
        bytes: u32,
    },
    /// The book's arena would do what no program may. It is not done.
    Naive {
        /// Where the value would go, from the start of the buffer.
        offset: u32,
        /// How many bytes it has.
        size: u32,
        /// Of what its address must be a multiple.
        align: u32,
        /// What is wrong, in the order in which the arena would come to it.
        faults: Vec<Fault>,
    },
    /// What the program does to a value cannot be done: a fault of the program.
    Wrong(Wrong),
}

/// How an allocator came to the place of a block.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum How {
    /// The bump pointer moved.
    Bumped {
        /// Where it had been.
        from: u32,
    },
    /// The arena took a new chunk, because so many bytes were left in the last one.
    NewChunk {
        /// What was left.
        left: u32,
        /// The size of the new one.
        size: u32,
    },
    /// A free block was taken, or a part of it.
    Cut {
        /// So many bytes are held for the block.
        held: u32,
    },
    /// The region had to grow by so many bytes first.
    Grew {
        /// By how much.
        more: u32,
        /// So many bytes are held for the block.
        held: u32,
    },
    /// The book's arena added the size, and looked at nothing.
    Added {
        /// Whether the sum wrapped around.
        wrapped: bool,
        /// So many references that are alive have lost bytes to it.
        overlapped: u32,
    },
}

/// What bytes are that were written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Wrote {
    /// A value, an array, a text.
    All,
    /// An element, a node or an entry of what the block holds.
    Part(Holds),
    /// A link of a list to its next node.
    Link,
}

/// What becomes of the bytes of a freed block.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Effect {
    /// They can be had again. The free block that they are in now has so many bytes.
    Free {
        /// Bytes of the free block.
        joined: u32,
    },
    /// It was the last block of an arena: the bump pointer moved back.
    MovedBack,
    /// Nothing: an arena gives them back only with all others.
    Nothing,
}

/// What cannot be done.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Wrong {
    /// It was freed before: in Rust it could not be freed again, in C it could.
    FreedBefore,
    /// There is none of this number.
    NotThere,
    /// It has no memory in this lane, because there was none.
    HasNone,
    /// It is used after it was freed, or after a reset: it does not compile.
    UsedAfter,
    /// The borrow had ended: it does not compile.
    BorrowEnded,
    /// A collection needs an `Allocator`, which the book's arena is not.
    NotAnAllocator,
    /// It has nothing that frees one value.
    CannotFree,
    /// A list has at most 10,000 nodes.
    TooLong,
    /// A typed arena holds values of one type, which the first one decides.
    OtherType,
}

impl Event {
    /// Whether it is a fault, of the program or of the allocator.
    pub fn is_fault(&self) -> bool {
        match self {
            Event::Refused { .. } | Event::TooLarge { .. } | Event::Naive { .. } => true,
            Event::Wrong(wrong) => !matches!(
                wrong,
                Wrong::CannotFree | Wrong::NotAnAllocator | Wrong::OtherType | Wrong::TooLong
            ),
            _ => false,
        }
    }
}
