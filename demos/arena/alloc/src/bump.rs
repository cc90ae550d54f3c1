//! The arena: to allocate is to move a pointer.

use std::alloc::Layout;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::ptr::NonNull;

use allocator_api2::alloc::AllocError;

use crate::blocks::{Blocks, allocator};
use crate::chunk::{Chunk, Memory};
use crate::inspect::Inspect;

/// The first chunk has so many bytes, if what it is for needs no more.
const FIRST: usize = 448;

/// A bump arena. It hands out the bytes of a chunk one after the other; when a chunk has too few
/// left, it gets another, half as large as all before together. Nothing is freed one by one, but for the last allocation,
/// which can also grow where it lies; [`reset`](Arena::reset) takes everything back at once. Values
/// in it are not dropped.
#[derive(Debug)]
pub struct Arena {
    /// The bump pointer: the next byte to hand out.
    next: Cell<NonNull<u8>>,
    /// Behind the last byte of the chunk.
    end: Cell<NonNull<u8>>,
    chunks: RefCell<Vec<Chunk>>,
    memory: Memory,
}

impl Arena {
    /// An arena without a chunk.
    pub fn new(memory: Memory) -> Arena {
        let nothing = Cell::new(NonNull::dangling());
        Arena { next: nothing.clone(), end: nothing, chunks: RefCell::default(), memory }
    }

    /// Puts a value into the arena, where it stays as long as the arena is borrowed. Several may be
    /// borrowed at once: no two lie in the same place. It is not dropped.
    ///
    /// # Errors
    ///
    /// If there is no memory for the value, it is dropped.
    #[inline(always)]
    #[expect(clippy::mut_from_ref, reason = "each call gives another place")]
    pub fn alloc<T>(&self, value: T) -> Result<&mut T, AllocError> {
        let place = self.bump(Layout::new::<T>())?.cast::<T>();
        // SAFETY: the bytes are as many as a `T` has, aligned for it, and nobody else's until the arena
        // is reset or dropped, for which nobody may borrow it any more.
        unsafe {
            place.write(value);
            Ok(&mut *place.as_ptr())
        }
    }

    /// Takes everything back. The largest chunk is kept, all others are freed. That no value is used
    /// any more, the compiler sees to: `&mut self` ends every borrow.
    pub fn reset(&mut self) {
        let chunks = self.chunks.get_mut();
        chunks.sort_by_key(|chunk| std::cmp::Reverse(chunk.size()));
        chunks.truncate(1);
        if let Some(chunk) = chunks.first() {
            self.next.set(chunk.start());
            self.end.set(chunk.end());
        }
    }

    /// The bytes of all its chunks.
    pub fn reserved(&self) -> usize {
        self.chunks.borrow().iter().map(Chunk::size).sum()
    }

    /// The bump pointer: how many bytes of the last chunk are handed out; none without a chunk.
    pub fn handed_out(&self) -> Option<u32> {
        let chunks = self.chunks.borrow();
        chunks.last().map(|chunk| (chunk.size() - self.room()) as u32)
    }

    /// The next bytes for this layout. A handful of instructions: to call them would cost as much.
    #[inline(always)]
    fn bump(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        let next = self.next.get();
        // Up to the next multiple of the alignment. Neither this nor the sum can overflow: both are
        // below half of all addresses.
        let padding = next.addr().get().wrapping_neg() & (layout.align() - 1);
        let needed = padding + layout.size();
        if needed > self.room() {
            return self.take_from_new_chunk(layout);
        }
        // SAFETY: so many bytes are left in the chunk.
        unsafe {
            self.next.set(next.add(needed));
            Ok(next.add(padding))
        }
    }

    /// How many bytes are left in the chunk.
    #[inline(always)]
    fn room(&self) -> usize {
        self.end.get().addr().get() - self.next.get().addr().get()
    }

    #[cold]
    fn take_from_new_chunk(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        let mut chunks = self.chunks.borrow_mut();
        let reserved = chunks.iter().map(Chunk::size).sum::<usize>();
        let left = self.memory.limit - reserved;
        let usual = FIRST.max(reserved / 2);
        // A chunk that is less aligned than what it is for has room for the padding.
        let padding = layout.align().saturating_sub(self.memory.alignment);
        let least = layout.size().checked_add(padding).ok_or(AllocError)?;
        if least > left {
            return Err(AllocError);
        }
        let chunk = Chunk::new(usual.max(least).min(left), self.memory.alignment)?;
        self.next.set(chunk.start());
        self.end.set(chunk.end());
        chunks.push(chunk);
        drop(chunks);
        self.bump(layout)
    }

    /// Whether a block ends where the next one would begin. One that fills the chunk before may end there
    /// too, if that lies right before this one, and is not meant.
    fn is_last(&self, block: NonNull<u8>, layout: Layout) -> bool {
        block.addr().get() + layout.size() == self.next.get().addr().get()
            && self.chunks.borrow().last().is_some_and(|chunk| chunk.owns(block, layout.size()))
    }

    /// Moves the bump pointer back by so many bytes; gives where it is then. A pointer to the last block
    /// will not do for it, since it may have come by way of a `&mut T`, and be good for the bytes of
    /// this `T` only.
    ///
    /// # Safety
    ///
    /// The last block has so many bytes, and they are not used any more.
    unsafe fn move_back(&self, bytes: usize) -> NonNull<u8> {
        // SAFETY: the last block lies right before it, in the chunk.
        let next = unsafe { self.next.get().sub(bytes) };
        self.next.set(next);
        next
    }
}

// SAFETY: a block stays where it is until the arena is reset or dropped, for which it may not be
// borrowed, also not by a collection that has a reference to it; that a block is freed makes its bytes
// free only if it is the last one.
unsafe impl Blocks for Arena {
    #[inline(always)]
    fn take(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        self.bump(layout)
    }

    fn give_back(&self, block: NonNull<u8>, layout: Layout) {
        if self.is_last(block, layout) {
            // SAFETY: it is the last block.
            unsafe { self.move_back(layout.size()) };
        }
    }

    fn resize_at(&self, block: NonNull<u8>, old: Layout, new: Layout) -> Option<NonNull<u8>> {
        if !self.is_last(block, old) {
            // What it has more than it needs is lost.
            return (new.size() <= old.size()).then_some(block);
        }
        if new.size() > old.size() + self.room() {
            return None;
        }
        // SAFETY: it is the last block, and there are so many bytes: its own, and more that are left in
        // the chunk.
        unsafe {
            let start = self.move_back(old.size());
            self.next.set(start.add(new.size()));
            Some(start)
        }
    }
}

allocator!(Arena);

impl Inspect for Arena {
    fn owns(&self, start: NonNull<u8>, size: usize) -> bool {
        self.chunks.borrow().iter().any(|chunk| chunk.owns(start, size))
    }

    fn taken(&self) -> usize {
        self.reserved() - self.room()
    }

    fn pieces(&self) -> Vec<(NonNull<u8>, usize)> {
        self.chunks.borrow().iter().map(|chunk| (chunk.start(), chunk.size())).collect()
    }

    /// Nothing but the block: an arena has no headers.
    fn held(&self, block: NonNull<u8>, layout: Layout) -> Range<u32> {
        let chunks = self.chunks.borrow();
        let chunk = chunks.iter().find(|chunk| chunk.owns(block, layout.size()));
        let start = chunk.map_or(block, Chunk::start).addr().get();
        let offset = (block.addr().get() - start) as u32;
        offset..offset + layout.size() as u32
    }

    fn free_around(&self, _: u32) -> Option<Range<u32>> {
        None
    }

    fn largest(&self) -> usize {
        self.room()
    }
}

#[cfg(test)]
mod tests {
    use std::ptr;

    use allocator_api2::alloc::Allocator;

    use super::*;

    /// A block of so many bytes, none of which needs more than its own place.
    fn block(arena: &Arena, size: usize) -> (NonNull<u8>, Layout) {
        let layout = Layout::from_size_align(size, 1).unwrap();
        (arena.allocate(layout).unwrap().cast(), layout)
    }

    fn arena(limit: usize) -> Arena {
        Arena::new(Memory { alignment: 64, limit })
    }

    #[test]
    fn values_lie_side_by_side_as_their_alignments_allow() {
        let arena = arena(1_000);
        let one = arena.alloc(1_u8).unwrap();
        let two = arena.alloc(2_u64).unwrap();
        let three = arena.alloc(3_u16).unwrap();
        let nothing = arena.alloc(()).unwrap();
        let start = ptr::from_ref(one).addr();
        assert_eq!(ptr::from_ref(two).addr() - start, 8);
        assert_eq!(ptr::from_ref(three).addr() - start, 16);
        assert_eq!(ptr::from_ref(nothing).addr() - start, 18);
        *two += 1;
        assert_eq!((*one, *two, *three), (1, 3, 3), "all of them may be borrowed at once");
        assert_eq!(arena.taken(), 18);
    }

    #[test]
    fn what_is_last_grows_shrinks_and_is_freed_where_it_lies() {
        let arena = arena(1_000);
        let (first, of_first) = block(&arena, 10);
        let (last, of_last) = block(&arena, 20);
        let longer = Layout::from_size_align(300, 1).unwrap();
        // SAFETY: each block is live, and has the layout that is named.
        unsafe {
            assert_eq!((&arena).grow(last, of_last, longer).unwrap().cast(), last);
            assert_eq!(arena.taken(), 310);
            assert_eq!((&arena).shrink(last, longer, of_last).unwrap().cast(), last);
            assert_eq!(arena.taken(), 30);
            let copy = (&arena).grow(first, of_first, of_last).unwrap().cast();
            assert_ne!(copy, first, "behind it lies another");
            assert_eq!(arena.taken(), 50, "the copy that is left behind is lost");
            (&arena).deallocate(copy, of_last);
            assert_eq!(arena.taken(), 30);
            (&arena).deallocate(first, of_first);
            assert_eq!(arena.taken(), 30, "nothing comes back in the middle");
        }
    }

    #[test]
    fn it_has_more_and_more_chunks_and_keeps_the_largest() {
        let mut arena = arena(100_000);
        let mut before = 0;
        while arena.reserved() < 50_000 {
            block(&arena, 200);
            let more = arena.reserved() - before;
            assert!(more == 0 || more == FIRST || more == before / 2, "{more} after {before}");
            before = arena.reserved();
        }
        block(&arena, 30_000);
        arena.reset();
        assert_eq!((arena.reserved(), arena.taken()), (30_000, 0));
        let (start, _) = block(&arena, 30_000);
        assert!(arena.owns(start, 30_000) && arena.reserved() == 30_000);
        assert!(!arena.owns(start, 30_001));
    }

    #[test]
    fn where_memory_ends_there_is_an_error_and_the_rest_is_as_it_was() {
        let arena = arena(600);
        block(&arena, 400);
        let kept = arena.alloc([7_u8; 40]).unwrap();
        for (size, align) in [(400, 1), (1, 1 << 29), (isize::MAX as usize - 7, 8)] {
            let layout = Layout::from_size_align(size, align).unwrap();
            assert!((&arena).allocate(layout).is_err(), "{layout:?}");
        }
        assert!(arena.alloc([0_u64; 100]).is_err());
        assert_eq!(*kept, [7; 40]);
        block(&arena, 100);
        assert!(arena.reserved() <= 600);
    }

    #[test]
    fn memory_is_zeroed_and_as_aligned_as_was_asked() {
        for alignment in [1, 16, 65_536] {
            let arena = Arena::new(Memory { alignment, limit: 1 << 20 });
            let layout = Layout::from_size_align(100, 4_096).unwrap();
            let start = (&arena).allocate(layout).unwrap();
            assert!(start.cast::<u8>().addr().get().is_multiple_of(4_096));
            // SAFETY: the block is live, and its bytes are initialized.
            assert!(unsafe { start.as_ref() }.iter().all(|byte| *byte == 0));
        }
    }
}
