//! Programs in the engine: where their tasks are suspended, what the examples show, and that no
//! program that is allowed is too much for it.

use std::time::{Duration, Instant};

use executor::lang::{EXAMPLES, limits, parse};
use executor::snapshot::{MOST_LINES, MOST_WAKES};
use executor::{
    Command, Executor, ExecutorKind, Place, Program, Scenario, Snapshot, SourceId, Verdict,
};
use machine::{Machine, Tape, Want};

const QUEUE: ExecutorKind = ExecutorKind::RunQueue { lifo: false, workers: 1 };
const EVERYTHING: ExecutorKind = ExecutorKind::PollEverything;

fn start(text: &str, executor: ExecutorKind) -> Executor {
    let scenario = Scenario { executor, ..Scenario::new(Program::Text(text.to_string())) };
    Executor::start(&scenario).unwrap()
}

fn play(machine: &mut Executor, at_most: usize) -> Snapshot {
    for _ in 0..at_most {
        let Some(command) = machine.play() else { break };
        machine.apply(&command, &mut Tape::new(Want::Nothing)).unwrap();
    }
    machine.snapshot()
}

/// What each task has printed, as `name: line, line`.
fn output(snapshot: &Snapshot) -> Vec<String> {
    let tasks = snapshot.tasks.iter().enumerate().map(|(i, task)| {
        let lines = snapshot.output.iter().filter(|line| line.task.index() == i);
        let lines: Vec<&str> = lines.map(|line| &*line.text).collect();
        format!("{}: {}", task.name, lines.join(", "))
    });
    tasks.collect()
}

#[test]
fn each_statement_waits_at_its_own_place() {
    let text = "\
source s
channel c 1
channel d
task a {
    sleep 9
}
task b { yield  read s }
task e {
    send c
    join { send c } {
        select { recv d } { read s }
    }
    send d
}
task f { recv d recv c }";
    let mut machine = start(text, QUEUE);
    let snapshot = play(&mut machine, 5);
    let places: Vec<Vec<(u32, u32)>> = (snapshot.tasks.iter())
        .map(|task| {
            let place = |place: Place| {
                assert_eq!(place.file(), None, "it is a place in the program");
                (place.line(), place.column())
            };
            task.waits.iter().map(|waiting| place(waiting.place)).collect()
        })
        .collect();
    assert_eq!(
        places,
        [vec![(5, 5)], vec![(7, 17)], vec![(10, 12), (11, 18), (11, 29)], vec![(15, 10)],]
    );
    assert_eq!(snapshot.tasks[1].place, Some(Place::Program { line: 7, column: 17 }));
}

#[test]
fn the_person_makes_a_source_ready() {
    let mut machine = start("source s task a { read s print \"pressed\" read s }", QUEUE);
    let snapshot = play(&mut machine, 9);
    assert_eq!(snapshot.verdict, Some(Verdict::NeedsPerson));
    let press = Command::MakeReady(SourceId(0));
    machine.apply(&press, &mut Tape::new(Want::Nothing)).unwrap();
    let snapshot = play(&mut machine, 9);
    assert_eq!(output(&snapshot), ["a: pressed"]);
    assert_eq!(snapshot.verdict, Some(Verdict::NeedsPerson), "one press is one read");
}

#[test]
fn a_wrong_program_is_refused_with_its_first_problem() {
    let scenario = Scenario::new(Program::Text("task a { slep 3 }".to_string()));
    let error = Executor::start(&scenario).err().unwrap();
    assert_eq!(
        error.to_string(),
        "The program is wrong: line 1, column 10: `slep` is not a statement; did you mean `sleep`?"
    );
}

#[test]
fn the_examples_show_what_they_say() {
    let run = |name: &str, executor| {
        let example = EXAMPLES.iter().find(|example| example.name == name).unwrap();
        let snapshot = play(&mut start(example.text, executor), 10_000);
        (output(&snapshot), snapshot.now.0, snapshot.verdict.unwrap())
    };
    for executor in [QUEUE, EVERYTHING] {
        let (output, _, verdict) = run("Deadlines", executor);
        assert_eq!(output, ["client: answer 1, answer 2, too late", "server: ask 1, ask 2, ask 3"]);
        assert_eq!(verdict, Verdict::Finished);

        let (output, now, verdict) = run("Back pressure", executor);
        assert_eq!(output[1], "consumer: jobs 1, jobs 2, jobs 3, jobs 4, jobs 5, jobs 6");
        assert_eq!((now, verdict), (60, Verdict::Finished));

        let (output, now, verdict) = run("Polite and rude", executor);
        assert_eq!(output[0], "timer: now it is 10, I think");
        assert_eq!((now, verdict), (40, Verdict::Finished));

        let (output, _, verdict) = run("Two forks", executor);
        assert_eq!(output, ["waiter: ", "plato: left 1", "kant: right 1"]);
        let expected = if executor == QUEUE { Verdict::Stuck } else { Verdict::Spinning };
        assert_eq!(verdict, expected);
    }
    let shares = |executor| {
        let (output, _, verdict) = run("A pool of workers", executor);
        assert_eq!(verdict, Verdict::Finished);
        let mut jobs: Vec<&str> = output[1..]
            .iter()
            .flat_map(|line| line.split_once(": ").unwrap().1.split(", "))
            .filter(|line| *line != "jobs closed")
            .collect();
        jobs.sort_unstable();
        assert_eq!(jobs, ["jobs 1", "jobs 2", "jobs 3", "jobs 4", "jobs 5", "jobs 6"]);
        output
    };
    let four = ExecutorKind::RunQueue { lifo: true, workers: 4 };
    assert_ne!(shares(QUEUE), shares(four), "which takes which depends on the executor");
}

/// Programs at the limits of the language.
fn worst_programs() -> Vec<String> {
    let branches = |inner: &str| format!("{{ {inner} }} ").repeat(limits::BRANCHES);
    let eight = format!("join {}", branches("recv c"));
    let many_leaves = format!("join {}", branches(&format!("join {}", branches("recv c yield"))));
    let deep =
        (3..limits::DEPTH).fold(eight, |inner, _| format!("join {{ {inner} }} {{ recv c }}"));
    vec![
        // Much in one poll.
        "task a { loop 9999 { print \"x\" print \"y\" } }".to_string(),
        "channel c task a { loop 9999 { send c send c } } task b { sleep 9 recv c }".to_string(),
        "task a { loop 7000 { select { yield } { } } }".to_string(),
        "task a { loop 2000 { join { } { } { } { } { } { } { } { block 10000 } } }".to_string(),
        // Many tasks, all with much.
        "channel c task a { loop 100 { spawn b } } task b later { loop 9999 { send c yield } recv c }"
            .to_string(),
        "task a { spawn a spawn a loop 9000 { print \"x\" yield } }".to_string(),
        format!("channel c task a {{ spawn a {many_leaves} send c }}"),
        format!("channel c task a {{ spawn a {deep} send c }}"),
        // Much time.
        "task a { loop 10000 { sleep 10000 } } task b { loop 10000 { sleep 1 } }".to_string(),
    ]
}

#[test]
fn no_program_is_too_much() {
    for text in worst_programs() {
        assert_eq!(parse(&text).err(), None, "{text}");
        for executor in [QUEUE, EVERYTHING, ExecutorKind::RunQueue { lifo: true, workers: 4 }] {
            let mut machine = start(&text, executor);
            let (mut longest, mut steps) = (Duration::ZERO, 0);
            for _ in 0..3_000 {
                let Some(command) = machine.play() else { break };
                let mut tape = Tape::new(Want::Nothing);
                let begin = Instant::now();
                machine.apply(&command, &mut tape).unwrap();
                longest = longest.max(begin.elapsed());
                steps = steps.max(tape.steps().len());
            }
            let snapshot = machine.snapshot();
            let held: usize = snapshot.channels.iter().map(|channel| channel.values.len()).sum();
            let waits: usize = snapshot.tasks.iter().map(|task| task.waits.len()).sum();
            println!(
                "{steps} steps, {longest:?}, {held} {waits} {}  {text:.60}",
                snapshot.wakers.len()
            );
            assert!(longest < Duration::from_secs(5), "{longest:?} for one command: {text}");
            assert!(steps < 200_000, "{steps} steps of one command: {text}");
            assert!(snapshot.output.len() <= MOST_LINES && snapshot.wakes.len() <= MOST_WAKES);
            assert!(snapshot.tasks.len() <= limits::STARTED);
            assert!(held <= limits::WAITING * snapshot.channels.len(), "{held} numbers: {text}");
            assert!(waits <= limits::STARTED * limits::STATEMENTS, "{waits} waits: {text}");
        }
    }
}
