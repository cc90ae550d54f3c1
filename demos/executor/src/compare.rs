//! The same tasks under both executors.

use machine::{Machine, Tape};

use crate::snapshot::Totals;
use crate::{Error, Executor, ExecutorKind, Scenario, Time, Verdict};

/// What came of a scenario under one executor.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Comparison {
    /// Which executor.
    pub executor: ExecutorKind,
    /// How the run came to rest; `None` if it did not within [`MOST_COMMANDS`].
    pub verdict: Option<Verdict>,
    /// How many tasks are finished.
    pub finished: u32,
    /// How many tasks there are.
    pub tasks: u32,
    /// What was counted: polls, useless polls, calls of the waker's functions.
    pub totals: Totals,
    /// When, in virtual time.
    pub now: Time,
}

/// A comparison gives up after so many commands.
pub const MOST_COMMANDS: u32 = 20_000;

/// Really runs the scenario twice, until it rests: once under poll everything, and once under a run
/// queue (its own, or one worker's), with everything else the same.
///
/// # Errors
/// If the scenario cannot start.
pub fn compare(scenario: &Scenario) -> Result<[Comparison; 2], Error> {
    let run_queue = match scenario.executor {
        ExecutorKind::PollEverything => ExecutorKind::RunQueue { lifo: false, workers: 1 },
        run_queue => run_queue,
    };
    Ok([run(scenario, ExecutorKind::PollEverything)?, run(scenario, run_queue)?])
}

fn run(scenario: &Scenario, executor: ExecutorKind) -> Result<Comparison, Error> {
    let mut machine = Executor::start(&Scenario { executor, ..scenario.clone() })?;
    let mut tape = Tape::default();
    for _ in 0..MOST_COMMANDS {
        let Some(command) = machine.play() else { break };
        machine.apply(&command, &mut tape)?;
        tape.rewind(Default::default());
    }
    let end = machine.snapshot();
    Ok(Comparison {
        executor,
        verdict: end.verdict,
        finished: end.finished(),
        tasks: end.tasks.len() as u32,
        totals: end.totals,
        now: end.now,
    })
}
