//! The live blocks, in a table of a fixed size: hashed by their addresses, with linear probing.

/// How many slots the table has. A quarter of them stays empty, so that looking for a block ends soon.
pub const SLOTS: usize = 1 << 14;
/// The most blocks that it keeps.
pub const MOST: usize = SLOTS / 4 * 3;

/// A block that is live.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Block {
    /// Where it is; 0 is nowhere.
    pub address: usize,
    /// How many bytes were asked for.
    pub size: usize,
    /// The alignment that was asked for, in bytes.
    pub align: usize,
    /// It was the how manieth to be allocated since the watching began, from 1 on.
    pub order: u32,
}

/// A slot without a block. All zeros, so that the table takes no room in the module's file.
const EMPTY: Block = Block { address: 0, size: 0, align: 0, order: 0 };

/// The table.
pub(crate) struct Table {
    slots: [Block; SLOTS],
    count: usize,
}

impl Table {
    pub(crate) const fn new() -> Table {
        Table { slots: [EMPTY; SLOTS], count: 0 }
    }

    pub(crate) fn clear(&mut self) {
        self.slots.fill(EMPTY);
        self.count = 0;
    }

    pub(crate) fn blocks(&self) -> impl Iterator<Item = Block> {
        self.slots.iter().copied().filter(|block| block.address != 0)
    }

    /// Takes a block in, if there is room for it.
    pub(crate) fn insert(&mut self, block: Block) -> bool {
        if self.count == MOST {
            return false;
        }
        let mut slot = home(block.address);
        while self.slots[slot].address != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = block;
        self.count += 1;
        true
    }

    /// Forgets the block at this address, and gives it if it was there.
    pub(crate) fn remove(&mut self, address: usize) -> Option<Block> {
        let mut slot = home(address);
        while self.slots[slot].address != address {
            if self.slots[slot].address == 0 {
                return None;
            }
            slot = (slot + 1) % SLOTS;
        }
        let block = self.slots[slot];
        self.close(slot);
        self.count -= 1;
        Some(block)
    }

    /// Empties a slot, and moves up what would not be found behind an empty one.
    fn close(&mut self, mut gap: usize) {
        let mut slot = gap;
        loop {
            slot = (slot + 1) % SLOTS;
            let block = self.slots[slot];
            if block.address == 0 {
                break;
            }
            // It may stand anywhere between its home and the first empty slot behind it.
            let away = |from: usize| slot.wrapping_sub(from) % SLOTS;
            if away(home(block.address)) >= away(gap) {
                self.slots[gap] = block;
                gap = slot;
            }
        }
        self.slots[gap] = EMPTY;
    }
}

/// Where a block would like to stand. Multiplied by the golden ratio, neighbours part (Knuth, volume
/// 3, 6.4).
fn home(address: usize) -> usize {
    let hash = (address as u64 >> 3).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> 40) as usize % SLOTS
}
