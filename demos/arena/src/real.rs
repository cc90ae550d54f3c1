//! A real heap, and what lives in it.

use std::alloc::Layout;
use std::ops::Range;
use std::sync::Arc;

use arena_heap::{Block, Call, Elements, Heap, Kind, Map, Refused, What};

use crate::action::{Action, Make};
use crate::delta::{Are, Delta, Patch};
use crate::lang::types::{self, TYPES, Type};
use crate::memory::{Byte, Holds, Place};
use crate::snapshot::Lane;
use crate::step::{Wrong, Wrote};

/// What is written where a link of a list leads nowhere.
pub const NOWHERE: u32 = u32::MAX;

/// A link tells the piece in the bits from here on, and the offset in those below.
const PIECE_SHIFT: u32 = 24;

/// An array up to so many bytes is filled with values that can be told apart, a longer one with zeros.
const FILLED: usize = 4096;

/// Of a table up to so many bytes, all control bytes are looked at each time.
const WHOLE: u32 = 4096;

/// So many nodes a list may have: they are freed in one command.
const NODES: usize = 10_000;

/// So many nodes are told when a list is used.
const TOLD: usize = 100;

/// No layout has more bytes, on wasm32.
pub(crate) const LARGEST: u64 = i32::MAX as u64;

/// A heap with the objects of the program's values.
pub(crate) struct Real {
    heap: Heap,
    /// By the number of the value.
    objects: Vec<Option<Object>>,
}

/// What a value has.
enum Object {
    Block(Block),
    Vec { elements: Elements, of: &'static Type, place: Option<Place> },
    Map { map: Map, table: Option<(Place, u32)> },
    List(Vec<Block>),
}

impl Real {
    pub(crate) fn new(kind: Kind, limit: u32) -> Result<Real, Refused> {
        Ok(Real { heap: Heap::new(kind, limit)?, objects: Vec::new() })
    }

    /// The addresses of its memory, in this visit.
    pub(crate) fn addresses(&self) -> Vec<usize> {
        self.heap.addresses()
    }

    /// Carries an action out for a value; gives what happened.
    pub(crate) fn act(&mut self, action: &Action, value: u32, gone: bool) -> Vec<Delta> {
        let index = value as usize;
        match action {
            Action::Wrong(wrong) => vec![Delta::Wrong(wrong.clone())],
            Action::Reset => self.reset(),
            Action::Make(make) => {
                let mut deltas = Vec::new();
                let object = self.make(make, value, &mut deltas);
                self.objects.resize_with(index + 1, || None);
                self.objects[index] = object;
                deltas
            }
            Action::Use if gone => vec![Delta::Wrong(Wrong::UsedAfter)],
            _ => match self.objects.get_mut(index).and_then(Option::take) {
                None => vec![Delta::Wrong(if gone { Wrong::UsedAfter } else { Wrong::HasNone })],
                Some(Object::Block(block)) if *action == Action::Free => self.free(vec![block]),
                Some(Object::List(nodes)) if *action == Action::Free => self.free(nodes),
                Some(object) if *action == Action::Free => {
                    drop(object);
                    self.called(Holds::All)
                }
                Some(mut object) => {
                    let deltas = self.change(action, &mut object);
                    self.objects[index] = Some(object);
                    deltas
                }
            },
        }
    }

    /// Whether every byte that is shown is that of the memory; if not, which one is another.
    pub(crate) fn verify(&self, shown: &Lane) -> Result<(), String> {
        verify(shown, |piece, range| self.heap.read(piece, range))
    }

    fn reset(&mut self) -> Vec<Delta> {
        let reset = self.heap.reset();
        self.objects.clear();
        match reset {
            Ok(()) => vec![Delta::Reset(self.heap.state())],
            Err(_) => vec![Delta::Wrong(Wrong::HasNone)],
        }
    }

    fn free(&mut self, blocks: Vec<Block>) -> Vec<Delta> {
        if blocks.iter().all(|block| block.layout().size() == 0) {
            return vec![Delta::NoMemory];
        }
        blocks.into_iter().for_each(|block| self.heap.free(block));
        self.called(Holds::All)
    }

    /// What the allocator was called for since the last time.
    fn called(&self, holds: Holds) -> Vec<Delta> {
        let calls = self.heap.take_calls().into_iter();
        calls.map(|call| Delta::Called { call, holds }).collect()
    }

    fn make(&mut self, make: &Make, number: u32, deltas: &mut Vec<Delta>) -> Option<Object> {
        match make {
            Make::Value { of, bytes } => {
                let of = &TYPES[*of];
                let content = || match bytes {
                    Some(bytes) => (bytes.to_vec(), Are::Values(of)),
                    None => (sample(of, number), Are::Values(of)),
                };
                self.block(of.size.into(), of.align, Some(&content), deltas)
            }
            Make::Array { of, count } => {
                let of = &TYPES[*of];
                let size = u64::from(of.size) * u64::from(*count);
                let content = || (array(of, *count), Are::Values(of));
                self.block(size, of.align, Some(&content), deltas)
            }
            Make::Text(text) => {
                let content = || (text.as_bytes().to_vec(), Are::All(Byte::Value));
                self.block(text.len() as u64, 1, Some(&content), deltas)
            }
            Make::Bytes { size, align } => self.block((*size).into(), *align, None, deltas),
            Make::Vec { of, capacity } => {
                let of = &TYPES[*of];
                let size = u64::from(of.size) * u64::from(*capacity);
                let element = layout(of.size.into(), of.align);
                let Some(element) = element.filter(|_| size <= LARGEST) else {
                    deltas.push(Delta::TooLarge { size });
                    return None;
                };
                let made = self.heap.vec(element, *capacity as usize)?;
                let holds = Holds::Elements { len: 0, capacity: *capacity };
                deltas.extend(self.called(holds));
                let place = placed(deltas).map(|(place, _)| place);
                none_needed(deltas);
                made.ok().map(|elements| Object::Vec { elements, of, place })
            }
            Make::Map { capacity } => {
                let size = u64::from(*capacity) * 9;
                if size > LARGEST / 4 {
                    deltas.push(Delta::TooLarge { size });
                    return None;
                }
                let made = self.heap.map(*capacity as usize);
                deltas.extend(self.called(Holds::Table { len: 0 }));
                let table = placed(deltas);
                none_needed(deltas);
                let map = made.ok()?;
                deltas.extend(table.map(|table| self.table(table, 0, None, true)));
                Some(Object::Map { map, table })
            }
            Make::List => {
                deltas.push(Delta::NoMemory);
                Some(Object::List(Vec::new()))
            }
        }
    }

    /// A block of this layout with these bytes.
    fn block(
        &mut self,
        size: u64,
        align: u32,
        content: Option<&dyn Fn() -> (Vec<u8>, Are)>,
        deltas: &mut Vec<Delta>,
    ) -> Option<Object> {
        let Some(layout) = layout(size, align) else {
            deltas.push(Delta::TooLarge { size });
            return None;
        };
        let allocated = self.heap.allocate(layout);
        deltas.extend(self.called(Holds::All));
        none_needed(deltas);
        let mut block = allocated.ok()?;
        if let (Some(place), Some(content)) = (block.place().map(place), content) {
            let (bytes, are) = content();
            // The heap is the one that has just handed it out.
            _ = block.write(0, &bytes);
            let patches = vec![Patch { place, bytes, are }];
            deltas.push(Delta::Wrote { what: Wrote::All, holds: None, patches });
        }
        Some(Object::Block(block))
    }

    /// Does what changes a value, or looks at it.
    fn change(&mut self, action: &Action, object: &mut Object) -> Vec<Delta> {
        match (action, object) {
            (Action::Use, Object::Block(block)) => used(block),
            (Action::Use, Object::List(nodes)) => nodes.iter().take(TOLD).flat_map(used).collect(),
            (Action::Use, Object::Vec { elements, of, place }) => match place {
                Some(place) => {
                    vec![Delta::Used { place: *place, size: elements.len() as u32 * of.size }]
                }
                None => vec![Delta::NoMemory],
            },
            (Action::Use, Object::Map { table, .. }) => match *table {
                Some((place, size)) => vec![Delta::Used { place, size }],
                None => vec![Delta::NoMemory],
            },
            (Action::Push(bytes), Object::Vec { elements, of, place }) => {
                self.push(elements, of, place, bytes.as_ref())
            }
            (Action::Push(bytes), Object::List(nodes)) => self.append(nodes, bytes.as_ref()),
            (Action::Insert { key, value }, Object::Map { map, table }) => {
                self.insert(map, table, *key, *value)
            }
            _ => vec![Delta::Wrong(Wrong::NotThere)],
        }
    }

    fn push(
        &mut self,
        elements: &mut Elements,
        of: &'static Type,
        place: &mut Option<Place>,
        bytes: Option<&Arc<[u8]>>,
    ) -> Vec<Delta> {
        let index = elements.len() as u32;
        let bytes = match bytes {
            Some(bytes) => bytes.to_vec(),
            None => sample(of, index + 1),
        };
        let pushed = elements.push(&bytes);
        let (len, capacity) = (elements.len() as u32, elements.capacity() as u32);
        let mut deltas = self.called(Holds::Elements { len: index, capacity });
        *place = placed(&deltas).map(|(place, _)| place).or(*place);
        match *place {
            _ if pushed.is_err() => {}
            Some(start) if of.size > 0 => {
                let holds = Holds::Elements { len, capacity };
                let at = Place { offset: start.offset + index * of.size, ..start };
                let patches = vec![Patch { place: at, bytes, are: Are::Values(of) }];
                let what = Wrote::Part(holds);
                deltas.push(Delta::Wrote { what, holds: Some((start, holds)), patches });
            }
            _ => deltas.push(Delta::NoMemory),
        }
        deltas
    }

    /// One more node of a list. A node is a box of its own, and the link to it is a number of 32 bits.
    fn append(&mut self, nodes: &mut Vec<Block>, bytes: Option<&Arc<[u8]>>) -> Vec<Delta> {
        let node = types::find("Node").expect("it is in the table");
        if nodes.len() >= NODES {
            return vec![Delta::Wrong(Wrong::TooLong)];
        }
        let index = nodes.len() as u32;
        let mut content = match bytes {
            Some(bytes) => bytes.to_vec(),
            None => (index + 1).to_le_bytes().to_vec(),
        };
        content.truncate(4);
        content.extend(NOWHERE.to_le_bytes());
        let layout = layout(node.size.into(), node.align).expect("a node is small");
        let allocated = self.heap.allocate(layout);
        let holds = Holds::Node(index);
        let mut deltas = self.called(holds);
        let Ok(mut block) = allocated else { return deltas };
        let Some(at) = block.place().map(place) else { return deltas };
        // The heap is the one that has just handed it out.
        _ = block.write(0, &content);
        let patches = vec![Patch { place: at, bytes: content, are: Are::Values(node) }];
        deltas.push(Delta::Wrote { what: Wrote::Part(holds), holds: None, patches });
        if let Some(last) = nodes.last_mut()
            && let Some(before) = last.place().map(place)
        {
            let link = (at.piece << PIECE_SHIFT | at.offset).to_le_bytes();
            _ = last.write(4, &link);
            let place = Place { offset: before.offset + 4, ..before };
            let patches = vec![Patch { place, bytes: link.to_vec(), are: Are::All(Byte::Value) }];
            deltas.push(Delta::Wrote { what: Wrote::Link, holds: None, patches });
        }
        nodes.push(block);
        deltas
    }

    fn insert(
        &mut self,
        map: &mut Map,
        table: &mut Option<(Place, u32)>,
        key: u32,
        value: u32,
    ) -> Vec<Delta> {
        let inserted = map.insert(key, value);
        let len = map.len() as u32;
        let mut deltas = self.called(Holds::Table { len });
        let new = placed(&deltas);
        *table = new.or(*table);
        if let (Ok(entry), Some(table)) = (inserted, *table) {
            deltas.push(self.table(table, len, Some(place(entry)), new.is_some()));
        }
        deltas
    }

    /// The table of a map, whose entry at `entry` has just been written; or all of it, if it is new. The
    /// entries lie before the control bytes, one of which for each of them has the highest bit unless the
    /// entry is there (so does hashbrown 0.17).
    fn table(
        &self,
        (place, size): (Place, u32),
        len: u32,
        entry: Option<Place>,
        is_new: bool,
    ) -> Delta {
        const ENTRY: u32 = 8;
        // As many as have room with a control byte each, a power of two.
        let buckets = (size / (ENTRY + 1)).checked_ilog2().map_or(0, |order| 1 << order);
        let control = buckets * ENTRY;
        let mut ranges = Vec::new();
        if is_new || size <= WHOLE {
            ranges.push(control..size);
        }
        if is_new {
            let bytes = self.heap.read(place.piece, place.offset + control..place.offset + size);
            let there = |bucket: &u32| bytes.get(*bucket as usize).is_some_and(|it| it & 0x80 == 0);
            let from = |bucket: u32| control - (bucket + 1) * ENTRY;
            ranges.extend((0..buckets).filter(there).map(|at| from(at)..from(at) + ENTRY));
        }
        if let Some(entry) = entry {
            let from = entry.offset - place.offset;
            let byte = control + (control - from) / ENTRY - 1;
            ranges.extend([byte..byte + 1, control + buckets..size, from..from + ENTRY]);
        }
        let patch = |range: Range<u32>| {
            let at = Place { offset: place.offset + range.start, ..place };
            let bytes = self.heap.read(at.piece, at.offset..place.offset + range.end);
            Patch { place: at, bytes, are: Are::All(Byte::Value) }
        };
        let holds = Holds::Table { len };
        let patches = ranges.into_iter().map(patch).collect();
        Delta::Wrote { what: Wrote::Part(holds), holds: Some((place, holds)), patches }
    }
}

/// Whether every byte that is shown is that of the memory; if not, which one is another.
pub(crate) fn verify(
    shown: &Lane,
    read: impl Fn(u32, Range<u32>) -> Vec<u8>,
) -> Result<(), String> {
    for (number, piece) in (0..).zip(&shown.pieces) {
        let real = read(number, 0..piece.size());
        let bytes = piece.slices(0..piece.size()).flat_map(|(_, bytes, _)| bytes);
        for (offset, (shown, real)) in bytes.zip(&real).enumerate() {
            if shown != real {
                return Err(format!("piece {number}, {offset}: {shown} shown for {real}"));
            }
        }
    }
    Ok(())
}

/// The block that was handed out, or got its size, last.
fn placed(deltas: &[Delta]) -> Option<(Place, u32)> {
    deltas.iter().rev().find_map(|delta| match delta {
        Delta::Called {
            call: Call { what: What::Allocated(taken) | What::Resized { to: taken, .. }, .. },
            ..
        } => Some((Place { piece: taken.piece, offset: taken.offset }, taken.size)),
        _ => None,
    })
}

/// What called no allocator needs no memory.
fn none_needed(deltas: &mut Vec<Delta>) {
    if deltas.is_empty() {
        deltas.push(Delta::NoMemory);
    }
}

fn used(block: &Block) -> Vec<Delta> {
    let size = block.layout().size() as u32;
    match block.place() {
        Some(at) => vec![Delta::Used { place: place(at), size }],
        None => vec![Delta::NoMemory],
    }
}

fn place((piece, offset): (u32, u32)) -> Place {
    Place { piece, offset }
}

/// A layout as wasm32 knows it, on every target.
pub(crate) fn layout(size: u64, align: u32) -> Option<Layout> {
    let rounded = size.checked_next_multiple_of(align.max(1).into())?;
    let size = usize::try_from(size).ok().filter(|_| rounded <= LARGEST)?;
    Layout::from_size_align(size, align as usize).ok()
}

/// A value of a type that can be told from others of it.
pub(crate) fn sample(of: &'static Type, number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    types::sample(of, number, &mut bytes);
    bytes
}

/// The bytes of an array.
pub(crate) fn array(of: &'static Type, count: u32) -> Vec<u8> {
    let size = of.size as usize * count as usize;
    if size > FILLED {
        return vec![0; size];
    }
    (1..=count).flat_map(|number| sample(of, number)).collect()
}
