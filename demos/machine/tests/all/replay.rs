//! The check that every demo's machine has to pass passes on sound machines, and fails on others.

use machine::check::{RUNS, back_and_forward, random_run};
use machine::{Machine, Player, Random, Refused, Run};

use crate::toys::counter::{Add, UpTo};
use crate::toys::walkers::Ring;
use crate::toys::{Counter, Fickle, Walkers};

/// Runs of about 30 steps, and every hundredth of so many that no window holds them all.
fn random_runs<M: Machine>(scenario: impl Fn(u64) -> M::Scenario) -> Result<(), String> {
    for seed in 0..RUNS as u64 {
        let mut random = Random::new(seed);
        let commands = if seed % 100 == 99 { 150 } else { random.below(12) };
        let run: Run<M> = random_run(scenario(seed), commands, &mut random).unwrap();
        back_and_forward(&run, &mut random).map_err(|wrong| format!("seed {seed}: {wrong}"))?;
    }
    Ok(())
}

#[test]
fn sound_machines_pass() {
    random_runs::<Counter>(|seed| UpTo(10 + 10 * (seed % 100))).unwrap();
    random_runs::<Walkers>(Ring::new).unwrap();
}

#[test]
fn a_machine_that_gives_other_steps_the_next_time_is_caught() {
    let wrong = random_runs::<Fickle<false>>(|seed| UpTo(10 + 10 * (seed % 100))).unwrap_err();
    assert!(wrong.contains("step"), "{wrong}");
}

#[test]
fn a_machine_that_gives_other_snapshots_the_next_time_is_caught() {
    let wrong = random_runs::<Fickle<true>>(|seed| UpTo(10 + 10 * (seed % 100))).unwrap_err();
    assert!(wrong.contains("snapshot"), "{wrong}");
}

#[test]
fn the_player_itself_notices_other_steps_and_stays_where_it_is() {
    let commands = std::iter::repeat_n(Add(7), 200).collect();
    let run: Run<Fickle<false>> = Run { scenario: UpTo(10_000), commands, cursor: 1_400 };
    let mut player = Player::open(run).unwrap();
    for _ in 0..200 {
        player.last().unwrap();
        let cursor = player.cursor();
        if let Err(Refused::Diverged { cursor: at }) = player.seek(100) {
            assert_eq!((player.cursor(), at), (cursor, 15));
            return;
        }
        player.seek(700).ok();
    }
    panic!("one start in fifty is odd, and was never noticed");
}
