//! What can be asked of every allocator here.

use std::alloc::Layout;
use std::ops::Range;
use std::ptr::NonNull;

/// Tells where an allocator's memory is, and how much of it is taken.
pub trait Inspect {
    /// Whether these bytes lie in the allocator's memory.
    fn owns(&self, start: NonNull<u8>, size: usize) -> bool;

    /// So many bytes of its memory cannot be had by another allocation now: those that were asked
    /// for, and what is lost around them (padding, headers, rounding).
    fn taken(&self) -> usize;

    /// The pieces of its memory, in the order in which it got them: where each begins, and how many
    /// bytes it has.
    fn pieces(&self) -> Vec<(NonNull<u8>, usize)>;

    /// The bytes that it holds for a live block whose size is not 0, with header and rounding, from
    /// the start of the block's piece.
    fn held(&self, block: NonNull<u8>, layout: Layout) -> Range<u32>;

    /// The free block in which this byte of the first piece lies, if it lies in one.
    fn free_around(&self, offset: u32) -> Option<Range<u32>>;

    /// How many bytes the largest block has that could be handed out without getting more memory, its
    /// header included.
    fn largest(&self) -> usize;
}

/// One of the blocks into which an allocator has divided its [`Region`](crate::Region). They follow
/// each other without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it begins, in bytes from the region's first.
    pub offset: u32,
    /// How many bytes it has, all that is the allocator's own included.
    pub size: u32,
    /// Whether it is allocated.
    pub used: bool,
}
