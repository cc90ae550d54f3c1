//! Each limit, kept and passed by one.

use std::time::{Duration, Instant};

use arena::lang::{limits, parse};

/// What is said of a program: nothing if it is right.
fn said(text: &str) -> Result<(), String> {
    let messages = |problems: Vec<arena::lang::Problem>| {
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    parse(text).map(|_| ()).map_err(messages)
}

fn wrong(sentence: &str) -> Result<(), String> {
    Err(sentence.to_owned())
}

#[test]
fn the_length_of_the_text() {
    let of = |length: usize| format!("reset\n#{}", "x".repeat(length - 7));
    assert_eq!(said(&of(limits::TEXT)), Ok(()));
    let too_long = "the program is too long; a program has at most 65536 bytes";
    assert_eq!(said(&of(limits::TEXT + 1)), wrong(&format!("line 2, column 1: {too_long}")));
    // Also where nothing but spaces is too much.
    let spaces = |length: usize| format!("reset{}", " ".repeat(length - 5));
    assert_eq!(said(&spaces(limits::TEXT)), Ok(()));
    assert_eq!(
        said(&spaces(limits::TEXT + 1)),
        wrong(&format!("line 1, column 65538: {too_long}"))
    );
}

#[test]
fn a_program_of_100_000_lines_has_one_problem_and_takes_no_time() {
    let too_long = "the program is too long; a program has at most 65536 bytes";
    for (line, place) in [
        ("reset\n", "line 10923, column 1"),
        ("what is this { = 7\n", "line 3450, column 6"),
        ("a = u32\n", "line 8193, column 1"),
        ("\"\n", "line 32769, column 1"),
        ("repeat 9 {\n", "line 5958, column 10"),
        ("\n", "line 100001, column 1"),
    ] {
        let text = line.repeat(100_000);
        let begin = Instant::now();
        let said = said(&text);
        let time = begin.elapsed();
        assert_eq!(said, wrong(&format!("{place}: {too_long}")), "{line:?}");
        assert!(time < Duration::from_millis(50), "{line:?}: {time:?}");
    }
}

#[test]
fn names() {
    let given = |count: usize| (0..count).map(|n| format!("n{n} = u8\n")).collect::<String>();
    assert_eq!(said(&given(limits::NAMES)), Ok(()));
    let too_many = "line 65, column 1: this is one name too many; a program has at most 64";
    assert_eq!(said(&given(limits::NAMES + 1)), wrong(too_many));
    assert_eq!(said(&format!("{}= u8", "n".repeat(limits::NAME))), Ok(()));
    assert!(said(&format!("{}= u8", "n".repeat(limits::NAME + 1))).is_err());
}

#[test]
fn statements() {
    assert_eq!(said(&"reset\n".repeat(limits::STATEMENTS)), Ok(()));
    let too_many =
        "line 1001, column 1: this is one statement too many; a program has at most 1000";
    assert_eq!(said(&"reset\n".repeat(limits::STATEMENTS + 1)), wrong(too_many));
    assert_eq!(said(&"reset\n".repeat(5_000)), wrong(too_many));
}

#[test]
fn depth() {
    let nested = |depth| format!("{}reset{}", "repeat 1 {".repeat(depth), "}".repeat(depth));
    assert_eq!(said(&nested(limits::DEPTH)), Ok(()));
    let too_deep = "line 1, column 90: this block is too deep; blocks go at most 8 deep";
    assert_eq!(said(&nested(limits::DEPTH + 1)), wrong(too_deep));
    assert_eq!(said(&nested(3_000)), wrong(too_deep));
    assert!(said(&"{".repeat(limits::TEXT)).is_err(), "a stack of blocks is no stack of calls");
}

#[test]
fn operations() {
    let most = limits::OPERATIONS;
    assert_eq!(said("v = vec u8 repeat 99999 { push v 1 use v } reset"), Ok(()));
    assert_eq!(
        said("v = vec u8 repeat 99999 { push v 1 use v } reset\nreset"),
        wrong(
            "line 2, column 1: up to here the program makes 200001 operations; a program makes at most 200000"
        )
    );
    assert_eq!(said("repeat 2 { repeat 100000 { reset } }"), Ok(()));
    assert_eq!(
        said("repeat 3 { repeat 100000 { reset } }"),
        wrong("line 1, column 1: this makes 300000 operations; a program makes at most 200000")
    );
    let all = "repeat 100000 {".repeat(8) + "reset" + &"}".repeat(8);
    let huge = said(&all).unwrap_err();
    assert!(huge.contains("column 91: this makes 10000000000 operations"), "{huge}");
    assert_eq!(said(&format!("churn {most} even 1 to 2")), Ok(()));
    assert_eq!(
        said(&format!("churn {} even 1 to 2", most + 1)),
        wrong("line 1, column 7: these are 200001 operations; a program makes at most 200000")
    );
    assert_eq!(
        said("repeat 2 { churn 100001 even 1 to 2 }"),
        wrong("line 1, column 1: this makes 200002 operations; a program makes at most 200000")
    );
    assert_eq!(said("a = u8 repeat 100000 { free all a }"), Ok(()), "to free all is one");
}

#[test]
fn texts_and_numbers() {
    let text = |bytes: usize| format!("s = \"{}\"", "x".repeat(bytes));
    assert_eq!(said(&text(limits::LITERAL)), Ok(()));
    assert_eq!(
        said(&text(limits::LITERAL + 1)),
        wrong("line 1, column 5: this text is too long; it has at most 1000 bytes")
    );
    assert_eq!(said(&format!("s = \"{}\"", "ß".repeat(500))), Ok(()));
    assert!(said(&format!("s = \"{}\"", "ß".repeat(501))).is_err(), "bytes, not characters");
    for right in [
        "repeat 100000 { reset }",
        "memory 16777216",
        "memory 1",
        "a = bytes 4294967295 align 65536",
        "a = [CacheLine; 4294967295]",
        "v = vec u64 4294967295",
        "m = map 4294967295",
        "a = [u8; 0] b = bytes 0 c = \"\"",
        "churn 1 small 1 to 4294967295 live 4294967295 seed 4294967295",
        "a = u64 18446744073709551615",
        "",
        "# nothing",
    ] {
        assert_eq!(said(right), Ok(()), "{right}");
    }
}

#[test]
fn problems() {
    let wrong = parse(&"rest\n".repeat(900)).unwrap_err();
    assert_eq!(wrong.len(), limits::PROBLEMS);
    assert_eq!(wrong[19].span.line, 20);
}
