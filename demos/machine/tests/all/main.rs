//! The player and the link codec, tried on small machines.

mod allocations;
mod link;
mod memory;
mod player;
mod replay;
mod toys;
