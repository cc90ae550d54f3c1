//! Links of executor runs, and texts that are none.

use executor::Executor;
use machine::check::{ROUNDS, hostile_links, random_run, released_links_open, run_opens};
use machine::{Random, Run, link};

use crate::hostile::survive;
use crate::scenarios::scenario;

fn runs(count: u64) -> Vec<Run<Executor>> {
    let run = |seed| {
        let mut random = Random::new(seed);
        let commands = random.below(40);
        random_run(scenario(&mut random), commands, &mut random).expect("it starts")
    };
    (0..count).map(run).collect()
}

#[test]
fn released_links_still_open() {
    released_links_open::<Executor>("executor").unwrap();
}

#[test]
fn every_valid_run_round_trips() {
    for run in runs(2_000) {
        assert_eq!(link::decode(&link::encode(&run)), Ok(run));
    }
}

#[test]
fn hostile_texts_are_runs_or_errors_in_bounded_time_and_memory() {
    survive(&runs(200));
}

#[test]
fn hostile_runs_open_as_far_as_they_go() {
    let links: Vec<String> = runs(200).iter().map(link::encode).collect();
    let mut opened = 0;
    hostile_links(&links, ROUNDS / 10, 4, |text| {
        if let Ok(mut run) = link::decode::<Executor>(text) {
            // Few enough to try many; long runs have tests of their own.
            run.commands.truncate(200);
            run_opens(run).unwrap();
            opened += 1;
        }
    });
    assert!(opened > ROUNDS / 200, "{opened}");
}
