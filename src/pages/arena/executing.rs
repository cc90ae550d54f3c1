//! Which line of an allocator does what a step tells.

use arena::AllocatorKind::{
    self, Arena, BestFit, Book, Buddies, FirstFit, Loosened, SizeClasses, Typed,
};
use arena::naive::Fault;
use arena::step::{Effect, Event, How, Step};

/// A line of a file.
#[derive(Clone, Copy)]
pub(super) struct Code {
    /// Its path.
    pub(super) file: &'static str,
    /// Counted from 1.
    pub(super) line: u32,
    /// Where the code begins in it, counted from 1.
    pub(super) column: u32,
}

/// The lines, found in the files when the page is built: `lines.txt` says which.
mod lines {
    use super::Code;

    include!(concat!(env!("OUT_DIR"), "/arena.lines.rs"));
}

/// The line that does what a step tells, if it is one of an allocator.
#[inline(never)]
pub(super) fn line(kind: AllocatorKind, step: &Step) -> Option<Code> {
    use lines::*;
    Some(match (&step.event, kind) {
        (Event::Allocated { how, .. }, _) => allocated(kind, how),
        (Event::Freed { effect: Effect::MovedBack, .. }, _) => ARENA_BACK,
        (Event::Freed { .. }, Arena) => ARENA_KEEP,
        (Event::Freed { .. }, FirstFit | BestFit) => LIST_FREE,
        (Event::Freed { .. }, Buddies) => BUDDY_FREE,
        (Event::Freed { .. }, SizeClasses) => CLASS_FREE,
        (Event::Resized { from, place, .. }, _) if from != place => MOVED,
        (Event::Resized { .. }, Arena) => ARENA_GROW,
        (Event::Resized { .. }, FirstFit | BestFit) => LIST_GROW,
        (Event::Resized { .. }, Buddies) => BUDDY_GROW,
        (Event::Resized { .. }, SizeClasses) => CLASS_FIT,
        (Event::Refused { .. }, Arena) => ARENA_FULL,
        (Event::Refused { .. }, FirstFit | BestFit | Buddies) => REGION_FULL,
        (Event::Dropped { .. }, _) => TYPED_DROP,
        (Event::Reset { .. }, Arena) => ARENA_RESET,
        (Event::Reset { .. }, Typed) => TYPED_RESET,
        (Event::Reset { .. }, Book | Loosened) => BOOK_RESET,
        (Event::Naive { faults, .. }, _) => match faults.first()? {
            Fault::PointerOutside { .. } => BOOK_OUTSIDE,
            Fault::Misaligned { .. } => BOOK_MISALIGNED,
            Fault::PastEnd { .. } => BOOK_PAST_END,
            Fault::Overwritten { .. } => BOOK_OVERWRITTEN,
        },
        _ => return None,
    })
}

fn allocated(kind: AllocatorKind, how: &How) -> Code {
    use lines::*;
    match (kind, how) {
        (Typed, How::NewChunk { .. }) => TYPED_CHUNK,
        (Typed, _) => TYPED_PUT,
        (_, How::NewChunk { .. }) => ARENA_CHUNK,
        (_, How::Bumped { .. }) => ARENA_BUMP,
        (_, How::Added { .. }) => BOOK_ADD,
        (Buddies, How::Grew { .. }) => BUDDY_EXTEND,
        (Buddies, _) => BUDDY_SPLIT,
        (SizeClasses, How::Grew { .. }) => CLASS_EXTEND,
        (SizeClasses, How::Cut { held }) if *held > 2048 => CLASS_RUN,
        (SizeClasses, _) => CLASS_SLOT,
        (_, How::Grew { .. }) => LIST_EXTEND,
        (_, How::Cut { .. }) => LIST_CLAIM,
    }
}
