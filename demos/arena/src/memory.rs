//! An allocator's memory as a value: every byte, what it is, and the blocks in it.
//!
//! It is a copy of the real bytes, taken when they change. Copies of it share the pages that are
//! alike.

use std::ops::Range;
use std::sync::Arc;

/// So many bytes are a page of a copy. (A page of wasm has sixteen of them.)
pub const PAGE: u32 = 4096;

/// Where a byte is: in which of the allocator's pieces of memory, and how far from its start. Every
/// piece begins at a multiple of 64 KiB, so the offset says how an address is aligned.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Place {
    /// The piece, counted from 0.
    pub piece: u32,
    /// In bytes from its start.
    pub offset: u32,
}

/// What a byte is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Byte {
    /// Free, and nobody ever had it.
    Fresh,
    /// A part of a value.
    Value,
    /// Padding in a value: written by nobody, and not to be read through the value's type.
    Padding,
    /// In a live block, and not written yet: the spare capacity of a `Vec`.
    Unwritten,
    /// The allocator's own: a header, a link.
    Own,
    /// Lost as long as the block is live: left out for the alignment, or rounded up. Or what was left
    /// of a chunk when the arena took the next one.
    Lost,
    /// What a freed block had in it: still there, and nobody's.
    Stale,
}

/// A block that was handed out.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Block {
    /// Where it begins, from the start of its piece.
    pub offset: u32,
    /// How many bytes were asked for.
    pub size: u32,
    /// Of what its offset was to be a multiple.
    pub align: u32,
    /// What the allocator holds for it, the block's own bytes, its header and what is lost included:
    /// from here …
    pub held_from: u32,
    /// … to here.
    pub held_to: u32,
    /// Whose it is: an index into the snapshot's values.
    pub owner: u32,
    /// What is in it.
    pub holds: Holds,
    /// Whether it is live. A block that was freed is listed until something else lies there.
    pub live: bool,
}

/// What is in a block.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Holds {
    /// One value, or one array, or a text: all that its owner has.
    All,
    /// The elements of a `Vec`.
    Elements {
        /// How many there are.
        len: u32,
        /// For how many there is room.
        capacity: u32,
    },
    /// A node of a list, counted from 0.
    Node(u32),
    /// The table of a hash map.
    Table {
        /// How many entries there are.
        len: u32,
    },
}

/// A page of a copy.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Page {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What each is.
    pub kinds: Vec<Byte>,
    /// The blocks that begin in it, live or not, by their offsets.
    pub blocks: Vec<Block>,
}

/// A piece of memory: a chunk of an arena, or a whole region.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Piece {
    size: u32,
    pages: Vec<Arc<Page>>,
}

impl Piece {
    /// A piece of so many bytes, all zeros and nobody's.
    pub fn new(size: u32) -> Piece {
        let mut piece = Piece::default();
        piece.grow(size);
        piece
    }

    /// How many bytes it has.
    pub fn size(&self) -> u32 {
        self.size
    }

    /// Makes it longer.
    pub fn grow(&mut self, size: u32) {
        // The last page may be short; the next ones are equal, and shared.
        if let Some(last) = self.pages.last_mut() {
            let want = (size - (self.size - last.bytes.len() as u32)).min(PAGE);
            blank(Arc::make_mut(last), want);
        }
        let mut whole = None;
        let mut from = self.pages.len() as u32 * PAGE;
        while from < size {
            let length = (size - from).min(PAGE);
            let page = match length {
                PAGE => whole.get_or_insert_with(|| fresh(PAGE)).clone(),
                _ => fresh(length),
            };
            self.pages.push(page);
            from += length;
        }
        self.size = size;
    }

    /// A byte, and what it is.
    pub fn byte(&self, offset: u32) -> Option<(u8, Byte)> {
        let page = self.pages.get((offset / PAGE) as usize)?;
        let at = (offset % PAGE) as usize;
        Some((*page.bytes.get(at)?, *page.kinds.get(at)?))
    }

    /// The pages, with the offset of each.
    pub fn pages(&self) -> impl Iterator<Item = (u32, &Arc<Page>)> {
        self.pages.iter().enumerate().map(|(index, page)| (index as u32 * PAGE, page))
    }

    /// The bytes of a range with what each is, in pieces as long as they lie in one page.
    pub fn slices(&self, range: Range<u32>) -> impl Iterator<Item = (u32, &[u8], &[Byte])> {
        let range = range.start..range.end.min(self.size);
        let first = range.start / PAGE;
        let last = range.end.div_ceil(PAGE);
        (first..last).filter_map(move |index| {
            let page = self.pages.get(index as usize)?;
            let from = range.start.max(index * PAGE);
            let to = range.end.min((index + 1) * PAGE);
            let within = (from - index * PAGE) as usize..(to.max(from) - index * PAGE) as usize;
            Some((from, page.bytes.get(within.clone())?, page.kinds.get(within)?))
        })
    }

    /// The blocks that have a byte of this range, live or not, in the order of their offsets.
    pub fn blocks(&self, range: Range<u32>) -> impl Iterator<Item = &Block> {
        let before = self.block_before(range.start).map(|block| block.offset);
        let from = before.unwrap_or(range.start);
        let pages = (from / PAGE)..range.end.min(self.size).div_ceil(PAGE);
        pages
            .filter_map(|index| self.pages.get(index as usize))
            .flat_map(|page| &page.blocks)
            .skip_while(move |block| block.offset < from)
            .take_while(move |block| block.offset < range.end)
            .filter(move |block| block.offset + block.size.max(1) > range.start)
    }

    /// The block in which a byte lies.
    pub fn block_at(&self, offset: u32) -> Option<&Block> {
        self.blocks(offset..offset.saturating_add(1)).last()
    }

    /// The last block that begins before an offset, live or not.
    pub fn block_before(&self, offset: u32) -> Option<&Block> {
        let mut index = (offset / PAGE) as usize;
        loop {
            let blocks = self.pages.get(index).map_or(&[][..], |page| &page.blocks);
            if let Some(found) = blocks.iter().rev().find(|block| block.offset < offset) {
                return Some(found);
            }
            index = index.checked_sub(1)?;
        }
    }

    /// Makes bytes what they are now.
    pub fn write(&mut self, offset: u32, bytes: &[u8]) {
        let mut at = offset;
        let mut left = bytes;
        while !left.is_empty() {
            let Some(page) = self.page_mut(at) else { return };
            let from = (at % PAGE) as usize;
            let count = left.len().min(page.bytes.len().saturating_sub(from));
            let (now, rest) = left.split_at(count);
            if count == 0 {
                return;
            }
            page.bytes[from..from + count].copy_from_slice(now);
            at += count as u32;
            left = rest;
        }
    }

    /// Says anew what the bytes of a range are, each by what it was.
    pub fn mark(&mut self, range: Range<u32>, kind: impl Fn(Byte) -> Byte) {
        let mut at = range.start;
        while at < range.end.min(self.size) {
            let end = (at / PAGE + 1) * PAGE;
            let Some(page) = self.page_mut(at) else { return };
            let from = (at % PAGE) as usize;
            let to = ((range.end.min(end) - at) as usize + from).min(page.kinds.len());
            page.kinds[from..to].iter_mut().for_each(|byte| *byte = kind(*byte));
            at = end;
        }
    }

    /// Puts a block on the list. Those that were freed and have a byte of what is held for it leave
    /// the list.
    pub fn put(&mut self, block: Block) {
        let held = block.held_from..block.held_to.max(block.offset + block.size.max(1));
        let over: Vec<u32> = self
            .blocks(held)
            .filter(|old| !old.live || old.offset == block.offset)
            .map(|old| old.offset)
            .collect();
        for offset in over {
            self.take(offset);
        }
        let Some(page) = self.page_mut(block.offset) else { return };
        let at = page.blocks.partition_point(|other| other.offset < block.offset);
        page.blocks.insert(at, block);
    }

    /// Takes the block that begins here off the list.
    pub fn take(&mut self, offset: u32) -> Option<Block> {
        let page = self.page_mut(offset)?;
        let at = page.blocks.binary_search_by_key(&offset, |block| block.offset).ok()?;
        Some(page.blocks.remove(at))
    }

    /// The live block that begins here, to be changed.
    pub fn block_mut(&mut self, offset: u32) -> Option<&mut Block> {
        let page = self.page_mut(offset)?;
        let at = page.blocks.binary_search_by_key(&offset, |block| block.offset).ok()?;
        page.blocks.get_mut(at).filter(|block| block.live)
    }

    /// No block is live any more, and each byte is what `kind` says, by what it was.
    pub fn forget(&mut self, kind: impl Fn(Byte) -> Byte) {
        for page in self.pages.iter_mut().map(Arc::make_mut) {
            page.blocks.iter_mut().for_each(|block| block.live = false);
            page.kinds.iter_mut().for_each(|byte| *byte = kind(*byte));
        }
    }

    fn page_mut(&mut self, offset: u32) -> Option<&mut Page> {
        self.pages.get_mut((offset / PAGE) as usize).map(Arc::make_mut)
    }
}

fn fresh(length: u32) -> Arc<Page> {
    let mut page = Page::default();
    blank(&mut page, length);
    Arc::new(page)
}

/// Makes a page longer by bytes that nobody had.
fn blank(page: &mut Page, length: u32) {
    page.bytes.resize(length as usize, 0);
    page.kinds.resize(length as usize, Byte::Fresh);
}
