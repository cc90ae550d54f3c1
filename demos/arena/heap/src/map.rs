//! A real hash map, from numbers to numbers.

use std::hash::{BuildHasher, Hasher};
use std::mem::ManuallyDrop;
use std::ptr::{self, NonNull};

use hashbrown::HashMap;

use crate::Refused;
use crate::logged::Logged;

/// A hash map.
pub struct Map {
    map: ManuallyDrop<HashMap<u32, u32, Mix, Logged>>,
    heap: Logged,
}

impl Map {
    pub(crate) fn new(heap: Logged, capacity: usize) -> Result<Map, Refused> {
        let mut map = HashMap::with_hasher_in(Mix, heap.clone());
        map.try_reserve(capacity).map_err(|_| Refused::NoMemory)?;
        Ok(Map { map: ManuallyDrop::new(map), heap })
    }

    /// Puts an entry in; one of this key is replaced. Gives where it lies: the piece, and the offset in
    /// it. If there is no room, the table grows as that of every map does.
    ///
    /// # Errors
    ///
    /// If it has to grow and there is no memory for it, or if the heap was reset since it was made.
    pub fn insert(&mut self, key: u32, value: u32) -> Result<(u32, u32), Refused> {
        if !self.heap.is_current() {
            return Err(Refused::Stale);
        }
        if !self.map.contains_key(&key) {
            self.map.try_reserve(1).map_err(|_| Refused::NoMemory)?;
        }
        self.map.insert(key, value);
        let entry = self.map.get_key_value(&key).map(|(key, _)| NonNull::from(key).cast());
        entry.and_then(|entry| self.heap.locate(entry)).ok_or(Refused::NoMemory)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        // SAFETY: the map is not used after this. If its memory is somebody else's by now, nothing of it
        // is touched: of the map, only the allocator is dropped.
        unsafe {
            match self.heap.is_current() {
                true => ManuallyDrop::drop(&mut self.map),
                false => drop(ptr::read(self.map.allocator())),
            }
        }
    }
}

/// Spreads keys over all bits by a multiplication (Fibonacci hashing), the same in every visit and on
/// every target. Not for keys that an enemy chooses.
#[derive(Clone, Copy, Default)]
struct Mix;

struct Mixed(u32);

impl BuildHasher for Mix {
    type Hasher = Mixed;

    fn build_hasher(&self) -> Mixed {
        Mixed(0)
    }
}

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32((*byte).into()));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b1);
    }

    /// The map looks at the lowest bits for the place, and at the highest of what a `usize` has for its
    /// control bytes: both halves are the same mixture.
    fn finish(&self) -> u64 {
        let mixed = u64::from(self.0 ^ self.0 >> 15);
        mixed << 32 | mixed
    }
}
