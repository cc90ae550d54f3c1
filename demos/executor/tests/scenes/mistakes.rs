//! What goes wrong, and what the machine says of it.

use executor::snapshot::TaskState;
use executor::{Command, Scenario, SourceId, Tokens, Verdict, WakerKind, compare};

use crate::{play, scenario};

#[test]
fn the_do_nothing_waker() {
    let played = play(&scenario("do-nothing-waker"));
    assert_eq!(
        played.events(),
        [
            "0: ‘kettle’ will never be woken again: its wakers do nothing.", // after its first poll
            "0: ‘tea’ will never be woken again: its wakers do nothing.",
            "6: This waker's wake has an empty body: ‘kettle’ stays where it is.", // it was called
            "6: Stuck: nothing can run any more, and tasks are left that wait.",
        ]
    );
    assert_eq!(
        played.findings(),
        [
            "‘kettle’ waits until 6 (line 6): calling its waker, the reactor's handler of token 0, \
             does nothing.",
            "‘tea’ waits for a value in ‘water’ (line 12): calling its waker, kept by ‘water’ \
             until a value comes, does nothing.",
        ]
    );
}

#[test]
fn the_do_nothing_waker_under_both_executors() {
    let [everything, run_queue] = compare(&scenario("do-nothing-waker")).expect("it starts");
    assert_eq!(everything.verdict, Some(Verdict::Finished), "it never needs a wake");
    assert_eq!(run_queue.verdict, Some(Verdict::Stuck), "it never gets one");
    assert_eq!((everything.finished, run_queue.finished, run_queue.tasks), (2, 0, 2));
    assert_eq!(run_queue.totals.polls, 2, "one poll each, and then no more");
    assert!(everything.totals.useless > everything.totals.polls / 2, "most polls are for nothing");

    let mended = Scenario { waker: WakerKind::Working, ..scenario("do-nothing-waker") };
    let [everything, run_queue] = compare(&mended).expect("it starts");
    assert_eq!(run_queue.verdict, Some(Verdict::Finished), "with a waker that works");
    assert_eq!(run_queue.totals.useless, 0, "and no poll is for nothing");
    assert_eq!(run_queue.totals.polls, 5, "kettle: start, timer; tea: start, water, timer");
    assert_eq!(everything.now, run_queue.now, "the tea is ready at the same time");
}

#[test]
fn the_lost_wake_up_and_its_mended_twin() {
    let played = play(&scenario("lost-wake-up"));
    assert_eq!(
        played.events(),
        [
            "0: ‘careless’ prints “closed: I wait”.", // checked
            "0: ‘careless’ is being polled at this moment: it will be queued afterwards.", // yields
            "0: ‘careful’ prints “closed: I wait”.",  // registered before, then checked
            "0: ‘careful’ is being polled at this moment: it will be queued afterwards.",
            "0: ‘porter’ prints “the door is open”.", // nobody's waker is there yet
            // careless registers now, for a change that has been already; careful sees that it has
            "0: ‘careful’ prints “I walk through”.",
            "0: ‘careless’ will never be woken again: nothing that could call its wakers will run.",
            "0: Stuck: nothing can run any more, and tasks are left that wait.",
        ]
    );
    assert_eq!(
        played.findings(),
        [
            "‘careless’ waits for a change of the door (line 15): nothing that could call its waker, \
          in a variable of the program, will ever run."
        ]
    );
}

#[test]
fn the_stale_waker() {
    let played = play(&scenario("stale-waker"));
    assert_eq!(
        played.events(),
        [
            "0: ‘impatient’ prints “not yet: let somebody else listen on”.", // it has polled once
            "0: ‘impatient too’ prints “not yet: let somebody else listen on”.",
            // heir polls it, and the first gong has a waker already: that of a task that is over
            "0: ‘heir’ will never be woken again: no waker of it is left.",
            "5: ‘monk’ prints “gong!”.",
            "5: ‘impatient’ is over: this wake finds nobody.", // the stale one
            "5: ‘heir 2’ prints “heard it”.",                  // the second gong has exchanged it
            "5: Stuck: nothing can run any more, and tasks are left that wait.",
        ]
    );
    assert_eq!(played.findings(), ["‘heir’ waits for the gong (line 21): no waker of it is left."]);
}

#[test]
fn the_leaked_waker() {
    let played = play(&scenario("leaked-waker"));
    let lines = played.events();
    assert_eq!(
        lines[lines.len() - 5..],
        [
            "10: ‘clerk’ prints “a note for everybody”.",
            "10: ‘forgotten’ is over: this wake finds nobody.", // one for each visit,
            "10: ‘forgotten’ is over: this wake finds nobody.", // as none was taken back
            "10: ‘forgotten’ is over: this wake finds nobody.",
            "10: Every task is finished.",
        ]
    );
    let at_9 = played.trace.iter().rev().find(|(_, now)| now.now.0 < 10).expect("there is a past");
    let task = |name: &str| at_9.1.tasks.iter().find(|task| &*task.name == name).unwrap().clone();
    assert_eq!(task("forgotten").state, TaskState::Finished, "it went home at 6");
    assert_eq!(task("forgotten").live, 3, "and three wakers of it are left");
    assert_eq!(task("crossed out").live, 0, "who takes his wakers back leaves none");
}

#[test]
fn the_token_collision() {
    let mut played = play(&scenario("token-collision"));
    assert_eq!(
        played.events(),
        [
            "2: ‘porter’ prints “come in”.", // token 0 is taken out; then he registers again
            "2: Token 1 was in use: the waker of ‘operator’ that stood there is thrown out.",
            "2: ‘operator’ will never be woken again: no waker of it is left.",
            "6: ‘porter’ returns Pending again: this poll was for nothing.", // the phone rings for him
            "9: ‘porter’ prints “come in”.", // and takes the handler of token 1 with him
            "12: The selector reports token 1, which has no handler: it is lost.",
            "12: Stuck: nothing can run any more, and tasks are left that wait.",
        ]
    );
    // Not even somebody who makes the phone ring again helps.
    played.apply(Command::MakeReady(SourceId(1)));
    played.go_on();
    assert_eq!(played.end().verdict, Some(Verdict::Stuck));

    let mended = Scenario { tokens: Tokens::Fresh, ..scenario("token-collision") };
    assert_eq!(
        play(&mended).events(),
        [
            "2: ‘porter’ prints “come in”.",
            "6: ‘operator’ prints “hello?”.",
            "9: ‘porter’ prints “come in”.",
            "12: ‘operator’ prints “hello?”.",
            "12: Every task is finished.",
        ]
    );
}
