//! Tells every step of a scene: `cargo run -p arena --example tell vec`.

use arena::{Memory, scenes};
use machine::{Machine, Tape};

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    let Some(scene) = scenes::find(&name) else {
        for scene in scenes::SCENES {
            println!("{}", scene.name);
        }
        return;
    };
    let mut memory = Memory::start(&scene.scenario()).expect("a scene starts");
    let mut number = 0;
    while let Some(command) = memory.play() {
        let mut tape = Tape::default();
        memory.apply(&command, &mut tape).expect("it is possible");
        for step in tape.steps() {
            number += 1;
            println!("{number} line {} lane {}: {:?}", step.at.line, step.lane, step.event);
        }
    }
    for lane in memory.snapshot().lanes {
        println!("{:?} {:?}", lane.allocator, lane.figures);
    }
}
