//! Two bump arenas under the same work; and a heap, with the allocator that can be
//! watched around it or without.

use std::collections::BTreeMap;
use std::hint::black_box;

use allocator_api2::alloc::{Allocator, Layout};
use arena_alloc::{Arena, Memory};
use bumpalo::Bump;
// The allocator of the whole program then, though nobody watches it.
#[cfg(feature = "watched")]
use arena_watch as _;

/// Allocations of a round, after which the arena is reset.
pub const ROUND: usize = 10_000;

/// Work, for one arena or the other.
#[derive(Clone, Copy)]
pub enum Work {
    /// Values of three types, which the compiler knows.
    Values,
    /// Sizes and alignments that are known only when they are asked for.
    Layouts,
}

/// An arena, its chunks from the last round, and what it is asked for.
pub struct Contest {
    ours: Arena,
    bumpalo: Bump,
    layouts: Vec<Layout>,
}

impl Contest {
    /// With layouts as programs have them: small ones mostly, and nearly all aligned to 8.
    #[expect(clippy::new_without_default, reason = "it is no small value")]
    pub fn new() -> Contest {
        Contest {
            ours: Arena::new(Memory::default()),
            bumpalo: Bump::new(),
            layouts: layouts(1, ROUND),
        }
    }

    /// A round of ours.
    pub fn ours(&mut self, work: Work) {
        self.ours.reset();
        match work {
            Work::Values => {
                for index in 0..ROUND as u64 / 4 {
                    _ = black_box(self.ours.alloc(index));
                    _ = black_box(self.ours.alloc(index as u8));
                    _ = black_box(self.ours.alloc([index as u32; 3]));
                    _ = black_box(self.ours.alloc(index));
                }
            }
            Work::Layouts => allocate(&&self.ours, &self.layouts),
        }
    }

    /// A round of bumpalo's.
    pub fn bumpalo(&mut self, work: Work) {
        self.bumpalo.reset();
        match work {
            Work::Values => {
                for index in 0..ROUND as u64 / 4 {
                    _ = black_box(self.bumpalo.try_alloc(index));
                    _ = black_box(self.bumpalo.try_alloc(index as u8));
                    _ = black_box(self.bumpalo.try_alloc([index as u32; 3]));
                    _ = black_box(self.bumpalo.try_alloc(index));
                }
            }
            Work::Layouts => allocate(&&self.bumpalo, &self.layouts),
        }
    }
}

/// A round of allocating and freeing as programs do it: texts, a map of them, boxes, a list that grows.
pub fn heap() -> usize {
    let mut map = BTreeMap::new();
    let mut list = Vec::new();
    for index in 0..ROUND as u32 / 10 {
        map.insert(index.wrapping_mul(2_654_435_761), format!("the text of number {index}"));
        list.push(Box::new([index; 5]));
        if index % 3 == 0 {
            map.pop_first();
        }
    }
    map.values().map(String::len).sum::<usize>() + list.len()
}

fn allocate(arena: &impl Allocator, layouts: &[Layout]) {
    for layout in layouts {
        _ = black_box(arena.allocate(*layout));
    }
}

/// Layouts by a generator of random numbers (xorshift64), the same for both.
pub fn layouts(seed: u64, count: usize) -> Vec<Layout> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = |end: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % end
    };
    let mut layouts = Vec::with_capacity(count);
    for _ in 0..count {
        let align = [8, 8, 8, 4, 1, 16][below(6) as usize];
        let size = [below(64), below(64), below(64), below(400)][below(4) as usize] as usize;
        layouts.push(Layout::from_size_align(size.next_multiple_of(align), align).unwrap());
    }
    layouts
}

/// The bytes of all chunks that each arena has got for the same program, of so many allocations: ours
/// and bumpalo's.
pub fn bytes(seed: u64, count: usize) -> [usize; 2] {
    let (ours, bumpalo) = (Arena::new(Memory::default()), Bump::new());
    let layouts = layouts(seed, count);
    allocate(&&ours, &layouts);
    allocate(&&bumpalo, &layouts);
    [ours.reserved(), bumpalo.allocated_bytes()]
}

/// For WebAssembly: makes a contest.
// SAFETY: no other function of the module has this name.
#[unsafe(no_mangle)]
pub extern "C" fn contest() -> *mut Contest {
    Box::into_raw(Box::new(Contest::new()))
}

/// For WebAssembly: a round of allocating and freeing.
// SAFETY: no other function of the module has this name.
#[unsafe(no_mangle)]
pub extern "C" fn heap_round() -> usize {
    heap()
}

/// For WebAssembly: a round of this work (0: values, 1: layouts), by ours or by bumpalo.
///
/// # Safety
///
/// The contest is one that `contest` made.
// SAFETY: no other function of the module has this name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn round(contest: *mut Contest, work: u32, ours: bool) {
    // SAFETY: the caller says so, and nobody else has it.
    let contest = unsafe { &mut *contest };
    let work = if work == 0 { Work::Values } else { Work::Layouts };
    if ours { contest.ours(work) } else { contest.bumpalo(work) }
}
