//! The model by itself: small programs whose outcomes are counted by hand.

use std::collections::BTreeSet;

use executor::lang::{format, parse};
use proptest::prelude::*;

use crate::code::Code;
use crate::explore::{Clock, Outcome, outcomes};
use crate::generate::{self, SMALL};
use crate::model::Line;

fn all(text: &str) -> BTreeSet<Outcome> {
    let program = parse(text).unwrap();
    let code = Code::new(&program, None);
    outcomes(&code, code.start(), Clock::WhenIdle, &[]).unwrap()
}

fn printed(letters: &str) -> Vec<Line> {
    letters.bytes().map(Line::Printed).collect()
}

#[test]
fn two_senders_one_receiver() {
    let text = "channel c
        task a { send c 1 } task b { send c 2 }
        task r { loop 3 { recv c } }";
    let received =
        |first, second| vec![Line::Received(0, first), Line::Received(0, second), Line::Closed(0)];
    let outcome = |lines| vec![(0, vec![], true), (1, vec![], true), (2, lines, true)];
    assert_eq!(all(text), BTreeSet::from([outcome(received(1, 2)), outcome(received(2, 1))]));
}

#[test]
fn a_timer_loses_against_whoever_can_move() {
    let text = "channel c
        task a { select { recv c } { sleep 1 print \"t\" } }
        task b { loop 5 { yield } send c }";
    let outcome = |lines| vec![(0, lines, true), (1, vec![], true)];
    assert_eq!(all(text), BTreeSet::from([outcome(vec![Line::Received(0, 1)])]));

    let program = parse(text).unwrap();
    let code = Code::new(&program, None);
    let any_time = outcomes(&code, code.start(), Clock::AnyTime, &[]).unwrap();
    assert_eq!(
        any_time,
        BTreeSet::from([outcome(vec![Line::Received(0, 1)]), outcome(printed("t"))])
    );
}

#[test]
fn each_takes_the_other_fork() {
    let text = "channel left 1 channel right 1
        task waiter { send left send right }
        task a { recv left yield recv right send left send right }
        task b { recv right yield recv left send left send right }";
    let ends: BTreeSet<Vec<bool>> =
        all(text).iter().map(|outcome| outcome.iter().map(|task| task.2).collect()).collect();
    assert_eq!(ends, BTreeSet::from([vec![true, false, false], vec![true, true, true]]));
}

#[test]
fn join_waits_for_all_and_select_for_one() {
    let text = "task a { join { sleep 3 print \"x\" } { sleep 2 print \"y\" } print \"z\" }
        task b { select { sleep 3 print \"x\" } { sleep 2 print \"y\" } print \"z\" }";
    assert_eq!(
        all(text),
        BTreeSet::from([vec![(0, printed("yxz"), true), (1, printed("yz"), true)]])
    );
}

#[test]
fn a_source_is_read_as_often_as_it_became_readable() {
    let text = "source s at 1, 2 task a { sleep 5 loop 3 { read s print \"r\" } }";
    assert_eq!(all(text), BTreeSet::from([vec![(0, printed("rr"), false)]]));
}

#[test]
fn programs_that_are_confluent_by_construction_have_one_outcome() {
    let (mut searched, mut stuck, mut lines, mut closed) = (0, 0, 0, 0);
    generate::for_all(1_500, SMALL, |raw| {
        let program = generate::confluent_program(&raw);
        let code = Code::new(&program, None);
        for clock in [Clock::WhenIdle, Clock::AnyTime] {
            let Some(found) = outcomes(&code, code.start(), clock, &[]) else { continue };
            prop_assert_eq!(found.len(), 1, "{}\n{:#?}", format(&program), found);
            searched += 1;
            let outcome = found.first().unwrap();
            stuck += usize::from(outcome.iter().any(|task| !task.2));
            lines += outcome.iter().map(|task| task.1.len()).sum::<usize>();
            closed += outcome
                .iter()
                .flat_map(|task| &task.1)
                .filter(|l| matches!(l, Line::Closed(_)))
                .count();
        }
        Ok(())
    })
    .unwrap();
    println!("{searched} searched, {stuck} stuck, {lines} lines, {closed} closed");
    assert!(searched > 2_500 && stuck > 100 && lines > 1_000 && closed > 50);
}
