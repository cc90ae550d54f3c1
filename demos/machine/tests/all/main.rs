//! The player and the link codec, tried on small machines.

mod player;
mod toys;
