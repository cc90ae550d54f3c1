//! Chapter 6 as a machine: real futures, real wakers with a real vtable, two real executors, and a
//! reactor over virtual time.

pub mod lang;
