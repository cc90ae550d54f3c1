//! Collections in an allocator against the same ones with the global allocator: every operation has the
//! same result, also those that tell the capacity or the order of a hash map.

use std::hash::{BuildHasherDefault, DefaultHasher};
use std::ptr::NonNull;
use std::rc::Rc;

use allocator_api2::alloc::{Allocator, Global};
use allocator_api2::boxed::Box as BoxIn;
use allocator_api2::vec::Vec as VecIn;
use arena::alloc::Inspect;
use hashbrown::HashMap;
use machine::Random;

const LENGTH: usize = if cfg!(miri) { 40 } else { 150 };

/// A hasher without a seed of its own: two maps have their entries in the same order.
type Hasher = BuildHasherDefault<DefaultHasher>;

/// What a collection holds: a buffer in the same allocator, and a handle of which it can be told how
/// many there are. That every value is dropped once shows in their number.
struct Value<A: Allocator> {
    bytes: VecIn<u8, A>,
    handle: Rc<()>,
}

/// A node of a linked list.
struct Node<A: Allocator> {
    value: u64,
    next: Link<A>,
}

type Link<A> = Option<BoxIn<Node<A>, A>>;

/// Some collections, all in one allocator.
struct Collections<A: Allocator + Copy> {
    allocator: A,
    vec: VecIn<Value<A>, A>,
    boxes: VecIn<BoxIn<[u64; 9], A>, A>,
    map: HashMap<u16, Value<A>, Hasher, A>,
    list: Link<A>,
    /// Every value has a clone of it.
    handle: Rc<()>,
}

/// What can be seen of them, after an operation or in the end.
type Seen = Vec<u64>;

/// Runs one random sequence of operations in the allocator, and with the global one.
pub(crate) fn behave_as_with_the_global_one<'a, A: Inspect>(allocator: &'a A, seed: u64)
where
    &'a A: Allocator,
{
    let mut here = (Collections::new(allocator), Random::new(seed));
    let mut there = (Collections::new(Global), Random::new(seed));
    for step in 0..LENGTH {
        let seen = here.0.operate(&mut here.1);
        assert_eq!(seen, there.0.operate(&mut there.1), "sequence {seed}, step {step}");
    }
    assert_eq!(here.0.all(), there.0.all(), "sequence {seed}");
    for (start, size) in here.0.places() {
        assert!(allocator.owns(start, size), "sequence {seed}: {size} bytes at {start:?}");
    }
    let handle = here.0.handle.clone();
    drop(here);
    assert_eq!(Rc::strong_count(&handle), 1, "sequence {seed}");
}

impl<A: Allocator + Copy> Collections<A> {
    fn new(allocator: A) -> Self {
        Collections {
            allocator,
            vec: VecIn::new_in(allocator),
            boxes: VecIn::new_in(allocator),
            map: HashMap::with_hasher_in(Hasher::default(), allocator),
            list: None,
            handle: Rc::default(),
        }
    }

    /// A random operation.
    fn operate(&mut self, random: &mut Random) -> Seen {
        match random.below(4) {
            0 => self.operate_on_vec(random),
            1 => self.operate_on_boxes(random),
            2 => self.operate_on_map(random),
            _ => self.operate_on_list(random),
        }
    }

    fn operate_on_vec(&mut self, random: &mut Random) -> Seen {
        let place = random.below(self.vec.len() + 1);
        match random.below(12) {
            0..5 => {
                let value = self.value(random);
                self.vec.push(value);
            }
            5 => {
                let value = self.value(random);
                self.vec.insert(place, value);
            }
            6 if place < self.vec.len() => return self.vec.remove(place).seen(),
            7 if place < self.vec.len() => self.vec[place].bytes.extend(0..random.below(60) as u8),
            8 => self.vec.truncate(place),
            9 => self.vec.shrink_to_fit(),
            10 => self.vec.reserve(place),
            _ => return self.vec.pop().map_or(Seen::new(), |value| value.seen()),
        }
        vec![self.vec.len() as u64, self.vec.capacity() as u64]
    }

    fn operate_on_boxes(&mut self, random: &mut Random) -> Seen {
        let place = random.below(self.boxes.len());
        match random.below(6) {
            0..3 => self.boxes.push(BoxIn::new_in([random.bits(); 9], self.allocator)),
            3 if place < self.boxes.len() => return self.boxes.swap_remove(place).to_vec(),
            4 if place < self.boxes.len() => self.boxes[place][random.below(9)] = random.bits(),
            _ => return self.boxes.pop().map_or(Seen::new(), |numbers| numbers.to_vec()),
        }
        vec![self.boxes.len() as u64, self.boxes.capacity() as u64]
    }

    fn operate_on_map(&mut self, random: &mut Random) -> Seen {
        let key = random.below(100) as u16;
        match random.below(12) {
            0..6 => {
                let value = self.value(random);
                return self.map.insert(key, value).map_or(Seen::new(), |old| old.seen());
            }
            6..8 => return self.map.remove(&key).map_or(Seen::new(), |old| old.seen()),
            8 => self.map.retain(|other, _| other % 7 != key % 7),
            9 => self.map.shrink_to_fit(),
            10 => self.map.reserve(key.into()),
            _ => return self.map.get(&key).map_or(Seen::new(), Value::seen),
        }
        vec![self.map.len() as u64, self.map.capacity() as u64]
    }

    fn operate_on_list(&mut self, random: &mut Random) -> Seen {
        let place = random.below(8);
        let mut link = &mut self.list;
        for _ in 0..place {
            match link {
                Some(node) => link = &mut node.next,
                None => break,
            }
        }
        match random.below(5) {
            0..3 => {
                let node = Node { value: random.bits(), next: link.take() };
                *link = Some(BoxIn::new_in(node, self.allocator));
            }
            3 => {
                let Some(node) = link.take() else { return Seen::new() };
                let Node { value, next } = BoxIn::into_inner(node);
                *link = next;
                return vec![value];
            }
            _ => {
                let mut rest = link.take();
                while let Some(mut node) = rest {
                    rest = std::mem::replace(&mut node.next, link.take());
                    *link = Some(node);
                }
            }
        }
        self.nodes().map(|node| node.value).collect()
    }

    fn value(&self, random: &mut Random) -> Value<A> {
        let mut bytes = VecIn::new_in(self.allocator);
        bytes.resize(random.below(50), random.below(256) as u8);
        Value { bytes, handle: self.handle.clone() }
    }

    fn nodes(&self) -> impl Iterator<Item = &Node<A>> {
        std::iter::successors(self.list.as_deref(), |node| node.next.as_deref())
    }

    /// Everything that is in them.
    fn all(&self) -> Seen {
        let mut seen = Seen::new();
        self.vec.iter().for_each(|value| seen.extend(value.seen()));
        self.boxes.iter().for_each(|numbers| seen.extend(numbers.iter()));
        for (key, value) in &self.map {
            seen.push((*key).into());
            seen.extend(value.seen());
        }
        seen.extend(self.nodes().map(|node| node.value));
        seen
    }

    /// Where their memory is, and how many bytes each piece has. A hash map does not tell.
    fn places(&self) -> Vec<(NonNull<u8>, usize)> {
        fn place<T>(slice: &[T]) -> (NonNull<u8>, usize) {
            (NonNull::from(slice).cast(), size_of_val(slice))
        }
        let values = self.vec.iter().chain(self.map.values());
        let mut places: Vec<_> = values.map(|value| place(&value.bytes)).collect();
        places.extend([place(&self.vec), place(&self.boxes)]);
        places.extend(self.boxes.iter().map(|numbers| place(numbers.as_slice())));
        places.extend(self.nodes().map(|node| place(std::slice::from_ref(node))));
        // An entry of the map lies in its table.
        places.extend(self.map.values().map(|value| place(std::slice::from_ref(value))));
        places.retain(|(_, size)| *size > 0);
        places
    }
}

impl<A: Allocator> Value<A> {
    /// What can be seen of it, and how many values there are.
    fn seen(&self) -> Seen {
        let bytes = self.bytes.iter().map(|byte| u64::from(*byte));
        let counts = [self.bytes.capacity(), Rc::strong_count(&self.handle)];
        bytes.chain(counts.map(|count| count as u64)).collect()
    }
}
