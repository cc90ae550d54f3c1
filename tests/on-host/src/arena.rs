//! Runs of the arena's machine.

use ::arena::scenes::SCENES;
use ::arena::{AllocatorKind, Memory, Program, Scenario};
use machine::{Commands, Machine, Random, Run, Tape};

use crate::programs::program;

/// The scenes and random programs, each to its end. None has a hash map: how its table is laid out
/// depends on the target.
pub(crate) fn runs() -> Vec<Run<Memory>> {
    let scenes = SCENES.iter().filter(|scene| !scene.text.contains("insert"));
    let mut runs: Vec<_> = scenes.map(|scene| played(scene.scenario())).collect();
    runs.extend((0..60).map(|seed| {
        let mut random = Random::new(seed);
        let text = program(&mut random);
        let text: Vec<&str> = text.lines().filter(|line| !line.starts_with("insert")).collect();
        let mut allocators = AllocatorKind::ALL.to_vec();
        random.shuffle(&mut allocators);
        played(Scenario { program: Program::Text(text.join("\n")), allocators })
    }));
    runs
}

/// A program to its end.
fn played(scenario: Scenario) -> Run<Memory> {
    let mut machine = Memory::start(&scenario).expect("it starts");
    let mut commands = Commands::default();
    while let Some(command) = machine.play() {
        machine.apply(&command, &mut Tape::default()).expect("it is possible");
        commands.push(command).expect("it is short");
    }
    Run { scenario, commands, cursor: 0 }
}
