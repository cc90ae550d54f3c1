//! Small numbers that stand for things. None is ever given to a second thing in one run.

use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);

        impl $name {
            /// The number as an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A task, counted from 0 in the order of spawning.
    TaskId;
    /// A channel, counted from 0 in the order of opening.
    ChannelId;
    /// A source that becomes readable, counted from 0 in the order of opening.
    SourceId;
    /// A worker of the run queue, counted from 0.
    WorkerId;
    /// What the reactor gives to the selector with a registration, and gets back with an event.
    Token;
    /// One leaf future that has left a waker in a queue of waiters.
    Ticket;
}

/// A moment of virtual time, in ticks since the start.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Time(pub u32);

impl Time {
    /// The moment `ticks` later; time ends at `u32::MAX` and stays there.
    pub fn after(self, ticks: u32) -> Time {
        Time(self.0.saturating_add(ticks))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
