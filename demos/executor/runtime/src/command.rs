//! What can be done with the machine.

use machine::{Portable, Reader, Writer};

use crate::{SourceId, WorkerId};

/// One thing that can be done now.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Command {
    /// A worker takes the next task that is its turn, and polls it once.
    Turn(WorkerId),
    /// The reactor asks the selector what is due and calls the handlers. When no task can run, time
    /// first jumps to the moment at which something will be due.
    React,
    /// The person makes a source readable once more.
    MakeReady(SourceId),
    /// The executor is dropped, and every future with it. Nothing comes after this.
    DropExecutor,
}

impl Portable for Command {
    fn write(&self, out: &mut Writer) {
        // Turns and reactions are what a run consists of: they are one byte each.
        match *self {
            Command::React => out.byte(0),
            Command::DropExecutor => out.byte(1),
            Command::MakeReady(source) => {
                out.byte(2);
                out.number(source.0.into());
            }
            Command::Turn(worker) => out.number(3 + u64::from(worker.0)),
        }
    }

    fn read(input: &mut Reader<'_>) -> Self {
        let limit = u64::from(u32::MAX);
        match input.number_to(limit, "a command of the executor") as u32 {
            0 => Command::React,
            1 => Command::DropExecutor,
            2 => Command::MakeReady(SourceId(
                input.number_to(limit, "the number of a source") as u32
            )),
            turn => Command::Turn(WorkerId(turn - 3)),
        }
    }
}
