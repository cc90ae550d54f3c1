//! Memory in one piece, which grows by pages up to a limit, as a wasm's linear memory does.

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use allocator_api2::alloc::AllocError;

use crate::chunk::Chunk;

/// By so many bytes a region grows, and to a multiple of them its first byte is aligned: a wasm page.
pub const PAGE: usize = 64 * 1024;

/// A region. Its bytes have offsets from 0 on, and all that an allocator writes down about them is
/// in 32-bit numbers.
#[derive(Debug)]
pub struct Region {
    /// All that it may ever have.
    chunk: Chunk,
    /// How much of it there is.
    size: Cell<usize>,
    /// The offsets of the numbers that were written, if somebody wants to know them.
    written: RefCell<Option<Vec<u32>>>,
}

impl Region {
    /// A region without a page, which grows to so many at most: from 1 to 65,535.
    pub fn new(pages: usize) -> Result<Region, AllocError> {
        if pages > u16::MAX.into() {
            return Err(AllocError);
        }
        Ok(Region {
            chunk: Chunk::new(pages * PAGE, PAGE)?,
            size: Cell::new(0),
            written: RefCell::default(),
        })
    }

    /// How many bytes there are.
    pub fn size(&self) -> u32 {
        self.size.get() as u32
    }

    /// How many bytes there may be.
    pub fn limit(&self) -> u32 {
        self.chunk.size() as u32
    }

    /// From now on, what the allocator writes for itself can be asked for.
    pub fn keep_written(&self) {
        self.written.replace(Some(Vec::new()));
    }

    /// The offsets of the numbers, of 4 bytes each, that the allocator has written for itself since the
    /// last time, in their order.
    pub fn take_written(&self) -> Vec<u32> {
        self.written.borrow_mut().as_mut().map_or(Vec::new(), std::mem::take)
    }

    /// Where it begins, and how many bytes it has.
    pub(crate) fn piece(&self) -> (NonNull<u8>, usize) {
        (self.chunk.start(), self.size.get())
    }

    /// Makes it longer by at least so many bytes, in whole pages; gives how many.
    pub(crate) fn grow(&self, bytes: usize) -> Result<u32, AllocError> {
        let room = self.chunk.size() - self.size.get();
        let more = bytes.checked_next_multiple_of(PAGE).filter(|more| *more <= room);
        let more = more.ok_or(AllocError)?;
        self.size.set(self.size.get() + more);
        Ok(more as u32)
    }

    /// The byte at an offset, which may be the end.
    pub(crate) fn at(&self, offset: u32) -> NonNull<u8> {
        assert!(offset <= self.size(), "offset {offset} in a region of {} bytes", self.size());
        // SAFETY: it lies in the chunk, or is its end.
        unsafe { self.chunk.start().add(offset as usize) }
    }

    /// The offset of a byte that lies in the region, or of its end.
    pub(crate) fn offset(&self, byte: NonNull<u8>) -> u32 {
        byte.addr().get().wrapping_sub(self.chunk.start().addr().get()) as u32
    }

    /// Whether these bytes lie in it.
    pub(crate) fn owns(&self, start: NonNull<u8>, size: usize) -> bool {
        self.chunk.owns(start, size) && self.offset(start) as usize + size <= self.size.get()
    }

    /// The number at an offset, which is a multiple of 4. The bytes must be such that no block ever
    /// had, or that [`set_number`](Region::set_number) wrote last.
    pub(crate) fn number(&self, offset: u32) -> u32 {
        // SAFETY: `slot` gives four bytes of the region. They are initialized: zeroed at first, and then
        // by whoever wrote a number there. Nobody writes meanwhile, because a region is not `Sync`.
        unsafe { self.slot(offset).read() }
    }

    /// Writes a number at an offset, which is a multiple of 4. The bytes must be the allocator's own:
    /// of no live block.
    pub(crate) fn set_number(&self, offset: u32, number: u32) {
        if let Some(written) = &mut *self.written.borrow_mut() {
            written.push(offset);
        }
        // SAFETY: as above.
        unsafe { self.slot(offset).write(number) }
    }

    /// Where the number at an offset lies.
    fn slot(&self, offset: u32) -> NonNull<u32> {
        assert!(offset.is_multiple_of(4) && offset <= self.size().saturating_sub(4), "{offset}");
        self.at(offset).cast()
    }
}
