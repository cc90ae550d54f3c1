//! The book's arena against a model that knows of each byte whose it is, and of nothing else.

use arena::naive::{Borrow, Fault, Naive, Reference, Unusable};
use machine::Random;

use crate::PROGRAMS;

/// Memory, byte by byte.
struct Bytes {
    /// To whom each byte of the buffer was given last.
    owners: Vec<Option<Reference>>,
    /// The bytes of each reference.
    given: Vec<Vec<usize>>,
    /// References that the compiler lets be used.
    alive: Vec<Reference>,
    offset: u32,
}

impl Bytes {
    /// The faults of writing a value here, found by going through its bytes.
    fn faults(&self, base: u32, size: u32, align: u32) -> Vec<Fault> {
        let (offset, capacity) = (self.offset, self.owners.len() as u32);
        let mut faults = Vec::new();
        // A pointer may go as far as the end, step by step.
        let beyond = (0..offset).filter(|at| *at >= capacity).count() as u32;
        if beyond > 0 {
            faults.push(Fault::PointerOutside { offset, beyond });
        }
        let address = base + offset;
        let by = (0..align).find(|by| (address - by).is_multiple_of(align)).expect("a multiple");
        if by > 0 {
            faults.push(Fault::Misaligned { address, align, by });
        }
        let behind = (0..size).filter(|at| offset + at >= capacity).count() as u32;
        if behind > 0 {
            faults.push(Fault::PastEnd { bytes: behind });
        }
        faults
    }

    /// Those who are alive and have bytes among these.
    fn owners_among(&self, bytes: &[usize]) -> Vec<Reference> {
        let has = |it: &&Reference| bytes.iter().any(|byte| self.owners[*byte] == Some(**it));
        self.alive.iter().filter(has).copied().collect()
    }

    fn use_reference(&self, reference: Reference) -> Result<(), Unusable> {
        if !self.alive.contains(&reference) {
            return Err(Unusable::Ended);
        }
        let bytes = &self.given[reference.0 as usize];
        let lost = bytes.iter().filter(|byte| self.owners[**byte] != Some(reference));
        let lost: Vec<_> = lost.map(|byte| self.owners[*byte].expect("a byte has one")).collect();
        match lost.first() {
            Some(&by) => {
                let bytes = lost.len() as u32;
                Err(Unusable::Fault(Fault::Overwritten { bytes, by }))
            }
            None => Ok(()),
        }
    }
}

#[test]
fn a_fault_is_told_exactly_when_the_naive_code_would_commit_it() {
    let (mut faulty, mut fine, mut stale) = (0, 0, 0);
    for seed in 0..PROGRAMS {
        let mut random = Random::new(seed);
        let borrow = if random.below(3) == 0 { Borrow::Exclusive } else { Borrow::Shared };
        let base = [0, 0, 4, 1][random.below(4)] + 64 * 1024;
        let capacity = random.below(200);
        let mut arena = Naive::new(borrow, base, capacity as u32);
        let (owners, given) = (vec![None; capacity], Vec::new());
        let mut bytes = Bytes { owners, given, alive: Vec::new(), offset: 0 };
        for _ in 0..60 {
            if borrow == Borrow::Exclusive && random.below(2) == 0 {
                // Also the one reference that may be used.
                for reference in bytes.alive.clone() {
                    assert_eq!(arena.use_reference(reference), Ok(()), "program {seed}");
                }
            }
            match random.below(12) {
                0 => {
                    arena.reset();
                    bytes.offset = 0;
                    if borrow == Borrow::Exclusive {
                        bytes.alive.clear();
                    }
                }
                1..6 => {
                    let reference = Reference(random.below(bytes.given.len() + 1) as u32);
                    let expected = bytes.use_reference(reference);
                    stale += usize::from(matches!(expected, Err(Unusable::Fault(_))));
                    assert_eq!(arena.use_reference(reference), expected, "program {seed}");
                }
                _ => {
                    let align = 1 << random.below(5);
                    let size = random.below(12) as u32 * [1, align][random.below(2)];
                    if borrow == Borrow::Exclusive {
                        bytes.alive.clear();
                    }
                    let expected = bytes.faults(base, size, align);
                    let told = arena.alloc(size, align);
                    assert_eq!(told.offset, bytes.offset, "program {seed}");
                    let offset = bytes.offset as usize;
                    bytes.offset += size;
                    if !expected.is_empty() {
                        faulty += 1;
                        assert_eq!(told.reference, Err(expected), "program {seed}");
                        continue;
                    }
                    fine += 1;
                    let reference = Reference(bytes.given.len() as u32);
                    assert_eq!(told.reference, Ok(reference), "program {seed}");
                    let its: Vec<usize> = (offset..offset + size as usize).collect();
                    assert_eq!(told.overlapped, bytes.owners_among(&its), "program {seed}");
                    its.iter().for_each(|byte| bytes.owners[*byte] = Some(reference));
                    bytes.given.push(its);
                    bytes.alive.push(reference);
                }
            }
        }
    }
    let few = PROGRAMS as usize / 4;
    assert!(faulty > few && fine > few && stale > few, "{faulty} {fine} {stale}");
}
