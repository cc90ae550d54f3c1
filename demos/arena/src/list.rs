//! A list that grows at its end, of which a copy shares what is old.

use std::sync::Arc;

/// So many items are in a piece of the list.
const PIECE: usize = 256;

/// A list of which a copy costs an `Arc` for each 256 items, so that a snapshot can hold the whole
/// past.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct List<T> {
    /// All but the last are full.
    pieces: Vec<Arc<Vec<T>>>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List { pieces: Vec::new() }
    }
}

impl<T> List<T> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        let last = self.pieces.last().map_or(PIECE, |last| last.len());
        self.pieces.len() * PIECE + last - PIECE
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// One item.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.pieces.get(index / PIECE)?.get(index % PIECE)
    }

    /// The last one.
    pub fn last(&self) -> Option<&T> {
        self.pieces.last()?.last()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.pieces.iter().flat_map(|piece| piece.iter())
    }
}

impl<T: Clone> List<T> {
    /// Puts an item behind the others.
    pub fn push(&mut self, item: T) {
        match self.pieces.last_mut() {
            Some(last) if last.len() < PIECE => Arc::make_mut(last).push(item),
            _ => self.pieces.push(Arc::new(vec![item])),
        }
    }

    /// One item, to be changed.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        Arc::make_mut(self.pieces.get_mut(index / PIECE)?).get_mut(index % PIECE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stays_as_it_was() {
        let mut list = List::default();
        assert_eq!((list.len(), list.last()), (0, None));
        let mut copies = Vec::new();
        for item in 0..1_000 {
            copies.push(list.clone());
            list.push(item);
            assert_eq!(list.last(), Some(&item));
        }
        *list.get_mut(300).unwrap() = 7;
        assert_eq!((list.get(300), list.get(1_000)), (Some(&7), None));
        for (len, copy) in copies.iter().enumerate() {
            assert_eq!((copy.len(), copy.is_empty()), (len, len == 0));
            assert!(copy.iter().copied().eq(0..len));
        }
    }
}
