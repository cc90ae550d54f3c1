//! Programs, and their text.

use arena::lang::{EXAMPLES, REFERENCE, TokenKind, is_keyword, parse, tokens};
use arena::types;

use crate::generate;

#[test]
fn a_text_is_read_as_the_program_that_it_was_made_of() {
    let mut statements = 0;
    for seed in 0..10_000 {
        let (program, text) = generate::program(seed);
        statements += program.body.len();
        match parse(&text) {
            Ok(read) => assert_eq!(read, program, "program {seed}:\n{text}"),
            Err(problems) => panic!("program {seed}:\n{text}\n{problems:#?}"),
        }
    }
    assert!(statements > 30_000, "{statements} statements are too few to say much");
}

#[test]
fn the_examples_are_right() {
    for example in EXAMPLES {
        let program = parse(example.text);
        assert!(program.is_ok(), "{}: {program:?}", example.name);
        assert!(example.sentence.ends_with('.') && !example.name.is_empty());
        assert!(example.text.ends_with('\n') && example.text.lines().all(|line| line.len() <= 72));
    }
}

#[test]
fn the_reference_has_every_form_and_they_are_right() {
    let given = "a = u32 a = u32 v = vec u32 m = map\n";
    for entry in REFERENCE {
        let form = entry.form.replace('…', "reset");
        let text = match entry.keyword {
            "memory" => form,
            "push" | "insert" | "free" | "use" => format!("{given}{form}"),
            _ => form,
        };
        assert!(parse(&text).is_ok(), "{text}: {:?}", parse(&text));
        // What its sentence shows is right too.
        for code in entry.sentence.split('`').skip(1).step_by(2).filter(|code| code.contains(' ')) {
            assert!(parse(&format!("{given}{code}")).is_ok(), "{code}");
        }
    }
    // Each word of the language stands in it.
    let all: String =
        REFERENCE.iter().map(|entry| format!("{} {} ", entry.form, entry.sentence)).collect();
    let words: Vec<&str> = tokens(&all)
        .filter(|token| token.kind == TokenKind::Word)
        .map(|token| token.text)
        .collect();
    for word in [
        "memory", "bytes", "align", "vec", "map", "list", "push", "insert", "free", "all", "use",
        "reset", "repeat", "churn", "even", "small", "two", "to", "live", "seed",
    ] {
        assert!(is_keyword(word) && words.contains(&word), "{word}");
    }
    assert!(types::TYPES.iter().all(|ty| !is_keyword(ty.name)));
}

#[test]
fn what_is_left_out_is_what_the_reference_says() {
    let said =
        parse("churn 9 even 1 to 2 live 50 seed 1\na = bytes 9 align 1\nv = vec u8 0\nm = map 0");
    let left_out = parse("churn 9 even 1 to 2\na = bytes 9\nv = vec u8\nm = map");
    let kinds = |program: Result<arena::lang::Program, _>| -> Vec<_> {
        let program: arena::lang::Program = program.map_err(|_: Vec<_>| ()).unwrap();
        assert_eq!(program.memory, 262_144);
        program.body.into_iter().map(|statement| statement.kind).collect()
    };
    assert_eq!(kinds(said), kinds(left_out));
}
