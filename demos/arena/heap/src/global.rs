//! The allocator that the program itself uses, with a count of what it has handed out, and a limit to it.

use std::alloc::Layout;
use std::cell::Cell;
use std::ops::Range;
use std::ptr::NonNull;

use allocator_api2::alloc::{AllocError, Allocator, Global};
use arena_alloc::Inspect;

/// The global allocator, of which at most so many bytes are asked for.
pub(crate) struct Counted {
    limit: usize,
    bytes: Cell<usize>,
}

impl Counted {
    pub(crate) fn new(limit: usize) -> Counted {
        Counted { limit, bytes: Cell::new(0) }
    }
}

// SAFETY: every call goes to the global allocator as it came.
unsafe impl Allocator for &Counted {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        if layout.size() > self.limit - self.bytes.get() {
            return Err(AllocError);
        }
        let block = Global.allocate(layout)?;
        self.bytes.update(|bytes| bytes + layout.size());
        Ok(block)
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller promises the same.
        unsafe { Global.deallocate(block, layout) };
        self.bytes.update(|bytes| bytes - layout.size());
    }
}

impl Inspect for Counted {
    fn owns(&self, _: NonNull<u8>, _: usize) -> bool {
        true
    }

    /// What was asked for: what is lost around it, this allocator does not tell.
    fn taken(&self) -> usize {
        self.bytes.get()
    }

    fn pieces(&self) -> Vec<(NonNull<u8>, usize)> {
        Vec::new()
    }

    fn held(&self, block: NonNull<u8>, layout: Layout) -> Range<u32> {
        let address = block.addr().get() as u32;
        address..address.wrapping_add(layout.size() as u32)
    }

    fn free_around(&self, _: u32) -> Option<Range<u32>> {
        None
    }

    fn largest(&self) -> usize {
        0
    }
}
