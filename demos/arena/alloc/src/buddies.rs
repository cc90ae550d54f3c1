//! The buddy system: blocks whose sizes are powers of two, halved to allocate, and joined with
//! their other half when both are free.
//!
//! A block of order k has 2^k bytes and begins at a multiple of them. Halved, it makes two buddies
//! of order k - 1, whose offsets differ in one bit: each finds the other by it.
//!
//! A block has no header, which would make 2^k + 8 bytes of 2^k and double most blocks that are
//! asked for. What a block is stands in a table beside the region instead.

#[cfg(test)]
mod tests;

use std::alloc::Layout;
use std::array;
use std::cell::{Cell, RefCell};
use std::iter;
use std::ops::Range;
use std::ptr::NonNull;

use allocator_api2::alloc::AllocError;

use crate::blocks::{Blocks, allocator};
use crate::inspect::{Block, Inspect};
use crate::links::Links;
use crate::region::{PAGE, Region};

/// The order of the smallest blocks, of 16 bytes: they have room for the links of a free block.
const LEAST: u8 = 4;

/// Orders are below this: offsets have 32 bits.
const ORDERS: u8 = 32;

/// The order of a page.
const OF_PAGE: u8 = PAGE.ilog2() as u8;

/// How many tags a page has.
const TAGS: usize = PAGE >> LEAST;

/// What begins at a multiple of the smallest block's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    /// No block.
    Nothing,
    /// A free block of an order.
    Free(u8),
    /// A used block of an order.
    Used(u8),
}

/// A binary buddy system.
///
/// Allocating and freeing take as many steps as there are orders, at most. A block of order k is
/// aligned to 2^k bytes, but to no more than a page, as the region is; for what wants more, the
/// free blocks of a page and more are looked through.
///
/// The largest blocks are as large as the largest power of two that the region's limit has room
/// for.
#[derive(Debug)]
pub struct Buddies {
    region: Region,
    /// The free blocks of each order, the one freed last first.
    links: [Links; ORDERS as usize],
    /// The bytes of all free blocks.
    free: Cell<u32>,
    /// One for each 16 bytes of the region.
    tags: RefCell<Vec<Tag>>,
}

impl Buddies {
    /// An allocator that has this region.
    pub fn new(region: Region) -> Buddies {
        let links = array::from_fn(|_| Links::default());
        Buddies { region, links, free: Cell::new(0), tags: RefCell::default() }
    }

    /// The region.
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// All blocks in the order of their addresses. The order of each is the logarithm of its size,
    /// to the base 2; it has no header.
    pub fn blocks(&self) -> Vec<Block> {
        let block = |offset| match self.tag(offset)? {
            Tag::Free(order) => Some(Block { offset, size: size(order), used: false }),
            Tag::Used(order) => Some(Block { offset, size: size(order), used: true }),
            Tag::Nothing => None,
        };
        iter::successors(block(0), |last| block(last.offset + last.size)).collect()
    }

    /// A block for this layout, whose size is not 0.
    fn cut(&self, layout: Layout) -> Result<u32, AllocError> {
        // The block is as aligned as it is large, but to no more than a page.
        let align = layout.align();
        let order = order_of(layout.size().max(align.min(PAGE)))?;
        let (hole, of, block) = match self.find(order, align) {
            Some(found) => found,
            None => {
                self.extend(order, align)?;
                self.find(order, align).ok_or(AllocError)?
            }
        };
        self.claim(hole, of);
        self.split(hole, of, block, order);
        Ok(block)
    }

    /// The free block to cut one of this order from, its order, and where in it that one begins.
    fn find(&self, order: u8, align: usize) -> Option<(u32, u8, u32)> {
        (order..ORDERS).find_map(|of| {
            self.links[usize::from(of)].iter(&self.region).find_map(|hole| {
                let block = self.place(hole, order, align)?;
                (block + size(order) <= hole + size(of)).then_some((hole, of, block))
            })
        })
    }

    /// The first offset from this one on where a block of this order would be aligned so.
    fn place(&self, from: u32, order: u8, align: usize) -> Option<u32> {
        let place = from.checked_next_multiple_of(size(order))?;
        let address = self.region.at(0).addr().get().wrapping_add(place as usize);
        // Not 0 only for alignments of more than a page.
        let padding = address.wrapping_neg() & (align - 1);
        let place = place.checked_add(u32::try_from(padding).ok()?)?;
        place.checked_add(size(order))?;
        place.is_multiple_of(size(order)).then_some(place)
    }

    /// Takes a block out of one of a larger order, which is in no list. The other halves become
    /// free.
    fn split(&self, mut hole: u32, mut of: u8, block: u32, order: u8) {
        while of > order {
            of -= 1;
            let upper = hole + size(of);
            if block < upper {
                self.put(upper, of);
            } else {
                self.put(hole, of);
                hole = upper;
            }
        }
        self.set_tag(block, Tag::Used(order));
    }

    /// Makes the region longer until its end has a block of this order, aligned so. What is new are
    /// free pages, which join as freed blocks do.
    fn extend(&self, order: u8, align: usize) -> Result<(), AllocError> {
        let end = self.region.size();
        let mut free = end;
        while let Some(block) = self.free_before(free) {
            free = block;
        }
        let block = self.place(free, order, align).ok_or(AllocError)?;
        // It ends behind the region's end: before that was no room for it.
        let more = self.region.grow((block + size(order) - end) as usize)?;
        for page in (end..end + more).step_by(PAGE) {
            self.tags.borrow_mut().extend_from_slice(&[Tag::Nothing; TAGS]);
            self.release(page, OF_PAGE);
        }
        Ok(())
    }

    /// The free block that ends here.
    fn free_before(&self, end: u32) -> Option<u32> {
        (LEAST..ORDERS).find_map(|order| {
            let block = end.checked_sub(size(order))?;
            (self.tag(block) == Some(Tag::Free(order))).then_some(block)
        })
    }

    /// Frees a block: joins it with its buddy as long as that is free.
    fn release(&self, mut block: u32, mut order: u8) {
        self.set_tag(block, Tag::Nothing);
        while self.tag(buddy(block, order)) == Some(Tag::Free(order)) {
            self.claim(buddy(block, order), order);
            block = block.min(buddy(block, order));
            order += 1;
        }
        self.put(block, order);
    }

    /// Makes a free block of bytes that are in none.
    fn put(&self, block: u32, order: u8) {
        self.links[usize::from(order)].insert(&self.region, None, block);
        self.free.update(|free| free + size(order));
        self.set_tag(block, Tag::Free(order));
    }

    /// Takes a free block out of its list; its bytes are in no block then.
    fn claim(&self, block: u32, order: u8) {
        self.links[usize::from(order)].remove(&self.region, block);
        self.free.update(|free| free - size(order));
        self.set_tag(block, Tag::Nothing);
    }

    /// Gives a used block another order where it lies. To a larger one it comes if, on the way up,
    /// it is the lower buddy each time and the upper one is free.
    fn resize(&self, block: u32, order: u8) -> bool {
        let old = self.used(block);
        let upper_is_free = |order| {
            let upper = buddy(block, order);
            upper > block && self.tag(upper) == Some(Tag::Free(order))
        };
        if !(old..order).all(upper_is_free) {
            return false;
        }
        (old..order).for_each(|order| self.claim(buddy(block, order), order));
        self.split(block, old.max(order), block, order);
        true
    }

    /// The order of a used block.
    fn used(&self, block: u32) -> u8 {
        match self.tag(block) {
            Some(Tag::Used(order)) => order,
            other => unreachable!("no used block begins at {block}, but {other:?}"),
        }
    }

    /// What begins at an offset, if it lies in the region.
    fn tag(&self, offset: u32) -> Option<Tag> {
        self.tags.borrow().get((offset / size(LEAST)) as usize).copied()
    }

    fn set_tag(&self, offset: u32, tag: Tag) {
        self.tags.borrow_mut()[(offset / size(LEAST)) as usize] = tag;
    }
}

/// How many bytes a block of this order has.
fn size(order: u8) -> u32 {
    1 << order
}

/// The other half of the block that a block is a half of.
fn buddy(block: u32, order: u8) -> u32 {
    block ^ size(order)
}

/// The order of a block that has so many bytes.
fn order_of(bytes: usize) -> Result<u8, AllocError> {
    let size = bytes.max(size(LEAST) as usize).checked_next_power_of_two().ok_or(AllocError)?;
    u32::try_from(size).map(|size| size.ilog2() as u8).map_err(|_| AllocError)
}

// SAFETY: a used block is in no list until it is freed, whatever happens to its buddy; it has at least
// the bytes that were asked for, aligned by their addresses.
unsafe impl Blocks for Buddies {
    fn take(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        self.cut(layout).map(|block| self.region.at(block))
    }

    fn give_back(&self, start: NonNull<u8>, _: Layout) {
        let block = self.region.offset(start);
        self.release(block, self.used(block));
    }

    fn resize_at(&self, start: NonNull<u8>, _: Layout, new: Layout) -> Option<NonNull<u8>> {
        let order = order_of(new.size()).ok()?;
        self.resize(self.region.offset(start), order).then_some(start)
    }
}

allocator!(Buddies);

impl Inspect for Buddies {
    fn owns(&self, start: NonNull<u8>, size: usize) -> bool {
        self.region.owns(start, size)
    }

    fn taken(&self) -> usize {
        (self.region.size() - self.free.get()) as usize
    }

    fn pieces(&self) -> Vec<(NonNull<u8>, usize)> {
        vec![self.region.piece()]
    }

    fn held(&self, start: NonNull<u8>, _: Layout) -> Range<u32> {
        let block = self.region.offset(start);
        block..block + size(self.used(block))
    }

    fn free_around(&self, offset: u32) -> Option<Range<u32>> {
        (LEAST..ORDERS).find_map(|order| {
            let block = offset & !(size(order) - 1);
            (self.tag(block) == Some(Tag::Free(order))).then_some(block..block + size(order))
        })
    }

    fn largest(&self) -> usize {
        let has_one =
            |order: &u8| self.links[usize::from(*order)].iter(&self.region).next().is_some();
        (LEAST..ORDERS).rev().find(has_one).map_or(0, |order| size(order) as usize)
    }
}
