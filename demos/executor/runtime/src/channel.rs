//! Channels: `sender.send(value).await` and `receiver.receive().await`.
//!
//! Who finds the channel full or empty leaves its waker in a queue of waiters. Every value that is
//! put in calls the receiver that has waited longest, and every value that is taken out the sender;
//! the end of the last sender calls all receivers, and the other way round.
//!
//! One case is easily forgotten: a future that was called, and is dropped before it is polled again
//! (it lost a `select`). The call that it got was meant for somebody who wants the value. So on being
//! dropped it [passes the call on](Passage::drop).

use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use crate::leaf::Leaf;
use crate::snapshot::Channel;
use crate::waiters::{call_all, call_next, leave_waker, take_back};
use crate::world::State;
use crate::{ChannelId, Handle, Happening, Place, Ticket, Value, Wait, Waitlist};

impl Channel {
    fn is_full(&self) -> bool {
        self.room.is_some_and(|room| self.values.len() >= room as usize)
    }
}

/// The end of a channel into which values are put; there may be several.
pub struct Sender {
    handle: Handle,
    channel: ChannelId,
}

/// The end of a channel from which values are taken; there may be several.
pub struct Receiver {
    handle: Handle,
    channel: ChannelId,
}

/// The channel has no receiver any more; this is the value that could not be sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closed(pub Value);

impl Handle {
    /// Opens a channel with room for so many values, or for as many as there are.
    pub fn channel(&self, name: &str, room: Option<u32>) -> (Sender, Receiver) {
        let mut state = self.world.lock();
        let channel = ChannelId(state.shown.channels.len() as u32);
        let name: Arc<str> = name.into();
        state.shown.channels.push(Channel {
            name: Arc::clone(&name),
            room,
            values: Vec::new(),
            senders: 1,
            receivers: 1,
        });
        state.tell(Happening::ChannelOpened { channel, name });
        let handle = self.clone();
        (Sender { handle, channel }, Receiver { handle: self.clone(), channel })
    }
}

impl Sender {
    /// A future that is ready when the value is in the channel.
    pub fn send(&self, value: Value) -> Send {
        self.send_at(&self.handle, value)
    }

    /// How many values are in the channel.
    pub fn waiting(&self) -> usize {
        self.handle.world.lock().channel(self.channel).values.len()
    }

    /// [`send`](Sender::send) for an interpreter: at the place of `handle`.
    pub fn send_at(&self, handle: &Handle, value: Value) -> Send {
        Send { passage: Passage::new(handle, self.channel, Some(value)), value }
    }
}

impl Receiver {
    /// A future that is ready with the next value, or with `None` if there will not be any.
    pub fn receive(&self) -> Receive {
        self.receive_at(&self.handle)
    }

    /// [`receive`](Receiver::receive) for an interpreter: at the place of `handle`.
    pub fn receive_at(&self, handle: &Handle) -> Receive {
        Receive { passage: Passage::new(handle, self.channel, None) }
    }
}

/// See [`Sender::send`].
#[must_use = "futures do nothing unless polled"]
pub struct Send {
    passage: Passage,
    value: Value,
}

/// See [`Receiver::receive`].
#[must_use = "futures do nothing unless polled"]
pub struct Receive {
    passage: Passage,
}

/// What sending and receiving have in common: a value goes through one end of a channel, or its
/// future waits there until one can.
struct Passage {
    leaf: Leaf,
    channel: ChannelId,
    /// What is sent; without it, a value is received.
    sends: Option<Value>,
    ticket: Ticket,
}

/// What comes of an attempt that does not wait.
enum Attempt {
    Done(Value),
    WouldWait,
    Closed,
}

fn try_send(state: &mut State, id: ChannelId, value: Value) -> Attempt {
    let channel = state.channel(id);
    if channel.receivers == 0 {
        return Attempt::Closed;
    }
    if channel.is_full() {
        return Attempt::WouldWait;
    }
    channel.values.push(value);
    let length = channel.values.len() as u32;
    state.tell(Happening::Sent { channel: id, value, length });
    Attempt::Done(value)
}

fn try_receive(state: &mut State, id: ChannelId) -> Attempt {
    let channel = state.channel(id);
    if channel.values.is_empty() {
        return if channel.senders == 0 { Attempt::Closed } else { Attempt::WouldWait };
    }
    let value = channel.values.remove(0);
    let length = channel.values.len() as u32;
    state.tell(Happening::Received { channel: id, value, length });
    Attempt::Done(value)
}

impl Passage {
    /// At the place of `handle`.
    fn new(handle: &Handle, channel: ChannelId, sends: Option<Value>) -> Passage {
        let leaf = handle.leaf();
        let ticket = leaf.world.lock().new_ticket();
        Passage { leaf, channel, sends, ticket }
    }

    /// Those who wait at this end, and those at the other.
    fn lists(&self) -> [Waitlist; 2] {
        let lists = [Waitlist::Receivers(self.channel), Waitlist::Senders(self.channel)];
        let [receivers, senders] = lists;
        if self.sends.is_some() { [senders, receivers] } else { lists }
    }

    /// The value that went through, or nothing if the other end is gone.
    fn work(&mut self, waker: &Waker, caller: Place) -> Poll<Option<Value>> {
        let place = self.leaf.polled_from(caller);
        let [mine, others] = self.lists();
        let mut state = self.leaf.world.lock();
        let attempt = match self.sends {
            Some(value) => try_send(&mut state, self.channel, value),
            None => try_receive(&mut state, self.channel),
        };
        drop(state);
        let value = match attempt {
            Attempt::WouldWait => {
                let wait = match self.sends {
                    Some(_) => Wait::Send(self.channel),
                    None => Wait::Receive(self.channel),
                };
                self.leaf.wait(wait, place);
                leave_waker(&self.leaf.world, mine, self.ticket, waker);
                return Poll::Pending;
            }
            Attempt::Done(value) => Some(value),
            Attempt::Closed => {
                self.leaf.finish();
                None
            }
        };
        self.leaf.done();
        take_back(&self.leaf.world, self.ticket);
        call_next(&self.leaf.world, others);
        Poll::Ready(value)
    }
}

impl Future for Send {
    type Output = Result<(), Closed>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let closed = Closed(self.value);
        let sent = self.passage.work(context.waker(), Place::caller());
        sent.map(|sent| sent.map(|_| ()).ok_or(closed))
    }
}

impl Future for Receive {
    type Output = Option<Value>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.passage.work(context.waker(), Place::caller())
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        if !self.leaf.cancel() || take_back(&self.leaf.world, self.ticket) {
            return;
        }
        // It was called, and does not use the call: whoever waits next may.
        let [mine, _] = self.lists();
        let mut state = self.leaf.world.lock();
        let channel = state.channel(self.channel);
        let can_pass = match self.sends {
            Some(_) => !channel.is_full(),
            None => !channel.values.is_empty(),
        };
        drop(state);
        if can_pass {
            call_next(&self.leaf.world, mine);
        }
    }
}

impl Clone for Sender {
    fn clone(&self) -> Self {
        self.handle.world.lock().channel(self.channel).senders += 1;
        Sender { handle: self.handle.clone(), channel: self.channel }
    }
}

impl Clone for Receiver {
    fn clone(&self) -> Self {
        self.handle.world.lock().channel(self.channel).receivers += 1;
        Receiver { handle: self.handle.clone(), channel: self.channel }
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        let mut state = self.handle.world.lock();
        let channel = state.channel(self.channel);
        channel.senders -= 1;
        if channel.senders == 0 {
            state.tell(Happening::SendersGone { channel: self.channel });
            drop(state);
            call_all(&self.handle.world, Waitlist::Receivers(self.channel));
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let mut state = self.handle.world.lock();
        let channel = state.channel(self.channel);
        channel.receivers -= 1;
        if channel.receivers == 0 {
            let lost = mem::take(&mut channel.values).len() as u32;
            state.tell(Happening::ReceiversGone { channel: self.channel, lost });
            drop(state);
            call_all(&self.handle.world, Waitlist::Senders(self.channel));
        }
    }
}
