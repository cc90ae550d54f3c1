//! The heap itself, and single blocks in it.

use std::alloc::Layout;
use std::ops::Range;
use std::ptr::NonNull;

use allocator_api2::alloc::{AllocError, Allocator};

use crate::logged::{Call, Kind, Logged, State};
use crate::{Elements, Map, Refused};

/// An allocator with its memory.
pub struct Heap {
    logged: Logged,
}

/// A block of a heap. It is not freed when it is dropped: that is [`Heap::free`].
pub struct Block {
    start: NonNull<u8>,
    layout: Layout,
    heap: Logged,
}

impl Heap {
    /// A heap that may have so many bytes; an allocator in a region rounds them up to pages of 64 KiB.
    ///
    /// # Errors
    ///
    /// If there is not so much memory.
    pub fn new(kind: Kind, limit: u32) -> Result<Heap, Refused> {
        Ok(Heap { logged: Logged::new(kind, limit as usize).map_err(no_memory)? })
    }

    /// A block for this layout, whose bytes are what they are.
    ///
    /// # Errors
    ///
    /// If there is no memory for it.
    pub fn allocate(&self, layout: Layout) -> Result<Block, Refused> {
        let start = self.logged.allocate(layout).map_err(no_memory)?.cast();
        Ok(Block { start, layout, heap: self.logged.clone() })
    }

    /// Frees a block of this heap. One of before a reset is free already.
    pub fn free(&self, block: Block) {
        let Block { start, layout, heap } = block;
        // SAFETY: the block is of this allocator and is live, or its `heap` is not current.
        unsafe { heap.deallocate(start, layout) };
    }

    /// An empty `Vec` of elements with this layout, with room for so many; none if no type that is
    /// known has it.
    pub fn vec(&self, element: Layout, capacity: usize) -> Option<Result<Elements, Refused>> {
        Elements::new(self.logged.clone(), element, capacity)
    }

    /// An empty hash map, with room for so many entries.
    ///
    /// # Errors
    ///
    /// If there is no memory for that.
    pub fn map(&self, capacity: usize) -> Result<Map, Refused> {
        Map::new(self.logged.clone(), capacity)
    }

    /// Takes everything back at once. Nothing is dropped; what was in the heap is stale from now on.
    ///
    /// # Errors
    ///
    /// If there is no memory to begin anew with; then nothing has happened.
    pub fn reset(&mut self) -> Result<(), Refused> {
        self.logged.reset().map_err(no_memory)
    }

    /// The calls that the allocator got since the last time.
    pub fn take_calls(&self) -> Vec<Call> {
        self.logged.take_calls()
    }

    /// How its memory is now.
    pub fn state(&self) -> State {
        self.logged.state()
    }

    /// Some bytes of a piece of its memory, as they are.
    pub fn read(&self, piece: u32, range: Range<u32>) -> Vec<u8> {
        self.logged.read(piece, range)
    }

    /// The addresses of its pieces. They are others in every visit: they are shown, and are no part of
    /// a trace.
    pub fn addresses(&self) -> Vec<usize> {
        self.logged.addresses()
    }
}

impl Block {
    /// Writes bytes into it; none that would lie behind its end.
    ///
    /// # Errors
    ///
    /// If the heap was reset since it was handed out.
    pub fn write(&mut self, at: usize, bytes: &[u8]) -> Result<(), Refused> {
        if !self.heap.is_current() {
            return Err(Refused::Stale);
        }
        let room = self.layout.size().saturating_sub(at);
        let count = bytes.len().min(room);
        if count > 0 {
            // SAFETY: the block is live and has so many bytes from there on.
            unsafe {
                let place = self.start.add(at).as_ptr();
                std::ptr::copy_nonoverlapping(bytes.as_ptr(), place, count);
            }
        }
        Ok(())
    }

    /// Its layout.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// Where it lies: the piece, and the offset in it. One of no size lies nowhere, and so does one of
    /// before a reset.
    pub fn place(&self) -> Option<(u32, u32)> {
        let lies = self.heap.is_current() && self.layout.size() > 0;
        lies.then(|| self.heap.locate(self.start))?
    }
}

pub(crate) fn no_memory(_: AllocError) -> Refused {
    Refused::NoMemory
}
