//! A real `Vec`, of elements of which only the layout is known.

use std::alloc::Layout;
use std::mem::ManuallyDrop;

use allocator_api2::vec::Vec as VecIn;

use crate::Refused;
use crate::element::{Element, Visit, visit};
use crate::logged::Logged;

/// A `Vec` whose elements are bytes, as many and as aligned as those of a type.
pub struct Elements {
    list: ManuallyDrop<Box<dyn List>>,
    heap: Logged,
}

impl Elements {
    pub(crate) fn new(
        heap: Logged,
        element: Layout,
        capacity: usize,
    ) -> Option<Result<Elements, Refused>> {
        let mut list = list(&heap, element)?;
        let reserved = match capacity {
            0 => Ok(()),
            _ => list.reserve(capacity),
        };
        Some(reserved.map(|()| Elements { list: ManuallyDrop::new(list), heap }))
    }

    /// Puts an element behind the others. If there is no room, the `Vec` grows as every `Vec` does.
    ///
    /// # Errors
    ///
    /// If it has to grow and there is no memory for it, or if the heap was reset since it was made.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        match self.heap.is_current() {
            true => self.list.push(bytes),
            false => Err(Refused::Stale),
        }
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// For how many there is room.
    pub fn capacity(&self) -> usize {
        self.list.capacity()
    }
}

impl Drop for Elements {
    fn drop(&mut self) {
        // SAFETY: it is not used after this.
        let list = unsafe { ManuallyDrop::take(&mut self.list) };
        match self.heap.is_current() {
            true => drop(list),
            false => list.abandon(),
        }
    }
}

/// A `Vec` of some type.
trait List {
    /// Drops it without a look at its elements, whose memory is somebody else's by now.
    fn abandon(self: Box<Self>);
    fn push(&mut self, bytes: &[u8]) -> Result<(), Refused>;
    fn reserve(&mut self, capacity: usize) -> Result<(), Refused>;
    fn len(&self) -> usize;
    fn capacity(&self) -> usize;
}

impl<A, const N: usize> List for VecIn<Element<A, N>, Logged> {
    fn abandon(self: Box<Self>) {
        _ = self.into_raw_parts_with_alloc();
    }

    fn push(&mut self, from: &[u8]) -> Result<(), Refused> {
        self.try_reserve(1).map_err(|_| Refused::NoMemory)?;
        VecIn::push(self, Element::new(from));
        Ok(())
    }

    fn reserve(&mut self, capacity: usize) -> Result<(), Refused> {
        self.try_reserve_exact(capacity).map_err(|_| Refused::NoMemory)
    }

    fn len(&self) -> usize {
        VecIn::len(self)
    }

    fn capacity(&self) -> usize {
        VecIn::capacity(self)
    }
}

fn list(heap: &Logged, element: Layout) -> Option<Box<dyn List>> {
    struct Empty<'a>(&'a Logged);

    impl Visit for Empty<'_> {
        type Made = Box<dyn List>;

        fn of<A: 'static, const N: usize>(self) -> Box<dyn List> {
            Box::new(VecIn::<Element<A, N>, Logged>::new_in(self.0.clone()))
        }
    }
    visit(element, Empty(heap))
}
