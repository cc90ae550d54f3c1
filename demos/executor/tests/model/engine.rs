//! The engine runs a program to its end, and everything that it tells is kept.

use executor::lang::{Program, format};
use executor::snapshot::TaskState;
use executor::{
    Actor, Command, Executor, ExecutorKind, Happening, Scenario, Step, TaskId, Tokens, Verdict,
    WakerKind,
};
use machine::{Machine, Tape, Want};

use crate::explore::Outcome;
use crate::model::Line;

/// How a program is run.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub executor: ExecutorKind,
    pub waker: WakerKind,
    /// The seed of the scenario, and of the person below.
    pub seed: u32,
    pub driver: Driver,
}

/// Who chooses the commands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Driver {
    /// What Play does.
    Play,
    /// Somebody who takes any command that is possible, and makes sources readable now and then,
    /// so many times at most.
    Anybody { ready: u32 },
}

/// What happened in a run.
#[derive(Clone, Debug)]
pub struct Trace {
    /// What each command led to.
    pub commands: Vec<Chapter>,
    /// What came of it when the machine came to rest; `None` if it was stopped before.
    pub end: Option<(Outcome, Verdict)>,
}

/// One command.
#[derive(Clone, Debug)]
pub struct Chapter {
    pub steps: Vec<Step>,
    /// What is in the channels after it, and how often each source can be read.
    pub channels: Vec<Vec<u32>>,
    pub unread: Vec<u32>,
    /// Whether the wakers were counted right.
    pub counts_agree: bool,
}

/// All ways in which the two executors can run a program, driven by Play.
pub fn every_executor(seed: u32) -> Vec<Setting> {
    let queues = [false, true]
        .into_iter()
        .flat_map(|lifo| (1..=4).map(move |workers| ExecutorKind::RunQueue { lifo, workers }));
    std::iter::once(ExecutorKind::PollEverything)
        .chain(queues)
        .map(|executor| Setting { executor, waker: WakerKind::Working, seed, driver: Driver::Play })
        .collect()
}

/// Runs a program until the machine says that it rests, or stops it after so many commands.
///
/// # Errors
/// It cannot start, refuses a command that it has offered, rests without saying why, or prints what
/// the program does not say.
pub fn run(program: &Program, setting: Setting, longest: usize) -> Result<Trace, String> {
    let scenario = Scenario {
        program: executor::Program::Text(format(program)),
        executor: setting.executor,
        waker: setting.waker,
        tokens: Tokens::Fresh,
        seed: setting.seed,
    };
    let mut engine = Executor::start(&scenario).map_err(|error| error.to_string())?;
    let mut random = setting.seed;
    let mut ready_left = match setting.driver {
        Driver::Play => 0,
        Driver::Anybody { ready } => ready,
    };
    let mut commands = Vec::new();
    while commands.len() < longest {
        let next = match setting.driver {
            Driver::Play => engine.play(),
            Driver::Anybody { .. } => any_command(&engine, ready_left, &mut random),
        };
        let Some(command) = next else {
            let end = Some(end(program, &engine, &commands)?);
            return Ok(Trace { commands, end });
        };
        ready_left -= u32::from(matches!(command, Command::MakeReady(_)));
        let mut tape = Tape::new(Want::Nothing);
        engine.apply(&command, &mut tape).map_err(|error| error.to_string())?;
        let snapshot = engine.snapshot();
        commands.push(Chapter {
            steps: tape.steps().to_vec(),
            channels: snapshot.channels.iter().map(|channel| channel.values.to_vec()).collect(),
            unread: snapshot.sources.iter().map(|source| source.unread).collect(),
            counts_agree: engine.counts_agree(),
        });
    }
    Ok(Trace { commands, end: None })
}

/// Some command; `None` if the machine rests and the person has done enough.
fn any_command(engine: &Executor, ready_left: u32, random: &mut u32) -> Option<Command> {
    let rests = engine.snapshot().verdict.is_some();
    let mut possible = engine.commands();
    possible.retain(|command| match command {
        Command::MakeReady(_) => ready_left > 0,
        Command::Turn(_) | Command::React => !rests,
        Command::DropExecutor => false,
    });
    *random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    possible.get((*random >> 8) as usize % possible.len().max(1)).copied()
}

fn end(
    program: &Program,
    engine: &Executor,
    commands: &[Chapter],
) -> Result<(Outcome, Verdict), String> {
    let snapshot = engine.snapshot();
    let verdict = snapshot.verdict.ok_or("it rests without saying why")?;
    let mut output = vec![Vec::new(); snapshot.tasks.len()];
    for step in commands.iter().flat_map(|chapter| &chapter.steps) {
        if let Some((task, line)) = printed(step)? {
            output[task.index()].push(line);
        }
    }
    let mut outcome = Outcome::new();
    for (task, lines) in snapshot.tasks.iter().zip(output) {
        // Of those with one name, the later ones have a number after it.
        let name = task.name.split(' ').next().unwrap_or_default();
        let code = program.tasks.iter().position(|code| code.name == name);
        outcome.push((code.ok_or("a task of no name")?, lines, task.state == TaskState::Finished));
    }
    outcome.sort();
    Ok((outcome, verdict))
}

/// The line that is printed in a step, as the model writes it.
pub fn printed(step: &Step) -> Result<Option<(TaskId, Line)>, String> {
    let Happening::Printed { text } = &step.happening else { return Ok(None) };
    let strange = || format!("{:?} prints {text:?}, which no program says", step.actor);
    let Actor::Task(task) = step.actor else { return Err(strange()) };
    let line = match text.split_once(' ') {
        Some(("spawn" | "send", "refused")) => Line::Refused,
        Some((channel, what)) => {
            let number = channel.strip_prefix('c').ok_or_else(strange)?;
            let channel = number.parse().map_err(|_| strange())?;
            match what {
                "closed" => Line::Closed(channel),
                value => Line::Received(channel, value.parse().map_err(|_| strange())?),
            }
        }
        None if text.len() == 1 => Line::Printed(text.as_bytes()[0]),
        None => return Err(strange()),
    };
    Ok(Some((task, line)))
}
