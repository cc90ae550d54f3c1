//! Counts up to a limit; adding `n` takes `n` steps.

use std::fmt;

use machine::{Machine, Mark, Portable, Reader, Tape, Writer};

#[derive(Debug)]
pub(crate) struct Counter {
    limit: u64,
    value: u64,
}

/// The scenario: the limit, of at most ten million.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct UpTo(pub(crate) u64);

/// The command: add this many.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Add(pub(crate) u64);

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum CountError {
    LimitIsZero,
    BeyondLimit,
}

impl fmt::Display for CountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CountError::LimitIsZero => "the limit must be above 0",
            CountError::BeyondLimit => "that would count beyond the limit",
        })
    }
}

impl Machine for Counter {
    type Scenario = UpTo;
    type Command = Add;
    type Step = u64;
    type Snapshot = u64;
    type Error = CountError;

    fn start(scenario: &UpTo) -> Result<Self, CountError> {
        match scenario.0 {
            0 => Err(CountError::LimitIsZero),
            limit => Ok(Counter { limit, value: 0 }),
        }
    }

    fn commands(&self) -> Vec<Add> {
        [1, 7, 3].into_iter().filter(|n| self.value + n <= self.limit).map(Add).collect()
    }

    fn apply(&mut self, Add(n): &Add, tape: &mut Tape<u64, u64>) -> Result<(), CountError> {
        if *n == 0 || self.limit - self.value < *n {
            return Err(CountError::BeyondLimit);
        }
        for _ in 0..*n {
            self.value += 1;
            tape.record(self.value, || self.value);
        }
        Ok(())
    }

    fn snapshot(&self) -> u64 {
        self.value
    }

    fn mark(step: &u64) -> Option<Mark> {
        step.is_multiple_of(10).then_some(Mark::Notable)
    }
}

impl Portable for UpTo {
    fn write(&self, out: &mut Writer) {
        out.number(self.0);
    }
    fn read(input: &mut Reader<'_>) -> Self {
        UpTo(input.number_to(10_000_000, "a limit of at most 10,000,000"))
    }
}

impl Portable for Add {
    fn write(&self, out: &mut Writer) {
        out.number(self.0);
    }
    fn read(input: &mut Reader<'_>) -> Self {
        Add(input.number_to(100_000, "a number to add of at most 100,000"))
    }
}
