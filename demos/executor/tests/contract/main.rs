//! The executor keeps the contract of a machine: back and forward give the same, links are sound, a
//! long run takes bounded memory.

#[path = "../../../machine/tests/all/allocations.rs"]
mod allocations;
#[path = "../../../machine/tests/all/hostile.rs"]
mod hostile;
mod links;
mod memory;
mod replay;
mod scenarios;
