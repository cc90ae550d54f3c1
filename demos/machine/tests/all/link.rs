//! A link is one run, and a text is one link or none.

use machine::check::{ROUNDS, hostile_links, random_run, released_links_open, run_opens};
use machine::{Random, Run, Writer, link};

use crate::allocations::measure;
use crate::hostile::{bound, survive};
use crate::toys::counter::{Add, UpTo};
use crate::toys::walkers::{Move, Ring};
use crate::toys::{Counter, Walkers};

fn run(adds: &[u64], cursor: usize) -> Run<Counter> {
    Run { scenario: UpTo(1_000), commands: adds.iter().copied().map(Add).collect(), cursor }
}

/// A link with these bytes after the checksum.
fn sealed(write: impl FnOnce(&mut Writer)) -> String {
    let mut body = Writer::default();
    write(&mut body);
    link::seal(&body.into_bytes())
}

fn numbers(numbers: &[u64]) -> String {
    sealed(|body| numbers.iter().for_each(|number| body.number(*number)))
}

fn error(text: &str) -> (usize, String) {
    let error = link::decode::<Counter>(text).unwrap_err();
    (error.at, error.to_string())
}

#[test]
fn released_links_still_open() {
    released_links_open::<Counter>("counter").unwrap();
    released_links_open::<Walkers>("walkers").unwrap();
    released_links_open::<Counter>("nobody").unwrap_err();
}
#[test]
fn every_valid_run_round_trips() {
    for seed in 0..ROUNDS as u64 / 50 {
        let mut random = Random::new(seed);
        let commands = random.below(60);
        let run: Run<Walkers> = random_run(Ring::new(seed), commands, &mut random).unwrap();
        assert_eq!(link::decode(&link::encode(&run)), Ok(run));
    }
}

#[test]
fn a_million_commands_in_a_row_are_a_short_link() {
    let mut long = run(&[], 1_000_000);
    long.commands.push_many(Add(1), 1_000_000).unwrap();
    let text = link::encode(&long);
    assert!(text.len() <= 24, "{text}");
    let (read, peak, _) = measure(|| link::decode::<Counter>(&text));
    assert_eq!(read, Ok(long));
    assert!(peak < 1_000, "{peak} bytes");
}

#[test]
fn errors_say_where_and_what_would_be_right() {
    assert_eq!(error("").0, 0);
    let newer = link::encode(&run(&[1], 1)).replacen('1', "2", 1);
    assert!(
        error(&newer).1.starts_with("At character 1 there should be a version that this build")
    );

    // Scenario 1,000; three stretches announced, of which one is there.
    let text = numbers(&[1_000, 3, 7, 0]);
    let sentence = "At character 14 there should be more, but the link ends here.";
    assert_eq!(error(&text), (text.len(), sentence.into()));
    // The same command twice, which would be one stretch.
    assert!(error(&numbers(&[1_000, 2, 7, 0, 7, 0, 0])).1.contains("another command"));
    // Counts that a naive reader would expand.
    assert!(error(&numbers(&[1_000, 1, 7, u64::MAX, 0])).1.contains("at most 1,000,000 commands"));
    assert!(error(&numbers(&[1_000, 1, 7, 1_000_000, 0])).1.contains("at most 1,000,000 commands"));
    assert!(error(&numbers(&[1_000, u64::MAX, 7, 0, 0])).1.contains("no more commands"));
    assert!(error(&numbers(&[1_000, 0, 1 << 32])).1.contains("a cursor of at most"));
    assert!(error(&numbers(&[10_000_001, 0, 0])).1.contains("a limit of at most 10,000,000"));
    // 1,000 in three bytes instead of two.
    let long = sealed(|body| [0xe8, 0x87, 0x00, 0, 0].into_iter().for_each(|byte| body.byte(byte)));
    assert!(error(&long).1.contains("in its shortest form"));
    assert!(error(&numbers(&[1_000, 0, 0, 0])).1.contains("the end of the link"));

    let sound = link::encode(&run(&[7, 1, 3], 4));
    let cut = &sound[..sound.len() - 2];
    let (at, sentence) = error(cut);
    assert!(at + 1 >= cut.len(), "{sentence}");
    assert!(sentence.starts_with("The link was changed or cut off on its way. At character"));
    let space = format!("{} {}", &sound[..9], &sound[9..]);
    assert_eq!(error(&space).0, 9);
    let mut changed = sound.clone().into_bytes();
    changed[3] = if changed[3] == b'A' { b'B' } else { b'A' };
    assert!(error(&String::from_utf8(changed).unwrap()).1.contains("a checksum that fits"));
}

fn counters() -> Vec<Run<Counter>> {
    let mut random = Random::new(2);
    (0..100).map(|n| random_run(UpTo(300), n, &mut random).unwrap()).collect()
}

fn walkers() -> Vec<Run<Walkers>> {
    let mut random = Random::new(3);
    (0..100).map(|n| random_run(Ring::new(n), n as usize, &mut random).unwrap()).collect()
}

#[test]
fn hostile_texts_are_runs_or_errors_in_bounded_time_and_memory() {
    survive(&counters());
    survive(&walkers());
}

#[test]
fn hostile_runs_open_as_far_as_they_go() {
    let links: Vec<String> = walkers().iter().map(link::encode).collect();
    let mut opened = 0;
    hostile_links(&links, ROUNDS / 5, 4, |text| {
        if let Ok(mut run) = link::decode::<Walkers>(text) {
            // Few enough to try many; long runs have tests of their own.
            run.commands.truncate(2_000);
            run_opens(run).unwrap();
            opened += 1;
        }
    });
    assert!(opened > ROUNDS / 200, "{opened}");
}

#[test]
fn the_longest_link_is_read_and_a_longer_one_refused() {
    let commands = (0..1_000_000).map(|n| Move::Walk((n % 2) as u8)).collect();
    let run: Run<Walkers> = Run { scenario: Ring::new(0), commands, cursor: 0 };
    let text = link::encode(&run);
    let (read, peak, _) = measure(|| link::decode::<Walkers>(&text));
    assert!(peak <= bound(&text), "{peak} bytes");
    assert_eq!(read, Ok(run));

    let longer = "1".repeat(link::MAX_LENGTH + 1);
    let (read, peak, _) = measure(|| link::decode::<Walkers>(&longer));
    assert_eq!((read.unwrap_err().at, peak), (link::MAX_LENGTH, 0));
    let longest = "1".repeat(link::MAX_LENGTH);
    let (read, peak, _) = measure(|| link::decode::<Walkers>(&longest));
    assert!(read.is_err() && peak <= bound(&longest));
}
