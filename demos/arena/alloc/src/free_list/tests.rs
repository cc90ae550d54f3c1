//! What is particular to a free list with boundary tags.

use std::alloc::Layout;

use allocator_api2::alloc::Allocator;
use allocator_api2::vec::Vec as VecIn;

use super::*;
use crate::region::PAGE;

fn list(pages: usize, fit: Fit) -> FreeList {
    FreeList::new(Region::new(pages).unwrap(), fit)
}

fn layout(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align).unwrap()
}

/// A block of this size, its header included.
fn take(list: &FreeList, size: usize) -> u32 {
    let block = list.cut(layout(size - HEADER as usize, 8)).unwrap();
    assert_eq!(list.size(block), size as u32);
    check(list);
    block
}

fn release(list: &FreeList, block: u32) {
    list.release(block);
    check(list);
}

/// Everything that is true of a free list all the time.
fn check(list: &FreeList) {
    let blocks = list.blocks();
    let mut before = None::<&Block>;
    for block in &blocks {
        assert_eq!(block.offset, before.map_or(0, |before| before.offset + before.size));
        assert_eq!(list.size_before(block.offset), before.map_or(0, |before| before.size));
        assert!(block.used || before.is_none_or(|before| before.used), "two free neighbours");
        before = Some(block);
    }
    assert_eq!(before.map_or(0, |last| last.offset + last.size), list.region.size());
    let free: Vec<Block> = blocks.into_iter().filter(|block| !block.used).collect();
    assert!(list.free_blocks().eq(free.iter().map(|block| block.offset)), "not the free blocks");
    assert_eq!(list.free.get(), free.iter().map(|block| block.size).sum());
}

/// Which blocks are used, and how large they are.
fn sizes(list: &FreeList) -> Vec<(u32, bool)> {
    list.blocks().iter().map(|block| (block.size, block.used)).collect()
}

#[test]
fn first_and_best_fit_choose_different_blocks() {
    for (fit, expected) in [(Fit::First, 0), (Fit::Best, 1)] {
        let list = list(1, fit);
        let holes = [200, 64, 104, 64].map(|size| {
            let hole = take(&list, size);
            take(&list, 16);
            hole
        });
        holes.iter().for_each(|hole| release(&list, *hole));
        // The fourth hole fits as well as the second one, and is not taken.
        assert_eq!(take(&list, 48), holes[expected]);
    }
}

#[test]
fn a_block_is_split_when_the_rest_is_one() {
    let list = list(1, Fit::First);
    let hole = take(&list, 64);
    take(&list, 16);
    release(&list, hole);
    let all = list.region.size();
    assert_eq!(take(&list, 48), hole);
    assert_eq!(sizes(&list)[..3], [(48, true), (16, false), (16, true)]);
    release(&list, hole);
    // Eight bytes are no block: they stay with this one.
    assert_eq!(list.cut(layout(56 - 8, 8)).unwrap(), hole);
    assert_eq!(sizes(&list), [(64, true), (16, true), (all - 80, false)]);
    assert_eq!(list.taken(), 80);
}

#[test]
fn freed_blocks_coalesce_with_both_neighbours() {
    // Which neighbours are free already, and what it looks like then.
    let cases: [(&[usize], &[u32]); 4] =
        [(&[], &[32]), (&[0], &[32 + 24]), (&[2], &[32 + 40]), (&[0, 2], &[24 + 32 + 40])];
    for (free, expected) in cases {
        let list = list(1, Fit::First);
        take(&list, 16);
        let blocks = [24, 32, 40].map(|size| take(&list, size));
        take(&list, 16);
        free.iter().for_each(|index| release(&list, blocks[*index]));
        release(&list, blocks[1]);
        let holes: Vec<u32> = list.free_blocks().map(|block| list.size(block)).collect();
        assert_eq!(holes[..holes.len() - 1], *expected, "{free:?}");
    }
}

#[test]
fn the_list_is_in_the_order_of_addresses() {
    let list = list(1, Fit::Best);
    let blocks: Vec<u32> = (0..16).map(|_| take(&list, 32)).collect();
    // Every second block, from the middle to both ends; `check` compares the list with the region.
    for index in [8, 6, 10, 4, 12, 2, 14, 0] {
        release(&list, blocks[index]);
    }
    for index in [7, 1, 15, 9, 3, 13, 5, 11] {
        release(&list, blocks[index]);
    }
    assert_eq!(sizes(&list), [(list.region.size(), false)]);
}

#[test]
fn new_pages_join_the_last_block_if_it_is_free() {
    let list = list(4, Fit::First);
    take(&list, PAGE - 1_000);
    // 1,000 bytes at the end are free, so one page more is enough.
    take(&list, PAGE + 1_000);
    assert_eq!(list.region.size(), 2 * PAGE as u32);
    // Nothing is free, so this page becomes a block of its own.
    take(&list, 16);
    assert_eq!(sizes(&list)[2..], [(16, true), (PAGE as u32 - 16, false)]);
}

#[test]
fn alignments_larger_than_the_size_and_than_the_page() {
    let list = list(8, Fit::First);
    let mut blocks = Vec::new();
    for bits in (0..18).chain((0..18).rev()) {
        let block = list.cut(layout(1, 1 << bits)).unwrap();
        check(&list);
        let address = list.region.at(block + HEADER).addr().get();
        assert!(address.is_multiple_of(1 << bits), "{address:x} for 2^{bits}");
        blocks.push(block);
    }
    blocks.into_iter().for_each(|block| release(&list, block));
    assert_eq!(list.taken(), 0);
}

#[test]
fn grows_into_a_free_neighbour_and_gives_the_tail_back() {
    let list = list(1, Fit::First);
    let [block, next, last] = [32, 64, 16].map(|size| take(&list, size));
    assert!(!list.resize(block, 40), "the next block is used");
    release(&list, next);
    assert!(list.resize(block, 48));
    check(&list);
    assert_eq!(sizes(&list)[..3], [(48, true), (48, false), (16, true)]);
    assert!(!list.resize(block, 104), "the next block is too small");
    assert!(list.resize(block, 88), "what is left would be too small for a block");
    check(&list);
    assert_eq!(sizes(&list)[..2], [(96, true), (16, true)]);
    assert!(list.resize(block, 80) && list.resize(block, 24));
    check(&list);
    assert_eq!(sizes(&list)[..3], [(24, true), (72, false), (16, true)]);
    [block, last].into_iter().for_each(|block| release(&list, block));
    assert_eq!(list.taken(), 0);
}

#[test]
fn a_vector_grows_where_it_lies() {
    let list = list(2, Fit::First);
    let mut numbers = VecIn::new_in(&list);
    numbers.push(0);
    let start = numbers.as_ptr();
    numbers.extend(1..10_000_u32);
    assert_eq!(numbers.as_ptr(), start);
    assert!(numbers.iter().copied().eq(0..10_000));
    numbers.truncate(10);
    numbers.shrink_to_fit();
    assert_eq!(list.taken(), 40 + 8);
    drop(numbers);
    assert_eq!(list.taken(), 0);
}

#[test]
fn exhaustion_is_an_error_and_the_rest_still_works() {
    let list = list(2, Fit::Best);
    let block = take(&list, PAGE);
    assert!(list.cut(layout(PAGE - 7, 1)).is_err());
    assert_eq!(list.region.size(), PAGE as u32, "nothing was gained by growing");
    take(&list, PAGE);
    assert!(list.cut(layout(1, 1)).is_err());
    release(&list, block);
    assert_eq!(take(&list, 16), block);
}

#[test]
fn huge_sizes_and_alignments_are_errors() {
    let list = list(2, Fit::First);
    take(&list, 64);
    let largest = isize::MAX as usize;
    for size in [largest, largest - 7, u32::MAX as usize, u32::MAX as usize - 8, 1 << 31, 2 * PAGE]
    {
        // 2^31 bytes with a smaller alignment are no layout on a 32-bit target.
        if let Ok(layout) = Layout::from_size_align(size, 1) {
            assert!(list.cut(layout).is_err(), "{size}");
        }
    }
    for bits in 20..usize::BITS {
        if let Ok(layout) = Layout::from_size_align(1, 1 << bits) {
            // That the region has an address aligned so is possible, but only once.
            let _ = list.cut(layout);
            check(&list);
        }
    }
    take(&list, 64);
}

#[test]
fn nothing_needs_no_memory() {
    let list = list(1, Fit::First);
    let memory = (&list).allocate(layout(0, 4_096)).unwrap();
    assert!(memory.is_empty() && memory.cast::<u8>().addr().get().is_multiple_of(4_096));
    assert_eq!((list.region.size(), list.taken()), (0, 0));
}
