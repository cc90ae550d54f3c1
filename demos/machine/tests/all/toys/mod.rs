//! Small machines to try the player on.

pub(crate) mod counter;
pub(crate) mod fickle;
pub(crate) mod walkers;

pub(crate) use counter::Counter;
pub(crate) use fickle::Fickle;
pub(crate) use walkers::Walkers;
