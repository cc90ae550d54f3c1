//! What a worker works on, whichever demo it belongs to.

use machine::{Ending, Finisher, Machine, Progress, link};

use super::message::{Finished, Reply};

/// Work on its way to its end: a run, or a measurement.
pub trait Task {
    /// Goes on for about so many steps; what came of it, once it is done. A measurement goes on for one
    /// sample.
    fn advance(&mut self, steps: usize) -> Option<Reply>;
    /// Ends where it is.
    fn stop(&mut self) -> Reply;
    /// How far it is.
    fn progress(&self) -> Progress;
}

/// What the worker does for a demo.
#[derive(Clone, Copy)]
pub enum Engine {
    /// Plays its runs.
    Run(Begin),
    /// Measures for it.
    Measure(Measure),
}

/// Begins a measurement with these settings, or says what is wrong with them.
pub type Measure = fn(settings: &str) -> Result<Box<dyn Task>, String>;

/// Begins to play the run behind a link to its end, or says what is wrong with it.
pub type Begin = fn(link: &str, limit: usize) -> Result<Box<dyn Task>, String>;

/// [`Begin`] for a machine.
pub fn begin<M: Machine>(text: &str, limit: usize) -> Result<Box<dyn Task>, String> {
    let run = link::decode::<M>(text).map_err(|error| error.to_string())?;
    let finisher = Finisher::new(run, limit).map_err(|error| error.to_string())?;
    Ok(Box::new(finisher))
}

impl<M: Machine> Task for Finisher<M> {
    fn advance(&mut self, steps: usize) -> Option<Reply> {
        let ending = self.advance(steps)?;
        Some(Reply::Done(finished(self, &ending)))
    }

    fn stop(&mut self) -> Reply {
        let ending = self.stop();
        Reply::Done(finished(self, &ending))
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
