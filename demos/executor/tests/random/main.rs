//! Random tasks under random executors, driven by random commands.
#![cfg_attr(miri, allow(dead_code, reason = "Miri is given only some of the tests"))]

// Brute force in an interpreter would take hours; what Miri is for is in `under_miri`.
#[cfg(not(miri))]
mod diagnosis;
mod tasks;
mod under_miri;

use executor::{
    Command, Executor, ExecutorKind, Happening, Program, Scenario, Step, TaskId, Tokens, Verdict,
    WakerKind, scenes,
};
use machine::{Machine, Random, Tape};

use tasks::Counts;

/// How many random scenarios a test tries; Miri interprets, so it is given few.
const SCENARIOS: u64 = if cfg!(miri) { 12 } else { 10_000 };

/// A machine in a random scenario, and what its futures count.
struct Run {
    machine: Executor,
    counts: Counts,
    random: Random,
    seed: u64,
    commands: Vec<Command>,
    steps: Vec<Step>,
}

impl Run {
    fn new(seed: u64) -> Run {
        let mut random = Random::new(seed);
        let scenario = scenario(&mut random);
        let counts = Counts::default();
        let plan = tasks::plan(&mut random);
        let machine = Executor::with_tasks(&scenario, |rt| tasks::spawn(&plan, rt, &counts));
        Run { machine, counts, random, seed, commands: Vec::new(), steps: Vec::new() }
    }

    /// Another machine in the state of this one.
    fn again(&self) -> Run {
        let mut again = Run::new(self.seed);
        for command in &self.commands {
            again.apply(*command);
        }
        again
    }

    /// Does a command, and sees that all counts of wakers agree after it.
    fn apply(&mut self, command: Command) -> &[Step] {
        let before = self.steps.len();
        self.commands.push(command);
        let mut tape = Tape::default();
        self.machine.apply(&command, &mut tape).expect("a command that was offered is possible");
        self.steps.extend_from_slice(tape.steps());
        assert!(!tape.steps().is_empty(), "a command tells at least one step");
        assert!(self.machine.counts_agree(), "after {command:?}");
        &self.steps[before..]
    }

    /// What is possible, apart from the end of everything.
    fn possible(&self) -> Vec<Command> {
        let mut commands = self.machine.commands();
        commands.retain(|command| *command != Command::DropExecutor);
        commands
    }

    /// A random command of those that are possible, mostly the one that Play takes.
    fn choose(&mut self) -> Option<Command> {
        let possible = self.possible();
        match self.random.below(3) {
            0 => self.random.pick(&possible).copied(),
            _ => self.machine.play(),
        }
    }

    /// Random commands until there is none.
    fn go_on(&mut self) {
        while let Some(command) = self.choose() {
            self.apply(command);
        }
    }

    fn verdict(&self) -> Option<Verdict> {
        self.machine.snapshot().verdict
    }
}

/// The tasks that were polled in these steps.
fn polled(steps: &[Step]) -> Vec<TaskId> {
    let polled = steps.iter().filter_map(|step| match step.happening {
        Happening::PollBegins { task, .. } => Some(task),
        _ => None,
    });
    polled.collect()
}

fn scenario(random: &mut Random) -> Scenario {
    let mut scenario = Scenario::new(Program::Scene(scenes::SCENES[0].name));
    scenario.executor = match random.below(4) {
        0 => ExecutorKind::PollEverything,
        _ => {
            let workers = random.below(4) as u32 + 1;
            ExecutorKind::RunQueue { lifo: random.below(2) == 0, workers }
        }
    };
    if random.below(6) == 0 {
        scenario.waker = WakerKind::DoNothing;
    }
    if random.below(3) == 0 {
        scenario.tokens = Tokens::MapLength;
    }
    scenario.seed = random.bits() as u32;
    scenario
}
