//! Tells a scene in words: `cargo run -p executor --example tell -- ping-pong`.
//! Without a name, it lists the scenes.

use executor::{Executor, Names, scenes};
use machine::{Machine, Tape};

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    let Some(scene) = scenes::find(&name) else {
        for scene in scenes::SCENES {
            println!("{:18} {}", scene.name, scene.title);
        }
        return;
    };
    println!("{}\n\n{}\n", scene.title, scene.talk);
    let mut machine = Executor::start(&scene.scenario()).expect("a scene starts");
    let mut names = Names::new(&machine.snapshot());
    while let Some(command) = machine.play() {
        println!("> {}", names.command(&command, &machine.snapshot()));
        let mut tape = Tape::default();
        machine.apply(&command, &mut tape).expect("Play takes what is possible");
        for step in tape.steps() {
            names.learn(step);
            println!("  {}", names.sentence(step));
        }
    }
}
