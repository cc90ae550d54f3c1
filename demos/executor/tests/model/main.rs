//! Both executors against a model of the language that has neither wakers nor queues.

#![allow(missing_docs, unreachable_pub, reason = "the modules of a test have no outside")]

mod agree;
mod code;
mod engine;
mod explore;
mod follow;
mod generate;
mod model;
mod model_alone;
mod properties;
