//! The calls of an action, one by one, in a list of a fixed length.

/// How many calls the list takes.
pub const CALLS: usize = 256;

/// What was asked of the allocator.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Asked {
    /// A new block.
    #[default]
    Allocate,
    /// Another size for a block.
    Resize,
    /// That a block be free.
    Free,
}

/// A call of the allocator that did what it was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Call {
    /// What was asked.
    pub asked: Asked,
    /// Where the block is, or was.
    pub address: usize,
    /// How many bytes it has, or had.
    pub size: usize,
    /// Its alignment in bytes.
    pub align: usize,
    /// Where it was before it was resized; 0 else.
    pub old_address: usize,
    /// How many bytes it had before it was resized; 0 else.
    pub old_size: usize,
}

/// The first calls since the list was begun, and how many there were.
pub(crate) struct Calls {
    first: [Call; CALLS],
    count: usize,
}

/// All zeros, so that the list takes no room in the module's file.
const NONE: Call =
    Call { asked: Asked::Allocate, address: 0, size: 0, align: 0, old_address: 0, old_size: 0 };

impl Calls {
    pub(crate) const fn new() -> Calls {
        Calls { first: [NONE; CALLS], count: 0 }
    }

    pub(crate) fn begin(&mut self) {
        self.count = 0;
    }

    pub(crate) fn add(&mut self, call: Call) {
        if let Some(place) = self.first.get_mut(self.count) {
            *place = call;
        }
        self.count += 1;
    }

    /// Copies the first ones, as far as there is room; gives how many there were.
    pub(crate) fn read(&self, room: &mut [Call]) -> usize {
        let known = &self.first[..self.count.min(CALLS)];
        room.iter_mut().zip(known).for_each(|(place, call)| *place = *call);
        self.count
    }
}
