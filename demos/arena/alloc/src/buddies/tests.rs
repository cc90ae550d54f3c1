//! What is particular to a buddy system.

use std::alloc::Layout;

use allocator_api2::alloc::Allocator;
use allocator_api2::vec::Vec as VecIn;

use super::*;

fn buddies(pages: usize) -> Buddies {
    Buddies::new(Region::new(pages).unwrap())
}

fn layout(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align).unwrap()
}

fn take(buddies: &Buddies, size: usize) -> u32 {
    let block = buddies.cut(layout(size, 1)).unwrap();
    check(buddies);
    block
}

fn release(buddies: &Buddies, block: u32) {
    buddies.release(block, buddies.used(block));
    check(buddies);
}

/// Everything that is true of a buddy system all the time.
fn check(buddies: &Buddies) {
    let blocks = buddies.blocks();
    let mut end = 0;
    for Block { offset, size, used } in &blocks {
        assert!(*offset == end && size.is_power_of_two() && offset.is_multiple_of(*size));
        let buddy = blocks.iter().find(|other| other.offset == offset ^ size);
        let joins = buddy.is_some_and(|buddy| buddy.size == *size && !buddy.used);
        assert!(*used || !joins, "the halves at {offset} and {} are both free", offset ^ size);
        end += size;
    }
    assert_eq!(end, buddies.region.size());
    let free = blocks.iter().filter(|block| !block.used);
    assert_eq!(buddies.free.get(), free.clone().map(|block| block.size).sum());
    for order in 0..ORDERS {
        let mut list: Vec<u32> = buddies.links[usize::from(order)].iter(&buddies.region).collect();
        list.sort_unstable();
        let free = free.clone().filter(|block| block.size == size(order));
        assert!(free.map(|block| block.offset).eq(list), "the list of order {order}");
    }
}

/// The orders of the blocks, and which are used.
fn orders(buddies: &Buddies) -> Vec<(u32, bool)> {
    buddies.blocks().iter().map(|block| (block.size.ilog2(), block.used)).collect()
}

#[test]
fn the_buddy_of_an_offset_differs_in_one_bit() {
    assert_eq!([0, 16, 32, 48].map(|block| buddy(block, 4)), [16, 0, 48, 32]);
    assert_eq!([0, 64, 128, 192].map(|block| buddy(block, 6)), [64, 0, 192, 128]);
}

#[test]
fn sizes_are_rounded_up_to_orders() {
    for (size, order) in [(1, 4), (16, 4), (17, 5), (32, 5), (33, 6), (PAGE, 16), (PAGE + 1, 17)] {
        assert_eq!(order_of(size), Ok(order), "{size}");
    }
}

#[test]
fn splits_down_and_merges_all_the_way_up() {
    let buddies = buddies(1);
    let blocks = [take(&buddies, 16), take(&buddies, 16)];
    assert_eq!(blocks, [0, 16]);
    let upper_halves = (5..16).map(|order| (order, false));
    let expected: Vec<_> = [(4, true), (4, true)].into_iter().chain(upper_halves).collect();
    assert_eq!(orders(&buddies), expected);
    release(&buddies, blocks[1]);
    assert_eq!(orders(&buddies)[..3], [(4, true), (4, false), (5, false)]);
    release(&buddies, blocks[0]);
    assert_eq!(orders(&buddies), [(16, false)]);
}

#[test]
fn neighbours_that_are_no_buddies_stay_apart() {
    let buddies = buddies(1);
    let blocks = [0, 1, 2, 3].map(|_| take(&buddies, 16));
    release(&buddies, blocks[1]);
    release(&buddies, blocks[2]);
    assert_eq!(orders(&buddies)[..4], [(4, true), (4, false), (4, false), (4, true)]);
}

#[test]
fn new_pages_are_blocks_and_merge() {
    let buddies = buddies(8);
    take(&buddies, 16);
    assert_eq!(buddies.region.size(), PAGE as u32);
    // Two pages must begin at a multiple of two pages.
    assert_eq!(take(&buddies, 2 * PAGE), 2 * PAGE as u32);
    assert_eq!(orders(&buddies)[12..], [(15, false), (16, false), (17, true)]);
    release(&buddies, 2 * PAGE as u32);
    release(&buddies, 0);
    assert_eq!(orders(&buddies), [(18, false)]);
    // What is free at the end is counted.
    assert_eq!(take(&buddies, 5 * PAGE), 0);
    assert_eq!(buddies.region.size(), 8 * PAGE as u32);
}

#[test]
fn a_limit_that_is_no_power_of_two_can_be_used_up() {
    let buddies = buddies(7);
    let blocks = [4 * PAGE, 2 * PAGE, PAGE].map(|size| take(&buddies, size));
    assert_eq!(blocks, [0, 4 * PAGE as u32, 6 * PAGE as u32]);
    assert!(buddies.cut(layout(1, 1)).is_err());
    blocks.into_iter().for_each(|block| release(&buddies, block));
    assert_eq!(orders(&buddies), [(18, false), (17, false), (16, false)]);
    assert_eq!(buddies.taken(), 0);
}

#[test]
fn alignments_larger_than_the_size_and_than_the_page() {
    let buddies = buddies(8);
    let mut blocks = Vec::new();
    for bits in (0..18).chain((0..18).rev()) {
        let block = buddies.cut(layout(1, 1 << bits)).unwrap();
        check(&buddies);
        let address = buddies.region.at(block).addr().get();
        assert!(address.is_multiple_of(1 << bits), "{address:x} for 2^{bits}");
        blocks.push(block);
    }
    blocks.into_iter().for_each(|block| release(&buddies, block));
    assert_eq!(buddies.taken(), 0);
}

#[test]
fn blocks_of_two_pages_are_aligned_to_them_only_where_the_region_is() {
    // Several at once, so that they begin at odd and at even pages.
    let several = [4, 5, 6, 7, 8, 9, 10].map(buddies);
    for buddies in &several {
        // A free block in which an odd page is followed by another one.
        let four = take(buddies, 4 * PAGE);
        release(buddies, four);
        let address = buddies.region.at(0).addr().get();
        let block = buddies.cut(layout(2 * PAGE, 2 * PAGE));
        assert_eq!(block.is_ok(), address.is_multiple_of(2 * PAGE), "{address:x}");
        check(buddies);
    }
}

#[test]
fn orders_change_in_place_as_far_as_upper_buddies_are_free() {
    let buddies = buddies(1);
    let [low, high] = [take(&buddies, 16), take(&buddies, 16)];
    assert!(!buddies.resize(low, 5), "the buddy is used");
    assert!(!buddies.resize(high, 5), "its beginning would move");
    release(&buddies, high);
    assert!(buddies.resize(low, 12));
    check(&buddies);
    assert_eq!(orders(&buddies)[..2], [(12, true), (12, false)]);
    assert!(buddies.resize(low, 7));
    check(&buddies);
    assert_eq!(orders(&buddies)[..2], [(7, true), (7, false)]);
    assert!(buddies.resize(low, 16) && !buddies.resize(low, 17));
    release(&buddies, low);
}

#[test]
fn a_vector_grows_where_it_lies() {
    let buddies = buddies(1);
    let mut numbers = VecIn::new_in(&buddies);
    numbers.push(0);
    let start = numbers.as_ptr();
    numbers.extend(1..10_000_u32);
    assert_eq!(numbers.as_ptr(), start);
    assert!(numbers.iter().copied().eq(0..10_000));
    numbers.truncate(10);
    numbers.shrink_to_fit();
    assert_eq!(buddies.taken(), 64);
    drop(numbers);
    assert_eq!(buddies.taken(), 0);
}

#[test]
fn exhaustion_is_an_error_and_the_rest_still_works() {
    let buddies = buddies(2);
    let block = take(&buddies, 100);
    assert!(buddies.cut(layout(PAGE + 1, 1)).is_err());
    assert_eq!(buddies.region.size(), PAGE as u32, "nothing was gained by growing");
    take(&buddies, PAGE);
    take(&buddies, PAGE / 2);
    assert!(buddies.cut(layout(PAGE / 2, 1)).is_err());
    release(&buddies, block);
    assert_eq!(take(&buddies, PAGE / 2), 0);
}

#[test]
fn huge_sizes_and_alignments_are_errors() {
    let buddies = buddies(2);
    take(&buddies, 64);
    let largest = isize::MAX as usize;
    for size in [largest, u32::MAX as usize, (1 << 31) + 1, 1 << 31, 1 << 30, 2 * PAGE + 1] {
        // More than half of all addresses are no layout on a 32-bit target.
        if let Ok(layout) = Layout::from_size_align(size, 1) {
            assert!(buddies.cut(layout).is_err(), "{size}");
        }
    }
    for bits in 20..usize::BITS {
        if let Ok(layout) = Layout::from_size_align(1, 1 << bits) {
            // That the region has an address aligned so is possible, but only once.
            let _ = buddies.cut(layout);
            check(&buddies);
        }
    }
    take(&buddies, 64);
}

#[test]
fn nothing_needs_no_memory() {
    let buddies = buddies(1);
    let memory = (&buddies).allocate(layout(0, 4_096)).unwrap();
    assert!(memory.is_empty() && memory.cast::<u8>().addr().get().is_multiple_of(4_096));
    assert_eq!((buddies.region.size(), buddies.taken()), (0, 0));
}
