//! Leaf futures in the cases that are easily forgotten.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use executor::leaf::{Either, join};
use executor::{Executor, Handle, Happening, Program, Scenario, Snapshot, Verdict};

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
fn the_end_of_the_last_sender_calls_all_receivers() {
    let played = play(|rt| {
        let (sender, receiver) = rt.channel("ends", None);
        for name in ["first", "second", "third"] {
            let (handle, receiver) = (rt.clone(), receiver.clone());
            rt.spawn(name, async move {
                let value = receiver.receive().await;
                handle.print(format!("{value:?}"));
            });
        }
        let handle = rt.clone();
        rt.spawn("sender", async move {
            let clone = sender.clone();
            drop(sender); // Not the last one.
            handle.sleep(2).await;
            drop(clone);
        });
    });
    assert_eq!(
        played.prints(),
        ["2: ‘first’ prints “None”.", "2: ‘second’ prints “None”.", "2: ‘third’ prints “None”.",]
    );
}

#[test]
fn select_drops_the_loser_at_once_even_if_it_is_kept_itself() {
    let played = play(|rt| {
        let handle = rt.clone();
        rt.spawn("keeps it", async move {
            let mut select = handle.select(handle.sleep(9), handle.sleep(1));
            (&mut select).await;
            handle.print("after");
            handle.yield_now().await;
            drop(select);
        });
    });
    assert_eq!(
        played.events()[..3],
        [
            "1: select: branch 2 is ready, so branch 1 is dropped where it stands.",
            "1: A future that waits until 9 is dropped: cancelled.",
            "1: ‘keeps it’ prints “after”.",
        ]
    );
    let waits = |(step, now): &(executor::Step, Snapshot)| match step.happening {
        Happening::Printed { .. } => Some(now.tasks[0].waits.len()),
        _ => None,
    };
    let waits: Vec<_> = played.trace.iter().filter_map(waits).collect();
    assert_eq!(waits, [0], "nothing is waited for any more when it prints");
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

/// Polls a future once in one task, and then has another task await it.
fn moves<F>(rt: &Handle, name: &'static str, future: impl FnOnce(&Handle) -> F)
where
    F: Future + Unpin + Send + 'static,
{
    let (handle, mut future) = (rt.clone(), future(rt));
    rt.spawn(name, async move {
        let pending =
            poll_fn(|context| Poll::Ready(Pin::new(&mut future).poll(context).is_pending()));
        assert!(pending.await, "{name} has to wait");
        let inner = handle.clone();
        handle.spawn(&format!("heir of {name}"), async move {
            future.await;
            inner.print("done");
        });
    });
}

#[test]
fn every_leaf_wakes_the_task_that_polled_it_last() {
    let played = play(|rt| {
        let (sender, receiver) = rt.channel("values", None);
        let (full, rest) = rt.channel("full", Some(1));
        let source = rt.source("source", &[4]);
        let (filler, handle) = (full.clone(), rt.clone());
        let other = rt.spawn("other", async move {
            filler.send(1).await.ok();
            handle.sleep(5).await;
            rest.receive().await;
            sender.send(2).await.ok();
            handle.yield_now().await;
        });
        moves(rt, "sleep", |rt| rt.sleep(3));
        moves(rt, "read", |rt| rt.read(source));
        moves(rt, "send", |_| full.send(3));
        moves(rt, "receive", |_| receiver.receive());
        moves(rt, "join", |_| other);
    });
    assert_eq!(
        played.prints(),
        [
            "3: ‘heir of sleep’ prints “done”.",
            "4: ‘heir of read’ prints “done”.",
            "5: ‘heir of send’ prints “done”.", // when `other` makes room
            "5: ‘heir of receive’ prints “done”.",
            "5: ‘heir of join’ prints “done”.", // when `other` is over
        ]
    );
    assert_eq!(played.end().verdict, Some(Verdict::Finished));
}
