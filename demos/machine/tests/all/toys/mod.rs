//! Small machines to try the player on.

pub(crate) mod counter;

pub(crate) use counter::Counter;
