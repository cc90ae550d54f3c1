//! Both executors, with all their options, against the model.

use std::collections::BTreeSet;

use executor::lang::{Program, format};
use executor::{ExecutorKind, Verdict, WakerKind};
use proptest::prelude::*;

use crate::code::{Code, Mistake};
use crate::engine::{Driver, Setting, Trace, every_executor, run};
use crate::explore::{Clock, Outcome, outcomes};
use crate::follow::follow;
use crate::generate::{self, SMALL, Size, TINY};

/// What is different on purpose, to see that the tests notice it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Planted {
    /// A mistake of the model's.
    pub in_model: Option<Mistake>,
    /// The engine's wakers do nothing: every wake is lost.
    pub wakes_lost: bool,
    /// Only poll everything is tried, which needs no wakes.
    pub poll_everything: bool,
}

/// What was seen, so that a test can say that it saw enough.
#[derive(Default, Debug)]
pub struct Seen {
    pub programs: u32,
    pub runs: u32,
    pub polls: usize,
    pub searched: u32,
    pub several_outcomes: u32,
    pub stopped: u32,
    pub lines: usize,
    pub finished: u32,
    pub stuck: u32,
    pub needs_person: u32,
    pub spinning: u32,
}

impl Seen {
    fn trace(&mut self, trace: &Trace) {
        self.runs += 1;
        self.polls += trace.commands.len();
        let Some((outcome, verdict)) = &trace.end else {
            self.stopped += 1;
            return;
        };
        self.lines += outcome.iter().map(|task| task.1.len()).sum::<usize>();
        match verdict {
            Verdict::Finished => self.finished += 1,
            Verdict::Stuck => self.stuck += 1,
            Verdict::NeedsPerson => self.needs_person += 1,
            Verdict::Spinning => self.spinning += 1,
            Verdict::Dropped => {}
        }
    }
}

/// Programs that are confluent by construction: each task's own output is the same, in order, under
/// every executor, and the same as in the model.
pub fn confluent_programs_agree(n: u32, size: Size, planted: Planted) -> Result<Seen, String> {
    check(n, size, generate::confluent_program, planted, |program, code, settings, seen| {
        let expected = outcomes(code, code.start(), Clock::WhenIdle, &[]);
        seen.searched += u32::from(expected.is_some());
        // Where the model has too much to search, the executors are still compared to each other.
        let mut expected = expected.unwrap_or_default();
        for &setting in settings {
            let end = run_to_end(program, setting, seen)?;
            if expected.is_empty() {
                expected.insert(end.clone());
            }
            is_in(&expected, &end, setting)?;
        }
        if expected.len() > 1 {
            return Err(format!("the model has more than one outcome: {expected:?}"));
        }
        Ok(())
    })
}

/// Programs of any kind: what comes of a run is something that some schedule of the model leads to.
pub fn some_schedule_leads_there(n: u32, planted: Planted) -> Result<Seen, String> {
    check(n, TINY, generate::any_program, planted, |program, code, settings, seen| {
        let by_hand = vec![0; program.sources.len()];
        let Some(expected) = outcomes(code, code.start(), Clock::WhenIdle, &by_hand) else {
            return Ok(());
        };
        seen.searched += 1;
        seen.several_outcomes += u32::from(expected.len() > 1);
        for &setting in settings {
            is_in(&expected, &run_to_end(program, setting, seen)?, setting)?;
        }
        Ok(())
    })
}

/// Programs of any kind, the person taking part: the model follows every poll.
pub fn the_model_follows(n: u32, planted: Planted) -> Result<Seen, String> {
    check(n, SMALL, generate::any_program, planted, |program, code, settings, seen| {
        for (i, &setting) in settings.iter().enumerate() {
            let driver = match setting.driver {
                Driver::Play => Driver::Play,
                Driver::Anybody { .. } => Driver::Anybody { ready: i as u32 % 4 },
            };
            let trace = run(program, Setting { driver, ..setting }, 300)?;
            seen.trace(&trace);
            follow(code, &trace).map_err(|error| format!("{error}\n{setting:?}"))?;
        }
        Ok(())
    })
}

fn check(
    n: u32,
    size: Size,
    build: impl Fn(&generate::Raw) -> Program,
    planted: Planted,
    test: impl Fn(&Program, &Code, &[Setting], &mut Seen) -> Result<(), String>,
) -> Result<Seen, String> {
    let mut seen = Seen::default();
    let mut seed = 0;
    generate::for_all(n, size, |raw| {
        let program = build(&raw);
        let code = Code::new(&program, planted.in_model);
        seed += 1;
        seen.programs += 1;
        let settings = settings(seed, planted);
        test(&program, &code, &settings, &mut seen)
            .map_err(|error| TestCaseError::fail(format!("{error}\n{}", format(&program))))
    })?;
    Ok(seen)
}

/// Every executor, driven by Play and by somebody who does anything.
fn settings(seed: u32, planted: Planted) -> Vec<Setting> {
    let mut settings = every_executor(seed);
    settings.extend(every_executor(seed).into_iter().map(|setting| {
        let driver = Driver::Anybody { ready: 0 };
        Setting { driver, ..setting }
    }));
    if planted.poll_everything {
        settings.retain(|setting| setting.executor == ExecutorKind::PollEverything);
    }
    if planted.wakes_lost {
        settings.iter_mut().for_each(|setting| setting.waker = WakerKind::DoNothing);
    }
    settings
}

fn run_to_end(program: &Program, setting: Setting, seen: &mut Seen) -> Result<Outcome, String> {
    let trace = run(program, setting, 10_000).map_err(|error| format!("{error}\n{setting:?}"))?;
    seen.trace(&trace);
    let (outcome, _) = trace.end.ok_or("it comes to no end")?;
    Ok(outcome)
}

fn is_in(expected: &BTreeSet<Outcome>, outcome: &Outcome, setting: Setting) -> Result<(), String> {
    match expected.contains(outcome) {
        true => Ok(()),
        false => Err(format!("{setting:?}: {outcome:?} is not in {expected:?}")),
    }
}
