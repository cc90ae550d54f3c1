//! The properties, and that they can fail.

use executor::{Happening, Step, Verdict};
use proptest::prelude::*;

use crate::agree::{
    Planted, Seen, confluent_programs_agree, some_schedule_leads_there, the_model_follows,
};
use crate::code::{Code, Mistake};
use crate::engine::{Trace, every_executor, run};
use crate::follow::follow;
use crate::generate::{self, LARGE, SMALL};

/// How many programs are tried: twenty times as many with `OXIDOSCOPE_DEEP`.
fn programs(n: u32) -> u32 {
    if std::env::var_os("OXIDOSCOPE_DEEP").is_some() { 20 * n } else { n }
}

#[track_caller]
fn holds(result: Result<Seen, String>) -> Seen {
    let seen = result.unwrap_or_else(|failure| panic!("{failure}"));
    println!("{seen:?}");
    seen
}

#[test]
fn confluent_programs_print_the_same_under_every_executor() {
    let seen = holds(confluent_programs_agree(programs(2_000), SMALL, Planted::default()));
    assert!(seen.searched * 10 > seen.programs * 9, "nearly all are searched");
    assert!(seen.lines as u32 > seen.runs, "they print something");
    assert!(seen.finished * 2 > seen.runs && seen.stuck > 0, "most finish, and some do not");
}

#[test]
fn large_confluent_programs_too() {
    let seen = holds(confluent_programs_agree(programs(200), LARGE, Planted::default()));
    assert!(seen.lines as u32 > 5 * seen.runs, "they print much");
}

#[test]
fn every_outcome_is_one_that_some_schedule_leads_to() {
    let seen = holds(some_schedule_leads_there(programs(2_000), Planted::default()));
    assert!(seen.searched * 10 > seen.programs * 9, "most are searched");
    assert!(seen.several_outcomes * 10 > seen.programs, "many depend on the schedule");
}

#[test]
fn the_engine_does_nothing_that_the_model_does_not() {
    let seen = holds(the_model_follows(programs(1_000), Planted::default()));
    assert!(seen.stopped * 10 < seen.runs, "most come to an end");
    for verdict in [seen.finished, seen.stuck, seen.needs_person, seen.spinning] {
        assert!(verdict * 50 > seen.runs, "every verdict is seen");
    }
}

#[test]
fn a_mistake_in_the_model_is_noticed() {
    let all = [
        (Mistake::NewestFirst, true),
        (Mistake::JoinEndsEarly, true),
        (Mistake::SelectFromTheEnd, false),
        (Mistake::ChannelsNeverClose, true),
        (Mistake::OneTooMany, false),
        (Mistake::ReadingTakesAll, true),
        (Mistake::LateTimers, false),
    ];
    for (mistake, changes_confluent_programs) in all {
        let planted = Planted { in_model: Some(mistake), ..Planted::default() };
        let result = some_schedule_leads_there(1_000, planted);
        assert!(result.is_err(), "{mistake:?} is not noticed in outcomes");
        assert!(the_model_follows(1_000, planted).is_err(), "{mistake:?} is not noticed in polls");
        if changes_confluent_programs {
            let result = confluent_programs_agree(1_000, SMALL, planted);
            assert!(result.is_err(), "{mistake:?} is not noticed in confluent programs");
        }
    }
}

#[test]
fn lost_wakes_in_the_engine_are_noticed() {
    let planted = Planted { wakes_lost: true, ..Planted::default() };
    assert!(confluent_programs_agree(1_000, SMALL, planted).is_err());
    assert!(some_schedule_leads_there(1_000, planted).is_err());
    assert!(the_model_follows(1_000, planted).is_err());
}

#[test]
fn poll_everything_needs_no_wakes() {
    let planted = Planted { wakes_lost: true, poll_everything: true, ..Planted::default() };
    holds(the_model_follows(programs(300), planted));
}

#[test]
fn a_trace_that_lies_is_noticed() {
    let (mut verdicts, mut outcomes, mut polls) = ((0, 0), (0, 0), (0, 0));
    let count = |(noticed, all): &mut (u32, u32), code: &Code, lie: &Trace| {
        *all += 1;
        *noticed += u32::from(follow(code, lie).is_err());
    };
    generate::for_all(100, SMALL, |raw| {
        let program = generate::any_program(&raw);
        let code = Code::new(&program, None);
        for setting in every_executor(7) {
            let trace = run(&program, setting, 300).map_err(TestCaseError::fail)?;
            let Some((outcome, verdict)) = &trace.end else { continue };
            // Another end than the true one.
            let others = [Verdict::Finished, Verdict::Stuck, Verdict::NeedsPerson];
            for other in others.into_iter().filter(|_| *verdict != Verdict::Spinning) {
                if other != *verdict {
                    let end = Some((outcome.clone(), other));
                    count(&mut verdicts, &code, &Trace { end, ..trace.clone() });
                }
            }
            // A task whose last line is not told.
            let mut less = outcome.clone();
            if less.iter_mut().any(|(_, lines, _)| lines.pop().is_some()) {
                count(
                    &mut outcomes,
                    &code,
                    &Trace { end: Some((less, *verdict)), ..trace.clone() },
                );
            }
            // A poll that got a task further, and is not told.
            let further = trace.commands.iter().position(|chapter| {
                let pending = |step: &Step| {
                    matches!(step.happening, Happening::PollPending { useless: false, .. })
                };
                chapter.steps.iter().any(pending)
            });
            if let Some(at) = further {
                let mut lie = trace.clone();
                lie.commands.remove(at);
                count(&mut polls, &code, &lie);
            }
        }
        Ok(())
    })
    .unwrap();
    println!("noticed of all: verdicts {verdicts:?}, outcomes {outcomes:?}, polls {polls:?}");
    assert!(verdicts.1 > 100 && verdicts.0 == verdicts.1, "{verdicts:?}");
    assert!(outcomes.1 > 100 && outcomes.0 == outcomes.1, "{outcomes:?}");
    // A poll less may be a schedule too, if the task is polled again anyway.
    assert!(polls.1 > 100 && 4 * polls.0 > 3 * polls.1, "{polls:?}");
}
