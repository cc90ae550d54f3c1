//! The allocator that everything in a heap takes: it hands each call on, and writes it down.

use std::alloc::Layout;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::ptr::{self, NonNull};
use std::rc::Rc;

use allocator_api2::alloc::{AllocError, Allocator};
use arena_alloc::{Arena, Buddies, Fit, FreeList, Inspect, Memory, PAGE, Region, SizeClasses};

use crate::global::Counted;

/// Which allocator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// A bump arena.
    Arena,
    /// A free list that takes the first block that fits.
    FirstFit,
    /// A free list that takes the smallest block that fits.
    BestFit,
    /// A buddy system.
    Buddies,
    /// Slabs of size classes.
    SizeClasses,
    /// The allocator that the program itself uses. Its addresses are those of this visit, of which a
    /// place tells the lowest 32 bits; what is held for a block is its own secret. It cannot be reset.
    Global,
}

/// A call that an allocator got, and what it did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// What it did.
    pub what: What,
    /// The numbers that it wrote for itself into its memory: where in the first piece, and what stood
    /// there after the call.
    pub numbers: Vec<(u32, [u8; 4])>,
    /// Its state after it.
    pub state: State,
}

/// What an allocator did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// It handed out a block.
    Allocated(Taken),
    /// It had no memory for one of this size and alignment.
    Refused {
        /// In bytes.
        size: usize,
        /// A power of two.
        align: usize,
    },
    /// It took a block back.
    Freed(Taken),
    /// It gave a block another size.
    Resized {
        /// What it was.
        from: Taken,
        /// What it is now, in the same place or in another.
        to: Taken,
        /// What it had in it right after that: as many bytes as both have.
        content: Vec<u8>,
    },
}

/// A block, and what is held for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// In which piece of the allocator's memory it lies, counted from 0.
    pub piece: u32,
    /// Where it begins, in bytes from the piece's start.
    pub offset: u32,
    /// How many bytes were asked for.
    pub size: u32,
    /// Of what its address was to be a multiple.
    pub align: u32,
    /// The bytes of the piece that are not free because of it: its own, a header, what was rounded up.
    pub held: Range<u32>,
    /// The free block that its place is in after the call, if it is in one.
    pub free: Option<Range<u32>>,
}

/// How an allocator's memory is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
    /// The sizes of its pieces, in the order in which it got them.
    pub pieces: Vec<u32>,
    /// In an arena: how many bytes of the last piece are handed out.
    pub bump: Option<u32>,
    /// So many bytes cannot be had by others.
    pub taken: u32,
    /// So many bytes has the largest block that can be had without getting more memory.
    pub largest: u32,
}

/// An allocator.
enum Any {
    Arena(Arena),
    FreeList(FreeList),
    Buddies(Buddies),
    SizeClasses(SizeClasses),
    Global(Counted),
}

impl Any {
    fn new(kind: Kind, limit: usize) -> Result<Any, AllocError> {
        let region = || {
            let region = Region::new(limit.div_ceil(PAGE))?;
            region.keep_written();
            Ok(region)
        };
        Ok(match kind {
            Kind::Arena => Any::Arena(Arena::new(Memory { alignment: PAGE, limit })),
            Kind::FirstFit => Any::FreeList(FreeList::new(region()?, Fit::First)),
            Kind::BestFit => Any::FreeList(FreeList::new(region()?, Fit::Best)),
            Kind::Buddies => Any::Buddies(Buddies::new(region()?)),
            Kind::SizeClasses => Any::SizeClasses(SizeClasses::new(region()?)),
            Kind::Global => Any::Global(Counted::new(limit)),
        })
    }

    /// Shows it as what all of them are.
    fn with<T>(&self, act: impl FnOnce(&dyn Allocator, &dyn Inspect) -> T) -> T {
        match self {
            Any::Arena(it) => act(&it, it),
            Any::FreeList(it) => act(&it, it),
            Any::Buddies(it) => act(&it, it),
            Any::SizeClasses(it) => act(&it, it),
            Any::Global(it) => act(&it, it),
        }
    }

    fn region(&self) -> Option<&Region> {
        match self {
            Any::Arena(_) | Any::Global(_) => None,
            Any::FreeList(it) => Some(it.region()),
            Any::Buddies(it) => Some(it.region()),
            Any::SizeClasses(it) => Some(it.region()),
        }
    }
}

/// What a heap and everything in it share.
struct Inner {
    kind: Kind,
    limit: usize,
    allocator: RefCell<Any>,
    calls: RefCell<Vec<Call>>,
    /// Counts the resets.
    generation: Cell<u32>,
}

/// The allocator as collections take it. One that was given out before a reset frees nothing more,
/// and hands out nothing.
#[derive(Clone)]
pub(crate) struct Logged {
    inner: Rc<Inner>,
    generation: u32,
}

impl Logged {
    /// A new allocator, which may have so many bytes.
    pub(crate) fn new(kind: Kind, limit: usize) -> Result<Logged, AllocError> {
        let allocator = RefCell::new(Any::new(kind, limit)?);
        let inner =
            Inner { kind, limit, allocator, calls: RefCell::default(), generation: Cell::new(0) };
        Ok(Logged { inner: Rc::new(inner), generation: 0 })
    }

    /// Whether nothing was reset since this was given out.
    pub(crate) fn is_current(&self) -> bool {
        self.generation == self.inner.generation.get()
    }

    /// The calls since the last time.
    pub(crate) fn take_calls(&self) -> Vec<Call> {
        self.inner.calls.take()
    }

    /// Takes everything back: an arena is reset, and keeps its largest chunk; all others give their
    /// region back as a whole, and get a new one. From now on this is the only one that is current.
    ///
    /// # Errors
    ///
    /// If there is no new region; then nothing has happened.
    pub(crate) fn reset(&mut self) -> Result<(), AllocError> {
        match &mut *self.inner.allocator.borrow_mut() {
            Any::Arena(arena) => arena.reset(),
            Any::Global(_) => return Err(AllocError),
            other => *other = Any::new(self.inner.kind, self.inner.limit)?,
        }
        self.generation = self.inner.generation.get().wrapping_add(1);
        self.inner.generation.set(self.generation);
        Ok(())
    }

    /// How the memory is now.
    pub(crate) fn state(&self) -> State {
        let allocator = self.inner.allocator.borrow();
        let mut state = allocator.with(|_, it| State {
            pieces: it.pieces().iter().map(|(_, size)| *size as u32).collect(),
            bump: None,
            taken: it.taken() as u32,
            largest: it.largest() as u32,
        });
        if let Any::Arena(arena) = &*allocator {
            state.bump = arena.handed_out();
        }
        state
    }

    /// The addresses of the pieces: an observation, which is another one in each visit.
    pub(crate) fn addresses(&self) -> Vec<usize> {
        let allocator = self.inner.allocator.borrow();
        allocator.with(|_, it| it.pieces().iter().map(|(start, _)| start.addr().get()).collect())
    }

    /// Where a byte of the allocator's memory is: the piece, and the offset in it.
    pub(crate) fn locate(&self, byte: NonNull<u8>) -> Option<(u32, u32)> {
        if let Any::Global(_) = &*self.inner.allocator.borrow() {
            return Some((0, byte.addr().get() as u32));
        }
        let pieces = self.inner.allocator.borrow().with(|_, it| it.pieces());
        let offset = |start: NonNull<u8>| byte.addr().get().checked_sub(start.addr().get());
        let mut found = (0..).zip(pieces).filter_map(|(index, (start, size))| {
            offset(start).filter(|offset| *offset < size).map(|offset| (index, offset as u32))
        });
        found.next()
    }

    /// Some bytes of the allocator's memory, as they are.
    pub(crate) fn read(&self, piece: u32, range: Range<u32>) -> Vec<u8> {
        let pieces = self.inner.allocator.borrow().with(|_, it| it.pieces());
        let Some(&(start, size)) = pieces.get(piece as usize) else { return Vec::new() };
        // SAFETY: the piece has these bytes. They are initialized: a piece is all zeros at first, and
        // what lives in a heap writes no type that has padding. Nobody borrows them: who has a
        // reference into the memory has it only during a call of this crate.
        unsafe { copy(start, size, range) }
    }

    /// A live block.
    fn taken(&self, block: NonNull<u8>, layout: Layout) -> Taken {
        let (piece, offset) = self.locate(block).unwrap_or_default();
        let held = self.inner.allocator.borrow().with(|_, it| it.held(block, layout));
        let (size, align) = (layout.size() as u32, layout.align() as u32);
        Taken { piece, offset, size, align, held, free: None }
    }

    /// Where a block was, after it is gone.
    fn gone(&self, mut taken: Taken) -> Taken {
        let allocator = self.inner.allocator.borrow();
        taken.free = allocator.with(|_, it| it.free_around(taken.held.start));
        taken
    }

    fn log(&self, what: What) {
        let written = match self.inner.allocator.borrow().region() {
            Some(region) => region.take_written(),
            None => Vec::new(),
        };
        let mut numbers: Vec<(u32, [u8; 4])> = Vec::new();
        for offset in written {
            let bytes = self.read(0, offset..offset + 4);
            numbers.extend(<[u8; 4]>::try_from(bytes).map(|bytes| (offset, bytes)));
        }
        numbers.sort_unstable();
        numbers.dedup();
        self.inner.calls.borrow_mut().push(Call { what, numbers, state: self.state() });
    }

    /// What grows and shrinks: one call of the allocator, of which it is known whether it moved.
    fn resized(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
        resize: impl FnOnce(&dyn Allocator) -> Result<NonNull<[u8]>, AllocError>,
    ) -> Result<NonNull<[u8]>, AllocError> {
        let from = self.taken(block, old);
        let result = self.inner.allocator.borrow().with(|allocator, _| resize(allocator));
        let Ok(place) = result else {
            self.log(What::Refused { size: new.size(), align: new.align() });
            return result;
        };
        let to = self.taken(place.cast(), new);
        let same = (to.piece, to.offset) == (from.piece, from.offset);
        let from = if same { from } else { self.gone(from) };
        let content = self.read(to.piece, to.offset..to.offset + to.size.min(from.size));
        self.log(What::Resized { from, to, content });
        result
    }
}

/// Some bytes of a piece of memory, as far as it has them.
///
/// # Safety
///
/// The piece has so many bytes, all initialized, and nobody borrows them mutably.
pub(crate) unsafe fn copy(start: NonNull<u8>, size: usize, range: Range<u32>) -> Vec<u8> {
    let (from, to) = (range.start as usize, (range.end as usize).min(size));
    if from >= to {
        return Vec::new();
    }
    let mut bytes = vec![0; to - from];
    // SAFETY: the range lies in the piece; the rest, the caller promises.
    unsafe { ptr::copy_nonoverlapping(start.add(from).as_ptr(), bytes.as_mut_ptr(), bytes.len()) };
    bytes
}

// SAFETY: the allocator inside gives blocks that live until they are freed, or the memory is reset. It
// is in an `Rc`, so that it does not move and lives as long as any of these; and who was there before
// a reset is not current any more, and touches its memory no more: `Elements`, `Map` and `Block` ask
// first, and to free is no access here.
unsafe impl Allocator for Logged {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        if layout.size() == 0 {
            return Ok(NonNull::slice_from_raw_parts(layout.dangling_ptr(), 0));
        }
        if !self.is_current() {
            return Err(AllocError);
        }
        let result = self.inner.allocator.borrow().with(|allocator, _| allocator.allocate(layout));
        self.log(match result {
            Ok(block) => What::Allocated(self.taken(block.cast(), layout)),
            Err(AllocError) => What::Refused { size: layout.size(), align: layout.align() },
        });
        result
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        if layout.size() == 0 || !self.is_current() {
            return;
        }
        let taken = self.taken(block, layout);
        // SAFETY: the caller promises the same, and nothing was reset since.
        self.inner
            .allocator
            .borrow()
            .with(|allocator, _| unsafe { allocator.deallocate(block, layout) });
        self.log(What::Freed(self.gone(taken)));
    }

    unsafe fn grow(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        if old.size() == 0 || !self.is_current() {
            return self.allocate(new);
        }
        // SAFETY: the caller promises the same.
        self.resized(block, old, new, |allocator| unsafe { allocator.grow(block, old, new) })
    }

    unsafe fn shrink(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        if new.size() == 0 || !self.is_current() {
            // SAFETY: the caller promises the same.
            unsafe { self.deallocate(block, old) };
            return self.allocate(new);
        }
        // SAFETY: as above.
        self.resized(block, old, new, |allocator| unsafe { allocator.shrink(block, old, new) })
    }
}
