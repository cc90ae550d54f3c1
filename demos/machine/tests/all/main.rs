//! The player and the link codec, tried on small machines.

mod allocations;
mod digest;
mod finish;
mod hostile;
mod link;
mod memory;
mod player;
mod replay;
mod slices;
mod times;
mod toys;
