//! Panic hook and mount, nothing else.

fn main() {}
