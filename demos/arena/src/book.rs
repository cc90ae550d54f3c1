//! The book's arena as a lane: what it would do, and what is written where it may.

use crate::action::{Action, Make};
use crate::delta::{Are, Delta, Patch};
use crate::lang::types::TYPES;
use crate::memory::{Byte, Place};
use crate::naive::{Borrow, Naive, Reference, Unusable};
use crate::real::{LARGEST, array, layout, sample};
use crate::step::{How, Wrong, Wrote};

/// The arena, and the references that it has given.
pub(crate) struct Book {
    naive: Naive,
    /// By the number of the value.
    given: Vec<Option<Given>>,
}

#[derive(Clone, Copy)]
struct Given {
    reference: Reference,
    offset: u32,
    size: u32,
    align: u32,
}

impl Book {
    pub(crate) fn new(borrow: Borrow, capacity: u32) -> Book {
        // The buffer begins at a multiple of 64 KiB, so that an offset says how an address is aligned.
        Book { naive: Naive::new(borrow, 0, capacity), given: Vec::new() }
    }

    /// Carries an action out for a value; gives what happened.
    pub(crate) fn act(&mut self, action: &Action, value: u32) -> Vec<Delta> {
        match action {
            Action::Wrong(wrong) => vec![Delta::Wrong(wrong.clone())],
            Action::Make(make) => self.make(make, value),
            Action::Reset => {
                self.naive.reset();
                vec![Delta::Rewound]
            }
            Action::Free => vec![Delta::Wrong(Wrong::CannotFree)],
            Action::Push(_) | Action::Insert { .. } => vec![Delta::Wrong(Wrong::NotAnAllocator)],
            Action::Use => match self.given.get(value as usize).copied().flatten() {
                None => vec![Delta::Wrong(Wrong::HasNone)],
                Some(given) => self.look(given),
            },
        }
    }

    fn look(&self, Given { reference, offset, size, align }: Given) -> Vec<Delta> {
        vec![match self.naive.use_reference(reference) {
            Ok(()) => Delta::Used { place: Place { piece: 0, offset }, size },
            Err(Unusable::Ended) => Delta::Wrong(Wrong::BorrowEnded),
            Err(Unusable::Fault(fault)) => {
                Delta::Naive { offset, size, align, faults: vec![fault] }
            }
        }]
    }

    fn make(&mut self, make: &Make, value: u32) -> Vec<Delta> {
        self.given.resize(value as usize + 1, None);
        let (size, align) = match make {
            Make::Value { of, .. } => (TYPES[*of].size.into(), TYPES[*of].align),
            Make::Array { of, count } => {
                (u64::from(TYPES[*of].size) * u64::from(*count), TYPES[*of].align)
            }
            Make::Text(text) => (text.len() as u64, 1),
            Make::Bytes { size, align } => ((*size).into(), *align),
            Make::Vec { .. } | Make::Map { .. } | Make::List => {
                return vec![Delta::Wrong(Wrong::NotAnAllocator)];
            }
        };
        if layout(size, align).is_none() || size > LARGEST {
            return vec![Delta::TooLarge { size }];
        }
        let size = size as u32;
        let allocated = self.naive.alloc(size, align);
        let offset = allocated.offset;
        let reference = match allocated.reference {
            Ok(reference) => reference,
            Err(faults) => return vec![Delta::Naive { offset, size, align, faults }],
        };
        self.given[value as usize] = Some(Given { reference, offset, size, align });
        let overlapped = allocated.overlapped.len() as u32;
        let how = How::Added { wrapped: allocated.wrapped, overlapped };
        let mut deltas = vec![Delta::Put { offset, size, align, how }];
        let content = match make {
            Make::Value { of, bytes } => {
                let bytes =
                    bytes.as_ref().map_or_else(|| sample(&TYPES[*of], value), |it| it.to_vec());
                Some((bytes, Are::Values(&TYPES[*of])))
            }
            Make::Array { of, count } => {
                Some((array(&TYPES[*of], *count), Are::Values(&TYPES[*of])))
            }
            Make::Text(text) => Some((text.as_bytes().to_vec(), Are::All(Byte::Value))),
            _ => None,
        };
        if let Some((bytes, are)) = content.filter(|(bytes, _)| !bytes.is_empty()) {
            let patches = vec![Patch { place: Place { piece: 0, offset }, bytes, are }];
            deltas.push(Delta::Wrote { what: Wrote::All, holds: None, patches });
        }
        deltas
    }
}
