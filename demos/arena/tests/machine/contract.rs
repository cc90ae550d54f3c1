//! The machine keeps the contract: back and forward give the same, links are sound.

use arena::scenes::SCENES;
use arena::{AllocatorKind, Memory, Program, Scenario};
use machine::check::{
    ROUNDS, RUNS, back_and_forward, hostile_links, link_is_sound, random_run, released_links_open,
    run_opens,
};
use machine::{Random, Run, link};

use crate::programs::program;

/// A scene or a random program, on some allocators.
fn scenario(random: &mut Random) -> Scenario {
    if random.below(3) == 0 {
        return random.pick(SCENES).expect("there are scenes").scenario();
    }
    let mut allocators = AllocatorKind::ALL.to_vec();
    random.shuffle(&mut allocators);
    allocators.truncate(1 + random.below(3));
    Scenario { program: Program::Text(program(random)), allocators }
}

fn runs(count: u64, commands: usize) -> impl Iterator<Item = (Run<Memory>, Random)> {
    (0..count).map(move |seed| {
        let mut random = Random::new(seed);
        let commands = random.below(commands);
        let run = random_run(scenario(&mut random), commands, &mut random).expect("it starts");
        (run, random)
    })
}

#[test]
fn at_every_cursor_of_random_runs_the_snapshot_is_that_of_a_fresh_machine() {
    for (run, mut random) in runs(RUNS as u64 / 4, 12) {
        if let Err(wrong) = back_and_forward(&run, &mut random) {
            panic!("{wrong}\n{run:?}");
        }
    }
}

#[test]
fn also_in_runs_longer_than_the_window_of_snapshots_that_is_kept() {
    for (run, mut random) in runs(3, 400) {
        if let Err(wrong) = back_and_forward(&run, &mut random) {
            panic!("{wrong}\n{run:?}");
        }
    }
}

#[test]
fn released_links_still_open() {
    released_links_open::<Memory>("arena").unwrap();
}

#[test]
fn every_valid_run_round_trips() {
    for (run, _) in runs(1_000, 40) {
        assert_eq!(link::decode(&link::encode(&run)), Ok(run));
    }
}

#[test]
fn hostile_texts_are_runs_or_errors() {
    let links: Vec<String> = runs(100, 30).map(|(run, _)| link::encode(&run)).collect();
    let mut opened = 0;
    hostile_links(&links, ROUNDS / 10, 4, |text| {
        link_is_sound::<Memory>(text).unwrap();
        if let Ok(mut run) = link::decode::<Memory>(text)
            && opened < 20_000
        {
            run.commands.truncate(200);
            run_opens(run).unwrap();
            opened += 1;
        }
    });
    assert!(opened > 1_000, "{opened}");
}
