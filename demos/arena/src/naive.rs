//! The book's arena, as the lesson that it is: where it would do what no program may.
//!
//! The arena of chapter 3.2 keeps an offset into a buffer of bytes, and adds the size of each value to
//! it. It never looks at a value's alignment, nor at the end of the buffer; the sum may wrap around;
//! and it drops nothing. Its `alloc` takes `&mut self`, so the compiler allows one live reference at a
//! time: whoever needs two, loosens it to `&self`. Then `reset` may be called while references are
//! alive, and their places are handed out again.
//!
//! Nothing of this is done here. [`Naive`] computes what the arena would do, and says which step would
//! be undefined behaviour, and by which numbers. Addresses and sizes are those of wasm32.

use std::collections::BTreeMap;

/// How the arena's `alloc` borrows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Borrow {
    /// `&mut self`, as in the book: a second call ends the first one's reference.
    Exclusive,
    /// `&self`, as people do next: references stay, whatever is called.
    Shared,
}

/// A reference that the arena gave out: counted from 0 over the arena's life.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Reference(pub u32);

/// What a call would do that no program may.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Fault {
    /// `ptr.add` leaves the buffer: it goes so many bytes further than its end.
    PointerOutside {
        /// Where it goes.
        offset: u32,
        /// How far beyond the end that is.
        beyond: u32,
    },
    /// The value is written, or borrowed, at an address that its type does not allow.
    Misaligned {
        /// The address.
        address: u32,
        /// What it would have to be a multiple of.
        align: u32,
        /// How far it is from the multiple before it.
        by: u32,
    },
    /// The value is written over the end of the buffer.
    PastEnd {
        /// So many of its bytes lie behind the end.
        bytes: u32,
    },
    /// A reference is used after its place was given to others.
    Overwritten {
        /// So many of its bytes are not its own any more.
        bytes: u32,
        /// To whom the first of them was given.
        by: Reference,
    },
}

/// What a call of `alloc` would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allocated {
    /// Where in the buffer the value goes.
    pub offset: u32,
    /// Whether the sum of offset and size wrapped around; with overflow checks it is a panic.
    pub wrapped: bool,
    /// The reference, if the call does only what it may.
    pub reference: Result<Reference, Vec<Fault>>,
    /// References that are alive and have lost bytes to the new one: two `&mut` to one place. It
    /// becomes a fault when one of them is used.
    pub overlapped: Vec<Reference>,
}

/// Why a reference cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unusable {
    /// The program does not compile: the borrow has ended.
    Ended,
    /// It compiles, and is undefined behaviour.
    Fault(Fault),
}

/// Bytes of the buffer that were given to a reference and to nobody after it.
#[derive(Clone, Copy, Debug)]
struct Owned {
    end: u32,
    by: Reference,
}

/// The book's arena.
#[derive(Clone, Debug)]
pub struct Naive {
    borrow: Borrow,
    /// The address of the buffer's first byte. A `Vec<u8>` may begin anywhere.
    base: u32,
    capacity: u32,
    /// The arena's own offset.
    offset: u32,
    /// The bytes of each reference, from where to where.
    given: Vec<(u32, u32)>,
    /// The owners of the bytes, by where their bytes begin.
    owned: BTreeMap<u32, Owned>,
    /// Since the last call with `&mut self` only these references are alive.
    alive_from: u32,
}

impl Naive {
    /// An arena with a buffer of so many bytes at this address.
    pub fn new(borrow: Borrow, base: u32, capacity: u32) -> Naive {
        Naive {
            borrow,
            base,
            capacity,
            offset: 0,
            given: Vec::new(),
            owned: BTreeMap::new(),
            alive_from: 0,
        }
    }

    /// Where the next value goes.
    pub fn offset(&self) -> u32 {
        self.offset
    }

    /// What `alloc` would do for a value of this size and alignment, a power of two. Where it would
    /// be a fault, nothing is written; only the offset is moved, as the arena does before all else.
    pub fn alloc(&mut self, size: u32, align: u32) -> Allocated {
        self.end_borrows();
        let offset = self.offset;
        let (next, wrapped) = offset.overflowing_add(size);
        self.offset = next;
        let faults = self.faults(offset, size, align);
        if !faults.is_empty() {
            return Allocated { offset, wrapped, reference: Err(faults), overlapped: Vec::new() };
        }
        let reference = Reference(self.given.len() as u32);
        let end = offset + size;
        self.given.push((offset, end));
        let overlapped = self.take(offset, end, reference);
        Allocated { offset, wrapped, reference: Ok(reference), overlapped }
    }

    /// What `reset` does: the next value goes to the beginning. Nothing is dropped.
    pub fn reset(&mut self) {
        self.end_borrows();
        self.offset = 0;
    }

    /// Uses a reference that [`alloc`](Naive::alloc) gave.
    pub fn use_reference(&self, reference: Reference) -> Result<(), Unusable> {
        if reference.0 < self.alive_from {
            return Err(Unusable::Ended);
        }
        let Some(&(start, end)) = self.given.get(reference.0 as usize) else {
            return Err(Unusable::Ended);
        };
        let mut lost = 0;
        let mut first = None;
        for (from, to, by) in self.owners(start, end) {
            if by != reference {
                lost += to - from;
                first = first.or(Some(by));
            }
        }
        match first {
            Some(by) => Err(Unusable::Fault(Fault::Overwritten { bytes: lost, by })),
            None => Ok(()),
        }
    }

    /// A call with `&mut self` ends every borrow.
    fn end_borrows(&mut self) {
        if self.borrow == Borrow::Exclusive {
            self.alive_from = self.given.len() as u32;
        }
    }

    /// What is wrong with a value at this offset, in the order in which the arena comes to it.
    fn faults(&self, offset: u32, size: u32, align: u32) -> Vec<Fault> {
        let mut faults = Vec::new();
        if offset > self.capacity {
            faults.push(Fault::PointerOutside { offset, beyond: offset - self.capacity });
        }
        let address = self.base.wrapping_add(offset);
        let by = address & (align - 1);
        if by != 0 {
            faults.push(Fault::Misaligned { address, align, by });
        }
        let left = self.capacity.saturating_sub(offset);
        if size > left {
            faults.push(Fault::PastEnd { bytes: size - left });
        }
        faults
    }

    /// Gives bytes to a reference; those that lose some and are alive, in order.
    fn take(&mut self, start: u32, end: u32, by: Reference) -> Vec<Reference> {
        let mut overlapped = Vec::new();
        if start == end {
            return overlapped;
        }
        for (from, to, owner) in self.owners(start, end) {
            if owner.0 >= self.alive_from {
                overlapped.push(owner);
            }
            // What it keeps lies before, behind, or both.
            let (first, Owned { end: last, .. }) = self
                .owned
                .range(..=from)
                .next_back()
                .map(|(first, it)| (*first, *it))
                .expect("it owns it");
            self.owned.remove(&first);
            if first < from {
                self.owned.insert(first, Owned { end: from, by: owner });
            }
            if to < last {
                self.owned.insert(to, Owned { end: last, by: owner });
            }
        }
        self.owned.insert(start, Owned { end, by });
        overlapped.sort();
        overlapped.dedup();
        overlapped
    }

    /// Who owns the bytes from `start` to `end`: pieces in order, without those of nobody.
    fn owners(&self, start: u32, end: u32) -> Vec<(u32, u32, Reference)> {
        let before = self.owned.range(..start).next_back();
        let within = self.owned.range(start..end.max(start));
        before
            .into_iter()
            .chain(within)
            .filter(|(_, owned)| owned.end > start)
            .map(|(&from, owned)| (from.max(start), owned.end.min(end), owned.by))
            .filter(|(from, to, _)| from < to)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(allocated: Allocated) -> Vec<Fault> {
        allocated.reference.expect_err("it is a fault")
    }

    #[test]
    fn it_goes_wrong_in_four_ways() {
        let mut arena = Naive::new(Borrow::Exclusive, 0, 16);
        assert_eq!(arena.alloc(1, 1).reference, Ok(Reference(0)));
        let misaligned = Fault::Misaligned { address: 1, align: 8, by: 1 };
        assert_eq!(faults(arena.alloc(8, 8)), [misaligned]);
        assert_eq!(faults(arena.alloc(11, 1)), [Fault::PastEnd { bytes: 4 }]);
        let outside = Fault::PointerOutside { offset: 20, beyond: 4 };
        assert_eq!(faults(arena.alloc(2, 2)), [outside, Fault::PastEnd { bytes: 2 }]);
        let wrapped = arena.alloc(u32::MAX - 21, 1);
        assert!(wrapped.wrapped && arena.offset() == 0, "the next value is the first one's");
    }

    #[test]
    fn the_book_allows_one_reference_at_a_time() {
        let mut arena = Naive::new(Borrow::Exclusive, 0, 16);
        let first = arena.alloc(4, 4).reference.unwrap();
        assert_eq!(arena.use_reference(first), Ok(()));
        let second = arena.alloc(4, 4).reference.unwrap();
        assert_eq!(arena.use_reference(first), Err(Unusable::Ended));
        assert_eq!(arena.use_reference(second), Ok(()));
        arena.reset();
        assert_eq!(arena.use_reference(second), Err(Unusable::Ended));
    }

    #[test]
    fn loosened_it_gives_one_place_to_two() {
        let mut arena = Naive::new(Borrow::Shared, 0, 16);
        let first = arena.alloc(8, 8).reference.unwrap();
        let other = arena.alloc(4, 4).reference.unwrap();
        arena.reset();
        assert_eq!(arena.use_reference(first), Ok(()), "stale, but nobody has its place yet");
        let over = arena.alloc(4, 4);
        assert_eq!(over.overlapped, [first]);
        let over = over.reference.unwrap();
        let fault = Fault::Overwritten { bytes: 4, by: over };
        assert_eq!(arena.use_reference(first), Err(Unusable::Fault(fault)));
        assert_eq!(arena.use_reference(other), Ok(()));
        assert_eq!(arena.use_reference(over), Ok(()));
        let overlapped = arena.alloc(8, 4).overlapped;
        assert_eq!(overlapped, [first, other]);
    }

    #[test]
    fn a_buffer_of_bytes_may_begin_anywhere() {
        let mut arena = Naive::new(Borrow::Exclusive, 3, 64);
        assert_eq!(faults(arena.alloc(4, 4)), [Fault::Misaligned { address: 3, align: 4, by: 3 }]);
    }
}
