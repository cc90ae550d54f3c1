//! A global allocator that can be watched.
//!
//! [`Watched`] stands around the allocator that a program really uses. While it is being watched it
//! keeps a [`Tally`] of what is allocated and freed, and a [`Table`](table::Table) of the blocks that
//! are live. It allocates nothing for this: the table has a fixed size, and counts what found no place
//! in it. Blocks that are older than the watching are told from all others when they are freed.
//!
//! Whoever shows what was seen allocates too. What is done [`aside`](Watched::aside) is not counted;
//! but blocks that are known are followed there too, because a block that was freed unseen would stay
//! in the table for ever.
//!
//! Not being watched, an allocation costs a look at one flag.

mod calls;
mod memory;
mod table;
mod tally;

use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, Ordering};

pub use calls::{Asked, CALLS, Call};
pub use memory::{PAGE, Places, pages, places};
pub use table::{Block, MOST, SLOTS};
pub use tally::{CLASSES, Tally, class};

use calls::Calls;
use table::Table;

/// The allocator of a program that asks for it with the feature `global`. It stands here because this
/// crate is made for speed, also where a program is made to be small.
#[cfg(feature = "global")]
#[global_allocator]
pub static HEAP: Watched<std::alloc::System> = Watched::new(std::alloc::System);

/// An allocator, and what was seen of it.
pub struct Watched<A> {
    inner: A,
    /// Whether it is being watched.
    on: AtomicBool,
    /// Whether somebody has `seen` in hand.
    taken: AtomicBool,
    seen: UnsafeCell<Seen>,
}

/// What was seen since the watching began.
struct Seen {
    tally: Tally,
    table: Table,
    calls: Calls,
    /// Whether what happens now is not counted.
    aside: bool,
}

impl Seen {
    const fn new() -> Seen {
        Seen { tally: Tally::new(), table: Table::new(), calls: Calls::new(), aside: false }
    }

    /// There is a new block.
    #[inline(never)]
    fn add(&mut self, address: usize, layout: Layout) {
        let (size, align) = (layout.size(), layout.align());
        let order = self.tally.allocated as u32 + 1;
        let kept = self.table.insert(Block { address, size, align, order });
        self.tally.allocate(size, kept);
    }

    /// What was allocated, if it was.
    #[inline(never)]
    fn allocated(&mut self, address: usize, layout: Layout, grown: usize) {
        self.tally.grow(grown);
        if address != 0 && !self.aside {
            self.add(address, layout);
            let (size, align) = (layout.size(), layout.align());
            self.calls.add(Call { address, size, align, ..Call::default() });
        }
    }

    /// What is about to be freed.
    #[inline(never)]
    fn freed(&mut self, address: usize, layout: Layout) {
        let known = self.table.remove(address).is_some();
        if known || !self.aside {
            self.tally.free(layout.size(), known);
        }
        if !self.aside {
            let (size, align) = (layout.size(), layout.align());
            self.calls.add(Call { asked: Asked::Free, address, size, align, ..Call::default() });
        }
    }

    /// What was resized; `known` is the old block if it was known.
    #[inline(never)]
    fn resized(&mut self, known: Option<Block>, old: (usize, Layout), new: (usize, Layout)) {
        let ((old_address, old), (address, layout)) = (old, new);
        if known.is_some() || !self.aside {
            self.tally.free(old.size(), known.is_some());
            self.tally.resized += 1;
            self.add(address, layout);
        }
        if !self.aside {
            self.calls.add(Call {
                asked: Asked::Resize,
                address,
                size: layout.size(),
                align: layout.align(),
                old_address,
                old_size: old.size(),
            });
        }
    }
}

// SAFETY: what was seen is reached only by whoever has set `taken`, see `with`.
unsafe impl<A: Sync> Sync for Watched<A> {}

impl<A> Watched<A> {
    /// Around this allocator, not yet watched.
    pub const fn new(inner: A) -> Watched<A> {
        Watched {
            inner,
            on: AtomicBool::new(false),
            taken: AtomicBool::new(false),
            seen: UnsafeCell::new(Seen::new()),
        }
    }

    /// Begins to watch, with nothing seen yet.
    pub fn watch(&self) {
        self.with(|seen| {
            seen.tally = Tally::new();
            seen.table.clear();
            seen.calls.begin();
        });
        self.on.store(true, Ordering::Release);
    }

    /// Stops. What was seen can still be looked at.
    pub fn stop(&self) {
        self.on.store(false, Ordering::Release);
    }

    /// Whether it is being watched.
    pub fn is_watched(&self) -> bool {
        self.on.load(Ordering::Acquire)
    }

    /// The counts since the watching began.
    pub fn tally(&self) -> Tally {
        self.with(|seen| seen.tally)
    }

    /// Copies the live blocks that are known into `blocks`, in no order, as far as there is room;
    /// gives how many there are. Whoever asks provides the room beforehand: it may not be allocated in
    /// between, because that would be seen too.
    pub fn blocks(&self, blocks: &mut [Block]) -> usize {
        self.with(|seen| {
            let known = seen.table.blocks();
            let copied = blocks.iter_mut().zip(known).map(|(place, block)| *place = block).count();
            copied + seen.table.blocks().skip(copied).count()
        })
    }

    /// Begins the list of calls anew.
    pub fn begin_calls(&self) {
        self.with(|seen| seen.calls.begin());
    }

    /// Copies the first calls since [`begin_calls`](Watched::begin_calls) into `calls`, in their order,
    /// as far as there is room and as the list is long ([`CALLS`]); gives how many there were.
    pub fn calls(&self, calls: &mut [Call]) -> usize {
        self.with(|seen| seen.calls.read(calls))
    }

    /// Does something that is not counted; known blocks are followed nevertheless. It may be called
    /// within itself.
    pub fn aside<T>(&self, act: impl FnOnce() -> T) -> T {
        let before = self.with(|seen| std::mem::replace(&mut seen.aside, true));
        let done = act();
        self.with(|seen| seen.aside = before);
        done
    }

    /// Looks at what was seen, or changes it, alone. What is done may not allocate.
    fn with<T>(&self, act: impl FnOnce(&mut Seen) -> T) -> T {
        while self.taken.swap(true, Ordering::Acquire) {
            std::hint::spin_loop();
        }
        // SAFETY: `taken` was not set, so nobody else is here, and nobody comes until it is given back.
        let done = act(unsafe { &mut *self.seen.get() });
        self.taken.store(false, Ordering::Release);
        done
    }
}

// SAFETY: every call is the inner allocator's, with the same arguments and result.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Watched<A> {
    #[inline(always)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if self.on.load(Ordering::Relaxed) {
            // SAFETY: the caller's promise is the one that is asked for.
            return unsafe { self.watched_alloc(layout) };
        }
        // SAFETY: as above.
        unsafe { self.inner.alloc(layout) }
    }

    #[inline(always)]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if self.on.load(Ordering::Relaxed) {
            // SAFETY: the caller's promise is the one that is asked for.
            return unsafe { self.watched_dealloc(block, layout) };
        }
        // SAFETY: as above.
        unsafe { self.inner.dealloc(block, layout) }
    }

    #[inline(always)]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if self.on.load(Ordering::Relaxed) {
            // SAFETY: the caller's promise is the one that is asked for.
            return unsafe { self.watched_alloc_zeroed(layout) };
        }
        // SAFETY: as above.
        unsafe { self.inner.alloc_zeroed(layout) }
    }

    #[inline(always)]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if self.on.load(Ordering::Relaxed) {
            // SAFETY: the caller's promise is the one that is asked for.
            return unsafe { self.watched_realloc(block, layout, size) };
        }
        // SAFETY: as above.
        unsafe { self.inner.realloc(block, layout, size) }
    }
}

/// The same while it is watched. Each asks of its caller what `GlobalAlloc` asks for.
impl<A: GlobalAlloc> Watched<A> {
    #[cold]
    unsafe fn watched_alloc(&self, layout: Layout) -> *mut u8 {
        let before = pages();
        // SAFETY: the caller's promise is the one that is asked for.
        let block = unsafe { self.inner.alloc(layout) };
        self.with(|seen| seen.allocated(block.addr(), layout, pages() - before));
        block
    }

    #[cold]
    unsafe fn watched_alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let before = pages();
        // SAFETY: the caller's promise is the one that is asked for.
        let block = unsafe { self.inner.alloc_zeroed(layout) };
        self.with(|seen| seen.allocated(block.addr(), layout, pages() - before));
        block
    }

    #[cold]
    unsafe fn watched_dealloc(&self, block: *mut u8, layout: Layout) {
        // Before it is free: somebody else may get the same address at once.
        self.with(|seen| seen.freed(block.addr(), layout));
        // SAFETY: the caller's promise is the one that is asked for.
        unsafe { self.inner.dealloc(block, layout) }
    }

    #[cold]
    unsafe fn watched_realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let before = pages();
        // The old block is free as soon as there is a new one, and its address may be somebody's before
        // it is told here: it is forgotten first, and known again if it stays.
        let known = self.with(|seen| seen.table.remove(block.addr()));
        // SAFETY: the caller's promise is the one that is asked for.
        let moved = unsafe { self.inner.realloc(block, layout, size) };
        self.with(|seen| {
            seen.tally.grow(pages() - before);
            // SAFETY: the caller has promised that this size and alignment are a layout.
            let new = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
            match (moved.is_null(), known) {
                (false, _) => seen.resized(known, (block.addr(), layout), (moved.addr(), new)),
                (true, Some(block)) => _ = seen.table.insert(block),
                (true, None) => {}
            }
        });
        moved
    }
}
