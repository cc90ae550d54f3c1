//! What is the same on every target.

use std::hash::{Hash, Hasher};

use arena::Memory;
use machine::{Digest, Machine, Run, Tape};

/// The fingerprint of every step of a run, and of every byte at its end.
pub(crate) fn fingerprint(run: &Run<Memory>) -> u64 {
    let mut machine = Memory::start(&run.scenario).expect("it starts");
    let mut digest = Digest::default();
    for command in run.commands.iter() {
        let mut tape = Tape::default();
        machine.apply(command, &mut tape).expect("it is possible");
        tape.steps().hash(&mut digest);
    }
    machine.snapshot().hash(&mut digest);
    digest.finish()
}
