//! Size classes: slabs, each cut into slots of one size.

mod table;
#[cfg(test)]
mod tests;

use std::alloc::Layout;
use std::cell::{Cell, RefCell};
use std::ptr::{self, NonNull};

use allocator_api2::alloc::{AllocError, Allocator};

use crate::inspect::Inspect;
use crate::region::{PAGE, Region};
use table::{Cut, Entry, NONE, Table};

/// A slab has so many bytes, and begins at a multiple of them. There are 16 in a wasm page: few enough
/// bytes that a program with a block or two in every class needs only 104 KiB, and enough of them that
/// most classes have dozens of slots in one.
pub const SLAB: usize = 4096;

/// The size of a slot in each class, in bytes.
///
/// Steps of 8 up to 64, then four to each doubling: of a slot, at most 7 bytes or less than a fifth are
/// lost to a block of up to 1,280 bytes. In a larger slot it is less than three eighths; steps between
/// the last two would give no more slots, for a slab has two either way. A still larger block, in a run
/// of slabs, loses less than half of it. All this goes for a size that is a multiple of its alignment,
/// as that of every type is.
#[rustfmt::skip]
pub const SLOT_SIZES: [u32; 26] = [
    8, 16, 24, 32, 40, 48, 56, 64,
    80, 96, 112, 128,
    160, 192, 224, 256,
    320, 384, 448, 512,
    640, 768, 896, 1024,
    1280, 2048,
];

/// Size classes in a region. A small block gets a slot of the smallest class that it fits in, from a
/// slab that serves this class; a large one gets a run of whole slabs, the first that is long enough.
/// To free a block is to put its slot at the head of its slab's list, which goes through the free slots
/// themselves: each holds the offset of the next, the last one `u32::MAX`. A slab without a live slot
/// serves nobody any more, and can serve any class next, or be a part of a run.
#[derive(Debug)]
pub struct SizeClasses {
    region: Region,
    /// What each slab serves. It is beside the slabs, not in them, so that all slots of a slab are
    /// aligned as its start is, and a run is nothing but the block. To borrow it runs no code that
    /// could want it too.
    table: RefCell<Table>,
    taken: Cell<usize>,
}

/// A slab, or a run of them that is one block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slab {
    /// Where it begins in the region.
    pub offset: u32,
    /// How many bytes it has: [`SLAB`], or in a run a multiple of it.
    pub size: u32,
    /// What it is used for.
    pub serves: Serves,
}

/// What a slab is used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Serves {
    /// Nothing: it is free for any class or run.
    Nobody,
    /// Blocks of one size class.
    Class {
        /// Bytes of a slot; one of [`SLOT_SIZES`].
        slot: u32,
        /// How many of its slots are live.
        live: u32,
        /// The offset of the first free slot in its list, if there is one.
        free: Option<u32>,
        /// From this offset on, no slot was handed out yet, and none is in the list.
        fresh: u32,
    },
    /// One block that is too large for every class.
    Run,
}

impl SizeClasses {
    /// Size classes in this region, which is theirs alone.
    pub fn new(region: Region) -> SizeClasses {
        SizeClasses { region, table: RefCell::new(Table::new()), taken: Cell::new(0) }
    }

    /// The region.
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// Every slab of the region and every run, in the order in which they lie there. Nothing lies
    /// between them.
    pub fn slabs(&self) -> Vec<Slab> {
        let mut slabs = Vec::new();
        for (index, entry) in self.table.borrow().entries().iter().enumerate() {
            let offset = offset_of(index);
            let (count, serves) = match *entry {
                Entry::Free => (1, Serves::Nobody),
                Entry::Cut(cut) => (1, serves(offset, cut)),
                Entry::Run { slabs } => (slabs as usize, Serves::Run),
                Entry::Rest => continue,
            };
            slabs.push(Slab { offset, size: offset_of(count), serves });
        }
        slabs
    }

    /// A slot of a class.
    fn take_slot(&self, class: usize) -> Result<u32, AllocError> {
        let table = &mut *self.table.borrow_mut();
        let index = match table.with_room(class) {
            Some(index) => index,
            None => self.open(table, class)?,
        };
        let cut = table.cut(index);
        let offset = if cut.free == NONE {
            cut.fresh += 1;
            offset_of(index) + u32::from(cut.fresh - 1) * cut.slot()
        } else {
            let next = self.region.number(cut.free);
            std::mem::replace(&mut cut.free, next)
        };
        cut.live += 1;
        self.taken.set(self.taken.get() + cut.slot() as usize);
        if cut.is_full() {
            table.unlink(index);
        }
        Ok(offset)
    }

    /// A free slab becomes one of this class.
    fn open(&self, table: &mut Table, class: usize) -> Result<usize, AllocError> {
        let index = table.find(1, 0, 1);
        self.reach(table, index + 1)?;
        let cut = Cut::new(class);
        self.taken.set(self.taken.get() + cut.tail());
        table.open(index, cut);
        Ok(index)
    }

    /// A run of slabs.
    fn take_run(&self, layout: Layout) -> Result<u32, AllocError> {
        let slabs = layout.size().div_ceil(SLAB);
        // The region knows its own alignment, that of a wasm page; beyond it, the address tells.
        let padding = self.region.at(0).addr().get().wrapping_neg() & (layout.align() - 1);
        let table = &mut *self.table.borrow_mut();
        let index = table.find(slabs, padding / SLAB, (layout.align() / SLAB).max(1));
        self.reach(table, index + slabs)?;
        table.set_run(index, slabs);
        self.taken.set(self.taken.get() + slabs * SLAB);
        Ok(offset_of(index))
    }

    /// Makes a run longer or shorter where it lies, if what is behind it is free.
    fn resize_run(&self, table: &mut Table, index: usize, old: usize, new: usize) -> bool {
        if new < old {
            table.release(index + new, old - new);
        } else if table.first_taken(index + old, new - old).is_some()
            || self.reach(table, index + new).is_err()
        {
            return false;
        }
        table.set_run(index, new);
        self.taken.set(self.taken.get() + new * SLAB - old * SLAB);
        true
    }

    /// Sees to it that there are so many slabs.
    fn reach(&self, table: &mut Table, slabs: usize) -> Result<(), AllocError> {
        if slabs > self.region.limit() as usize / SLAB {
            return Err(AllocError);
        }
        let missing = (slabs * SLAB).saturating_sub(self.region.size() as usize);
        if missing > 0 {
            table.reserve(slabs.next_multiple_of(PAGE / SLAB))?;
            self.region.grow(missing)?;
            table.extend(self.region.size() as usize / SLAB);
        }
        Ok(())
    }

    /// Frees the block at this offset.
    fn give_back(&self, offset: u32) {
        let index = index_of(offset);
        let table = &mut *self.table.borrow_mut();
        let freed = match table.entries()[index] {
            Entry::Run { slabs } => {
                table.release(index, slabs as usize);
                slabs as usize * SLAB
            }
            _ => {
                let cut = table.cut(index);
                let (was_full, slot, tail) = (cut.is_full(), cut.slot() as usize, cut.tail());
                cut.live -= 1;
                let is_empty = cut.live == 0;
                if !is_empty {
                    self.region.set_number(offset, cut.free);
                    cut.free = offset;
                }
                match (was_full, is_empty) {
                    (true, false) => table.link(index),
                    (false, true) => table.unlink(index),
                    _ => {}
                }
                if is_empty {
                    table.release(index, 1);
                }
                slot + if is_empty { tail } else { 0 }
            }
        };
        self.taken.set(self.taken.get() - freed);
    }

    /// The class of the block at this offset; none, if it is a run.
    fn class_at(&self, offset: u32) -> Option<usize> {
        match self.table.borrow().entries()[index_of(offset)] {
            Entry::Cut(cut) => Some(cut.class()),
            _ => None,
        }
    }

    /// Makes a block fit a layout where it lies, if that can be.
    fn fit(&self, offset: u32, new: Layout) -> bool {
        if !self.region.at(offset).addr().get().is_multiple_of(new.align()) {
            return false;
        }
        let index = index_of(offset);
        let table = &mut *self.table.borrow_mut();
        match table.entries()[index] {
            Entry::Run { slabs } => {
                self.resize_run(table, index, slabs as usize, new.size().div_ceil(SLAB))
            }
            _ => new.size() <= table.cut(index).slot() as usize,
        }
    }

    /// The bytes of a block.
    fn bytes(&self, offset: u32, layout: Layout) -> NonNull<[u8]> {
        NonNull::slice_from_raw_parts(self.region.at(offset), layout.size())
    }

    /// Changes the size of a block where it lies, if its class stays, or else moves it.
    ///
    /// # Safety
    ///
    /// As for [`Allocator::grow`], but that the new size may be any.
    unsafe fn resize(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        if old.size() > 0 && new.size() > 0 {
            let offset = self.region.offset(block);
            if self.class_at(offset) == class_of(new) && self.fit(offset, new) {
                return Ok(self.bytes(offset, new));
            }
        }
        let place = self.allocate(new)?;
        let kept = old.size().min(new.size());
        // SAFETY: both have so many bytes, and they are two blocks. The old one is live, says the
        // caller, and not used any more.
        unsafe {
            ptr::copy_nonoverlapping(block.as_ptr(), place.cast().as_ptr(), kept);
            self.deallocate(block, old);
        }
        Ok(place)
    }
}

/// The first class whose slots have the size and the alignment: a slab is aligned to its own size, so
/// its slots are to what divides theirs.
fn class_of(layout: Layout) -> Option<usize> {
    let first = SLOT_SIZES.partition_point(|slot| (*slot as usize) < layout.size());
    let aligned = |slot: &u32| (*slot as usize).is_multiple_of(layout.align());
    Some(first + SLOT_SIZES[first..].iter().position(aligned)?)
}

/// Where a slab begins.
fn offset_of(index: usize) -> u32 {
    (index * SLAB) as u32
}

/// The slab in which a byte lies.
fn index_of(offset: u32) -> usize {
    offset as usize / SLAB
}

/// What a slab at this offset serves that is cut into slots.
fn serves(offset: u32, cut: Cut) -> Serves {
    Serves::Class {
        slot: cut.slot(),
        live: cut.live.into(),
        free: (cut.free != NONE).then_some(cut.free),
        fresh: offset + u32::from(cut.fresh) * cut.slot(),
    }
}

// SAFETY: a block stays what and where it is until it is freed, because its slot is in no list and
// behind no fresh one, and its run of slabs is not free; and no longer than the region, which does not
// move its bytes, and goes only when nobody borrows the allocator any more.
unsafe impl Allocator for &SizeClasses {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        if layout.size() == 0 {
            return Ok(NonNull::slice_from_raw_parts(layout.dangling_ptr(), 0));
        }
        let offset = match class_of(layout) {
            Some(class) => self.take_slot(class),
            None => self.take_run(layout),
        };
        Ok(self.bytes(offset?, layout))
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        if layout.size() > 0 {
            self.give_back(self.region.offset(block));
        }
    }

    unsafe fn grow(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the caller promises the same.
        unsafe { self.resize(block, old, new) }
    }

    unsafe fn shrink(
        &self,
        block: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        // SAFETY: the caller promises the same.
        match unsafe { self.resize(block, old, new) } {
            // A smaller place that cannot be had is no reason to fail.
            Err(AllocError) if old.size() > 0 && self.fit(self.region.offset(block), new) => {
                Ok(self.bytes(self.region.offset(block), new))
            }
            result => result,
        }
    }
}

impl Inspect for SizeClasses {
    fn owns(&self, start: NonNull<u8>, size: usize) -> bool {
        self.region.owns(start, size)
    }

    /// Slots that are live, runs, and of each slab that is cut what is left behind its last slot.
    fn taken(&self) -> usize {
        self.taken.get()
    }
}
