//! The memory that a long run holds, against the bound that the player's documentation states.

use machine::{Commands, Machine, Player, Run, WINDOW};

use crate::allocations::measure;
use crate::toys::Walkers;
use crate::toys::walkers::{Move, Ring, View};

/// A run of about `steps` steps whose commands do not repeat.
fn long_run(steps: usize) -> Run<Walkers> {
    let mut player = Player::start(Ring::new(7)).unwrap();
    let mut random = machine::Random::new(7);
    while player.len() < steps {
        let command = random.pick(&player.commands()).cloned().unwrap();
        player.apply(command).unwrap();
    }
    player.run()
}

#[test]
fn ten_thousand_steps_stay_within_the_stated_bound() {
    let run = long_run(10_000);
    let view = View { name: String::new(), cells: vec![0; 8], walkers: vec![0; 3], moves: 0 };
    let snapshot = size_of_val(&view) + size_of::<u32>() * 11 + "ring 7".len();
    let (step, command) = (size_of::<<Walkers as Machine>::Step>(), size_of::<Move>());
    let steps = run.cursor;

    let (player, peak, held) = measure(|| {
        let mut player = Player::open(run).unwrap();
        for cursor in (0..=steps).rev().step_by(97) {
            player.seek(cursor).unwrap();
        }
        player
    });
    assert!(player.len() >= 10_000);
    let run = steps * (2 * step + 2 * command + 24) + 32 * player.marks().len();
    // With what was possible at the start of each command.
    let window = WINDOW * (snapshot + 64 + 4 * command);
    // And the two machines with their tape.
    let bounds = (run * 3 / 2 + 2 * window + 4_096, run + window + 4_096);
    println!("{steps} steps hold {held} bytes, {peak} at most; the bounds are {bounds:?}");
    assert!(peak <= bounds.0 && held <= bounds.1, "{peak} and {held} bytes, bounds {bounds:?}");
}

#[test]
fn commands_that_repeat_take_no_memory() {
    let (commands, peak, held) = measure(|| {
        let mut commands = Commands::default();
        (0..1_000_000).for_each(|_| commands.push(Move::Walk(0)).unwrap());
        commands
    });
    assert_eq!(commands.len(), 1_000_000);
    assert!(peak < 200 && held < 200, "{peak} bytes, {held} kept");
}
