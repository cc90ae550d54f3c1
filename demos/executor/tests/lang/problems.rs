//! What is said about wrong programs: each row is a text, with the piece that is blamed between
//! `«` and `»`, and the sentence about it.

use executor::lang::{limits, parse};
use text_check::blames;

#[track_caller]
fn check(marked: &str, sentences: &[&str]) {
    blames(|text| parse(text).err().unwrap_or_default(), marked, sentences);
}

#[test]
fn words_that_are_none() {
    check("task a { «slep» 20 }", &["`slep` is not a statement; did you mean `sleep`?"]);
    check(
        "task a { «wait» 20 yield }",
        &[
            "`wait` is not a statement; those are sleep, yield, block, send, recv, read, spawn, print, loop, join, select",
        ],
    );
    check(
        "task a { «lopo» 3 { send x } yield }",
        &["`lopo` is not a statement; did you mean `loop`?"],
    );
    check("«chanel» c\ntask a { }", &["`chanel` begins nothing; did you mean `channel`?"]);
    check(
        "«foo» bar { baz }\ntask a { }",
        &["`foo` begins nothing; here stands `channel`, `source` or `task`"],
    );
    check(
        "«yield»\ntask a { }",
        &["`yield` stands outside of a task; put it inside of one: `task name { yield … }`"],
    );
    check("task a { } «}» task b { }", &["this `}` closes nothing; take it out"]);
    check("«20»\ntask a { }", &["here stands `channel`, `source` or `task`"]);
}

#[test]
fn names() {
    check(
        "channel ping\ntask a { send «pnig» }",
        &["there is no channel `pnig`; did you mean `ping`?"],
    );
    check(
        "task a { recv «c» }",
        &["there is no channel `c`; write `channel c` outside of the tasks"],
    );
    check(
        "task a { spawn «b» }",
        &["there is no task `b`; write `task b later { … }` outside of the tasks"],
    );
    check("source c\ntask a { send «c» }", &["`c` is a source; here stands a channel"]);
    check(
        "channel c\nsource «c»\ntask a { }",
        &["there is already `c` (line 1); choose another name"],
    );
    check("channel «at»\ntask a { }", &["`at` is a word of the language; choose another name"]);
    check("«channel»\ntask a { }", &["`channel` needs a name, as in `channel ping`"]);
    check("channel «2»\ntask a { }", &["`channel` needs a name, as in `channel ping`"]);
    check(
        "channel «a23456789_123456789_12345»\ntask a { }",
        &["this name is too long; a name has at most 24 letters"],
    );
    check("task a { «recv» }", &["`recv` needs a channel, as in `recv ping`"]);
    check("task a { read «3» }", &["`read` needs a source, as in `read button`"]);
    check(
        "task a {\n«recv»\n«slep» 3 }",
        &[
            "`recv` needs a channel, as in `recv ping`",
            "`slep` is not a statement; did you mean `sleep`?",
        ],
    );
}

#[test]
fn numbers() {
    check("task a { «sleep» yield }", &["`sleep` needs a number of ticks, as in `sleep 20`"]);
    check("task a { sleep «soon» yield }", &["`sleep` needs a number of ticks, as in `sleep 20`"]);
    check("task a { sleep «20ms» }", &["`20ms` is no number; write `20` alone"]);
    check("task a { sleep «0» }", &["`0` is out of range; this is a number from 1 to 10000"]);
    check(
        "task a { block «99999999999999999999» }",
        &["`99999999999999999999` is out of range; this is a number from 1 to 10000"],
    );
    check("channel c «0»\ntask a { }", &["`0` is out of range; this is a number from 1 to 100"]);
    check("task a { «loop» { } }", &["`loop` needs how many times, as in `loop 3 { … }`"]);
    check("task a { sleep «-»5 }", &["`sleep` needs a number of ticks, as in `sleep 20`"]);
    check("source s «at»\ntask a { }", &["`at` needs times, as in `source net at 30, 50`"]);
    check(
        "source s at 30 «50»\ntask a { }",
        &["a comma is missing before this time, as in `at 30, 50`"],
    );
    check(
        "source s at 50, «30»\ntask a { }",
        &["30 comes after 50; write the times in rising order"],
    );
}

#[test]
fn texts() {
    check("task a { print «hello» }", &["a text stands in quotes: `print \"hello\"`"]);
    check("task a { print «\"hello }»\n }", &["the second quote is missing on this line"]);
    check("task a { «print» }", &["`print` needs a text, as in `print \"hello\"`"]);
    check(
        "channel c task a { send c «\"x\"» }",
        &["a text stands only after `print`, as in `print \"x\"`"],
    );
}

#[test]
fn blocks() {
    check("task a «{» yield", &["this block is not closed; a `}` is missing"]);
    check(
        "task a { loop 3 «{» yield\ntask b { «slep» 3 }",
        &[
            "this block is not closed; a `}` is missing",
            "`slep` is not a statement; did you mean `sleep`?",
        ],
    );
    check("task «a»", &["`task` needs a block: `{ … }`"]);
    check("task «a»\nsleep 3\n}", &["`task` needs a block: `{ … }`"]);
    check(
        "task a { «join» { yield } }",
        &["`join` needs two blocks or more, as in `join { … } { … }`"],
    );
    check("task a { «select» yield }", &["`select` needs a block: `{ … }`"]);
    check(
        "task a { «{» sleep 3 } yield }",
        &["this block belongs to nothing; write `loop 3`, `join` or `select` before it"],
    );
    check(
        "task a { yield «,» «?» yield }",
        &[
            "take out this comma; statements stand side by side",
            "`?` means nothing here; take it out",
        ],
    );
}

#[test]
fn nothing_that_starts() {
    check("«»", &["there is no task; write one: `task hello { print \"hello\" }`"]);
    check("task «a» later { }", &["every task is `later`, so none starts; take out one `later`"]);
}

#[test]
fn limits_are_kept() {
    let said = |text: &str| {
        parse(text).map(|_| ()).map_err(|problems| {
            problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("\n")
        })
    };
    let nested = |depth: usize| {
        format!("task a {{ {}{} }}", "loop 1 {".repeat(depth - 1), "}".repeat(depth - 1))
    };
    assert_eq!(said(&nested(limits::DEPTH)), Ok(()));
    assert_eq!(
        said(&nested(limits::DEPTH + 1)).unwrap_err(),
        "this block is too deep; blocks go at most 12 deep"
    );
    assert!(said(&nested(1_500)).unwrap_err().ends_with("12 deep"));

    let statements = |n: usize| format!("task a {{ {} }}", "yield ".repeat(n));
    assert_eq!(said(&statements(limits::STATEMENTS)), Ok(()));
    assert_eq!(
        said(&statements(limits::STATEMENTS + 1)).unwrap_err(),
        "the program is too long; it has at most 300 statements"
    );

    let work = |rounds: u32| format!("task a {{ loop 30 {{ loop {rounds} {{ yield }} }} }}");
    assert_eq!(said(&work(498)), Ok(()));
    assert_eq!(
        said(&work(500)).unwrap_err(),
        "with this loop the task would carry out 30061 statements; a task has at most 30000"
    );
    assert_eq!(
        said("task a { loop 10000 { loop 10000 { loop 10000 { } } } }").unwrap_err(),
        "with this loop the task would carry out 100020001 statements; a task has at most 30000"
    );
    assert_eq!(
        said("task a { loop 9999 { yield yield } yield yield yield }").unwrap_err(),
        "this task would carry out 30001 statements; a task has at most 30000"
    );

    let many = |item: &str, n: usize| {
        (0..n)
            .map(|i| format!("{item} n{i} {} ", if item == "task" { "{ }" } else { "" }))
            .collect::<String>()
    };
    for (item, most) in
        [("channel", limits::CHANNELS), ("source", limits::SOURCES), ("task", limits::TASKS)]
    {
        assert_eq!(
            said(&(many(item, most) + "task a later { } task b { }")).is_ok(),
            item != "task"
        );
        assert_eq!(
            said(&(many(item, most + 1) + if item == "task" { "" } else { "task a { }" }))
                .unwrap_err(),
            format!("this is one too many; a program has at most {most} {item}s")
        );
    }

    let long = format!("# {}\ntask a {{ }}", "x".repeat(limits::TEXT));
    assert_eq!(
        said(&long).unwrap_err(),
        "the program is too long; a program has at most 16384 bytes"
    );
    let wrong = "slep ".repeat(300);
    assert_eq!(
        parse(&format!("task a {{ {} }}", wrong.replace(' ', "\n"))).unwrap_err().len(),
        limits::PROBLEMS
    );
}
