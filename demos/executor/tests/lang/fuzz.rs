//! Texts that nobody meant: no panic, no long time, and problems that lie inside the text.

use std::time::{Duration, Instant};

use executor::lang::{EXAMPLES, format, limits, parse};
use machine::Random;

fn piece(random: &mut Random) -> &'static str {
    PIECES[random.below(PIECES.len())]
}

const PIECES: &[&str] = &[
    "channel",
    "source",
    "task",
    "later",
    "at",
    "sleep",
    "yield",
    "block",
    "send",
    "recv",
    "read",
    "spawn",
    "print",
    "loop",
    "join",
    "select",
    "a",
    "b",
    "ping",
    "{",
    "}",
    "{",
    "}",
    ",",
    ";",
    "\n",
    "\r\n",
    "1",
    "0",
    "3",
    "10000",
    "18446744073709551616",
    "20ms",
    "\"x\"",
    "\"",
    "# c\n",
    "//",
    "/",
    "-",
    "é",
    "\u{2028}",
    "\u{0}",
    "🦀",
    "slep",
];

/// Reads `text` and checks what every answer has to keep.
fn check(text: &str) -> bool {
    match parse(text) {
        Ok(program) => {
            let tidy = format(&program);
            let again = parse(&tidy).unwrap_or_else(|problems| {
                panic!("{text:?} became {tidy:?}, which is wrong: {problems:?}")
            });
            assert_eq!(format(&again), tidy, "{text:?}");
            assert_eq!(again.comments.len(), program.comments.len(), "{text:?}");
            true
        }
        Err(problems) => {
            assert!((1..=limits::PROBLEMS).contains(&problems.len()), "{text:?}");
            for problem in &problems {
                let piece = text.get(problem.span.range()).expect("a problem lies in the text");
                assert_eq!(problem.span.length as usize, piece.chars().count());
                assert!(!piece.contains('\n'), "a problem lies on one line");
                assert!(problem.span.line >= 1 && problem.span.column >= 1);
                assert!(!problem.message.is_empty());
            }
            assert!(problems.is_sorted_by_key(|problem| problem.span.start), "{text:?}");
            false
        }
    }
}

fn rounds() -> u64 {
    if std::env::var_os("OXIDOSCOPE_DEEP").is_some() { 3_000_000 } else { 150_000 }
}

#[test]
fn soups_of_words() {
    let mut random = Random::new(1);
    let mut right = 0;
    for _ in 0..rounds() {
        let text: String = (0..random.below(20))
            .map(|_| piece(&mut random).to_owned() + ["", " "][random.below(8).min(1)])
            .collect();
        check(&text);
        right += u32::from(check(&format!("channel ping task a {{ {text} }}")));
    }
    assert!(right > 0, "some of them are programs");
}

#[test]
fn damaged_programs() {
    let mut random = Random::new(2);
    let mut right = 0;
    for round in 0..rounds() {
        let example = EXAMPLES[random.below(EXAMPLES.len())].text;
        let mut text: Vec<char> = example.chars().collect();
        for _ in 0..=random.below(4) {
            let at = random.below(text.len() + 1);
            let end = (at + random.below(12)).min(text.len());
            match random.below(4) {
                0 => drop(text.drain(at..end)),
                1 => drop(text.splice(at..at, piece(&mut random).chars())),
                2 => {
                    let again = text[at..end].to_vec();
                    drop(text.splice(at..at, again));
                }
                _ => text.truncate(text.len() - random.below(4) * (round % 2) as usize),
            }
        }
        right += u32::from(check(&text.iter().collect::<String>()));
    }
    assert!(right > 0, "some of them are still programs");
}

#[test]
fn huge_texts_take_no_time() {
    let huge = 2_000_000;
    let start = Instant::now();
    for piece in PIECES.iter().copied().chain(["loop 3 {", "join { yield } ", "a ", "task a {"]) {
        check(&piece.repeat(huge / piece.len()));
        check(&("task a {".to_string() + &piece.repeat(limits::TEXT / piece.len() - 4)));
    }
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}
