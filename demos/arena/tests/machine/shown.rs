//! What is shown is what is there: at each step of random programs the bytes are those of the real
//! memory, and the figures are what the blocks add up to.

use arena::{AllocatorKind, Memory, Program, Scenario};
use machine::{Machine, Random, Tape};

use crate::programs::program;

/// A random program on all allocators side by side, looked at after each command.
fn run(seed: u64, commands: usize) {
    let mut random = Random::new(seed);
    let text = program(&mut random);
    let scenario =
        Scenario { program: Program::Text(text.clone()), allocators: AllocatorKind::ALL.to_vec() };
    let mut memory = Memory::start(&scenario).unwrap_or_else(|error| panic!("{error}\n{text}"));
    for _ in 0..commands {
        let any = random.pick(&memory.commands()).copied();
        let Some(command) = memory.play().filter(|_| random.below(5) > 0).or(any) else { break };
        let mut tape = Tape::default();
        memory.apply(&command, &mut tape).expect("it is possible");
        assert!(!tape.steps().is_empty());
        if let Err(wrong) = memory.verify() {
            panic!("{wrong}\nafter {command:?}: {:?}\n{text}", tape.steps());
        }
    }
}

#[test]
fn every_byte_and_every_figure_is_that_of_the_memory() {
    (0..400).for_each(|seed| run(seed, 60));
}
