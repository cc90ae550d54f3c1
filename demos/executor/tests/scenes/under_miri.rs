//! The scenes once more, in a test that runs under Miri too: nothing in them is undefined, whether
//! they are played to their end or dropped in the middle.

use executor::{Command, Executor, scenes};
use machine::{Machine, Tape};

#[test]
fn every_scene_is_played_and_dropped() {
    for scene in scenes::SCENES {
        for commands in [usize::MAX, 7] {
            let mut machine = Executor::start(&scene.scenario()).expect("a scene starts");
            for _ in 0..commands {
                let Some(command) = machine.play() else { break };
                machine.apply(&command, &mut Tape::default()).expect("Play takes what is possible");
                assert!(machine.counts_agree(), "{}", scene.name);
            }
            if machine.commands().contains(&Command::DropExecutor) {
                machine.apply(&Command::DropExecutor, &mut Tape::default()).expect("offered");
            }
            assert!(machine.counts_agree(), "{}", scene.name);
            let live = machine.snapshot().tasks.iter().map(|task| task.live).sum::<u32>();
            assert_eq!(live, 0, "{}", scene.name);
        }
    }
}
