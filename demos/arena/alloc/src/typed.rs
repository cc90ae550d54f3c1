//! An arena for one type, which drops its values.

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::mem;
use std::ptr::{self, NonNull};

use allocator_api2::alloc::AllocError;

use crate::chunk::{Chunk, Memory};

/// The first chunk has so many bytes at most, if one value needs no more.
const FIRST: usize = 448;

/// An arena for values of one type. They lie one behind the other, in chunks of which each has room for
/// twice as many as the last. Unlike an [`Arena`](crate::Arena) it knows what lies where, so it drops
/// its values, in the order in which they came, when it is [`reset`](TypedArena::reset) or dropped.
///
/// Its values cannot refer to each other: a destructor could look at a value that was dropped before.
/// The compiler sees to that, for what a value borrows must outlive the arena.
///
/// ```compile_fail,E0597
/// use arena_alloc::{Memory, TypedArena};
///
/// struct Node<'a>(Option<&'a Node<'a>>);
///
/// let arena = TypedArena::new(Memory::default());
/// let first = &*arena.alloc(Node(None)).ok().unwrap();
/// let second = arena.alloc(Node(Some(first)));
/// ```
///
/// It is invariant: an arena of `T` is not one of values that live shorter, or these could be put in by
/// a shared reference, and be dropped with the arena when what they borrow is gone.
///
/// ```compile_fail
/// fn shorter<'a, 'b>(
///     arena: &'a arena_alloc::TypedArena<&'static str>,
/// ) -> &'a arena_alloc::TypedArena<&'b str> {
///     arena
/// }
/// ```
#[derive(Debug)]
pub struct TypedArena<T> {
    /// Where the next value goes. A `Cell` of it makes the arena invariant in `T`, as it must be.
    next: Cell<NonNull<T>>,
    /// For how many values more there is room, from there on.
    room: Cell<usize>,
    /// How many values there are.
    len: Cell<usize>,
    /// All but the last are full.
    chunks: RefCell<Vec<Chunk>>,
    memory: Memory,
    /// The arena owns values of `T`, and drops them: with pointers alone, this is said nowhere else.
    values: PhantomData<T>,
}

impl<T> TypedArena<T> {
    /// Values of no size need no memory: the first place is good for all of them.
    const ROOM: usize = if size_of::<T>() == 0 { usize::MAX } else { 0 };

    /// An arena without a chunk.
    pub fn new(memory: Memory) -> TypedArena<T> {
        TypedArena {
            next: Cell::new(NonNull::dangling()),
            room: Cell::new(Self::ROOM),
            len: Cell::new(0),
            chunks: RefCell::default(),
            memory,
            values: PhantomData,
        }
    }

    /// Puts a value into the arena, where it stays until the arena is reset or dropped. Several may be
    /// borrowed at once: no two lie in the same place.
    ///
    /// # Errors
    ///
    /// Gives the value back if there is no memory for it.
    #[inline]
    #[expect(clippy::mut_from_ref, reason = "each call gives another place")]
    pub fn alloc(&self, value: T) -> Result<&mut T, T> {
        if self.room.get() == 0 && self.take_chunk().is_err() {
            return Err(value);
        }
        let place = self.next.get();
        self.room.set(self.room.get() - 1);
        self.len.set(self.len.get() + 1);
        // SAFETY: there was room for a value here, so that the place is in the chunk (or of no size)
        // and the next one is too, or its end. The place is nobody else's until the arena is reset or
        // dropped, for which nobody may borrow it any more.
        unsafe {
            self.next.set(place.add(1));
            place.write(value);
            Ok(&mut *place.as_ptr())
        }
    }

    /// How many values are in it.
    pub fn len(&self) -> usize {
        self.len.get()
    }

    /// Whether no value is in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of all its chunks.
    pub fn reserved(&self) -> usize {
        self.chunks.borrow().iter().map(Chunk::size).sum()
    }

    /// The pieces of its memory, in the order in which it got them: where each begins, and how many bytes
    /// it has.
    pub fn pieces(&self) -> Vec<(NonNull<u8>, usize)> {
        self.chunks.borrow().iter().map(|chunk| (chunk.start(), chunk.size())).collect()
    }

    /// How many bytes of the last chunk have values in them; none without a chunk.
    pub fn handed_out(&self) -> Option<u32> {
        let chunks = self.chunks.borrow();
        let room = self.room.get().checked_mul(size_of::<T>())?;
        chunks.last().map(|chunk| (chunk.size() - chunk.size() % size_of::<T>() - room) as u32)
    }

    /// Drops every value, in the order in which they came. The largest chunk is kept, all others are
    /// freed. That no value is used any more, the compiler sees to: `&mut self` ends every borrow.
    ///
    /// # Panics
    ///
    /// If a destructor does. The arena is empty then; some values may not have been dropped, and never
    /// are.
    pub fn reset(&mut self) {
        let chunks = self.drop_values();
        if let Some(chunk) = chunks.into_iter().max_by_key(Chunk::size) {
            self.begin(chunk);
        }
    }

    /// Drops every value, and gives the chunks. The arena has none from the start of this on, so that
    /// after a panic no value can be dropped twice.
    fn drop_values(&mut self) -> Vec<Chunk> {
        let chunks = mem::take(self.chunks.get_mut());
        let mut left = self.len.replace(0);
        self.room.set(Self::ROOM);
        if size_of::<T>() == 0 {
            // SAFETY: so many values of no size were put in, and nobody has them any more.
            unsafe { drop_all(NonNull::<T>::dangling(), left) };
            return chunks;
        }
        for chunk in &chunks {
            let count = left.min(chunk.size() / size_of::<T>());
            left -= count;
            // SAFETY: a chunk begins with values, and only the last has room for more. They are nobody
            // else's: of the arena there is no other borrow, and it does not know them any more.
            unsafe { drop_all(chunk.start().cast::<T>(), count) };
        }
        chunks
    }

    #[cold]
    fn take_chunk(&self) -> Result<(), AllocError> {
        let size = size_of::<T>();
        let (left, usual) = {
            let chunks = self.chunks.borrow();
            let left = self.memory.limit - chunks.iter().map(Chunk::size).sum::<usize>();
            (left, chunks.last().map_or(FIRST, |chunk| chunk.size().saturating_mul(2)))
        };
        // Whole values; none of no size comes here, unless there are as many as can be counted.
        let count = usual.max(size).min(left).checked_div(size).ok_or(AllocError)?;
        let alignment = self.memory.alignment.max(align_of::<T>());
        self.begin(Chunk::new(count * size, alignment)?);
        Ok(())
    }

    /// The next values go into this chunk.
    fn begin(&self, chunk: Chunk) {
        self.next.set(chunk.start().cast());
        self.room.set(chunk.size() / size_of::<T>());
        self.chunks.borrow_mut().push(chunk);
    }
}

/// Drops values that lie one behind the other, also those behind one whose destructor panics.
///
/// # Safety
///
/// So many values lie there, and nobody uses them, now or later.
unsafe fn drop_all<T>(first: NonNull<T>, count: usize) {
    // SAFETY: the caller promises that they are there and nobody else's.
    unsafe { ptr::slice_from_raw_parts_mut(first.as_ptr(), count).drop_in_place() };
}

impl<T> Drop for TypedArena<T> {
    fn drop(&mut self) {
        self.drop_values();
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    /// How many values a test puts in: enough for some chunks.
    const COUNT: usize = if cfg!(miri) { 300 } else { 3_000 };

    /// Writes its number into the log when it is dropped; one of them panics then.
    struct Logs<'a> {
        number: usize,
        log: &'a RefCell<Vec<usize>>,
        panics_at: usize,
    }

    impl Drop for Logs<'_> {
        fn drop(&mut self) {
            self.log.borrow_mut().push(self.number);
            assert!(self.number != self.panics_at, "as the test wants");
        }
    }

    fn fill<'a>(arena: &TypedArena<Logs<'a>>, log: &'a RefCell<Vec<usize>>, panics_at: usize) {
        for number in 0..COUNT {
            let value = arena.alloc(Logs { number, log, panics_at }).ok().expect("there is room");
            assert_eq!((value.number, arena.len()), (number, number + 1));
        }
    }

    #[test]
    fn each_value_is_dropped_once_and_in_order() {
        let log = RefCell::default();
        let mut arena = TypedArena::new(Memory::default());
        fill(&arena, &log, COUNT);
        let reserved = arena.reserved();
        assert!(log.borrow().is_empty() && arena.chunks.borrow().len() > 3);
        arena.reset();
        assert!(log.take().into_iter().eq(0..COUNT) && arena.is_empty());
        assert!(arena.reserved() > reserved / 2 - size_of::<Logs>() && arena.reserved() < reserved);
        arena.reset();
        assert!(log.borrow().is_empty());
        fill(&arena, &log, COUNT);
        drop(arena);
        assert!(log.take().into_iter().eq(0..COUNT));
    }

    #[test]
    fn a_destructor_that_panics_is_not_called_again() {
        for panics_at in [0, COUNT / 2, COUNT - 1] {
            let log = RefCell::default();
            let mut arena = TypedArena::new(Memory::default());
            fill(&arena, &log, panics_at);
            assert!(catch_unwind(AssertUnwindSafe(|| arena.reset())).is_err());
            assert_eq!((arena.len(), arena.reserved()), (0, 0));
            // The others of its chunk are dropped, those of later chunks leak.
            let dropped = log.take();
            assert!(dropped.len() > panics_at && dropped.iter().copied().eq(0..dropped.len()));
            fill(&arena, &log, COUNT);
            drop(arena);
            assert!(log.take().into_iter().eq(0..COUNT));
        }
    }

    #[test]
    fn all_values_stay_as_they_are() {
        let arena = TypedArena::new(Memory { alignment: 1, limit: 1 << 20 });
        let mut values = Vec::new();
        for number in 0..COUNT {
            values.push(arena.alloc((number as u8, number as u64)).expect("there is room"));
        }
        values.iter_mut().for_each(|value| value.1 *= 3);
        let as_written = |(number, value): (usize, &&mut (u8, u64))| {
            **value == (number as u8, 3 * number as u64)
        };
        assert!(values.iter().enumerate().all(as_written));
        assert!(values.windows(2).all(|pair| !std::ptr::eq(pair[0], pair[1])));
    }

    #[test]
    fn every_value_is_aligned() {
        #[repr(align(256))]
        struct Wide(u8);
        let arena = TypedArena::new(Memory { alignment: 1, limit: 1 << 20 });
        for number in 0..20 {
            let value = arena.alloc(Wide(number)).ok().expect("there is room");
            // What the compiler believes of a reference is not asked.
            let address = std::hint::black_box(ptr::from_mut(value).cast::<u8>()).addr();
            assert!(address.is_multiple_of(256) && value.0 == number);
        }
    }

    #[test]
    fn values_of_no_size_are_counted_and_dropped() {
        struct Nothing;
        static DROPPED: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        impl Drop for Nothing {
            fn drop(&mut self) {
                DROPPED.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
        }
        let dropped = || DROPPED.load(std::sync::atomic::Ordering::Relaxed);
        let mut arena = TypedArena::new(Memory { alignment: 1, limit: 0 });
        (0..1_000).for_each(|_| assert!(arena.alloc(Nothing).is_ok()));
        assert_eq!((arena.len(), arena.reserved(), dropped()), (1_000, 0, 0));
        arena.reset();
        assert_eq!((arena.len(), dropped()), (0, 1_000));
        assert!(arena.alloc(Nothing).is_ok());
        drop(arena);
        assert_eq!(dropped(), 1_001);
    }

    #[test]
    fn a_value_for_which_there_is_no_memory_comes_back() {
        let mut arena = TypedArena::new(Memory { alignment: 8, limit: 1_000 });
        let full = std::iter::from_fn(|| arena.alloc([1_u64; 4]).ok().map(|_| ())).count();
        // A chunk of 448 bytes, and one of the 552 that are left.
        assert_eq!((full, arena.alloc([2; 4])), (14 + 17, Err([2; 4])));
        arena.reset();
        assert_eq!(arena.reserved(), 17 * 32);
        let again = std::iter::from_fn(|| arena.alloc([3_u64; 4]).ok().map(|_| ())).count();
        assert_eq!(again, 17 + 14);
        let never = TypedArena::new(Memory { alignment: 8, limit: 31 });
        assert_eq!(never.alloc([4_u64; 4]), Err([4; 4]));
    }

    #[test]
    fn a_value_may_be_made_with_the_help_of_the_arena() {
        let log = RefCell::default();
        let arena = TypedArena::new(Memory::default());
        let logs = |number| Logs { number, log: &log, panics_at: COUNT };
        let nested = || logs(1 + arena.alloc(logs(0)).ok().expect("there is room").number);
        assert_eq!(arena.alloc(nested()).ok().expect("there is room").number, 1);
        drop(arena);
        assert_eq!(log.take(), [0, 1]);
    }
}
