//! What asynchronous tasks do.

use executor::{Actor, ExecutorKind, Happening, TaskId};

use crate::{play, scenario};

#[test]
fn two_timers() {
    let played = play(&scenario("two-timers"));
    assert_eq!(
        played.events(),
        [
            "2: ‘tock’ prints “tock”.",  // it slept 2
            "4: ‘tick’ prints “tick”.",  // it slept 4
            "6: ‘tock’ prints “tock”.",  // 4 after its first
            "8: ‘tick’ prints “tick”.",  // and so on
            "12: ‘tick’ prints “tick”.", // tock has finished at 10
            "12: Every task is finished.",
        ]
    );
    let totals = played.end().totals;
    assert_eq!(
        (totals.polls, totals.useless),
        (8, 0),
        "a start and three timers for each, no more"
    );
    assert_eq!(totals.wakes_by_ref, 6, "one call for each timer");
    assert_eq!(totals.clones, 6, "one waker left with the reactor for each timer");
}

#[test]
fn two_timers_under_poll_everything() {
    let mut scenario = scenario("two-timers");
    scenario.executor = ExecutorKind::PollEverything;
    let played = play(&scenario);
    let prints = played.prints();
    assert_eq!(prints.len(), 5, "the same lines are printed: {prints:?}");
    assert!(prints[4].starts_with("12: "), "at the same time, as a round for nothing is a tick");
    let totals = played.end().totals;
    assert_eq!(totals.polls - totals.useless, 8, "the same polls get anywhere");
    assert!(totals.useless >= 10, "and all others are the price: {}", totals.useless);
}

#[test]
fn ping_pong() {
    let played = play(&scenario("ping-pong"));
    assert_eq!(
        played.events(),
        [
            "0: ‘ping’ prints “ping 1”.", // ping was spawned first
            "0: ‘pong’ prints “pong 1”.", // the value was there before pong was polled
            "0: ‘ping’ prints “ping 2”.", // from here on each wakes the other
            "0: ‘pong’ prints “pong 2”.",
            "0: ‘ping’ prints “ping 3”.",
            "0: ‘pong’ prints “pong 3”.",
            "0: Every task is finished.", // no time has passed: nothing here waits for time
        ]
    );
    let totals = played.end().totals;
    assert_eq!(
        totals.wakes, 6,
        "each value wakes somebody but the first, and then the end wakes pong"
    );
    assert_eq!(totals.wakes_by_ref, 0, "a channel gives the waker away, it calls wake");
    assert_eq!(played.task("pong").woken_by, Some(Actor::Task(TaskId(0))));
}

#[test]
fn join_and_select() {
    let played = play(&scenario("join-and-select"));
    assert_eq!(
        played.events(),
        [
            "2: ‘supplier’ prints “part 1 delivered”.", // while the other branch of its join sleeps
            "5: select: branch 2 is ready, so branch 1 is dropped where it stands.", // the timeout
            "5: A future that waits for a value in ‘parts’ is dropped: cancelled.", // part 1 in it
            "5: ‘assembler’ prints “too slow, I take them one by one”.",
            "9: ‘supplier’ prints “part 2 delivered”.",
            "9: ‘assembler’ prints “part 2 is here”.", // and part 1 never is
            "9: Every task is finished.",
        ]
    );
}

#[test]
fn fairness() {
    let played = play(&scenario("fairness"));
    assert_eq!(
        played.story(|happening| matches!(
            happening,
            Happening::Printed { .. } | Happening::PollBegins { .. } | Happening::PollReady { .. }
        ))[1..],
        [
            "0: ‘boss’ returns Ready: it is finished.", // all jobs are in the channels
            "0: ‘greedy’ is polled for the first time.",
            "0: ‘greedy’ prints “job 1”.", // four awaits, and none of them
            "0: ‘greedy’ prints “job 2”.", // has anything to wait for
            "0: ‘greedy’ prints “job 3”.",
            "0: ‘greedy’ prints “job 4”.",
            "0: ‘greedy’ returns Ready: it is finished.", // in a single poll
            "0: ‘polite’ is polled for the first time.",
            "0: ‘polite’ prints “job 1”.",
            "0: ‘bystander’ is polled for the first time.", // polite gave way
            "0: ‘bystander’ prints “me too”.",
            "0: ‘polite’ is polled: this is its poll number 2.", // and so does the bystander
            "0: ‘polite’ prints “job 2”.",
            "0: ‘bystander’ is polled: this is its poll number 2.",
            "0: ‘bystander’ prints “me too”.",
            "0: ‘polite’ is polled: this is its poll number 3.",
            "0: ‘polite’ prints “job 3”.",
            "0: ‘bystander’ is polled: this is its poll number 3.",
            "0: ‘bystander’ prints “me too”.",
            "0: ‘polite’ is polled: this is its poll number 4.",
            "0: ‘polite’ prints “job 4”.",
            "0: ‘bystander’ is polled: this is its poll number 4.",
            "0: ‘bystander’ prints “me too”.",
            "0: ‘polite’ is polled: this is its poll number 5.", // finds its channel at its end
            "0: ‘polite’ returns Ready: it is finished.",
            "0: ‘bystander’ is polled: this is its poll number 5.",
            "0: ‘bystander’ returns Ready: it is finished.",
        ]
    );
}

#[test]
fn blocking() {
    let played = play(&scenario("blocking"));
    assert_eq!(
        played.events(),
        [
            "2: ‘heartbeat’ prints “it is 2”.", // in time
            "3: ‘report’ keeps the thread for 8 ticks: nobody else runs.",
            "11: ‘report’ prints “the report is written”.",
            "11: ‘heartbeat’ prints “it is 11”.", // it should have been 4
            "13: ‘heartbeat’ prints “it is 13”.", // in time again, counted from then
            "15: ‘heartbeat’ prints “it is 15”.",
            "15: Every task is finished.",
        ]
    );
    assert_eq!(played.end().totals.useless, 0, "late, but polled no more often than needed");
}
