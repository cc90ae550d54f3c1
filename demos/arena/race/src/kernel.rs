//! The loops that are timed. There is one for each kind of work, generic over who allocates: no call
//! in them goes by a table, and all do the same.
//!
//! Whoever gets a block writes its first byte, as whoever asks for memory would. Places to note the
//! blocks in are there beforehand.

use std::alloc::Layout;
use std::hint::black_box;
use std::mem::size_of;
use std::ptr::{self, NonNull};

use allocator_api2::alloc::Allocator;
use allocator_api2::vec::Vec as VecIn;
use arena_alloc::{Arena, TypedArena};

use crate::program::{BLOCKS, Blocks, VECS};

/// The value that is put into memory where all are of one type.
pub(crate) type Value = [u64; 3];

/// A live block.
pub(crate) type Live = (NonNull<u8>, Layout);

/// There was no memory for a block. What was alive stays so, and is lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct OutOfMemory;

/// Who frees.
pub(crate) trait Frees {
    /// Frees a block; an arena does nothing, and takes all back at the end.
    ///
    /// # Safety
    ///
    /// It came from here, for this layout, and is live.
    unsafe fn free(&mut self, block: NonNull<u8>, layout: Layout);

    /// Takes everything back, where blocks are not freed one by one. All of them were given to
    /// [`free`](Frees::free).
    fn reset(&mut self) {}
}

/// Who has room for blocks of any layout.
pub(crate) trait Gives: Frees {
    /// A block for this layout.
    fn take(&mut self, layout: Layout) -> Option<NonNull<u8>>;
}

/// Who has room for values of one type.
pub(crate) trait Holds: Frees {
    /// Puts a value somewhere.
    fn put(&mut self, value: Value) -> Option<NonNull<u8>>;
}

/// An allocator that frees block by block.
pub(crate) struct OneByOne<A>(pub(crate) A);

impl<A> Frees for OneByOne<A>
where
    for<'a> &'a A: Allocator,
{
    #[inline(always)]
    unsafe fn free(&mut self, block: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller promises the same.
        unsafe { (&self.0).deallocate(block, layout) }
    }
}

impl<A> Gives for OneByOne<A>
where
    for<'a> &'a A: Allocator,
{
    #[inline(always)]
    fn take(&mut self, layout: Layout) -> Option<NonNull<u8>> {
        (&self.0).allocate(layout).ok().map(NonNull::cast)
    }
}

impl<A> Holds for OneByOne<A>
where
    for<'a> &'a A: Allocator,
{
    #[inline(always)]
    fn put(&mut self, value: Value) -> Option<NonNull<u8>> {
        let block = self.take(Layout::new::<Value>())?;
        // SAFETY: the block is for a value, and is ours.
        unsafe { block.cast::<Value>().write(value) };
        Some(block)
    }
}

impl Frees for Arena {
    #[inline(always)]
    unsafe fn free(&mut self, _: NonNull<u8>, _: Layout) {}

    fn reset(&mut self) {
        Arena::reset(self);
    }
}

impl Gives for Arena {
    #[inline(always)]
    fn take(&mut self, layout: Layout) -> Option<NonNull<u8>> {
        (&*self).allocate(layout).ok().map(NonNull::cast)
    }
}

impl Holds for Arena {
    #[inline(always)]
    fn put(&mut self, value: Value) -> Option<NonNull<u8>> {
        self.alloc(value).ok().map(|value| NonNull::from(value).cast())
    }
}

impl Frees for TypedArena<Value> {
    #[inline(always)]
    unsafe fn free(&mut self, _: NonNull<u8>, _: Layout) {}

    fn reset(&mut self) {
        TypedArena::reset(self);
    }
}

impl Holds for TypedArena<Value> {
    #[inline(always)]
    fn put(&mut self, value: Value) -> Option<NonNull<u8>> {
        self.alloc(value).ok().map(|value| NonNull::from(value).cast())
    }
}

/// Values are put somewhere, and then all freed.
pub(crate) fn values<H: Holds>(holder: &mut H, live: &mut Vec<Live>) -> Result<(), OutOfMemory> {
    live.clear();
    for number in 0..BLOCKS as u64 {
        let block = holder.put([number; 3]).ok_or(OutOfMemory)?;
        live.push((block, Layout::new::<Value>()));
    }
    for (block, layout) in &*live {
        // SAFETY: it was put there for this layout, and each is freed once.
        unsafe { holder.free(*block, *layout) };
    }
    holder.reset();
    Ok(())
}

/// Blocks come and go, as the program says.
pub(crate) fn blocks<G: Gives>(
    giver: &mut G,
    program: &Blocks,
    live: &mut Vec<Live>,
) -> Result<(), OutOfMemory> {
    live.clear();
    for layout in program.fill() {
        live.push(take(giver, *layout)?);
    }
    for turn in program.turns() {
        let new = take(giver, turn.layout)?;
        let (old, layout) = std::mem::replace(&mut live[turn.slot as usize], new);
        // SAFETY: what was in a slot is live, for this layout, and is there no more.
        unsafe { giver.free(old, layout) };
    }
    for slot in program.order() {
        let (block, layout) = live[*slot as usize];
        // SAFETY: what is in a slot is live, for this layout, and the order names each slot once.
        unsafe { giver.free(block, layout) };
    }
    giver.reset();
    Ok(())
}

#[inline(always)]
fn take<G: Gives>(giver: &mut G, layout: Layout) -> Result<Live, OutOfMemory> {
    let block = giver.take(layout).ok_or(OutOfMemory)?;
    // SAFETY: the block is ours, and no layout here is of no size.
    unsafe { block.write(1) };
    Ok((block, layout))
}

/// `Vec`s grow in turns, and are dropped.
pub(crate) fn vecs<A: Allocator + Copy>(allocator: A, pushes: &[u8]) {
    let mut vecs: [VecIn<u32, A>; VECS] = std::array::from_fn(|_| VecIn::new_in(allocator));
    for which in pushes {
        vecs[usize::from(*which) % VECS].push(u32::from(*which));
    }
    black_box(&vecs);
}

/// The limit: as many additions to a pointer as there would be values.
pub(crate) fn add_values() {
    let mut next = ptr::null::<u8>();
    for _ in 0..BLOCKS {
        next = add(next, size_of::<Value>());
    }
}

/// The limit: as many additions as there would be blocks, of the size of each.
pub(crate) fn add_blocks(program: &Blocks) {
    let mut next = ptr::null();
    for layout in program.fill() {
        next = add(next, layout.size());
    }
    for turn in program.turns() {
        next = add(next, turn.layout.size());
    }
}

/// The limit: as many additions as there would be pushes, each to one of so many pointers.
pub(crate) fn add_pushes(pushes: &[u8]) {
    let mut next = [ptr::null::<u8>(); VECS];
    for which in pushes {
        let next = &mut next[usize::from(*which) % VECS];
        *next = add(*next, size_of::<u32>());
    }
}

/// Adds to a pointer, and has the compiler believe that somebody looks at it.
#[inline(always)]
fn add(next: *const u8, bytes: usize) -> *const u8 {
    let next = next.wrapping_add(bytes);
    black_box(next);
    next
}

#[cfg(test)]
mod tests;
