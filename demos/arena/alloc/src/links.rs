//! A list of free blocks that needs no memory of its own: the links are in the blocks.

use std::cell::Cell;
use std::iter;

use crate::region::Region;

/// What is written where a link leads nowhere: no offset, for all of them are multiples of 4.
const NOWHERE: u32 = u32::MAX;

/// A doubly linked list of places in a region. Each place is the offset of eight bytes that belong
/// to nobody else while it is in the list: of the next one, and of the previous one.
#[derive(Debug, Default)]
pub(crate) struct Links {
    first: Cell<Option<u32>>,
}

impl Links {
    /// The places, from the first one on.
    pub(crate) fn iter<'a>(&self, region: &'a Region) -> impl Iterator<Item = u32> + use<'a> {
        iter::successors(self.first.get(), |place| read(region, *place))
    }

    /// Puts a place behind another one, or before all.
    pub(crate) fn insert(&self, region: &Region, previous: Option<u32>, place: u32) {
        let next = match previous {
            Some(previous) => read(region, previous),
            None => self.first.get(),
        };
        self.join(region, previous, Some(place));
        self.join(region, Some(place), next);
    }

    /// Takes a place out; gives the one before it.
    pub(crate) fn remove(&self, region: &Region, place: u32) -> Option<u32> {
        let (next, previous) = (read(region, place), read(region, place + 4));
        self.join(region, previous, next);
        previous
    }

    /// Makes two places neighbours. Before the first one and behind the last one there is none.
    fn join(&self, region: &Region, previous: Option<u32>, next: Option<u32>) {
        match previous {
            Some(previous) => write(region, previous, next),
            None => self.first.set(next),
        }
        if let Some(next) = next {
            write(region, next + 4, previous);
        }
    }
}

fn read(region: &Region, offset: u32) -> Option<u32> {
    Some(region.number(offset)).filter(|link| *link != NOWHERE)
}

fn write(region: &Region, offset: u32, link: Option<u32>) {
    region.set_number(offset, link.unwrap_or(NOWHERE));
}
