//! An allocator that can be watched, against a count that knows nothing of its table.

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;

use arena_watch::{Asked, Block, CALLS, CLASSES, Call, SLOTS, Watched, class};
use machine::Random;

/// Not the global allocator: so nothing but what a test does is seen.
fn watched() -> Box<Watched<System>> {
    // Too large for the stack of a test, and all zeros are what `new` gives.
    let layout = Layout::new::<Watched<System>>();
    // SAFETY: an allocator without fields, flags that are not set, a tally and a table of zeros.
    unsafe { Box::from_raw(std::alloc::alloc_zeroed(layout).cast()) }
}

fn layout(size: usize) -> Layout {
    Layout::from_size_align(size, 8).expect("a layout")
}

/// What must be counted, found by other means: a list of all live blocks.
#[derive(Default)]
struct Count {
    /// By address: the size, and whether it was allocated while it was watched.
    live: BTreeMap<usize, (usize, bool)>,
    allocated: u64,
    allocated_bytes: u64,
    freed: u64,
    unknown: u64,
    unknown_bytes: u64,
    peak: u64,
}

impl Count {
    fn known_bytes(&self) -> u64 {
        self.live.values().filter(|(_, known)| *known).map(|(size, _)| *size as u64).sum()
    }

    fn add(&mut self, block: *mut u8, size: usize, seen: bool) {
        self.live.insert(block.addr(), (size, seen));
        if seen {
            self.allocated += 1;
            self.allocated_bytes += size as u64;
            self.peak = self.peak.max(self.known_bytes());
        }
    }

    fn remove(&mut self, block: *mut u8, seen: bool) {
        let (size, known) = self.live.remove(&block.addr()).expect("it is live");
        if seen && known {
            self.freed += 1;
        } else if seen {
            self.unknown += 1;
            self.unknown_bytes += size as u64;
        }
    }
}

#[test]
fn the_tally_is_what_an_independent_count_gives() {
    const OPERATIONS: usize = if cfg!(miri) { 400 } else { 10_000 };
    let allocator = watched();
    let mut random = Random::new(3);
    let mut count = Count::default();
    let mut blocks: Vec<(*mut u8, usize)> = Vec::new();
    for operation in 0..OPERATIONS {
        // The first ones are older than the watching.
        if operation == OPERATIONS / 10 {
            allocator.watch();
        }
        let seen = allocator.is_watched();
        let size = 1 + random.below(300);
        // SAFETY: sizes are not 0; a block that is freed or resized is live, and has this layout.
        unsafe {
            match (random.below(10), blocks.len()) {
                (0..4, 1..) => {
                    let (block, size) = blocks.swap_remove(random.below(blocks.len()));
                    allocator.dealloc(block, layout(size));
                    count.remove(block, seen);
                }
                (4, 1..) => {
                    let index = random.below(blocks.len());
                    let (block, before) = blocks[index];
                    let moved = allocator.realloc(block, layout(before), size);
                    count.remove(block, seen);
                    count.add(moved, size, seen);
                    blocks[index] = (moved, size);
                }
                (5, _) => {
                    let block = allocator.alloc_zeroed(layout(size));
                    count.add(block, size, seen);
                    blocks.push((block, size));
                }
                _ => {
                    let block = allocator.alloc(layout(size));
                    count.add(block, size, seen);
                    blocks.push((block, size));
                }
            }
        }
        if seen {
            let tally = allocator.tally();
            assert_eq!((tally.allocated, tally.freed), (count.allocated, count.freed));
            assert_eq!(tally.allocated_bytes, count.allocated_bytes);
            assert_eq!((tally.unknown, tally.unknown_bytes), (count.unknown, count.unknown_bytes));
            assert_eq!((tally.live_bytes(), tally.peak_bytes), (count.known_bytes(), count.peak));
            assert_eq!(tally.lost, 0);
        }
    }
    let many = OPERATIONS as u64 / 1_000;
    assert!(count.unknown > many && count.freed > 10 * many, "{} {}", count.unknown, count.freed);

    let mut room = vec![Block::default(); SLOTS];
    let known = allocator.blocks(&mut room);
    let mut known: Vec<_> = room[..known].iter().map(|block| (block.address, block.size)).collect();
    known.sort_unstable();
    let expected = count.live.iter().filter(|(_, (_, known))| *known);
    assert!(known.iter().copied().eq(expected.map(|(address, (size, _))| (*address, *size))));
    assert_eq!(
        allocator.tally().classes.iter().map(|it| u64::from(*it)).sum::<u64>(),
        count.allocated
    );
    // SAFETY: each is live.
    blocks.iter().for_each(|(block, size)| unsafe { allocator.dealloc(*block, layout(*size)) });
}

#[test]
fn what_finds_no_place_is_told() {
    let allocator = watched();
    allocator.watch();
    let count = if cfg!(miri) { 10 } else { SLOTS };
    // SAFETY: the size is not 0.
    let blocks: Vec<_> = (0..count).map(|_| unsafe { allocator.alloc(layout(8)) }).collect();
    let tally = allocator.tally();
    assert_eq!(tally.allocated, count as u64);
    assert_eq!(tally.lost, (count as u64).saturating_sub(SLOTS as u64 / 4 * 3));
    assert_eq!(tally.live() + tally.lost, count as u64);
    let few = &mut [Block::default(); 3];
    assert_eq!(allocator.blocks(few) as u64, tally.live(), "so many there are");
    assert!(few.iter().all(|block| block.size == 8));
    // SAFETY: each is live.
    blocks.into_iter().for_each(|block| unsafe { allocator.dealloc(block, layout(8)) });
    let tally = allocator.tally();
    assert_eq!((tally.live(), tally.live_bytes()), (0, 0));
    assert_eq!(tally.unknown, tally.lost, "what was lost is not known when it is freed");
}

#[test]
fn it_sees_nothing_unless_it_is_watched() {
    let allocator = watched();
    // SAFETY: the size is not 0, and the block is live.
    unsafe { allocator.dealloc(allocator.alloc(layout(8)), layout(8)) };
    assert_eq!((allocator.tally().allocated, allocator.tally().unknown), (0, 0));
    allocator.watch();
    // SAFETY: the size is not 0, and the block is live.
    unsafe { allocator.dealloc(allocator.alloc(layout(24)), layout(24)) };
    allocator.stop();
    // SAFETY: the size is not 0, and the block is live.
    unsafe { allocator.dealloc(allocator.alloc(layout(8)), layout(8)) };
    let tally = allocator.tally();
    assert_eq!((tally.allocated, tally.freed, tally.peak_bytes), (1, 1, 24));
    assert_eq!(tally.classes[class(24)], 1);
}

#[test]
fn what_is_done_aside_is_not_counted_and_known_blocks_are_followed() {
    const OPERATIONS: usize = if cfg!(miri) { 300 } else { 10_000 };
    let allocator = watched();
    allocator.watch();
    let mut random = Random::new(7);
    // By address: the layout's size, and whether the block must be known.
    let mut blocks: Vec<(*mut u8, usize, bool)> = Vec::new();
    let (mut allocated, mut unknown) = (0, 0);
    for _ in 0..OPERATIONS {
        let (aside, size, kind) = (random.below(2) == 0, 1 + random.below(200), random.below(10));
        let chosen = random.below(blocks.len().max(1));
        let mut act = || {
            // SAFETY: sizes are not 0; a block that is freed or resized is live, and has this layout.
            unsafe {
                match (kind, blocks.len()) {
                    (0..4, 1..) => {
                        let (block, size, known) = blocks.swap_remove(chosen);
                        allocator.dealloc(block, layout(size));
                        unknown += u64::from(!known && !aside);
                    }
                    (4..6, 1..) => {
                        let (block, before, known) = blocks[chosen];
                        let moved = allocator.realloc(block, layout(before), size);
                        blocks[chosen] = (moved, size, known || !aside);
                        allocated += u64::from(known || !aside);
                        unknown += u64::from(!known && !aside);
                    }
                    _ => {
                        blocks.push((allocator.alloc(layout(size)), size, !aside));
                        allocated += u64::from(!aside);
                    }
                }
            }
        };
        if aside {
            allocator.aside(act)
        } else {
            act()
        }
        let tally = allocator.tally();
        assert_eq!((tally.allocated, tally.unknown), (allocated, unknown));
        let known = blocks.iter().filter(|(_, _, known)| *known);
        assert_eq!(tally.live(), known.clone().count() as u64);
        assert_eq!(tally.live_bytes(), known.map(|(_, size, _)| *size as u64).sum::<u64>());
    }
    let mut room = vec![Block::default(); SLOTS];
    let count = allocator.blocks(&mut room);
    for block in &room[..count] {
        let there = blocks
            .iter()
            .any(|(at, size, known)| *known && at.addr() == block.address && *size == block.size);
        assert!(there && block.align == 8 && block.order > 0, "{block:?}");
    }
    // SAFETY: each is live.
    blocks.iter().for_each(|(block, size, _)| unsafe { allocator.dealloc(*block, layout(*size)) });
}

#[test]
fn aside_may_be_within_aside() {
    let allocator = watched();
    allocator.watch();
    allocator.aside(|| {
        allocator.aside(|| ());
        // SAFETY: the size is not 0, and the block is live.
        unsafe { allocator.dealloc(allocator.alloc(layout(8)), layout(8)) };
    });
    assert_eq!((allocator.tally().allocated, allocator.tally().unknown), (0, 0));
}

#[test]
fn the_calls_of_an_action_are_told_one_by_one() {
    let allocator = watched();
    allocator.watch();
    // SAFETY: sizes are not 0, and the blocks are live.
    let (old, new) = unsafe {
        let old = allocator.alloc(layout(16));
        allocator.begin_calls();
        allocator.aside(|| allocator.dealloc(allocator.alloc(layout(8)), layout(8)));
        let new = allocator.realloc(old, layout(16), 64);
        allocator.dealloc(new, layout(64));
        (old, new)
    };
    let mut room = [Call::default(); CALLS];
    assert_eq!(allocator.calls(&mut room), 2);
    let resized = Call {
        asked: Asked::Resize,
        address: new.addr(),
        size: 64,
        align: 8,
        old_address: old.addr(),
        old_size: 16,
    };
    let freed = Call { asked: Asked::Free, old_address: 0, old_size: 0, ..resized };
    assert_eq!(room[..2], [resized, freed]);

    allocator.begin_calls();
    for _ in 0..CALLS {
        // SAFETY: the size is not 0, and the block is live.
        unsafe { allocator.dealloc(allocator.alloc(layout(8)), layout(8)) };
    }
    assert_eq!(allocator.calls(&mut room), 2 * CALLS, "more than the list holds");
    assert_eq!(allocator.calls(&mut room[..1]), 2 * CALLS);
}

#[test]
fn a_class_is_a_power_of_two() {
    assert_eq!(
        [0, 1, 2, 3, 4, 255, 256, usize::MAX].map(class),
        [0, 1, 2, 2, 3, 8, 9, CLASSES - 1]
    );
}

#[test]
fn many_may_allocate_at_once() {
    let allocator = watched();
    allocator.watch();
    let each = if cfg!(miri) { 20 } else { 2_000 };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for size in 1..=each {
                    // SAFETY: the size is not 0, and the block is live.
                    unsafe { allocator.dealloc(allocator.alloc(layout(size)), layout(size)) };
                }
            });
        }
    });
    let tally = allocator.tally();
    assert_eq!((tally.allocated, tally.freed), (4 * each as u64, 4 * each as u64));
    assert_eq!((tally.live_bytes(), tally.unknown), (0, 0));
}
