//! What is particular to size classes. That blocks never overlap, keep their content and come back, the
//! random programs of the crate `arena` show.

use allocator_api2::alloc::Allocator;
use allocator_api2::boxed::Box;
use allocator_api2::vec::Vec as VecIn;

use super::*;

type Bytes<'a> = VecIn<u8, &'a SizeClasses>;

fn size_classes(pages: usize) -> SizeClasses {
    SizeClasses::new(Region::new(pages).expect("a region"))
}

fn layout(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align).expect("a layout")
}

/// A block of so many bytes, with nothing in it.
fn room(allocator: &SizeClasses, size: usize) -> Option<Bytes<'_>> {
    let mut bytes = VecIn::new_in(allocator);
    bytes.try_reserve_exact(size).ok()?;
    Some(bytes)
}

/// A block of so many bytes, all of them this one.
fn block(allocator: &SizeClasses, size: usize, byte: u8) -> Option<Bytes<'_>> {
    let mut bytes = room(allocator, size)?;
    bytes.resize(size, byte);
    Some(bytes)
}

/// Where a block lies.
fn offset(bytes: &Bytes) -> u32 {
    let start = NonNull::new(bytes.as_ptr().cast_mut()).expect("a place");
    bytes.allocator().region.offset(start)
}

/// What the slabs that serve somebody do, with the live slots of each.
fn serving(allocator: &SizeClasses) -> Vec<(u32, u32)> {
    let slabs = allocator.slabs().into_iter();
    slabs
        .filter_map(|slab| match slab.serves {
            Serves::Nobody => None,
            Serves::Class { slot, live, .. } => Some((slot, live)),
            Serves::Run => Some((slab.size, 1)),
        })
        .collect()
}

#[test]
fn a_block_loses_no_more_than_is_said() {
    for align in (0..12).map(|power| 1 << power) {
        for size in (align..=3 * SLAB).step_by(if cfg!(miri) { align.max(512) } else { align }) {
            let class = class_of(layout(size, align));
            let whole =
                class.map_or(size.next_multiple_of(SLAB), |class| SLOT_SIZES[class] as usize);
            let said = match size {
                ..=1280 => (whole / 5).max(8),
                1281..=2048 => whole * 3 / 8,
                _ => whole / 2,
            };
            let lost = whole - size;
            assert!(lost < said, "{size} bytes aligned to {align} lose {lost} of {whole}");
            assert!(class.is_none_or(|class| whole.is_multiple_of(align) && class < 26));
        }
    }
}

#[test]
fn the_classes_are_in_order_and_every_one_has_several_slots_in_a_slab() {
    assert!(SLOT_SIZES.is_sorted_by(|one, next| one < next));
    for (class, slot) in SLOT_SIZES.into_iter().enumerate() {
        let mut cut = Cut::new(class);
        assert!(slot.is_multiple_of(8) && SLAB / slot as usize >= 2);
        assert_eq!((SLAB - cut.tail()) % slot as usize, 0);
        cut.live = (SLAB / slot as usize) as u16;
        assert!(cut.is_full());
    }
}

#[test]
fn an_entry_of_the_table_is_small() {
    assert!(size_of::<Entry>() <= 24);
}

#[test]
fn a_slab_that_became_empty_serves_another_class() {
    let allocator = size_classes(1);
    let small: Vec<_> = (0..64).map(|byte| block(&allocator, 64, byte).expect("a slot")).collect();
    assert_eq!(serving(&allocator), [(64, 64)]);
    let place = offset(&small[0]);
    drop(small);
    assert_eq!((serving(&allocator), allocator.taken()), (vec![], 0));
    let other = block(&allocator, 500, 1).expect("a slot");
    assert_eq!((offset(&other), serving(&allocator)), (place, vec![(512, 1)]));
}

#[test]
fn the_slot_freed_last_is_taken_first() {
    let allocator = size_classes(1);
    let mut blocks: Vec<_> = (0..4).map(|_| block(&allocator, 30, 7)).collect();
    let places: Vec<u32> = blocks.iter().flatten().map(offset).collect();
    assert_eq!(places, [0, 32, 64, 96]);
    blocks[2] = None;
    blocks[1] = None;
    let free = |free| Serves::Class { slot: 32, live: 2, free, fresh: 128 };
    assert_eq!(allocator.slabs()[0].serves, free(Some(32)));
    assert_eq!((allocator.region.number(32), allocator.region.number(64)), (64, NONE));
    let again: Vec<_> = (0..3).map(|_| block(&allocator, 25, 8)).collect();
    assert_eq!(again.iter().flatten().map(offset).collect::<Vec<_>>(), [32, 64, 128]);
    assert!(blocks.iter().flatten().all(|bytes| bytes.iter().all(|byte| *byte == 7)));
}

#[test]
fn slabs_fill_up_and_empty_in_any_order() {
    let allocator = size_classes(2);
    let mut blocks: Vec<_> = (0..9).map(|byte| block(&allocator, 1200, byte)).collect();
    assert_eq!(serving(&allocator), [(1280, 3), (1280, 3), (1280, 3)]);
    // All three get room, in this order; then the one in the middle of the list becomes empty.
    [0, 3, 6, 4, 5].into_iter().for_each(|index| blocks[index] = None);
    assert_eq!(serving(&allocator), [(1280, 2), (1280, 2)]);
    blocks.extend((9..12).map(|byte| block(&allocator, 1200, byte)));
    assert_eq!(serving(&allocator), [(1280, 3), (1280, 1), (1280, 3)]);
    for (index, bytes) in blocks.iter().enumerate() {
        assert!(bytes.iter().flatten().all(|byte| usize::from(*byte) == index));
    }
    assert_eq!(allocator.taken(), 7 * 1280 + 3 * 256);
    drop(blocks);
    assert_eq!((serving(&allocator), allocator.taken()), (vec![], 0));
}

#[test]
fn a_run_takes_the_first_slabs_that_are_enough() {
    let allocator = size_classes(1);
    let mut runs: Vec<_> =
        [3, 1, 2, 1, 1].iter().map(|slabs| block(&allocator, slabs * SLAB, 1)).collect();
    (runs[0], runs[2]) = (None, None);
    let two = block(&allocator, SLAB + 1, 2).expect("a run");
    let slot = block(&allocator, 8, 3).expect("a slot");
    let three = block(&allocator, 2 * SLAB + 1, 4).expect("a run");
    let pages = |bytes| offset(bytes) as usize / SLAB;
    assert_eq!([pages(&two), pages(&slot), pages(&three)], [0, 2, 8]);
    let sizes: Vec<u32> = allocator.slabs().iter().map(|slab| slab.size / 4096).collect();
    assert_eq!(sizes, [2, 1, 1, 1, 1, 1, 1, 3, 1, 1, 1, 1, 1]);
}

#[test]
fn a_run_may_begin_right_behind_another() {
    let allocator = size_classes(1);
    let sizes = [SLAB, 2 * SLAB, 3 * SLAB, SLAB];
    let mut runs = sizes.map(|size| block(&allocator, size, 1));
    (runs[0], runs[2]) = (None, None);
    let run = block(&allocator, 3 * SLAB, 2).expect("a run");
    assert_eq!(offset(&run) as usize, 3 * SLAB);
}

#[test]
fn a_run_grows_into_the_slabs_behind_it_and_shrinks_by_giving_them_back() {
    let allocator = size_classes(2);
    let mut run = block(&allocator, 3 * SLAB, 1).expect("a run");
    run.try_reserve_exact(13 * SLAB).expect("the page's other slabs");
    assert_eq!((offset(&run), serving(&allocator)), (0, vec![(65_536, 1)]));
    run.try_reserve_exact(14 * SLAB).expect("a slab of another page");
    assert_eq!((offset(&run), allocator.taken()), (0, 17 * SLAB));
    run.shrink_to_fit();
    assert_eq!((offset(&run), allocator.taken()), (0, 3 * SLAB));
    let behind = block(&allocator, SLAB, 2).expect("a slab");
    run.try_reserve_exact(SLAB).expect("slabs elsewhere");
    assert_eq!((offset(&behind), offset(&run)), (3 * 4096, 4 * 4096));
    run.truncate(100);
    run.shrink_to_fit();
    assert_eq!(serving(&allocator), [(112, 1), (4096, 1)]);
    assert!(run.iter().all(|byte| *byte == 1) && behind.iter().all(|byte| *byte == 2));
}

#[test]
fn what_stays_in_its_class_stays_where_it_is() {
    let allocator = size_classes(1);
    let mut bytes = block(&allocator, 97, 1).expect("a slot");
    let place = offset(&bytes);
    bytes.try_reserve_exact(15).expect("it is there");
    assert_eq!((bytes.capacity(), offset(&bytes)), (112, place));
    bytes.truncate(97);
    bytes.shrink_to_fit();
    assert_eq!((bytes.capacity(), offset(&bytes)), (97, place));
    bytes.try_reserve_exact(16).expect("a slot of the next class");
    assert_eq!((serving(&allocator), bytes.as_slice()), (vec![(128, 1)], [1; 97].as_slice()));
}

#[test]
fn to_shrink_never_fails() {
    let allocator = size_classes(1);
    let mut run = block(&allocator, 12 * SLAB, 1).expect("a run");
    let mut slot = block(&allocator, 2000, 2).expect("a slot");
    let others: Vec<_> = (0..3).map(|_| block(&allocator, SLAB, 3).expect("a run")).collect();
    slot.truncate(10);
    slot.shrink_to_fit();
    assert_eq!(serving(&allocator)[1], (2048, 1), "there is no slab for a smaller slot");
    run.truncate(10);
    run.shrink_to_fit();
    assert_eq!(serving(&allocator)[0], (4096, 1), "a slab is the least that a run can be");
    assert_eq!((run.as_slice(), slot.as_slice()), ([1; 10].as_slice(), [2; 10].as_slice()));
    drop((run, slot, others));
    assert_eq!(allocator.taken(), 0);
}

#[test]
fn every_alignment() {
    let allocator = size_classes(16);
    for power in 0..=19 {
        for size in [1, 8, 100, 3000, 70_000] {
            let block = (&allocator).allocate(layout(size, 1 << power)).expect("a block");
            let start = block.cast::<u8>();
            assert!(start.addr().get().is_multiple_of(1 << power), "{size} at {start:?}");
            assert!(allocator.owns(start, size));
            allocator.put_back(allocator.region.offset(start));
            assert_eq!(allocator.taken(), 0);
        }
    }
}

#[test]
fn a_size_of_zero_needs_no_memory() {
    let allocator = size_classes(1);
    let nothing = Box::new_in([0_u64; 0], &allocator);
    let block = (&allocator).allocate(layout(0, 1 << 20)).expect("nothing");
    assert_eq!((block.len(), block.addr().get() % (1 << 20)), (0, 0));
    let mut bytes = block_that_vanishes(&allocator);
    assert_eq!((allocator.taken(), allocator.slabs().len()), (0, 16));
    bytes.push(1);
    assert_eq!((serving(&allocator), nothing.len()), (vec![(8, 1)], 0));
}

/// A block that was shrunk to nothing.
fn block_that_vanishes(allocator: &SizeClasses) -> Bytes<'_> {
    let mut bytes = block(allocator, 5, 1).expect("a slot");
    bytes.clear();
    bytes.shrink_to_fit();
    bytes
}

#[test]
fn what_is_too_much_is_refused_and_the_rest_works() {
    let allocator = size_classes(2);
    let most = isize::MAX as usize;
    let refused = [
        (most, 1),
        (most - SLAB, SLAB),
        (2 * PAGE + 1, 1),
        (1, 1 << (usize::BITS - 2)),
        (most / 2 + 1, most / 2 + 1),
    ];
    for (size, align) in refused {
        assert!((&allocator).allocate(layout(size, align)).is_err(), "{size} aligned to {align}");
    }
    let whole = room(&allocator, 2 * PAGE).expect("all there is");
    assert_eq!(allocator.taken(), 2 * PAGE);
    assert!(room(&allocator, 1).is_none());
    drop(whole);
    let mut slots = Vec::new();
    while let Some(slot) = room(&allocator, 1024) {
        slots.push(slot);
    }
    assert_eq!((slots.len(), allocator.taken()), (128, 2 * PAGE));
    assert!(slots[0].try_reserve_exact(1025).is_err() && slots[0].capacity() == 1024);
    slots.truncate(64);
    assert!(room(&allocator, PAGE).is_some());
}
