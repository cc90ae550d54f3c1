//! Leaf futures in the cases that are easily forgotten.

use executor::leaf::{Either, join};
use executor::{Executor, Handle, Program, Scenario, Verdict};

use crate::{Played, play_machine};

fn play(spawn: impl FnOnce(&Handle)) -> Played {
    let scenario = Scenario::new(Program::Text(String::new()));
    play_machine(Executor::with_tasks(&scenario, spawn))
}

#[test]
fn a_receiver_that_was_called_and_goes_away_passes_the_call_on() {
    let played = play(|rt| {
        let (sender, receiver) = rt.channel("one for two", None);
        let (handle, fickle) = (rt.clone(), receiver.clone());
        rt.spawn("sender", async move {
            handle.sleep(2).await;
            sender.send(1).await.ok();
            handle.sleep(9).await; // The channel stays open meanwhile: its end calls nobody.
            handle.print("the end");
        });
        let handle = rt.clone();
        rt.spawn("fickle", async move {
            // At 2 both are ready, and the first wins: the value was for the second.
            let first = handle.select(handle.sleep(2), fickle.receive()).await;
            assert_eq!(first, Either::First(()));
        });
        let handle = rt.clone();
        rt.spawn("steady", async move {
            receiver.receive().await;
            handle.print("got it");
        });
    });
    assert_eq!(
        played.prints(),
        [
            "2: ‘steady’ prints “got it”.", // fickle, the first in the list, was called for it
            "11: ‘sender’ prints “the end”.",
        ]
    );
}

#[test]
fn a_sender_that_was_called_and_goes_away_passes_the_call_on() {
    let played = play(|rt| {
        let (sender, receiver) = rt.channel("room for one", Some(1));
        let handle = rt.clone();
        rt.spawn("receiver", async move {
            handle.sleep(2).await;
            receiver.receive().await;
            handle.sleep(9).await;
            handle.print("the end");
        });
        let (handle, filler) = (rt.clone(), sender.clone());
        rt.spawn("fickle", async move {
            filler.send(1).await.ok();
            let first = handle.select(handle.sleep(2), filler.send(2)).await;
            assert_eq!(first, Either::First(()));
        });
        let handle = rt.clone();
        rt.spawn("steady", async move {
            sender.send(3).await.ok();
            handle.print("sent");
        });
    });
    assert_eq!(
        played.prints(),
        [
            "2: ‘steady’ prints “sent”.", // the room was offered to fickle first
            "11: ‘receiver’ prints “the end”.",
        ]
    );
}

#[test]
fn the_end_of_a_task_calls_all_who_wait_for_it() {
    let played = play(|rt| {
        let handle = rt.clone();
        let long = rt.spawn("long", async move { handle.sleep(5).await });
        let handle = rt.clone();
        rt.spawn("waits", async move {
            long.await;
            handle.print("it is over");
            let short = handle.spawn("short", async {});
            handle.yield_now().await;
            short.await; // It is over already: this await does not wait.
            handle.print("that too");
        });
    });
    assert_eq!(
        played.prints(),
        ["5: ‘waits’ prints “it is over”.", "5: ‘waits’ prints “that too”."]
    );
    assert_eq!(played.task("waits").polls, 3, "start, the end of long, its turn after the yield");
}

#[test]
fn sending_to_nobody_fails_and_says_what_was_not_sent() {
    let played = play(|rt| {
        let (sender, receiver) = rt.channel("nobody listens", Some(1));
        let handle = rt.clone();
        rt.spawn("sender", async move {
            sender.send(1).await.ok();
            let second = sender.send(2).await; // There is no room, then no receiver.
            handle.print(format!("{second:?}"));
        });
        let handle = rt.clone();
        rt.spawn("listener", async move {
            handle.sleep(3).await;
            drop(receiver);
        });
    });
    assert_eq!(played.prints(), ["3: ‘sender’ prints “Err(Closed(2))”."]);
}

#[test]
fn two_readers_of_one_source_get_one_value_each() {
    let played = play(|rt| {
        let source = rt.source("shared", &[4, 6]);
        for name in ["first", "second"] {
            let handle = rt.clone();
            rt.spawn(name, async move {
                let value = handle.read(source).await;
                handle.print(format!("value {value}"));
            });
        }
    });
    assert_eq!(played.prints(), ["4: ‘first’ prints “value 1”.", "6: ‘second’ prints “value 2”."]);
    assert_eq!(played.task("second").useless, 1, "both are called at 4, and there is one value");
    assert_eq!(played.end().verdict, Some(Verdict::Finished));
}

#[test]
fn two_wakes_before_a_poll_are_one_poll() {
    let played = play(|rt| {
        let (sender, receiver) = rt.channel("value", None);
        let handle = rt.clone();
        rt.spawn("sender", async move {
            handle.sleep(2).await;
            sender.send(1).await.ok();
        });
        let handle = rt.clone();
        rt.spawn("waits", async move {
            join(receiver.receive(), handle.sleep(2)).await;
        });
    });
    assert_eq!(
        played.events(),
        [
            "2: ‘waits’ stands in the queue already: two wakes, one poll.", // the timer was first
            "2: Every task is finished.",
        ]
    );
    assert_eq!(played.task("waits").polls, 2, "the start, and one poll that finds both");
}
