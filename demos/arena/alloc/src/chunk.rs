//! Pieces of memory that an arena gets from the global allocator.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::ptr::NonNull;

use allocator_api2::alloc::AllocError;

/// From where an arena has its chunks, and how many bytes they may have together.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Every chunk begins at a multiple of this; a power of two. With 64 KiB, where something lies in
    /// its chunk says how it is aligned, on every target alike.
    pub alignment: usize,
    /// No more bytes than this, in all chunks together.
    pub limit: usize,
}

impl Default for Memory {
    /// As much as there is, aligned for everything usual.
    fn default() -> Memory {
        Memory { alignment: 16, limit: isize::MAX as usize }
    }
}

/// A piece of memory, all zeros at first.
#[derive(Debug)]
pub(crate) struct Chunk {
    start: NonNull<u8>,
    layout: Layout,
}

impl Chunk {
    /// A new one of so many bytes, which are not 0.
    pub(crate) fn new(size: usize, alignment: usize) -> Result<Chunk, AllocError> {
        let layout = Layout::from_size_align(size, alignment).map_err(|_| AllocError)?;
        if size == 0 {
            return Err(AllocError);
        }
        // SAFETY: the size is not 0.
        let start = unsafe { alloc_zeroed(layout) };
        Ok(Chunk { start: NonNull::new(start).ok_or(AllocError)?, layout })
    }

    /// Its first byte. Every byte may be reached from here.
    pub(crate) fn start(&self) -> NonNull<u8> {
        self.start
    }

    /// Behind its last byte.
    pub(crate) fn end(&self) -> NonNull<u8> {
        // SAFETY: it has so many bytes.
        unsafe { self.start.add(self.size()) }
    }

    /// How many bytes it has.
    pub(crate) fn size(&self) -> usize {
        self.layout.size()
    }

    /// Whether these bytes lie in it.
    pub(crate) fn owns(&self, start: NonNull<u8>, size: usize) -> bool {
        let offset = start.addr().get().checked_sub(self.start.addr().get());
        offset.is_some_and(|offset| offset <= self.size() && size <= self.size() - offset)
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        // SAFETY: it came from `alloc_zeroed` with this layout, and nobody else has it.
        unsafe { dealloc(self.start.as_ptr(), self.layout) }
    }
}
