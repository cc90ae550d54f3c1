//! The scenes, each told as a story: all that matters of it, with the reason for every line.

mod all;
mod leaves;
mod mistakes;
mod queues;
mod stories;
mod under_miri;

use executor::snapshot::{Holder, Snapshot, Task};
use executor::{Command, Executor, Happening, Names, Scenario, Step, WakeEffect, scenes};
use machine::{Machine, Tape, Want};

/// A run that was played until it rests.
struct Played {
    machine: Executor,
    names: Names,
    /// Each step with the snapshot after it.
    trace: Vec<(Step, Snapshot)>,
}

fn scenario(scene: &str) -> Scenario {
    scenes::find(scene).expect("there is this scene").scenario()
}

fn play(scenario: &Scenario) -> Played {
    play_machine(Executor::start(scenario).expect("a scene starts"))
}

fn play_machine(machine: Executor) -> Played {
    let names = Names::new(&machine.snapshot());
    let mut played = Played { machine, names, trace: Vec::new() };
    played.go_on();
    played
}

impl Played {
    fn apply(&mut self, command: Command) {
        let mut tape = Tape::new(Want::Steps(0..usize::MAX));
        self.machine.apply(&command, &mut tape).expect("the command is possible");
        assert!(self.machine.counts_agree());
        let (steps, snapshots) = tape.into_parts();
        steps.iter().for_each(|step| self.names.learn(step));
        let snapshots = snapshots.into_iter().map(|(_, snapshot)| snapshot);
        self.trace.extend(steps.into_iter().zip(snapshots));
        let in_context = self.end().wakers.iter().any(|held| held.holder == Holder::Context);
        assert!(!in_context, "between commands nothing is polled");
    }

    fn go_on(&mut self) {
        while let Some(command) = self.machine.play() {
            let before = self.end();
            let steps = self.trace.len();
            self.apply(command);
            if let Command::Turn(worker) = command {
                let begins = |(step, _): &(Step, _)| match step.happening {
                    Happening::PollBegins { task, .. } => Some(task),
                    _ => None,
                };
                let polled = self.trace[steps..].iter().find_map(begins);
                assert_eq!(polled, before.workers[worker.index()].next, "as it was announced");
            }
        }
    }

    fn end(&self) -> Snapshot {
        self.machine.snapshot()
    }

    /// The moments and sentences of the steps that `keep` keeps.
    fn story(&self, keep: impl Fn(&Happening) -> bool) -> Vec<String> {
        let kept = self.trace.iter().filter(|(step, _)| keep(&step.happening));
        kept.map(|(step, now)| format!("{}: {}", now.now, self.names.sentence(step))).collect()
    }

    /// When each task printed what.
    fn prints(&self) -> Vec<String> {
        self.story(|happening| matches!(happening, Happening::Printed { .. }))
    }

    /// The prints, and all that is out of the ordinary.
    fn events(&self) -> Vec<String> {
        use Happening::*;
        self.story(|happening| match happening {
            Wake { effect, .. } => !matches!(effect, WakeEffect::Enqueued(..)),
            PollPending { useless, .. } => *useless,
            RoundEnds { .. } | RoundBegins { .. } => false,
            Printed { .. } | Selected { .. } | Cancelled { .. } | Blocked { .. } => true,
            HandlerReplaced { .. } | EventLost { .. } | NeverWoken { .. } | Rest { .. } => true,
            _ => false,
        })
    }

    fn task(&self, name: &str) -> Task {
        let end = self.end();
        end.tasks.into_iter().find(|task| &*task.name == name).expect("there is this task")
    }

    fn findings(&self) -> Vec<String> {
        let end = self.end();
        self.names.findings(&end).into_iter().map(|finding| finding.text).collect()
    }
}
