//! Measures the engine on this machine; one JSON object a line, like `./x bench --json`.
//! `cargo run --release -p executor --example figures`

use std::time::Instant;

use executor::{Executor, Program, Scenario, Step};
use machine::check::seek_times;
use machine::{Finisher, Machine, Run, Tape, Want};

/// Four tasks that keep each other busy, in every way but the person's.
const BUSY: &str = "channel ping\nchannel pong\n\
                    task server { loop 9000 { recv ping send pong } }\n\
                    task client { loop 9000 { send ping recv pong } }\n\
                    task sleeper { loop 5000 { sleep 3 yield } }\n\
                    task polite { loop 9000 { yield yield } }\n";

/// One frame at 60 a second.
const FRAME: f64 = 1_000.0 / 60.0;

fn main() {
    let run = busy(10_000);
    let steps = run.cursor;
    let again = || {
        let mut machine = Executor::start(&run.scenario).expect("it starts");
        let mut tape = Tape::new(Want::Nothing);
        for command in run.commands.iter() {
            machine.apply(command, &mut tape).expect("it was possible before");
        }
        assert_eq!(tape.steps().len(), steps, "the same steps again");
        machine
    };
    let rerun = best_of(20, || drop(again()));
    let machine = again();
    // A thousand of them, so that the milliseconds are microseconds of one.
    let snapshot = best_of(20, || (0..1_000).for_each(|_| drop(machine.snapshot())));
    let begin = Instant::now();
    let times = seek_times(&run, || begin.elapsed().as_secs_f64() * 1e3).expect("it runs again");

    figure("10,000 steps run again", rerun * 1e4 / steps as f64, "ms", Some(FRAME / 2.0));
    figure("one snapshot", snapshot, "us", Some(50.0));
    figure("size of a step", size_of::<Step>() as f64, "bytes", Some(64.0));
    figure("seek in 10,000 steps, median", times.seek_median, "ms", Some(FRAME));
    figure("seek in 10,000 steps, worst", times.seek_worst, "ms", Some(FRAME));
    figure("one step back, mean", times.back_mean, "ms", Some(FRAME));
}

/// A run of at least so many steps.
fn busy(steps: usize) -> Run<Executor> {
    let scenario = Scenario::new(Program::Text(BUSY.to_owned()));
    let mut finisher = Finisher::new(Run::new(scenario), steps).expect("it starts");
    while finisher.advance(steps).is_none() {}
    finisher.run().clone()
}

/// The quickest of some tries, in milliseconds.
fn best_of(tries: u32, mut work: impl FnMut()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..tries).map(time).fold(f64::INFINITY, f64::min)
}

fn figure(what: &str, value: f64, unit: &str, limit: Option<f64>) {
    let holds = limit.is_none_or(|limit| value <= limit);
    let limit = limit.map_or("null".to_owned(), |limit| format!("{limit:.3}"));
    println!(
        r#"{{"demo":"executor","what":"{what}","value":{value:.4},"unit":"{unit}","limit":{limit},"holds":{holds}}}"#
    );
}
