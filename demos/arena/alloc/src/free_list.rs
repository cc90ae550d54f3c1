//! The free list: a block of any size is cut from a free one, and joined to its free neighbours
//! when it is freed.
//!
//! Boundary tags (Knuth) make the neighbours known. Every block, used or free, has a header of two
//! numbers; a free one has two links behind it, which are the user's bytes while it is used:
//!
//! ```text
//! offset   +0             +4                 +8             +12
//!          size | used    size of the block  next free      previous free    ...
//!                         before it          block's links  block's links
//! ```
//!
//! The blocks fill the region, and no two free ones are neighbours. Sizes and offsets of blocks are
//! multiples of 8, so the lowest bit of the size is free to say whether the block is used.

#[cfg(test)]
mod tests;

use std::alloc::Layout;
use std::cell::Cell;
use std::iter;
use std::ops::Range;
use std::ptr::NonNull;

use allocator_api2::alloc::AllocError;

use crate::blocks::{Blocks, allocator};
use crate::inspect::{Block, Inspect};
use crate::links::Links;
use crate::region::Region;

/// So many bytes of a block come before the user's.
const HEADER: u32 = 8;

/// The smallest block: a header, and room for the links.
const LEAST: u32 = 16;

/// In the first number of a header, beside the size.
const USED: u32 = 1;

/// Which free block is taken for an allocation, of those that are large enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The first in the order of addresses.
    First,
    /// The smallest, and of equal ones the first.
    Best,
}

/// A free list with boundary tags.
///
/// The free blocks are linked in the order of their addresses. To allocate is to walk along them,
/// as far as the [`Fit`] demands. To free takes constant time when a neighbour is free, whose place
/// in the list is known; otherwise that place is looked for, which is a walk again.
///
/// A block has 8 bytes more than were asked for, is rounded up to 8, and has 16 at least; what is
/// cut off from a free block and would be smaller stays with it.
#[derive(Debug)]
pub struct FreeList {
    region: Region,
    fit: Fit,
    links: Links,
    /// The bytes of all free blocks.
    free: Cell<u32>,
    /// The size of the last block: what the header behind it would say.
    last: Cell<u32>,
}

impl FreeList {
    /// An allocator that has this region.
    pub fn new(region: Region, fit: Fit) -> FreeList {
        FreeList { region, fit, links: Links::default(), free: Cell::new(0), last: Cell::new(0) }
    }

    /// The region.
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// All blocks in the order of their addresses. The size of each includes its header, of 8
    /// bytes: the user's bytes are behind it.
    pub fn blocks(&self) -> Vec<Block> {
        let first = (self.region.size() > 0).then_some(0);
        let offsets = iter::successors(first, |block| self.next(*block));
        offsets
            .map(|offset| Block { offset, size: self.size(offset), used: !self.is_free(offset) })
            .collect()
    }

    /// A block for this layout, whose size is not 0.
    fn cut(&self, layout: Layout) -> Result<u32, AllocError> {
        let (size, align) = (block_size(layout.size())?, layout.align());
        let hole = match self.find(size, align) {
            Some(hole) => hole,
            None => {
                self.extend(size, align)?;
                self.find(size, align).ok_or(AllocError)?
            }
        };
        self.claim(hole);
        let mut block = hole;
        // It fits, so the padding is less than its size.
        let padding = self.padding(hole, align) as u32;
        if padding > 0 {
            block = self.split(hole, padding);
            self.release(hole);
        }
        self.trim(block, size);
        Ok(block)
    }

    /// The free block to cut one from.
    fn find(&self, size: u32, align: usize) -> Option<u32> {
        let needed = |block| self.padding(block, align).saturating_add(size as usize);
        let mut large =
            self.free_blocks().filter(|block| needed(*block) <= self.size(*block) as usize);
        match self.fit {
            Fit::First => large.next(),
            Fit::Best => large.min_by_key(|block| self.size(*block)),
        }
    }

    /// How many bytes to leave at the beginning of a free block so that the user's are aligned:
    /// none, or as many as make a block.
    fn padding(&self, block: u32, align: usize) -> usize {
        let address = self.region.at(0).addr().get().wrapping_add((block + HEADER) as usize);
        // A multiple of 8, because the address is one.
        match address.wrapping_neg() & (align - 1) {
            padding @ 1.. if padding < LEAST as usize => padding + align,
            padding => padding,
        }
    }

    /// Makes the region longer, by as much as there is no room for at its end.
    fn extend(&self, size: u32, align: usize) -> Result<(), AllocError> {
        let end = self.region.size();
        let last = self.previous(end).filter(|last| self.is_free(*last)).unwrap_or(end);
        let needed = self.padding(last, align).checked_add(size as usize).ok_or(AllocError)?;
        let before = self.size_before(end);
        // It is more than the last block has, which did not fit.
        let more = self.region.grow(needed - (end - last) as usize)?;
        self.region.set_number(end + 4, before);
        self.set(end, more, true);
        self.release(end);
        Ok(())
    }

    /// Frees a block: joins it to its free neighbours, and puts it into the list.
    fn release(&self, mut block: u32) {
        let mut size = self.size(block);
        let mut place = None;
        for neighbour in [self.next(block), self.previous(block)].into_iter().flatten() {
            if self.is_free(neighbour) {
                place = Some(self.claim(neighbour));
                size += self.size(neighbour);
                block = block.min(neighbour);
            }
        }
        let place = place.unwrap_or_else(|| self.free_blocks().take_while(|b| *b < block).last());
        self.set(block, size, false);
        self.links.insert(&self.region, place.map(links_of), links_of(block));
        self.free.update(|free| free + size);
    }

    /// Takes a free block out of the list, whole; gives the one before it there.
    fn claim(&self, block: u32) -> Option<u32> {
        let size = self.size(block);
        self.free.update(|free| free - size);
        self.set(block, size, true);
        self.links.remove(&self.region, links_of(block)).map(block_of)
    }

    /// Gives a used block another size where it lies, if there is room behind it.
    fn resize(&self, block: u32, size: u32) -> bool {
        let (own, next) = (self.size(block), self.next(block).filter(|next| self.is_free(*next)));
        if own < size {
            let Some(next) = next.filter(|next| own + self.size(*next) >= size) else {
                return false;
            };
            self.claim(next);
            self.set(block, own + self.size(next), true);
        }
        self.trim(block, size);
        true
    }

    /// Frees what a used block has more than this size, if that makes a block.
    fn trim(&self, block: u32, size: u32) {
        if self.size(block) - size >= LEAST {
            self.release(self.split(block, size));
        }
    }

    /// Cuts a used block in two; gives the second one.
    fn split(&self, block: u32, size: u32) -> u32 {
        let rest = self.size(block) - size;
        self.set(block, size, true);
        self.set(block + size, rest, true);
        block + size
    }

    /// The free blocks in the order of their addresses.
    fn free_blocks(&self) -> impl Iterator<Item = u32> {
        self.links.iter(&self.region).map(block_of)
    }

    /// Its size in bytes, with its header.
    fn size(&self, block: u32) -> u32 {
        self.region.number(block) & !USED
    }

    /// Its bytes, with its header.
    fn range(&self, block: u32) -> Range<u32> {
        block..block + self.size(block)
    }

    fn is_free(&self, block: u32) -> bool {
        self.region.number(block) & USED == 0
    }

    /// Writes a block's own tag, and the one that the block behind it has of it.
    fn set(&self, block: u32, size: u32, used: bool) {
        self.region.set_number(block, size | if used { USED } else { 0 });
        match block + size {
            end if end == self.region.size() => self.last.set(size),
            next => self.region.set_number(next + 4, size),
        }
    }

    /// The size of the block before this one, or before the region's end; 0 if it is the first.
    fn size_before(&self, block: u32) -> u32 {
        match block == self.region.size() {
            true => self.last.get(),
            false => self.region.number(block + 4),
        }
    }

    /// The block behind this one.
    fn next(&self, block: u32) -> Option<u32> {
        Some(block + self.size(block)).filter(|next| *next < self.region.size())
    }

    /// The block before this one, or before the region's end.
    fn previous(&self, block: u32) -> Option<u32> {
        (block > 0).then(|| block - self.size_before(block))
    }
}

/// How large a block is for so many bytes of a user.
fn block_size(size: usize) -> Result<u32, AllocError> {
    let size = size.checked_add(HEADER as usize);
    let size = size.and_then(|size| size.checked_next_multiple_of(8)).ok_or(AllocError)?;
    u32::try_from(size).map(|size| size.max(LEAST)).map_err(|_| AllocError)
}

/// Where the links of a free block are: in the place of the user's bytes.
fn links_of(block: u32) -> u32 {
    block + HEADER
}

/// The block whose links, or user's bytes, are here.
fn block_of(offset: u32) -> u32 {
    offset - HEADER
}

// SAFETY: a used block is in no list until it is freed; it has the bytes that were asked for behind its
// header, aligned by their addresses.
unsafe impl Blocks for FreeList {
    fn take(&self, layout: Layout) -> Result<NonNull<u8>, AllocError> {
        self.cut(layout).map(|block| self.region.at(block + HEADER))
    }

    fn give_back(&self, start: NonNull<u8>, _: Layout) {
        self.release(block_of(self.region.offset(start)));
    }

    fn resize_at(&self, start: NonNull<u8>, _: Layout, new: Layout) -> Option<NonNull<u8>> {
        let block = block_of(self.region.offset(start));
        let size = block_size(new.size()).ok()?;
        self.resize(block, size).then_some(start)
    }
}

allocator!(FreeList);

impl Inspect for FreeList {
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
        self.range(block_of(self.region.offset(start)))
    }

    fn free_around(&self, offset: u32) -> Option<Range<u32>> {
        let last = self.free_blocks().take_while(|block| *block <= offset).last();
        last.map(|block| self.range(block)).filter(|range| range.contains(&offset))
    }

    fn largest(&self) -> usize {
        self.free_blocks().map(|block| self.size(block)).max().unwrap_or(0) as usize
    }
}
