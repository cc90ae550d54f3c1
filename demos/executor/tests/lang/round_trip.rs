//! A program, its tidy text, and the program again.

use executor::lang::{
    Block, EXAMPLES, Kind, Program, REFERENCE, Span, Statement, TokenKind, format, parse, tokens,
};
use proptest::prelude::*;

use crate::generate::{self, LARGE};

/// The program as if it stood nowhere.
fn without_places(mut program: Program) -> Program {
    fn clear(block: &mut Block) {
        block.close = Span::default();
        for Statement { span, kind } in &mut block.statements {
            *span = Span::default();
            match kind {
                Kind::Loop { body, .. } => clear(body),
                Kind::Join(blocks) | Kind::Select(blocks) => blocks.iter_mut().for_each(clear),
                _ => {}
            }
        }
    }
    program.channels.iter_mut().for_each(|channel| channel.span = Span::default());
    program.sources.iter_mut().for_each(|source| source.span = Span::default());
    for task in &mut program.tasks {
        task.span = Span::default();
        clear(&mut task.body);
    }
    program.comments.clear();
    program
}

fn comments(program: &Program) -> Vec<&str> {
    program.comments.iter().map(|comment| comment.text.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_tidy_text_reads_as_the_same_program(raw in generate::raw(LARGE)) {
        let program = generate::any_program(&raw);
        let text = format(&program);
        let again = parse(&text).map_err(|problems| TestCaseError::fail(format!("{text}\n{problems:?}")))?;
        prop_assert_eq!(without_places(again.clone()), program, "{}", &text);
        prop_assert_eq!(format(&again), text);
    }

    #[test]
    fn tidying_loses_no_comment(
        raw in generate::raw(LARGE),
        places in prop::collection::vec((any::<prop::sample::Index>(), "[ a-z#]{0,9}"), 0..6),
    ) {
        // Comments with line ends after them are put between any two tokens of a program.
        let program = generate::any_program(&raw);
        let tidy = format(&program);
        let mut text = tidy.clone();
        for (place, comment) in &places {
            let tokens: Vec<_> = tokens(&text).collect();
            let at = place.get(&tokens).span.start as usize;
            text.insert_str(at, &format!("#{comment}\n"));
        }
        let commented = parse(&text).map_err(|problems| TestCaseError::fail(format!("{text}\n{problems:?}")))?;
        let tidied = format(&commented);
        let again = parse(&tidied).map_err(|problems| TestCaseError::fail(format!("{tidied}\n{problems:?}")))?;
        prop_assert_eq!(without_places(again.clone()), program);
        prop_assert_eq!(comments(&again), comments(&commented), "{}", &tidied);
        prop_assert_eq!(format(&again), tidied, "tidying twice is tidying once");
    }
}

#[test]
fn the_examples_are_tidy() {
    for example in EXAMPLES {
        let program =
            parse(example.text).unwrap_or_else(|problems| panic!("{}: {problems:?}", example.name));
        assert_eq!(format(&program), example.text, "{}", example.name);
    }
}

#[test]
fn the_reference_names_every_word_and_its_forms_are_right() {
    let declared = "channel ping source button task helper later { }\n";
    for entry in REFERENCE {
        let form = entry.form.replace('…', "yield");
        assert!(form.starts_with(entry.keyword));
        let text = match entry.keyword {
            "channel" | "source" => format!("{form} task a {{ }}"),
            "task" => form,
            _ => format!("{declared} task a {{ {form} }}"),
        };
        assert!(parse(&text).is_ok(), "{text}: {:?}", parse(&text));
    }
    // The list of statements that a reader is told after an unknown word is the reference's.
    let problem = &parse("task a { frobnicate }").unwrap_err()[0];
    for entry in &REFERENCE[3..] {
        assert!(problem.message.contains(entry.keyword), "{}", entry.keyword);
    }
}

#[test]
fn separators_are_free() {
    let spread = "task\na\n{\nsend\tc\r\n;;recv c\n}channel c";
    let tidy = "task a {\n    send c\n    recv c\n}\n\nchannel c\n";
    let program = parse(spread).unwrap();
    assert_eq!(format(&program), tidy);
}

#[test]
fn a_token_knows_its_place() {
    let text = "task ä {\n\t\"ö\" 20ms # ß";
    let found: Vec<_> = tokens(text)
        .map(|token| {
            let span = token.span;
            (token.kind, token.text, span.line, span.column, span.length, &text[span.range()])
        })
        .collect();
    assert_eq!(
        found,
        [
            (TokenKind::Word, "task", 1, 1, 4, "task"),
            (TokenKind::Stray, "ä", 1, 6, 1, "ä"),
            (TokenKind::Open, "{", 1, 8, 1, "{"),
            (TokenKind::Text, "ö", 2, 2, 3, "\"ö\""),
            (TokenKind::NotANumber, "20ms", 2, 6, 4, "20ms"),
            (TokenKind::Comment, " ß", 2, 11, 3, "# ß"),
        ]
    );
}
