//! A typed arena as a lane: values of one type, which are dropped.

use arena_heap::{Call, Typed, What};

use crate::action::{Action, Make};
use crate::delta::{Are, Delta, Patch};
use crate::lang::types::TYPES;
use crate::memory::{Holds, Place};
use crate::real::{layout, sample, verify};
use crate::snapshot::Lane;
use crate::step::{Wrong, Wrote};

/// So many values are told one by one when all are dropped.
const TOLD: usize = 1_000;

/// The arena, and where its values lie.
pub(crate) struct TypedLane {
    arena: Typed,
    /// By the number of the value: where it lies, and how many bytes it has.
    values: Vec<Option<(Place, u32)>>,
}

impl TypedLane {
    pub(crate) fn new(limit: u32) -> TypedLane {
        TypedLane { arena: Typed::new(limit), values: Vec::new() }
    }

    /// The addresses of its memory, in this visit.
    pub(crate) fn addresses(&self) -> Vec<usize> {
        self.arena.addresses()
    }

    /// Whether every byte that is shown is that of the memory; if not, which one is another.
    pub(crate) fn verify(&self, shown: &Lane) -> Result<(), String> {
        verify(shown, |piece, range| self.arena.read(piece, range))
    }

    /// Carries an action out for a value; gives what happened.
    pub(crate) fn act(&mut self, action: &Action, value: u32, gone: bool) -> Vec<Delta> {
        let lies = self.values.get(value as usize).copied().flatten();
        match action {
            Action::Wrong(wrong) => vec![Delta::Wrong(wrong.clone())],
            Action::Make(Make::Value { of, bytes }) => {
                let bytes = bytes.as_ref().map(|bytes| bytes.to_vec());
                self.put(*of, bytes.unwrap_or_else(|| sample(&TYPES[*of], value)), value)
            }
            Action::Reset => self.reset(),
            Action::Make(_) | Action::Push(_) | Action::Insert { .. } => {
                vec![Delta::Wrong(Wrong::OtherType)]
            }
            Action::Free => vec![Delta::Wrong(Wrong::CannotFree)],
            Action::Use if gone => vec![Delta::Wrong(Wrong::UsedAfter)],
            Action::Use => match lies {
                Some((place, size)) => vec![Delta::Used { place, size }],
                None => vec![Delta::Wrong(Wrong::HasNone)],
            },
        }
    }

    fn put(&mut self, of: usize, bytes: Vec<u8>, value: u32) -> Vec<Delta> {
        let of = &TYPES[of];
        self.values.resize(value as usize + 1, None);
        let layout = layout(of.size.into(), of.align).filter(|layout| self.arena.holds(*layout));
        let Some(put) = layout.and_then(|layout| self.arena.put(layout, &bytes)) else {
            return vec![Delta::Wrong(Wrong::OtherType)];
        };
        if of.size == 0 {
            return vec![Delta::NoMemory];
        }
        let call = |what| Delta::Called {
            call: Call { what, numbers: Vec::new(), state: self.arena.state() },
            holds: Holds::All,
        };
        let Ok(taken) = put else {
            let (size, align) = (of.size as usize, of.align as usize);
            return vec![call(What::Refused { size, align })];
        };
        let place = Place { piece: taken.piece, offset: taken.offset };
        let allocated = call(What::Allocated(taken));
        self.values[value as usize] = Some((place, of.size));
        let patches = vec![Patch { place, bytes, are: Are::Values(of) }];
        vec![allocated, Delta::Wrote { what: Wrote::All, holds: None, patches }]
    }

    /// Drops all, one by one, and gives their memory back.
    fn reset(&mut self) -> Vec<Delta> {
        let size = self.values.iter().flatten().next().map_or(0, |(_, size)| *size);
        let dropped = self.arena.reset().into_iter();
        let dropped = dropped.take(TOLD).map(|(piece, offset)| Place { piece, offset });
        let mut deltas: Vec<Delta> = dropped.map(|place| Delta::Dropped { place, size }).collect();
        self.values.clear();
        deltas.push(Delta::Reset(self.arena.state()));
        deltas
    }
}
