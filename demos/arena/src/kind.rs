//! The allocators that a program can be run with.

use arena_heap::Kind;

/// An allocator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AllocatorKind {
    /// The bump arena.
    Arena,
    /// The arena for values of one type, which drops them.
    Typed,
    /// The free list that takes the first block that fits.
    FirstFit,
    /// The free list that takes the smallest block that fits.
    BestFit,
    /// The buddy system.
    Buddies,
    /// The size classes.
    SizeClasses,
    /// The book's arena, with `&mut self`. It is only said what it would do.
    Book,
    /// The book's arena loosened to `&self`. It is only said what it would do.
    Loosened,
}

impl AllocatorKind {
    /// All of them. A link tells one by its place here.
    pub const ALL: [AllocatorKind; 8] = [
        AllocatorKind::Arena,
        AllocatorKind::Typed,
        AllocatorKind::FirstFit,
        AllocatorKind::BestFit,
        AllocatorKind::Buddies,
        AllocatorKind::SizeClasses,
        AllocatorKind::Book,
        AllocatorKind::Loosened,
    ];

    /// Whether it really runs: the book's arenas do not.
    pub fn is_real(self) -> bool {
        !matches!(self, AllocatorKind::Book | AllocatorKind::Loosened)
    }

    /// The heap that it is, if it is one that every collection can live in.
    pub(crate) fn heap(self) -> Option<Kind> {
        match self {
            AllocatorKind::Arena => Some(Kind::Arena),
            AllocatorKind::FirstFit => Some(Kind::FirstFit),
            AllocatorKind::BestFit => Some(Kind::BestFit),
            AllocatorKind::Buddies => Some(Kind::Buddies),
            AllocatorKind::SizeClasses => Some(Kind::SizeClasses),
            AllocatorKind::Typed | AllocatorKind::Book | AllocatorKind::Loosened => None,
        }
    }

    /// Whether it hands out memory by moving a pointer.
    pub fn bumps(self) -> bool {
        use AllocatorKind::{Arena, Book, Loosened, Typed};
        matches!(self, Arena | Typed | Book | Loosened)
    }
}
