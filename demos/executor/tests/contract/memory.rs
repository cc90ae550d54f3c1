//! What a long run takes.

use executor::{Command, Executor, Program, Scenario, Step};
use machine::{Machine, Player, WINDOW};

use crate::allocations::measure;
use crate::scenarios::busy;

fn plain() -> Scenario {
    Scenario::new(Program::Text(String::new()))
}

#[test]
fn ten_thousand_steps_stay_within_two_megabytes() {
    let run = busy(plain(), 10_000);
    let (scenario, steps) = (run.scenario.clone(), run.cursor);
    let (machine, _, machine_size) = measure(|| Executor::start(&scenario).expect("it starts"));
    let (_, _, snapshot) = measure(|| machine.snapshot());
    let (player, peak, held) = measure(|| {
        let mut player = Player::open(run).expect("it starts");
        for cursor in (0..=steps).rev().step_by(997) {
            player.seek(cursor).expect("the machine is deterministic");
        }
        player
    });
    println!(
        "{steps} steps hold {held} bytes, {peak} at most; a machine {machine_size}, a snapshot \
         {snapshot}"
    );
    let stated =
        steps * (2 * size_of::<Step>() + 2 * size_of::<Command>() + 24) + 32 * player.marks().len();
    assert!(held <= 2 << 20 && peak <= 3 << 20, "{held} bytes, {peak} at most");
    assert!(held <= stated + 2 * WINDOW * 4_096, "more than the player's documentation says");
}

#[test]
fn playing_to_the_end_keeps_no_steps() {
    let (run, peak, _) = measure(|| busy(plain(), 100_000));
    assert_eq!(run.commands.stretches().len(), 1);
    // What the tasks print, the machine itself keeps.
    assert!(peak < run.cursor * size_of::<Step>() / 8, "{peak} bytes");
}
