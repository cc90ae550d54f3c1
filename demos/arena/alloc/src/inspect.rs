//! What can be asked of every allocator here.

use std::ptr::NonNull;

/// Tells where an allocator's memory is, and how much of it is taken.
pub trait Inspect {
    /// Whether these bytes lie in the allocator's memory.
    fn owns(&self, start: NonNull<u8>, size: usize) -> bool;

    /// So many bytes of its memory cannot be had by another allocation now: those that were asked
    /// for, and what is lost around them (padding, headers, rounding).
    fn taken(&self) -> usize;
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
