//! The worker's part: the race, with the worker's clock.

use arena_race::{Race, Setup};
use machine::Progress;

use crate::worker::message::Reply;
use crate::worker::{Task, now};

/// Begins a race.
pub(in crate::pages) fn measure(settings: &str) -> Result<Box<dyn Task>, String> {
    let race = Race::new(&Setup::parse(settings)?)?;
    Ok(Box::new(Measuring(race)))
}

struct Measuring(Race);

impl Task for Measuring {
    /// Runs one sample, however many steps there might be time for: the clock is looked at then.
    fn advance(&mut self, _: usize) -> Option<Reply> {
        match self.0.advance(&now) {
            Ok(results) => Some(Reply::Measured(results?.to_text())),
            Err(sentence) => Some(Reply::Failed(sentence)),
        }
    }

    fn stop(&mut self) -> Reply {
        Reply::Measured(self.0.results().to_text())
    }

    fn progress(&self) -> Progress {
        self.0.progress()
    }
}
