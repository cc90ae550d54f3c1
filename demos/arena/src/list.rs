//! A list that grows at its end, of which a copy shares what is old.

use std::sync::Arc;

/// So many items are in a piece of the list, and so many pieces in a branch.
const MANY: usize = 64;

/// A list of which a copy costs an `Arc` for each 4,096 items, so that a snapshot can hold the whole
/// past.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct List<T> {
    len: usize,
    /// All but the last branch are full, and all but the last piece.
    branches: Vec<Arc<Branch<T>>>,
}

/// Pieces of a list.
type Branch<T> = Vec<Arc<Vec<T>>>;

impl<T> Default for List<T> {
    fn default() -> Self {
        List { len: 0, branches: Vec::new() }
    }
}

impl<T> List<T> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// One item.
    pub fn get(&self, index: usize) -> Option<&T> {
        let branch = self.branches.get(index / MANY / MANY)?;
        branch.get(index / MANY % MANY)?.get(index % MANY)
    }

    /// The last one.
    pub fn last(&self) -> Option<&T> {
        self.get(self.len.checked_sub(1)?)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.branches.iter().flat_map(|branch| branch.iter()).flat_map(|piece| piece.iter())
    }
}

impl<T: Clone> List<T> {
    /// Puts an item behind the others.
    pub fn push(&mut self, item: T) {
        if self.len.is_multiple_of(MANY * MANY) {
            self.branches.push(Arc::default());
        }
        if let Some(branch) = self.branches.last_mut().map(Arc::make_mut) {
            match branch.last_mut() {
                Some(piece) if piece.len() < MANY => Arc::make_mut(piece).push(item),
                _ => branch.push(Arc::new(vec![item])),
            }
            self.len += 1;
        }
    }

    /// One item, to be changed.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let branch = Arc::make_mut(self.branches.get_mut(index / MANY / MANY)?);
        let piece = Arc::make_mut(branch.get_mut(index / MANY % MANY)?);
        piece.get_mut(index % MANY)
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
        for item in 0..9_000 {
            copies.push(list.clone());
            list.push(item);
            assert_eq!(list.last(), Some(&item));
        }
        *list.get_mut(5_000).unwrap() = 7;
        assert_eq!((list.get(5_000), list.get(9_000)), (Some(&7), None));
        for (len, copy) in copies.iter().enumerate().step_by(63) {
            assert_eq!((copy.len(), copy.is_empty()), (len, len == 0));
            assert!(copy.iter().copied().eq(0..len));
        }
    }
}
