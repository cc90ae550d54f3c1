//! Random programs under every allocator: what is handed out is aligned, inside the allocator's
//! memory and nobody else's, keeps its content until it is freed, and comes back in the end; and
//! collections in it are like others. And what is seen of an allocator that is watched is so.

mod blocks;
mod collections;
mod heap;
// Nothing of it is unsafe.
#[cfg(not(miri))]
mod naive;
mod race;
mod tracer;
mod watch;

use allocator_api2::alloc::{Allocator, Layout};
use arena::alloc::{
    Arena, Block, Buddies, Fit, FreeList, Inspect, Memory, PAGE, Region, SizeClasses,
};

use blocks::Blocks;
use collections::behave_as_with_the_global_one;

/// How many programs each allocator runs; Miri interprets, so it is given few, and short ones.
const PROGRAMS: u64 = if cfg!(miri) { 200 } else { 10_000 };
const LENGTH: usize = if cfg!(miri) { 12 } else { 120 };

/// How many sequences of operations the collections in each allocator go through.
const SEQUENCES: u64 = if cfg!(miri) { 8 } else { 2_000 };

/// What an allocator may have at most in these programs.
const LIMIT: usize = 16 * PAGE;

/// What a region may have if it is to be used up now and then: just enough for any one block.
const SMALL: usize = 4 * PAGE;

#[test]
fn an_arena_gives_everything_back_at_once() {
    for seed in 0..PROGRAMS {
        let alignment = [16, 1, PAGE][seed as usize % 3];
        let mut arena = Arena::new(Memory { alignment, limit: LIMIT });
        Blocks::new(&arena, seed).run(LENGTH);
        arena.reset();
        Blocks::new(&arena, seed + 1).starts_empty().run(LENGTH / 4);
    }
}

#[test]
fn a_free_list_with_first_fit_gives_everything_back() {
    gives_everything_back(first_fit, |it| used(&it.blocks()), 8);
}

#[test]
fn a_free_list_with_best_fit_gives_everything_back() {
    gives_everything_back(best_fit, |it| used(&it.blocks()), 8);
}

#[test]
fn buddies_give_everything_back() {
    gives_everything_back(Buddies::new, |it| used(&it.blocks()), 0);
}

#[test]
fn size_classes_give_everything_back() {
    gives_everything_back(SizeClasses::new, SizeClasses::taken, 0);
}

#[test]
fn collections_in_an_arena() {
    for seed in 0..SEQUENCES {
        let mut arena = Arena::new(Memory::default());
        behave_as_with_the_global_one(&arena, seed);
        arena.reset();
        behave_as_with_the_global_one(&arena, seed + 1);
    }
}

#[test]
fn collections_in_free_lists() {
    hold_collections(first_fit);
    hold_collections(best_fit);
}

#[test]
fn collections_in_buddies() {
    hold_collections(Buddies::new);
}

#[test]
fn collections_in_size_classes() {
    hold_collections(SizeClasses::new);
}

fn first_fit(region: Region) -> FreeList {
    FreeList::new(region, Fit::First)
}

fn best_fit(region: Region) -> FreeList {
    FreeList::new(region, Fit::Best)
}

fn region(bytes: usize) -> Region {
    Region::new(bytes / PAGE).expect("a region")
}

/// Random programs under an allocator that frees block by block, in regions so small that some are
/// used up. What its own list of blocks says is taken is taken, all the time; and in the end all of
/// the region is one block again, but for a header.
fn gives_everything_back<A: Inspect>(
    new: impl Fn(Region) -> A,
    taken: impl Fn(&A) -> usize,
    header: usize,
) where
    for<'a> &'a A: Allocator,
{
    for seed in 0..PROGRAMS {
        let limit = if seed % 2 == 0 { SMALL } else { LIMIT };
        let allocator = new(region(limit));
        let mut program = Blocks::new(&allocator, seed);
        program.run(LENGTH);
        assert_eq!(taken(&allocator), allocator.taken(), "program {seed}");
        program.free_all();
        let all = Layout::from_size_align(limit - header, 8).expect("a layout");
        assert!((&allocator).allocate(all).is_ok(), "program {seed}");
    }
}

/// How many bytes of these blocks, between which is no gap, are used.
fn used(blocks: &[Block]) -> usize {
    let end = blocks.iter().fold(0, |end, block| {
        assert_eq!(block.offset, end);
        end + block.size
    });
    assert!((end as usize).is_multiple_of(PAGE), "{end}");
    blocks.iter().filter(|block| block.used).map(|block| block.size as usize).sum()
}

fn hold_collections<A: Inspect>(new: impl Fn(Region) -> A)
where
    for<'a> &'a A: Allocator,
{
    for seed in 0..SEQUENCES {
        let allocator = new(region(LIMIT));
        behave_as_with_the_global_one(&allocator, seed);
        Blocks::new(&allocator, seed).starts_empty();
    }
}
