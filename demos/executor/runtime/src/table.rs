//! A small ordered map.

use std::ops::Index;

/// A map in the order of its keys, as a sorted list. Every map of the engine has a few entries; so
/// it is as quick as a tree, and a tenth of the code, which everybody who opens the page loads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Table<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Table { entries: Vec::new() }
    }
}

impl<K: Ord, V> Table<K, V> {
    pub(crate) fn new() -> Self {
        Table::default()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        let at = self.find(key).ok()?;
        Some(&self.entries[at].1)
    }

    /// The value under `key`, which is put there first if there is none.
    pub(crate) fn get_or_insert(&mut self, key: K, value: V) -> &mut V {
        let at = self.find(&key);
        let at = at.unwrap_or_else(|at| {
            self.entries.insert(at, (key, value));
            at
        });
        &mut self.entries[at].1
    }

    /// Puts a value under a key; gives back the one that was there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.entries[at].1, value)),
            Err(at) => {
                self.entries.insert(at, (key, value));
                None
            }
        }
    }

    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let at = self.find(key).ok()?;
        Some(self.entries.remove(at).1)
    }

    pub(crate) fn pop_first(&mut self) -> Option<(K, V)> {
        (!self.entries.is_empty()).then(|| self.entries.remove(0))
    }

    /// Takes over all that is in `other`.
    pub(crate) fn append(&mut self, other: &mut Self) {
        for (key, value) in std::mem::take(&mut other.entries) {
            self.insert(key, value);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    fn find(&self, key: &K) -> Result<usize, usize> {
        self.entries.binary_search_by(|(other, _)| other.cmp(key))
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Table<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut table = Table::new();
        for (key, value) in entries {
            table.insert(key, value);
        }
        table
    }
}

impl<K: Ord, V> Index<&K> for Table<K, V> {
    type Output = V;

    fn index(&self, key: &K) -> &V {
        self.get(key).expect("the key is in the table")
    }
}

impl<K, V> IntoIterator for Table<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// Puts `item` into a list that is in the order of `key`, behind those with an equal one.
pub(crate) fn insert_in_order<T, K: Ord>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> K) {
    let at = list.partition_point(|other| key(other) <= key(&item));
    list.insert(at, item);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_table_is_what_a_tree_is() {
        let mut random = machine::Random::new(5);
        let (mut table, mut tree) = (Table::new(), BTreeMap::new());
        for value in 0..2_000 {
            let key = random.below(20);
            match random.below(4) {
                0 => assert_eq!(table.remove(&key), tree.remove(&key)),
                1 => {
                    assert_eq!(*table.get_or_insert(key, value), *tree.entry(key).or_insert(value))
                }
                _ => assert_eq!(table.insert(key, value), tree.insert(key, value)),
            }
            assert_eq!(table.get(&key), tree.get(&key));
            assert_eq!(table.len(), tree.len());
            assert!(table.iter().eq(tree.iter()));
        }
        assert_eq!(table.pop_first(), tree.pop_first());
        assert!(table.into_iter().eq(tree));
    }

    #[test]
    fn equals_stay_in_the_order_in_which_they_came() {
        let mut list = Vec::new();
        for item in [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')] {
            insert_in_order(&mut list, item, |(key, _)| *key);
        }
        assert_eq!(list, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
