//! Steps and commands in words: one plain sentence each.

use crate::Part::{Alive, By, Channel, Count, For, Number, Source, Text, When, Who};
use crate::snapshot::Worker;
use crate::{
    Actor, Command, Happening, Lane, Names, Part, Snapshot, Step, TaskId, Verdict, Waitlist,
    WakeEffect, Why,
};

impl Names {
    /// What happened, as one plain sentence.
    pub fn sentence(&self, step: &Step) -> String {
        use Happening::*;
        let by = step.actor;
        let who = Who(by);
        let task = |id: &TaskId| Part::Task(*id);
        let say = |pattern, parts: &[Part<'_>]| self.say(pattern, parts);
        match &step.happening {
            RoundBegins { round } => say(
                "Round {} begins: every unfinished task is polled, woken or not.",
                &[Number(*round)],
            ),
            RoundEnds { useless: false } => say("The round ends.", &[]),
            RoundEnds { useless: true } => say(
                "The round ends, and nobody got any further: every poll in it was for nothing.",
                &[],
            ),
            Stole { victim, count } => say(
                "{} has nothing to do and steals {} from the queue of {}.",
                &[who, Count(*count, "task"), By(Actor::Worker(*victim))],
            ),
            SlotRested { task: id } => say(
                "The LIFO slot has had its three turns: {} goes to the back of the queue.",
                &[task(id)],
            ),
            Took { task: id, lane: Lane::Queue } => {
                say("{} takes {} from the front of the queue.", &[who, task(id)])
            }
            Took { task: id, lane: Lane::Slot } => {
                say("{} takes {} out of the LIFO slot.", &[who, task(id)])
            }
            PollBegins { task: id, poll: 1 } => {
                say("{} is polled for the first time.", &[task(id)])
            }
            PollBegins { task: id, poll } => {
                say("{} is polled: this is its poll number {}.", &[task(id), Number(*poll)])
            }
            PollPending { task: id, useless: false } => {
                say("{} returns Pending: it waits.", &[task(id)])
            }
            PollPending { task: id, useless: true } => {
                say("{} returns Pending again: this poll was for nothing.", &[task(id)])
            }
            PollReady { task: id } => say("{} returns Ready: it is finished.", &[task(id)]),
            Requeued { task: id, .. } => {
                say("{} was woken while it was polled: back into the queue.", &[task(id)])
            }
            FutureDropped { task: id, finished: true } => {
                say("The future of {} is dropped: it has done its work.", &[task(id)])
            }
            FutureDropped { task: id, finished: false } => say(
                "The future of {} is dropped unfinished, with everything that it holds.",
                &[task(id)],
            ),
            ExecutorDropped { unfinished } => say(
                "The executor is dropped, and {} with it.",
                &[Count(*unfinished, "unfinished task")],
            ),
            WakerMade { task: id, live } => {
                say("The executor makes a waker of {} for the poll: {}.", &[task(id), Alive(*live)])
            }
            WakerCloned { task: id, live } => {
                say("clone: the waker of {} is copied, {}.", &[task(id), Alive(*live)])
            }
            WakeCalled { task: id, by_ref, live } => {
                let own = by == Actor::Task(*id);
                match (by_ref, own) {
                    (true, true) => say("wake_by_ref: {} calls its own waker.", &[By(by)]),
                    (true, false) => {
                        say("wake_by_ref: {} calls the waker of {}.", &[By(by), task(id)])
                    }
                    (false, true) => say(
                        "wake: {} calls its own waker and uses it up, {}.",
                        &[By(by), Alive(*live)],
                    ),
                    (false, false) => say(
                        "wake: {} calls the waker of {} and uses it up, {}.",
                        &[By(by), task(id), Alive(*live)],
                    ),
                }
            }
            WakerDropped { task: id, live } => {
                say("drop: a waker of {} is dropped, {}.", &[task(id), Alive(*live)])
            }
            Wake { task: id, effect } => match effect {
                WakeEffect::Enqueued(worker, Lane::Queue) if self.several_workers => say(
                    "{} joins the back of the queue of {}.",
                    &[task(id), By(Actor::Worker(*worker))],
                ),
                WakeEffect::Enqueued(_, Lane::Queue) => {
                    say("{} joins the back of the queue.", &[task(id)])
                }
                WakeEffect::Enqueued(_, Lane::Slot) => {
                    say("{} goes into the LIFO slot: it runs next.", &[task(id)])
                }
                WakeEffect::AlreadyQueued => {
                    say("{} stands in the queue already: two wakes, one poll.", &[task(id)])
                }
                WakeEffect::WhilePolled => say(
                    "{} is being polled at this moment: it will be queued afterwards.",
                    &[task(id)],
                ),
                WakeEffect::TooLate => say("{} is over: this wake finds nobody.", &[task(id)]),
                WakeEffect::DidNothing => {
                    say("This waker's wake has an empty body: {} stays where it is.", &[task(id)])
                }
                WakeEffect::NotAsked => {
                    say("This executor polls {} anyway: the wake changes nothing.", &[task(id)])
                }
            },
            WakerLeft { task: id, list } => match list {
                Waitlist::Receivers(channel) => say(
                    "{} keeps the waker of {} until a value comes.",
                    &[Channel(*channel), task(id)],
                ),
                Waitlist::Senders(channel) => say(
                    "{} keeps the waker of {} until there is room.",
                    &[Channel(*channel), task(id)],
                ),
                Waitlist::Joiners(end) => {
                    say("The waker of {} is kept until {} ends.", &[task(id), task(end)])
                }
            },
            WakerKept { task: id } => say(
                "will_wake: the waker that was left here wakes {} already; it stays.",
                &[task(id)],
            ),
            TimePasses { to } => say("Time passes: it is {} now.", &[Number(to.0)]),
            Registered { token, interest } => say(
                "The selector is asked to report token {} {}.",
                &[Number(token.0), When(*interest)],
            ),
            HandlerFiled { token, task: id } => say(
                "The reactor files the waker of {} as the handler of token {}.",
                &[task(id), Number(token.0)],
            ),
            HandlerReplaced { token, task: id } => say(
                "Token {} was in use: the waker of {} that stood there is thrown out.",
                &[Number(token.0), task(id)],
            ),
            Deregistered { token, task: None, .. } => {
                say("Token {} is deregistered; it has no handler any more.", &[Number(token.0)])
            }
            Deregistered { token, task: Some(id), .. } if by != Actor::Task(*id) => say(
                "Token {} is deregistered, and the handler taken out under it is the waker of {}.",
                &[Number(token.0), task(id)],
            ),
            Deregistered { token, .. } => {
                say("Token {} is deregistered, and its handler taken out.", &[Number(token.0)])
            }
            SourceReady { source, unread } => {
                let pattern = match by {
                    Actor::Person => "You make {} readable: {} to read.",
                    _ => "{} becomes readable: {} to read.",
                };
                say(pattern, &[Source(*source), Count(*unread, "value")])
            }
            Event { token, task: id, .. } => say(
                "The selector reports token {}: the reactor calls its handler, the waker of {}.",
                &[Number(token.0), task(id)],
            ),
            EventLost { token, .. } => say(
                "The selector reports token {}, which has no handler: it is lost.",
                &[Number(token.0)],
            ),
            SourceOpened { source, .. } => say("The source {} is opened.", &[Source(*source)]),
            ChannelOpened { channel, .. } => say("The channel {} is opened.", &[Channel(*channel)]),
            Spawned { task: id, .. } => say("{} spawns {}, a task of its own.", &[who, task(id)]),
            Waits { wait } => say("{} has to wait {}.", &[who, For(*wait)]),
            StillWaits { wait } => say("{} still has to wait {}.", &[who, For(*wait)]),
            WaitEnds { wait } => say("{} need not wait {} any longer.", &[who, For(*wait)]),
            Cancelled { wait } => {
                say("A future that waits {} is dropped: cancelled.", &[For(*wait)])
            }
            Sent { channel, value, length } => say(
                "{} sends {} into {}: {} in it.",
                &[who, Number(*value), Channel(*channel), Count(*length, "value")],
            ),
            Received { channel, value, length } => say(
                "{} receives {} from {}: {} left in it.",
                &[who, Number(*value), Channel(*channel), Count(*length, "value")],
            ),
            SendersGone { channel } => {
                say("The last sender of {} is gone: nothing more comes.", &[Channel(*channel)])
            }
            ReceiversGone { channel, lost: 0 } => {
                say("The last receiver of {} is gone.", &[Channel(*channel)])
            }
            ReceiversGone { channel, lost } => say(
                "The last receiver of {} is gone, and {} in it with it.",
                &[Channel(*channel), Count(*lost, "value")],
            ),
            Read { source, value, .. } => {
                say("{} reads value {} of {}.", &[who, Number(*value), Source(*source)])
            }
            Blocked { ticks } => {
                say("{} keeps the thread for {}: nobody else runs.", &[who, Count(*ticks, "tick")])
            }
            Printed { text } => say("{} prints “{}”.", &[who, Text(text)]),
            Selected { winner, branches: 2 } => say(
                "select: branch {} is ready, so branch {} is dropped where it stands.",
                &[Number(*winner), Number(3 - winner)],
            ),
            Selected { winner, .. } => say(
                "select: branch {} is ready, so the others are dropped where they stand.",
                &[Number(*winner)],
            ),
            NeverWoken { task: id, why } => {
                let why = match why {
                    Why::NoWaker => "no waker of it is left",
                    Why::DeadWakers => "its wakers do nothing",
                    Why::NobodyCalls => "nothing that could call its wakers will run",
                };
                say("{} will never be woken again: {}.", &[task(id), Text(why)])
            }
            Rest { verdict } => say(verdict_in_words(*verdict), &[]),
        }
    }

    /// A command, as short as a button needs it, given the state in which it would be done.
    pub fn command(&self, command: &Command, now: &Snapshot) -> String {
        match *command {
            Command::Turn(id) => {
                let Some(worker) = now.workers.get(id.index()) else { return String::new() };
                let Worker { slot, queue, next, .. } = worker;
                let task = next.map_or(Text("nothing"), Part::Task);
                let steals = slot.is_none() && queue.is_empty();
                match self.several_workers {
                    true if steals => self.say("{} steals {}", &[Part::Worker(id), task]),
                    true => self.say("{} polls {}", &[Part::Worker(id), task]),
                    false => self.say("Poll {}", &[task]),
                }
            }
            Command::React => match (now.events.len() as u32, now.next) {
                (0, Some(next)) => self.say("Reactor: wait until {}", &[Number(next.0)]),
                (events, _) => self.say("Reactor: {}", &[Count(events, "event")]),
            },
            Command::MakeReady(source) => self.say("Make {} readable", &[Source(source)]),
            Command::DropExecutor => self.say("Drop the executor", &[]),
        }
    }
}

/// How a run has come to rest, in a sentence.
pub(crate) fn verdict_in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Finished => "Every task is finished.",
        Verdict::NeedsPerson => "Nothing goes on by itself; you can make a source readable.",
        Verdict::Stuck => "Stuck: nothing can run any more, and tasks are left that wait.",
        Verdict::Spinning => "Spinning: every poll finds what it found before, and always will.",
        Verdict::Dropped => "The executor is gone, and every future with it.",
    }
}
