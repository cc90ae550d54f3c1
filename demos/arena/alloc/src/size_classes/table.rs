//! What each slab serves, beside the memory.

use allocator_api2::alloc::AllocError;

use super::{SLAB, SLOT_SIZES};

/// No offset and no slab: the end of a list.
pub(super) const NONE: u32 = u32::MAX;

/// What a slab serves.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entry {
    Free,
    /// It is cut into slots.
    Cut(Cut),
    /// With the slabs behind it, so many in all, it is one block.
    Run {
        slabs: u32,
    },
    /// It is a part of such a block, and not the first.
    Rest,
}

/// A slab that is cut into slots.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    class: u8,
    /// How many slots are live.
    pub(super) live: u16,
    /// How many slots were handed out ever; the list of free ones need not be written before.
    pub(super) fresh: u16,
    /// The offset of the first free slot in the list.
    pub(super) free: u32,
    /// The slabs of the class that have room are in a list, so that one that fills up or becomes empty
    /// leaves it without a search. The slab before this one:
    before: u32,
    /// The slab behind this one.
    after: u32,
}

impl Cut {
    pub(super) fn new(class: usize) -> Cut {
        Cut { class: class as u8, live: 0, fresh: 0, free: NONE, before: NONE, after: NONE }
    }

    pub(super) fn class(&self) -> usize {
        self.class.into()
    }

    /// Bytes of a slot.
    pub(super) fn slot(&self) -> u32 {
        SLOT_SIZES[self.class()]
    }

    /// The bytes behind the last slot.
    pub(super) fn tail(&self) -> usize {
        SLAB % self.slot() as usize
    }

    pub(super) fn is_full(&self) -> bool {
        usize::from(self.live) == SLAB / self.slot() as usize
    }
}

/// An entry for each slab that the region has so far: 24 bytes for 4,096.
#[derive(Debug)]
pub(super) struct Table {
    entries: Vec<Entry>,
    /// Of each class, the first slab in the list of those that have room.
    with_room: [u32; SLOT_SIZES.len()],
    /// No slab before this one is free.
    lowest_free: usize,
}

impl Table {
    pub(super) fn new() -> Table {
        Table { entries: Vec::new(), with_room: [NONE; SLOT_SIZES.len()], lowest_free: 0 }
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// A slab that is cut into slots.
    pub(super) fn cut(&mut self, index: usize) -> &mut Cut {
        match &mut self.entries[index] {
            Entry::Cut(cut) => cut,
            other => unreachable!("a block in slab {index}, which is {other:?}"),
        }
    }

    /// A slab of the class that has room.
    pub(super) fn with_room(&self, class: usize) -> Option<usize> {
        let first = self.with_room[class];
        (first != NONE).then_some(first as usize)
    }

    /// The first place for a run of slabs at one of `first`, `first + step`, ...; those behind the end
    /// of the table are as good as free.
    pub(super) fn find(&self, slabs: usize, first: usize, step: usize) -> usize {
        let next = |from: usize| first + from.saturating_sub(first).next_multiple_of(step);
        let mut index = next(self.lowest_free);
        while let Some(taken) = self.first_taken(index, slabs) {
            let length = match self.entries[taken] {
                Entry::Run { slabs } => slabs as usize,
                _ => 1,
            };
            index = next(taken + length);
        }
        index
    }

    /// The first of so many slabs that is not free.
    pub(super) fn first_taken(&self, from: usize, slabs: usize) -> Option<usize> {
        let mut entries = self.entries.get(from..)?.iter().take(slabs);
        Some(from + entries.position(|entry| !matches!(entry, Entry::Free))?)
    }

    /// Makes room for the entries of so many slabs.
    pub(super) fn reserve(&mut self, slabs: usize) -> Result<(), AllocError> {
        let more = slabs - self.entries.len();
        self.entries.try_reserve(more).map_err(|_| AllocError)
    }

    /// Adds entries of slabs that are free, up to so many.
    pub(super) fn extend(&mut self, slabs: usize) {
        self.entries.resize(slabs, Entry::Free);
    }

    /// Cuts a free slab into slots.
    pub(super) fn open(&mut self, index: usize, cut: Cut) {
        self.entries[index] = Entry::Cut(cut);
        self.not_free(index, 1);
        self.link(index);
    }

    /// Makes slabs one block.
    pub(super) fn set_run(&mut self, index: usize, slabs: usize) {
        self.entries[index..index + slabs].fill(Entry::Rest);
        self.entries[index] = Entry::Run { slabs: slabs as u32 };
        self.not_free(index, slabs);
    }

    /// Makes slabs free.
    pub(super) fn release(&mut self, index: usize, slabs: usize) {
        self.entries[index..index + slabs].fill(Entry::Free);
        self.lowest_free = self.lowest_free.min(index);
    }

    fn not_free(&mut self, index: usize, slabs: usize) {
        if (index..index + slabs).contains(&self.lowest_free) {
            self.lowest_free = index + slabs;
        }
    }

    /// Puts a slab at the head of the list of its class.
    pub(super) fn link(&mut self, index: usize) {
        let class = self.cut(index).class();
        let after = std::mem::replace(&mut self.with_room[class], index as u32);
        let cut = self.cut(index);
        (cut.before, cut.after) = (NONE, after);
        if after != NONE {
            self.cut(after as usize).before = index as u32;
        }
    }

    /// Takes a slab out of the list of its class.
    pub(super) fn unlink(&mut self, index: usize) {
        let Cut { before, after, .. } = *self.cut(index);
        match before {
            NONE => {
                let class = self.cut(index).class();
                self.with_room[class] = after;
            }
            before => self.cut(before as usize).after = after,
        }
        if after != NONE {
            self.cut(after as usize).before = before;
        }
    }
}
