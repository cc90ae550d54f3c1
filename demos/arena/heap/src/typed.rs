//! A typed arena, for values of which only the layout is known. It drops them, and one hears of each.

use std::alloc::Layout;
use std::cell::RefCell;
use std::ops::Range;

use arena_alloc::{Memory, PAGE, TypedArena};

use crate::Refused;
use crate::element::{Element, Visit, visit};
use crate::logged::{State, Taken, copy};

thread_local! {
    /// The addresses of the values that were dropped.
    static DROPPED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// A typed arena. Its type is that of the first value.
pub struct Typed {
    limit: usize,
    arena: Option<(Layout, Box<dyn Values>)>,
}

impl Typed {
    /// An arena without a value, which may have so many bytes.
    pub fn new(limit: u32) -> Typed {
        Typed { limit: limit as usize, arena: None }
    }

    /// Whether a value of this layout can be put in, if there is memory for it.
    pub fn holds(&self, layout: Layout) -> bool {
        match &self.arena {
            Some((of, _)) => *of == layout,
            None => visit(layout, Known).is_some(),
        }
    }

    /// Puts a value in; `None` if it is of another layout than the first, or of one that no type has.
    pub fn put(&mut self, layout: Layout, bytes: &[u8]) -> Option<Result<Taken, Refused>> {
        if self.arena.is_none() {
            self.arena = Some((layout, visit(layout, Empty(self.limit))?));
        }
        let (of, values) = self.arena.as_ref()?;
        if *of != layout {
            return None;
        }
        Some(values.put(bytes).map(|address| {
            let (piece, offset) = locate(&**values, address).unwrap_or_default();
            let (size, align) = (layout.size() as u32, layout.align() as u32);
            Taken { piece, offset, size, align, held: offset..offset + size, free: None }
        }))
    }

    /// Drops every value and takes everything back; where each lay, in the order in which they were
    /// dropped.
    pub fn reset(&mut self) -> Vec<(u32, u32)> {
        let Some((_, values)) = &mut self.arena else { return Vec::new() };
        let pieces = values.pieces();
        DROPPED.take();
        values.reset();
        DROPPED.take().iter().filter_map(|address| find(&pieces, *address)).collect()
    }

    /// How its memory is now.
    pub fn state(&self) -> State {
        let Some((layout, values)) = &self.arena else { return State::default() };
        let pieces: Vec<u32> = values.pieces().iter().map(|(_, size)| *size as u32).collect();
        let bump = values.handed_out();
        let reserved: u32 = pieces.iter().sum();
        let last = pieces.last().copied().unwrap_or(0);
        let size = layout.size().max(1) as u32;
        let room = (last - bump.unwrap_or(last)) / size * size;
        State { pieces, bump, taken: reserved - room, largest: room }
    }

    /// Some bytes of a piece of its memory, as they are.
    pub fn read(&self, piece: u32, range: Range<u32>) -> Vec<u8> {
        self.arena.as_ref().map_or(Vec::new(), |(_, values)| values.read(piece as usize, range))
    }

    /// The addresses of its pieces, in this visit.
    pub fn addresses(&self) -> Vec<usize> {
        let pieces = self.arena.as_ref().map(|(_, values)| values.pieces());
        pieces.unwrap_or_default().into_iter().map(|(address, _)| address).collect()
    }
}

/// A typed arena of some type.
trait Values {
    /// Puts a value in; gives its address.
    fn put(&self, bytes: &[u8]) -> Result<usize, Refused>;
    fn reset(&mut self);
    /// The addresses and sizes of its pieces.
    fn pieces(&self) -> Vec<(usize, usize)>;
    fn handed_out(&self) -> Option<u32>;
    fn read(&self, piece: usize, range: Range<u32>) -> Vec<u8>;
}

/// A value that says when it is dropped.
struct Told<A, const N: usize>(Element<A, N>);

impl<A, const N: usize> Drop for Told<A, N> {
    fn drop(&mut self) {
        let address = std::ptr::from_ref(&self.0).addr();
        DROPPED.with_borrow_mut(|dropped| dropped.push(address));
    }
}

impl<A, const N: usize> Values for TypedArena<Told<A, N>> {
    fn put(&self, bytes: &[u8]) -> Result<usize, Refused> {
        match self.alloc(Told(Element::new(bytes))) {
            Ok(value) => Ok(std::ptr::from_ref(value).addr()),
            Err(value) => {
                // It was never in the arena.
                std::mem::forget(value);
                Err(Refused::NoMemory)
            }
        }
    }

    fn reset(&mut self) {
        TypedArena::reset(self);
    }

    fn pieces(&self) -> Vec<(usize, usize)> {
        let pieces = TypedArena::pieces(self).into_iter();
        pieces.map(|(start, size)| (start.addr().get(), size)).collect()
    }

    fn handed_out(&self) -> Option<u32> {
        TypedArena::handed_out(self)
    }

    fn read(&self, piece: usize, range: Range<u32>) -> Vec<u8> {
        let pieces = TypedArena::pieces(self);
        let Some(&(start, size)) = pieces.get(piece) else { return Vec::new() };
        // SAFETY: the piece has these bytes, zeros at first, and then values without padding. Nobody
        // has a reference to any of them: `put` gives only addresses.
        unsafe { copy(start, size, range) }
    }
}

struct Known;

impl Visit for Known {
    type Made = ();

    fn of<A: 'static, const N: usize>(self) {}
}

struct Empty(usize);

impl Visit for Empty {
    type Made = Box<dyn Values>;

    fn of<A: 'static, const N: usize>(self) -> Box<dyn Values> {
        let memory = Memory { alignment: PAGE, limit: self.0 };
        Box::new(TypedArena::<Told<A, N>>::new(memory))
    }
}

fn locate(values: &dyn Values, address: usize) -> Option<(u32, u32)> {
    find(&values.pieces(), address)
}

/// In which piece an address lies, and where.
fn find(pieces: &[(usize, usize)], address: usize) -> Option<(u32, u32)> {
    let mut found = (0..).zip(pieces).filter_map(|(index, (start, size))| {
        let offset = address.checked_sub(*start).filter(|offset| offset < size)?;
        Some((index, offset as u32))
    });
    found.next()
}
