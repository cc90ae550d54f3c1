//! Size classes: slabs, each cut into slots of one size.

mod table;
#[cfg(test)]
mod tests;

use std::alloc::Layout;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::ptr::NonNull;

use allocator_api2::alloc::AllocError;

use crate::blocks::{Blocks, allocator};
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
    fn put_back(&self, offset: u32) {
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

    /// The slot, the run or the free slab in which a byte lies.
    fn around(&self, offset: u32) -> Range<u32> {
        let index = index_of(offset);
        let slab = offset_of(index);
        match self.table.borrow().entries()[index] {
            Entry::Cut(cut) => {
                let slot = slab + (offset - slab) / cut.slot() * cut.slot();
                slot..slot + cut.slot()
            }
            Entry::Run { slabs } => slab..slab + offset_of(slabs as usize),
            Entry::Free | Entry::Rest => slab..slab + offset_of(1),
        }
    }

    /// Makes a block fit a layout where it lies, if that can be.
    fn fit(&self, offset: u32, new: Layout) -> bool {
        let index = index_of(offset);
        let table = &mut *self.table.borrow_mut();
        match table.entries()[index] {
            Entry::Run { slabs } => {
                self.resize_run(table, index, slabs as usize, new.size().div_ceil(SLAB))
            }
            _ => new.size() <= table.cut(index).slot() as usize,
        }
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

// SAFETY: until a block is freed its slot is in no list and behind no fresh one, and its run of slabs is
// not free; and the region does not move its bytes.
unsafe impl Blocks for SizeClasses {
    fn take(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        let offset = match class_of(layout) {
            Some(class) => self.take_slot(class),
            None => self.take_run(layout),
        };
        Ok(self.region.at(offset?))
    }

    fn give_back(&self, block: NonNull<u8>, _: Layout) {
        self.put_back(self.region.offset(block));
    }

    /// Where it lies only if its class stays: in a smaller slot it takes less.
    fn resize_at(&self, block: NonNull<u8>, old: Layout, new: Layout) -> Option<NonNull<u8>> {
        let offset = self.region.offset(block);
        (self.class_at(offset) == class_of(new)).then(|| self.stay(block, old, new))?
    }

    fn stay(&self, block: NonNull<u8>, _: Layout, new: Layout) -> Option<NonNull<u8>> {
        self.fit(self.region.offset(block), new).then_some(block)
    }
}

allocator!(SizeClasses);

impl Inspect for SizeClasses {
    fn owns(&self, start: NonNull<u8>, size: usize) -> bool {
        self.region.owns(start, size)
    }

    /// Slots that are live, runs, and of each slab that is cut what is left behind its last slot.
    fn taken(&self) -> usize {
        self.taken.get()
    }

    fn pieces(&self) -> Vec<(NonNull<u8>, usize)> {
        vec![self.region.piece()]
    }

    fn held(&self, block: NonNull<u8>, _: Layout) -> Range<u32> {
        self.around(self.region.offset(block))
    }

    /// A slot, or a whole slab that serves nobody.
    fn free_around(&self, offset: u32) -> Option<Range<u32>> {
        (offset < self.region.size()).then(|| self.around(offset))
    }

    fn largest(&self) -> usize {
        let table = self.table.borrow();
        let mut run = 0;
        let mut best = 0;
        for entry in table.entries() {
            run = if matches!(entry, Entry::Free) { run + SLAB } else { 0 };
            let slot = match entry {
                Entry::Cut(cut) if !cut.is_full() => cut.slot() as usize,
                _ => 0,
            };
            best = best.max(run).max(slot);
        }
        best
    }
}
