//! Texts that nobody meant: no panic, no long time, and problems that lie inside the text.

use std::time::{Duration, Instant};

use arena::lang::{EXAMPLES, limits, parse};
use machine::Random;

use crate::generate::{self, span_at};

fn texts() -> u64 {
    if std::env::var_os("OXIDOSCOPE_DEEP").is_some() { 1_000_000 } else { 10_000 }
}

const PIECES: &[&str] = &[
    "memory",
    "push",
    "insert",
    "free",
    "use",
    "reset",
    "repeat",
    "churn",
    "bytes",
    "align",
    "vec",
    "map",
    "list",
    "all",
    "even",
    "small",
    "two",
    "to",
    "live",
    "seed",
    "true",
    "a",
    "b",
    "v",
    "u8",
    "u32",
    "f32",
    "char",
    "Point",
    "CacheLine",
    "()",
    "=",
    "=",
    "[",
    "]",
    "{",
    "}",
    "{",
    "}",
    ",",
    ";",
    "\n",
    "\n",
    "\r\n",
    "1",
    "0",
    "3",
    "16",
    "100000",
    "4294967296",
    "-3",
    "1.5",
    "0x1f",
    "20ms",
    "'c'",
    "'",
    "\"x\"",
    "\"",
    "# c\n",
    "//",
    "/",
    "-",
    "(",
    "é",
    "\u{2028}",
    "\u{0}",
    "🦀",
];

/// Characters that are longer, wider, or something else than they seem.
const HOSTILE: &[char] = &[
    '\u{0}',
    '\u{7f}',
    '\u{85}',
    '\u{a0}',
    'ß',
    'İ',
    'ﬃ',
    '\u{301}',
    '\u{200b}',
    '\u{200d}',
    '\u{202e}',
    '\u{2028}',
    '\u{2029}',
    '\u{3000}',
    '\u{e000}',
    '🦀',
    '👩',
    '\u{10ffff}',
    '٣',
    '𝟙',
    '"',
    '\'',
    '#',
    '\n',
    '\r',
    '{',
    '=',
    'a',
    '1',
];

/// Reads `text` and checks what every answer has to keep.
fn check(text: &str) -> bool {
    let Err(problems) = parse(text) else { return true };
    assert!((1..=limits::PROBLEMS).contains(&problems.len()), "{text:?}");
    for problem in &problems {
        let range = problem.span.range();
        let piece = text.get(range.clone()).expect("a problem lies in the text");
        assert!(!piece.contains('\n'), "a problem lies on one line: {text:?}");
        assert_eq!(problem.span, span_at(text, range), "{text:?}");
        assert!(!problem.message.is_empty() && problem.message.chars().count() < 400, "{problem}");
    }
    assert!(problems.is_sorted_by_key(|problem| problem.span.start), "{text:?}");
    false
}

fn pick(random: &mut Random) -> &'static str {
    random.pick(PIECES).expect("there are some")
}

#[test]
fn soups_of_words() {
    let mut random = Random::new(1);
    let mut right = 0;
    for _ in 0..texts() {
        let mut text = String::new();
        for _ in 0..random.below(20) {
            text += pick(&mut random);
            text += ["", " "][random.below(8).min(1)];
        }
        right += u32::from(check(&text));
        check(&format!("a = vec u32 16\nrepeat 3 {{ {text} }}"));
    }
    assert!(right > 0, "some of them are programs");
}

#[test]
fn damaged_programs() {
    let mut random = Random::new(2);
    let mut right = 0;
    for seed in 0..texts() {
        let whole = match random.below(2) {
            0 => random.pick(EXAMPLES).expect("there are some").text.to_owned(),
            _ => generate::program(seed).1,
        };
        let mut text: Vec<char> = whole.chars().collect();
        for _ in 0..=random.below(4) {
            let at = random.below(text.len() + 1);
            let end = (at + random.below(12)).min(text.len());
            match random.below(5) {
                0 => drop(text.drain(at..end)),
                1 => drop(text.splice(at..at, pick(&mut random).chars())),
                2 => {
                    let again = text[at..end].to_vec();
                    drop(text.splice(at..at, again));
                }
                3 => text.insert(at, *random.pick(HOSTILE).expect("there are some")),
                _ => text.truncate(end.max(text.len() / 2)),
            }
        }
        right += u64::from(check(&text.iter().collect::<String>()));
    }
    assert!(right > 0 && right < texts(), "{right} of them are still programs");
}

#[test]
fn hostile_characters() {
    let mut random = Random::new(3);
    for _ in 0..texts() {
        let mut text = String::new();
        for _ in 0..random.below(30) {
            match random.below(4) {
                0 => text += pick(&mut random),
                1 => text.push(char::from_u32(random.below(0x11_0000) as u32).unwrap_or('?')),
                _ => text.push(*random.pick(HOSTILE).expect("there are some")),
            }
        }
        check(&text);
        // As bytes that were damaged on their way.
        let mut bytes = text.into_bytes();
        if !bytes.is_empty() {
            let at = random.below(bytes.len());
            bytes[at] ^= 1 << random.below(8);
        }
        check(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn huge_texts_take_no_time() {
    let more = ["repeat 3 {", "a = u32 ", "a = u32\n", "push a 7 ", "x = ", "b = Point 1 ", "\"\n"];
    for piece in PIECES.iter().chain(&more) {
        let begin = Instant::now();
        check(&piece.repeat(limits::TEXT / piece.len()));
        check(&format!("v = vec u8\npush v {}", piece.repeat(limits::TEXT / piece.len() - 20)));
        let time = begin.elapsed();
        assert!(time < Duration::from_millis(100), "{piece:?}: {time:?}");
    }
}
