//! The properties, and that they can fail.

use crate::agree::{
    Planted, Seen, confluent_programs_agree, some_schedule_leads_there, the_model_follows,
};
use crate::generate::{LARGE, SMALL};
use crate::model::Mistake;

/// How many programs are tried: fifty times as many with `OXIDOSCOPE_DEEP`.
fn programs(n: u32) -> u32 {
    if std::env::var_os("OXIDOSCOPE_DEEP").is_some() { 50 * n } else { n }
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
        let by_outcome = some_schedule_leads_there(1_000, planted);
        println!(
            "{mistake:?}\n{}",
            by_outcome.as_ref().err().map_or("", |e| e.lines().next().unwrap_or(""))
        );
        assert!(by_outcome.is_err(), "{mistake:?} is not noticed in outcomes");
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
