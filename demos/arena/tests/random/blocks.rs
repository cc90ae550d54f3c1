//! A random program over one allocator, and what must be true of its blocks all the time.

use std::collections::BTreeMap;
use std::ptr::NonNull;

use allocator_api2::alloc::{Allocator, Layout};
use arena::alloc::Inspect;
use machine::Random;

/// A block that is live.
struct Block {
    start: NonNull<u8>,
    layout: Layout,
    /// Every byte of it is this, but for its place in the block.
    content: u8,
}

/// The blocks that are live under an allocator.
pub(crate) struct Blocks<'a, A> {
    allocator: &'a A,
    random: Random,
    blocks: Vec<Block>,
    /// The live bytes: where each block begins, and where it ends.
    places: BTreeMap<usize, usize>,
    seed: u64,
}

impl<'a, A: Inspect> Blocks<'a, A>
where
    &'a A: Allocator,
{
    pub(crate) fn new(allocator: &'a A, seed: u64) -> Self {
        let random = Random::new(seed);
        Blocks { allocator, random, blocks: Vec::new(), places: BTreeMap::new(), seed }
    }

    /// The allocator has no block, so all of its memory can be had.
    pub(crate) fn starts_empty(self) -> Self {
        assert_eq!(self.allocator.taken(), 0, "program {}", self.seed);
        self
    }

    /// Allocates, frees, grows and shrinks; a part of the blocks stays.
    pub(crate) fn run(&mut self, length: usize) {
        for _ in 0..length {
            match self.random.below(20) {
                0..10 => self.allocate(),
                10..16 => self.free(),
                16..18 => self.resize(true),
                _ => self.resize(false),
            }
            let live: usize = self.blocks.iter().map(|block| block.layout.size()).sum();
            assert!(self.allocator.taken() >= live, "program {}: less than is live", self.seed);
        }
        self.blocks.iter().for_each(|block| self.check(block));
    }

    /// Frees every block, in any order.
    pub(crate) fn free_all(mut self) {
        while !self.blocks.is_empty() {
            self.free();
        }
        self.starts_empty();
    }

    fn layout(&mut self) -> Layout {
        let size = match self.random.below(8) {
            0 => self.random.below(4),
            1..6 => self.random.below(200),
            6 => self.random.below(5_000),
            _ => 1 << self.random.below(13),
        };
        let align = match self.random.below(10) {
            0..8 => 1 << self.random.below(5),
            8 => 1 << self.random.below(10),
            _ => 1 << self.random.below(18),
        };
        Layout::from_size_align(size, align).expect("a layout")
    }

    fn allocate(&mut self) {
        let layout = self.layout();
        let Ok(memory) = self.allocator.allocate(layout) else {
            let live = self.places.len();
            return assert!(live > 0, "program {}: no memory for {layout:?}", self.seed);
        };
        assert!(memory.len() >= layout.size(), "program {}: too few bytes", self.seed);
        let content = self.random.below(256) as u8;
        self.take_in(Block { start: memory.cast(), layout, content });
        self.fill(self.blocks.len() - 1, 0);
    }

    /// A new live block, whose place is nobody else's.
    fn take_in(&mut self, block: Block) {
        let Block { start, layout, .. } = block;
        let from = start.addr().get();
        assert!(from.is_multiple_of(layout.align()), "program {}: {layout:?}", self.seed);
        if layout.size() > 0 {
            assert!(self.allocator.owns(start, layout.size()), "program {}: outside", self.seed);
            let to = from + layout.size();
            let before = self.places.range(..to).next_back();
            let apart = before.is_none_or(|(_, end)| *end <= from);
            assert!(apart, "program {}: {from:x}..{to:x} lies in {before:x?}", self.seed);
            self.places.insert(from, to);
        }
        self.blocks.push(block);
    }

    fn take_out(&mut self) -> Option<Block> {
        if self.blocks.is_empty() {
            return None;
        }
        let index = self.random.below(self.blocks.len());
        let block = self.blocks.swap_remove(index);
        self.check(&block);
        if block.layout.size() > 0 {
            self.places.remove(&block.start.addr().get());
        }
        Some(block)
    }

    fn free(&mut self) {
        let Some(block) = self.take_out() else { return };
        // SAFETY: the allocator gave it out with this layout, and it is live.
        unsafe { self.allocator.deallocate(block.start, block.layout) };
    }

    fn resize(&mut self, grow: bool) {
        let Some(mut block) = self.take_out() else { return };
        let other = self.layout();
        let (less, more) = (block.layout.size(), other.size());
        let size = if grow { less.max(more) } else { less.min(more) };
        let new = Layout::from_size_align(size, other.align()).expect("a layout");
        // SAFETY: the allocator gave it out with this layout, it is live, and the new size is as it
        // has to be.
        let memory = unsafe {
            match grow {
                true => self.allocator.grow(block.start, block.layout, new),
                false => self.allocator.shrink(block.start, block.layout, new),
            }
        };
        let kept = less.min(size);
        match memory {
            Ok(memory) => {
                assert!(memory.len() >= size, "program {}: too few bytes", self.seed);
                (block.start, block.layout) = (memory.cast(), new);
                self.take_in(block);
                self.check_first(self.blocks.last().expect("it is there"), kept);
                self.fill(self.blocks.len() - 1, kept);
            }
            // What cannot be changed stays as it was.
            Err(_) => self.take_in(block),
        }
    }

    /// Writes the content of a block from this byte on.
    fn fill(&self, index: usize, from: usize) {
        let Block { start, layout, content } = self.blocks[index];
        for (at, expected) in pieces(content, from, layout.size()) {
            // SAFETY: so many bytes from there on lie in the block, which is live.
            unsafe {
                start
                    .add(at)
                    .copy_from_nonoverlapping(NonNull::from(expected).cast(), expected.len())
            };
        }
    }

    fn check(&self, block: &Block) {
        self.check_first(block, block.layout.size());
    }

    /// The first bytes of a block are still what was written.
    fn check_first(&self, block: &Block, bytes: usize) {
        for (at, expected) in pieces(block.content, 0, bytes) {
            let mut piece = [0; 256];
            // SAFETY: so many bytes from there on lie in the block, which is live.
            unsafe {
                block.start.add(at).copy_to(NonNull::from(&mut piece).cast(), expected.len())
            };
            let same = piece[..expected.len()] == *expected;
            assert!(same, "program {}: from byte {at} of {:?}", self.seed, block.layout);
        }
    }
}

/// Every byte there is, twice.
static BYTES: [u8; 512] = {
    let mut bytes = [0; 512];
    let mut at = 0;
    while at < bytes.len() {
        bytes[at] = at as u8;
        at += 1;
    }
    bytes
};

/// What the bytes of a block are from one place to another, in pieces, each with its place: one
/// more from byte to byte. Pieces, because Miri is slow byte by byte.
fn pieces(content: u8, from: usize, to: usize) -> impl Iterator<Item = (usize, &'static [u8])> {
    (from..to).step_by(256).map(move |at| {
        let first = usize::from(content.wrapping_add(at as u8));
        (at, &BYTES[first..first + (to - at).min(256)])
    })
}
