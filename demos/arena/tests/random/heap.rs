//! Random programs on every kind of heap: what is in it stays as it was written, what the log says is
//! what is there, and after a reset nothing of before does anything.

use std::alloc::Layout;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use arena_heap::{Block, Call, Elements, Heap, Kind, Map, Refused, Taken, What};
use machine::Random;

const KINDS: [Kind; 5] =
    [Kind::Arena, Kind::FirstFit, Kind::BestFit, Kind::Buddies, Kind::SizeClasses];

const PROGRAMS: u64 = if cfg!(miri) { 1 } else { 2_000 };

const OPERATIONS: usize = if cfg!(miri) { 40 } else { 120 };

/// What the log says is live: by piece and offset.
#[derive(Default)]
struct Live {
    blocks: BTreeMap<(u32, u32), Taken>,
}

impl Live {
    fn follow(&mut self, calls: Vec<Call>) {
        for call in calls {
            match call.what {
                What::Allocated(taken) => self.come(taken),
                What::Freed(taken) => self.go(&taken),
                What::Resized { from, to, .. } => {
                    self.go(&from);
                    self.come(to);
                }
                What::Refused { .. } => {}
            }
            let reserved: u32 = call.state.pieces.iter().sum();
            assert!(call.state.taken <= reserved && call.state.largest <= reserved);
        }
    }

    fn come(&mut self, taken: Taken) {
        let Taken { piece, offset, size, align, ref held, .. } = taken;
        assert!(offset.is_multiple_of(align));
        assert!(held.start <= offset && offset + size <= held.end);
        let others = self.blocks.values().filter(|other| other.piece == piece);
        for other in others {
            assert!(held.end <= other.held.start || other.held.end <= held.start, "{taken:?}");
        }
        assert!(self.blocks.insert((piece, offset), taken).is_none());
    }

    fn go(&mut self, taken: &Taken) {
        let gone = self.blocks.remove(&(taken.piece, taken.offset)).expect("it was live");
        assert_eq!((gone.size, gone.align), (taken.size, taken.align));
        if let Some(free) = &taken.free {
            let held: &Range<u32> = &gone.held;
            assert!(free.start <= held.start && held.end <= free.end.max(held.end));
        }
    }
}

/// What lives in the heap, with what must be in it.
#[derive(Default)]
struct Objects {
    blocks: Vec<(Block, Vec<u8>)>,
    lists: Vec<(Elements, usize, Vec<u8>)>,
    maps: Vec<(Map, HashMap<u32, u32>)>,
}

fn layout(random: &mut Random) -> Layout {
    let align = 1 << random.below(8);
    Layout::from_size_align(random.below(300), align).unwrap()
}

fn check(heap: &Heap, objects: &Objects) {
    for (block, content) in &objects.blocks {
        if let Some((piece, offset)) = block.place() {
            let size = block.layout().size() as u32;
            assert_eq!(heap.read(piece, offset..offset + size)[..content.len()], content[..]);
        }
    }
}

fn run(kind: Kind, seed: u64) {
    let mut random = Random::new(seed);
    let mut heap = Heap::new(kind, 64 << 10).unwrap();
    let (mut objects, mut live) = (Objects::default(), Live::default());
    for _ in 0..OPERATIONS {
        match random.below(20) {
            0..6 => {
                let layout = layout(&mut random);
                if let Ok(mut block) = heap.allocate(layout) {
                    let content: Vec<u8> =
                        (0..layout.size()).map(|_| random.bits() as u8).collect();
                    block.write(0, &content).unwrap();
                    objects.blocks.push((block, content));
                }
            }
            6..9 if !objects.blocks.is_empty() => {
                let at = random.below(objects.blocks.len());
                heap.free(objects.blocks.swap_remove(at).0);
            }
            9 => {
                let sizes = [(1, 1), (4, 4), (12, 4), (24, 8), (64, 64), (0, 1)];
                let &(size, align) = random.pick(&sizes).unwrap();
                let layout = Layout::from_size_align(size, align).unwrap();
                let list = heap.vec(layout, random.below(4)).expect("it is known");
                objects.lists.extend(list.ok().map(|list| (list, size, Vec::new())));
            }
            10..14 => {
                let count = objects.lists.len();
                let Some((list, size, content)) = objects.lists.get_mut(random.below(count)) else {
                    continue;
                };
                let bytes: Vec<u8> = (0..*size).map(|_| random.bits() as u8).collect();
                if list.push(&bytes).is_ok() {
                    content.extend(bytes);
                }
                assert!(list.capacity() >= list.len());
            }
            14 => objects.maps.extend(heap.map(random.below(10)).ok().map(|m| (m, HashMap::new()))),
            15..18 => {
                let count = objects.maps.len();
                let Some((map, model)) = objects.maps.get_mut(random.below(count)) else {
                    continue;
                };
                let (key, value) = (random.below(40) as u32, random.bits() as u32);
                if let Ok((piece, offset)) = map.insert(key, value) {
                    model.insert(key, value);
                    let mut entry = key.to_le_bytes().to_vec();
                    entry.extend(value.to_le_bytes());
                    assert_eq!(heap.read(piece, offset..offset + 8), entry);
                }
                assert_eq!(map.len(), model.len());
            }
            18 if random.below(4) == 0 => {
                let mut old = std::mem::take(&mut objects);
                heap.reset().unwrap();
                live = Live::default();
                stale(&mut heap, &mut old);
            }
            _ => {
                objects.lists.truncate(2);
                objects.maps.truncate(2);
            }
        }
        live.follow(heap.take_calls());
        check(&heap, &objects);
    }
    drop(objects.lists);
    drop(objects.maps);
    objects.blocks.into_iter().for_each(|(block, _)| heap.free(block));
    live.follow(heap.take_calls());
    assert!(live.blocks.is_empty());
    if kind != Kind::Arena {
        assert_eq!(heap.state().taken, 0);
    }
}

/// What was there before a reset is refused, and frees nothing.
fn stale(heap: &mut Heap, old: &mut Objects) {
    for (block, _) in &mut old.blocks {
        assert_eq!(block.write(0, &[1]), Err(Refused::Stale));
        assert_eq!(block.place(), None);
    }
    for (list, ..) in &mut old.lists {
        assert_eq!(list.push(&[1]), Err(Refused::Stale));
    }
    for (map, _) in &mut old.maps {
        assert_eq!(map.insert(1, 1), Err(Refused::Stale));
    }
    let old = std::mem::take(old);
    old.blocks.into_iter().for_each(|(block, _)| heap.free(block));
    drop((old.lists, old.maps));
    assert!(heap.take_calls().is_empty());
}

#[test]
fn what_is_in_a_heap_stays_as_it_was_written() {
    for kind in KINDS {
        (0..PROGRAMS).for_each(|seed| run(kind, seed));
    }
}

#[test]
fn a_heap_may_be_gone_before_what_was_in_it() {
    for kind in KINDS {
        let heap = Heap::new(kind, 4_096).unwrap();
        let mut list = heap.vec(Layout::new::<u32>(), 2).unwrap().unwrap();
        let mut map = heap.map(3).unwrap();
        drop(heap);
        assert_eq!(list.push(&7_u32.to_le_bytes()), Ok(()));
        assert!(map.insert(1, 2).is_ok());
        assert_eq!((list.len(), map.len()), (1, 1));
    }
}

#[test]
fn too_much_is_refused() {
    for kind in KINDS {
        let heap = Heap::new(kind, 100).unwrap();
        let huge = Layout::from_size_align(1 << 20, 8).unwrap();
        assert!(matches!(heap.allocate(huge), Err(Refused::NoMemory)));
        let calls = heap.take_calls();
        assert!(matches!(
            calls[..],
            [Call { what: What::Refused { size: 1_048_576, align: 8 }, .. }]
        ));
        assert!(heap.vec(Layout::new::<u32>(), 1 << 20).unwrap().is_err());
        assert!(heap.map(1 << 20).is_err());
        assert!(heap.vec(Layout::from_size_align(3, 1).unwrap(), 0).is_none(), "no such type");
    }
}
