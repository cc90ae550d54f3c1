//! What is counted.

/// How many classes of sizes are told apart.
pub const CLASSES: usize = 32;

/// The class of a size: 0 for nothing, and `n` for sizes from `2^(n-1)` to below `2^n`; the last one
/// takes all that is larger.
pub fn class(size: usize) -> usize {
    ((usize::BITS - size.leading_zeros()) as usize).min(CLASSES - 1)
}

/// The counts since the watching began.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Blocks that were allocated; a block that was given another size counts as a new one.
    pub allocated: u64,
    /// Their bytes.
    pub allocated_bytes: u64,
    /// Blocks that were freed, of those that were allocated meanwhile and have their place in the
    /// table.
    pub freed: u64,
    /// Their bytes.
    pub freed_bytes: u64,
    /// Blocks that were freed and are not known: older than the watching, or lost.
    pub unknown: u64,
    /// Their bytes.
    pub unknown_bytes: u64,
    /// Blocks that were given another size, where they lay or elsewhere.
    pub resized: u64,
    /// Blocks that found no place in the table.
    pub lost: u64,
    /// Their bytes.
    pub lost_bytes: u64,
    /// The most bytes that known blocks had at once.
    pub peak_bytes: u64,
    /// How many blocks were allocated of each class of sizes.
    pub classes: [u32; CLASSES],
    /// How often the memory of the module had to grow for a block (`memory.grow`).
    pub grows: u32,
    /// By how many pages it grew then.
    pub grown_pages: u32,
}

impl Tally {
    /// Nothing was seen.
    pub(crate) const fn new() -> Tally {
        Tally {
            allocated: 0,
            allocated_bytes: 0,
            freed: 0,
            freed_bytes: 0,
            unknown: 0,
            unknown_bytes: 0,
            resized: 0,
            lost: 0,
            lost_bytes: 0,
            peak_bytes: 0,
            classes: [0; CLASSES],
            grows: 0,
            grown_pages: 0,
        }
    }

    /// Blocks that are live and known.
    pub fn live(&self) -> u64 {
        self.allocated - self.lost - self.freed
    }

    /// Their bytes.
    pub fn live_bytes(&self) -> u64 {
        self.allocated_bytes - self.lost_bytes - self.freed_bytes
    }

    /// A block was allocated, and the table has a place for it or not.
    pub(crate) fn allocate(&mut self, size: usize, kept: bool) {
        self.allocated += 1;
        self.allocated_bytes += size as u64;
        let class = &mut self.classes[class(size)];
        *class = class.saturating_add(1);
        if !kept {
            self.lost += 1;
            self.lost_bytes += size as u64;
        }
        self.peak_bytes = self.peak_bytes.max(self.live_bytes());
    }

    /// The memory has this many pages more.
    pub(crate) fn grow(&mut self, pages: usize) {
        if pages > 0 {
            self.grows += 1;
            self.grown_pages += pages as u32;
        }
    }

    /// A block was freed that the table knew or not.
    pub(crate) fn free(&mut self, size: usize, known: bool) {
        let (blocks, bytes) = match known {
            true => (&mut self.freed, &mut self.freed_bytes),
            false => (&mut self.unknown, &mut self.unknown_bytes),
        };
        *blocks += 1;
        *bytes += size as u64;
    }
}
