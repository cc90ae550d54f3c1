//! The loops do what the programs say, whoever allocates.

use std::alloc::{GlobalAlloc, System};

use arena_alloc::{Buddies, Fit, FreeList, Inspect, Memory, Region, SizeClasses};
use machine::Random;

use super::*;
use crate::program::pushes;

/// Notes what it is asked for.
#[derive(Default)]
struct Noted {
    taken: Vec<Layout>,
    /// Sorted, so that each is found.
    live: std::collections::BTreeMap<usize, Layout>,
    most: usize,
    resets: usize,
}

impl Frees for Noted {
    unsafe fn free(&mut self, block: NonNull<u8>, layout: Layout) {
        let known = self.live.remove(&block.addr().get());
        assert_eq!(known, Some(layout), "what is freed is live, and of this layout");
        // SAFETY: it came from there, for this layout, and was live.
        unsafe { System.dealloc(block.as_ptr(), layout) }
    }

    fn reset(&mut self) {
        assert!(self.live.is_empty(), "all were freed before");
        self.resets += 1;
    }
}

impl Gives for Noted {
    fn take(&mut self, layout: Layout) -> Option<NonNull<u8>> {
        // SAFETY: no layout here is of no size.
        let block = NonNull::new(unsafe { System.alloc(layout) })?;
        self.taken.push(layout);
        self.live.insert(block.addr().get(), layout);
        self.most = self.most.max(self.live.len());
        Some(block)
    }
}

impl Holds for Noted {
    fn put(&mut self, value: Value) -> Option<NonNull<u8>> {
        let block = self.take(Layout::new::<Value>())?;
        // SAFETY: the block is for a value, and is ours.
        unsafe { block.cast::<Value>().write(value) };
        Some(block)
    }
}

fn programs() -> [Blocks; 2] {
    let mut random = Random::new(5);
    [Blocks::mixed(&mut random), Blocks::churn(&mut random)]
}

#[test]
fn every_block_is_allocated_as_the_program_says_and_freed_once() {
    let mut live = Vec::new();
    for (program, alive) in programs().iter().zip([BLOCKS, 257]) {
        let mut noted = Noted::default();
        assert_eq!(blocks(&mut noted, program, &mut live), Ok(()));
        let turns = program.turns().iter().map(|turn| &turn.layout);
        assert!(noted.taken.iter().eq(program.fill().iter().chain(turns)));
        assert_eq!((noted.taken.len(), noted.most), (program.operations(), alive));
        assert_eq!(noted.resets, 1);
    }
    let mut noted = Noted::default();
    assert_eq!(values(&mut noted, &mut live), Ok(()));
    assert_eq!((noted.taken.len(), noted.most, noted.resets), (BLOCKS, BLOCKS, 1));
}

#[test]
fn whoever_frees_one_by_one_has_everything_back() {
    fn check<A: Inspect>(allocator: A)
    where
        for<'a> &'a A: Allocator,
    {
        let mut allocator = OneByOne(allocator);
        let mut live = Vec::new();
        for lap in 0..if cfg!(miri) { 1 } else { 3 } {
            for program in programs() {
                assert_eq!(blocks(&mut allocator, &program, &mut live), Ok(()));
                assert_eq!(allocator.0.taken(), 0, "lap {lap}");
            }
            assert_eq!(values(&mut allocator, &mut live), Ok(()));
            assert_eq!(allocator.0.taken(), 0, "lap {lap}");
            vecs(&allocator.0, &pushes(&mut Random::new(9)));
            assert_eq!(allocator.0.taken(), 0, "lap {lap}");
        }
    }
    let region = || Region::new(8).unwrap();
    check(FreeList::new(region(), Fit::First));
    check(FreeList::new(region(), Fit::Best));
    check(Buddies::new(region()));
    check(SizeClasses::new(region()));
}

#[test]
fn arenas_need_no_more_memory_after_some_laps() {
    let mut live = Vec::new();
    let [mixed, churn] = programs();
    let mut arena = Arena::new(Memory::default());
    let mut typed = TypedArena::new(Memory::default());
    let mut reserved = [0; 12];
    for reserved in &mut reserved {
        for program in [&mixed, &churn] {
            assert_eq!(blocks(&mut arena, program, &mut live), Ok(()));
        }
        assert_eq!(values(&mut arena, &mut live), Ok(()));
        assert_eq!(values(&mut typed, &mut live), Ok(()));
        assert!(typed.is_empty());
        *reserved = arena.reserved() + typed.reserved();
    }
    assert_eq!(reserved[10], reserved[11], "{reserved:?}");
}

#[test]
fn a_region_that_is_too_small_is_an_error_and_no_trap() {
    let mut small = OneByOne(FreeList::new(Region::new(1).unwrap(), Fit::First));
    let mut live = Vec::new();
    let large = Blocks::of(vec![Layout::from_size_align(4_096, 8).unwrap(); 20]);
    assert_eq!(blocks(&mut small, &large, &mut live), Err(OutOfMemory));
    assert_eq!(live.len(), 15, "what was alive stays so");
}
