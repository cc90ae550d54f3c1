//! A long run of the executor, as it is measured.

use executor::{Executor, Program, Scenario};
use machine::{Finisher, Run};

/// A program that goes on for longer than anything measured: messages, timers and yields in turn.
const PROGRAM: &str = "\
channel ping
channel pong

task server {
    loop 3000 {
        recv ping
        send pong
    }
}

task client {
    loop 3000 {
        send ping
        recv pong
    }
}

task clock {
    loop 3000 { sleep 3 }
}

task polite {
    loop 3000 { yield }
}
";

/// The run, played until it has at least so many steps.
pub fn run_of(steps: usize) -> Run<Executor> {
    let scenario = Scenario::new(Program::Text(PROGRAM.to_owned()));
    let run = Run::new(scenario);
    let mut finisher = Finisher::new(run, steps).expect("the program has no mistake");
    while finisher.advance(steps).is_none() {}
    finisher.run().clone()
}

/// Plays the run until it has at least so many steps; gives how many it has.
// SAFETY: no other function of the module has this name.
#[unsafe(no_mangle)]
pub extern "C" fn play(steps: u32) -> u32 {
    run_of(steps as usize).cursor as u32
}
