//! The same program on the allocator that this very program uses: an observation of one visit, which
//! is no machine and stands in no link.

use arena_heap::{Kind, Taken, What};

use crate::Scenario;
use crate::action::Action;
use crate::delta::Delta;
use crate::lang::{self, Sort};
use crate::list::List;
use crate::real::Real;
use crate::runner::{Runner, Target};
use crate::snapshot::{Gone, Value};

/// More operations than that are not done again at each step.
const MOST: usize = 20_000;

/// A block that the allocator has handed out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// Whose it is: an index into the snapshot's names, and which one of this name.
    pub owner: (u32, u32),
    /// What its owner is.
    pub sort: Sort,
    /// Where it begins, in this visit: its address on wasm32.
    pub address: u32,
    /// How many bytes were asked for.
    pub size: u32,
}

/// The blocks that are live after so many operations of the program, in the order of their addresses;
/// `None` if the program is too long for that, or wrong.
pub fn observe(scenario: &Scenario, operations: u32) -> Option<Vec<Seen>> {
    if operations as usize > MOST {
        return None;
    }
    let program = lang::parse(scenario.text()).ok()?;
    let mut real = Real::new(Kind::Global, program.memory).ok()?;
    let mut runner = Runner::new(program);
    let mut values: List<Value> = List::default();
    let mut seen: Vec<Seen> = Vec::new();
    for _ in 0..operations {
        let Some(operation) = runner.take(&values) else { break };
        let value = match operation.target {
            Target::New(value) => {
                values.push(value);
                values.len() as u32 - 1
            }
            Target::Old(value) => value,
            Target::Nothing => 0,
        };
        match operation.action {
            // It has no reset: each value is freed.
            Action::Reset => {
                for value in 0..values.len() as u32 {
                    free(&mut real, &mut values, &mut seen, value);
                }
            }
            Action::Free => free(&mut real, &mut values, &mut seen, value),
            action => {
                let Some(owner) = values.get(value as usize).cloned() else { continue };
                let gone = owner.gone != Gone::No;
                follow(&mut seen, &owner, real.act(&action, value, gone));
            }
        }
    }
    // What is left is freed like the rest.
    let mut left = seen.clone();
    left.sort_by_key(|seen| seen.address);
    for value in 0..values.len() as u32 {
        free(&mut real, &mut values, &mut seen, value);
    }
    Some(left)
}

fn free(real: &mut Real, values: &mut List<Value>, seen: &mut Vec<Seen>, value: u32) {
    let Some(owner) = values.get_mut(value as usize).filter(|it| it.gone == Gone::No) else {
        return;
    };
    owner.gone = Gone::Freed;
    let owner = owner.clone();
    follow(seen, &owner, real.act(&Action::Free, value, false));
}

fn follow(seen: &mut Vec<Seen>, owner: &Value, deltas: Vec<Delta>) {
    let come = |taken: Taken| Seen {
        owner: (owner.name, owner.number),
        sort: owner.sort,
        address: taken.offset,
        size: taken.size,
    };
    for delta in deltas {
        let Delta::Called { call, .. } = delta else { continue };
        match call.what {
            What::Allocated(taken) => seen.push(come(taken)),
            What::Freed(taken) => seen.retain(|seen| seen.address != taken.offset),
            What::Resized { from, to, .. } => {
                seen.retain(|seen| seen.address != from.offset);
                seen.push(come(to));
            }
            What::Refused { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenes::SCENES;
    use crate::{Memory, Program};
    use machine::{Machine, Tape};

    #[test]
    fn what_is_live_is_what_is_live_in_a_free_list() {
        for scene in SCENES {
            let mut scenario = scene.scenario();
            scenario.allocators = vec![crate::AllocatorKind::BestFit];
            let mut memory = Memory::start(&scenario).unwrap();
            let mut done = 0;
            while let Some(command) = memory.play() {
                if done % 16 == 0 {
                    let seen = observe(&scenario, done).expect("it is short");
                    let figures = memory.snapshot().lanes[0].figures;
                    // Where no memory is left, the two differ by right.
                    if memory.snapshot().lanes[0].faults == 0 {
                        assert_eq!(seen.len() as u32, figures.live, "{} {done}", scene.name);
                        let bytes: u32 = seen.iter().map(|seen| seen.size).sum();
                        assert_eq!(bytes, figures.requested);
                    }
                }
                memory.apply(&command, &mut Tape::default()).unwrap();
                done += 1;
            }
        }
    }

    #[test]
    fn what_cannot_be_observed_is_not() {
        let wrong = Scenario::new(Program::Text("a = ".to_owned()));
        assert_eq!(observe(&wrong, 1), None);
        assert_eq!(observe(&SCENES[0].scenario(), u32::MAX), None);
        assert_eq!(observe(&SCENES[0].scenario(), 0), Some(vec![]));
    }
}
