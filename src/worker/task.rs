//! What a worker works on, whichever demo it belongs to.

use machine::{Ending, Finisher, Machine, Progress, link};

use super::message::Finished;

/// A run on its way to its end.
pub trait Task {
    /// Goes on for about so many steps; what came of it, once it is done.
    fn advance(&mut self, steps: usize) -> Option<Finished>;
    /// Ends where it is.
    fn stop(&mut self) -> Finished;
    /// How far it is.
    fn progress(&self) -> Progress;
}

/// Begins to play the run behind a link to its end, or says what is wrong with it.
pub type Begin = fn(link: &str, limit: usize) -> Result<Box<dyn Task>, String>;

/// [`Begin`] for a machine.
pub fn begin<M: Machine>(text: &str, limit: usize) -> Result<Box<dyn Task>, String> {
    let run = link::decode::<M>(text).map_err(|error| error.to_string())?;
    let finisher = Finisher::new(run, limit).map_err(|error| error.to_string())?;
    Ok(Box::new(finisher))
}

impl<M: Machine> Task for Finisher<M> {
    fn advance(&mut self, steps: usize) -> Option<Finished> {
        let ending = self.advance(steps)?;
        Some(finished(self, &ending))
    }

    fn stop(&mut self) -> Finished {
        let ending = self.stop();
        finished(self, &ending)
    }

    fn progress(&self) -> Progress {
        self.progress()
    }
}

fn finished<M: Machine>(finisher: &Finisher<M>, ending: &Ending<M::Error>) -> Finished {
    let (run, marks) = (finisher.run(), finisher.marks());
    Finished {
        link: link::encode(run),
        steps: run.cursor,
        commands: run.commands.len(),
        notable: marks.notable,
        faults: marks.faults,
        ending: ending.to_string(),
    }
}
