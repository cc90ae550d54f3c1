//! How much memory there is, and what becomes of it.

/// The figures of an allocator, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Figures {
    /// What the live blocks were asked for, together.
    pub requested: u32,
    /// What nobody else can have now: requested, and all that is lost or kept around it.
    pub used: u32,
    /// Padding inside live values, by their types; and what was left out before them so that they are
    /// aligned.
    pub padding: u32,
    /// All memory that the allocator has got so far.
    pub reserved: u32,
    /// The largest block that could be had without getting more.
    pub largest: u32,
    /// The most that was used at any time.
    pub high_water: u32,
    /// How many blocks are live.
    pub live: u32,
}

impl Figures {
    /// What can be had: reserved, and not used.
    pub fn free(&self) -> u32 {
        self.reserved - self.used
    }

    /// Internal fragmentation: used, and asked for by nobody.
    pub fn internal(&self) -> u32 {
        self.used - self.requested
    }

    /// External fragmentation: of what is free, so many bytes are not in the largest block.
    pub fn external(&self) -> u32 {
        self.free().saturating_sub(self.largest)
    }
}
