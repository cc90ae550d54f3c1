//! Breaks the contract on purpose: it remembers, outside of itself, how often it was started.

use std::sync::atomic::{AtomicU64, Ordering};

use machine::{Machine, Tape};

use super::counter::{Add, CountError, Counter, UpTo};

/// How its planted fault shows.
pub(crate) enum Fickle<const IN_SNAPSHOT: bool> {
    Sound(Counter),
    Odd(Counter),
}

static STARTS: AtomicU64 = AtomicU64::new(0);

impl<const IN_SNAPSHOT: bool> Fickle<IN_SNAPSHOT> {
    fn counter(&self) -> &Counter {
        match self {
            Fickle::Sound(counter) | Fickle::Odd(counter) => counter,
        }
    }
}

impl<const IN_SNAPSHOT: bool> Machine for Fickle<IN_SNAPSHOT> {
    type Scenario = UpTo;
    type Command = Add;
    type Step = u64;
    type Snapshot = u64;
    type Error = CountError;

    fn start(scenario: &UpTo) -> Result<Self, CountError> {
        let counter = Counter::start(scenario)?;
        Ok(match STARTS.fetch_add(1, Ordering::Relaxed) % 50 {
            49 => Fickle::Odd(counter),
            _ => Fickle::Sound(counter),
        })
    }

    fn commands(&self) -> Vec<Add> {
        self.counter().commands()
    }

    fn apply(&mut self, command: &Add, tape: &mut Tape<u64, u64>) -> Result<(), CountError> {
        let odd = u64::from(matches!(self, Fickle::Odd(_)));
        let (Fickle::Sound(counter) | Fickle::Odd(counter)) = self;
        let mut inner = Tape::default();
        counter.apply(command, &mut inner)?;
        for step in inner.steps() {
            let wrong = odd * u64::from(*step % 16 == 15);
            match IN_SNAPSHOT {
                true => tape.record(*step, || *step + wrong),
                false => tape.record(*step + wrong, || *step),
            }
        }
        Ok(())
    }

    fn snapshot(&self) -> u64 {
        self.counter().snapshot()
    }
}
