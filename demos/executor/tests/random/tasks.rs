//! Tasks made of random operations. Every future in them is counted when it is made and when it is
//! dropped.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};

use executor::leaf::join_all;
use executor::{Handle, Receiver, Sender, SourceId};
use machine::Random;

/// What a task does.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Sleep(u32),
    Yield,
    Block(u32),
    Print,
    Send(usize),
    Receive(usize),
    Read(usize),
    /// Spawns a task, and awaits its end or not.
    Spawn(Vec<Op>, bool),
    Join(Vec<Vec<Op>>),
    Select(Vec<Vec<Op>>),
    /// Closes the task's ends of a channel.
    Close(usize),
    /// Keeps a clone of its waker to itself, until the operation after the next is done.
    KeepWaker,
}

/// The tasks that are spawned first, and how many channels and sources they share.
pub(crate) type Plan = Vec<Vec<Op>>;

const CHANNELS: usize = 3;
const SOURCES: usize = 2;

/// A random plan.
pub(crate) fn plan(random: &mut Random) -> Plan {
    (0..1 + random.below(4)).map(|_| ops(random, 5, 2)).collect()
}

fn ops(random: &mut Random, most: usize, depth: usize) -> Vec<Op> {
    (0..1 + random.below(most)).map(|_| op(random, depth)).collect()
}

fn op(random: &mut Random, depth: usize) -> Op {
    let kinds = if depth > 0 { 15 } else { 12 };
    let blocks =
        |random: &mut Random| (0..1 + random.below(3)).map(|_| ops(random, 2, depth - 1)).collect();
    match random.below(kinds) {
        0 | 1 => Op::Sleep(random.below(5) as u32),
        2 => Op::Yield,
        3 => Op::Block(random.below(4) as u32),
        4 => Op::Print,
        5 | 6 => Op::Send(random.below(CHANNELS)),
        7 | 8 => Op::Receive(random.below(CHANNELS)),
        9 => Op::Read(random.below(SOURCES)),
        10 => Op::Close(random.below(CHANNELS)),
        11 => Op::KeepWaker,
        12 => Op::Spawn(ops(random, 3, depth - 1), random.below(2) == 0),
        13 => Op::Join(blocks(random)),
        _ => Op::Select(blocks(random)),
    }
}

/// How many futures were made and dropped.
#[derive(Clone, Default)]
pub(crate) struct Counts(Arc<(AtomicU32, AtomicU32)>);

impl Counts {
    pub(crate) fn made(&self) -> u32 {
        self.0.0.load(Ordering::Relaxed)
    }

    pub(crate) fn dropped(&self) -> u32 {
        self.0.1.load(Ordering::Relaxed)
    }

    fn count<F>(&self, future: F) -> Counted<F> {
        self.0.0.fetch_add(1, Ordering::Relaxed);
        Counted { future: Box::pin(future), counts: self.clone(), dropped: false }
    }
}

struct Counted<F> {
    future: Pin<Box<F>>,
    counts: Counts,
    dropped: bool,
}

impl<F: Future> Future for Counted<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        assert!(!self.dropped);
        self.future.as_mut().poll(context)
    }
}

impl<F> Drop for Counted<F> {
    fn drop(&mut self) {
        assert!(!self.dropped, "dropped twice");
        self.dropped = true;
        self.counts.0.1.fetch_add(1, Ordering::Relaxed);
    }
}

/// What a task holds.
#[derive(Clone)]
struct Ends {
    senders: Vec<Option<Sender>>,
    receivers: Vec<Option<Receiver>>,
    sources: Vec<SourceId>,
}

/// Spawns the tasks of a plan.
pub(crate) fn spawn(plan: &Plan, rt: &Handle, counts: &Counts) {
    let rooms = [Some(1), Some(2), None];
    let (senders, receivers) = rooms
        .iter()
        .map(|room| rt.channel("channel", *room))
        .map(|(s, r)| (Some(s), Some(r)))
        .unzip();
    let sources = vec![rt.source("scripted", &[2, 3, 7]), rt.source("by hand", &[])];
    let ends = Ends { senders, receivers, sources };
    for ops in plan {
        start(ops, rt, &ends, counts);
    }
}

fn start(ops: &[Op], rt: &Handle, ends: &Ends, counts: &Counts) -> executor::leaf::JoinHandle {
    let (ops, handle, ends, inner) = (ops.to_vec(), rt.clone(), ends.clone(), counts.clone());
    rt.spawn(
        "task",
        counts.count(async move {
            let mut ends = ends;
            run(&ops, &handle, &mut ends, &inner).await;
        }),
    )
}

type Block<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

fn run<'a>(ops: &'a [Op], rt: &'a Handle, ends: &'a mut Ends, counts: &'a Counts) -> Block<'a> {
    Box::pin(counts.count(async move {
        let mut kept: Option<Waker> = None;
        for op in ops {
            match op {
                Op::Sleep(ticks) => counts.count(rt.sleep(*ticks)).await,
                Op::Yield => counts.count(rt.yield_now()).await,
                Op::Block(ticks) => rt.block(*ticks),
                Op::Print => rt.print("here"),
                Op::Send(channel) => {
                    if let Some(sender) = &ends.senders[*channel] {
                        let _ = counts.count(sender.send(7)).await;
                    }
                }
                Op::Receive(channel) => {
                    if let Some(receiver) = &ends.receivers[*channel] {
                        counts.count(receiver.receive()).await;
                    }
                }
                Op::Read(source) => drop(counts.count(rt.read(ends.sources[*source])).await),
                Op::Spawn(ops, await_it) => {
                    let task = start(ops, rt, ends, counts);
                    if *await_it {
                        counts.count(task).await;
                    }
                }
                Op::Join(blocks) => {
                    let mut ends: Vec<Ends> = blocks.iter().map(|_| ends.clone()).collect();
                    let blocks = blocks.iter().zip(&mut ends);
                    let futures = blocks.map(|(ops, ends)| Box::pin(run(ops, rt, ends, counts)));
                    join_all(futures.collect()).await;
                }
                Op::Select(blocks) => {
                    let mut ends: Vec<Ends> = blocks.iter().map(|_| ends.clone()).collect();
                    let blocks = blocks.iter().zip(&mut ends);
                    let futures = blocks.map(|(ops, ends)| Box::pin(run(ops, rt, ends, counts)));
                    rt.select_all(futures.collect()).await;
                }
                Op::Close(channel) => {
                    ends.senders[*channel] = None;
                    ends.receivers[*channel] = None;
                }
                Op::KeepWaker => {
                    kept = Some(std::future::poll_fn(|cx| Poll::Ready(cx.waker().clone())).await);
                }
            }
            // Now and then it calls the waker that it has kept, of itself.
            if let (Some(waker), Op::Print) = (&kept, op) {
                waker.wake_by_ref();
            }
        }
    }))
}
