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

#[test]
fn what_is_large_is_shown_as_it_is_too() {
    for text in [
        "memory 16777216\nm = map\nrepeat 3000 {\nchurn 1 even 1 to 9 live 5\n}\n",
        "memory 16777216\nv = vec Header\nrepeat 9000 {\npush v\n}\nfree v\n",
        "memory 16777216\nl = list\nrepeat 10002 {\npush l\n}\nuse l\nfree l\n",
        "a = Point\nrepeat 3000 {\na = Point\n}\nreset\na = Point\n",
    ] {
        let allocators = AllocatorKind::ALL.to_vec();
        let scenario = Scenario { program: Program::Text(text.to_owned()), allocators };
        let mut memory = Memory::start(&scenario).expect("it starts");
        let mut done = 0;
        while let Some(command) = memory.play() {
            memory.apply(&command, &mut Tape::default()).expect("it is possible");
            done += 1;
            if done % 2_500 == 0 {
                memory.verify().unwrap();
            }
        }
        memory.verify().unwrap();
    }
}

#[test]
fn a_large_map_is_shown_as_it_is() {
    let inserts: String = (0..900).map(|key| format!("insert m {}\n", key * 7919)).collect();
    let text = format!("memory 16777216\nm = map\n{inserts}free m\n");
    let scenario =
        Scenario { program: Program::Text(text), allocators: vec![AllocatorKind::FirstFit] };
    let mut memory = Memory::start(&scenario).expect("it starts");
    while let Some(command) = memory.play() {
        memory.apply(&command, &mut Tape::default()).expect("it is possible");
        memory.verify().unwrap();
    }
}
