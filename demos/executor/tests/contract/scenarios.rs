//! Scenarios of every kind, by seed.

use executor::lang::EXAMPLES;
use executor::scenes::SCENES;
use executor::{Executor, ExecutorKind, MAX_WORKERS, Program, Scenario, Tokens, WakerKind};
use machine::{Finisher, Machine, Random, Run};

/// A scene, an example of the language or a random program, under a random executor; it starts.
pub(crate) fn scenario(random: &mut Random) -> Scenario {
    loop {
        let program = match random.below(3) {
            0 => Program::Scene(random.pick(SCENES).expect("there are scenes").name),
            1 => {
                let example = random.pick(EXAMPLES).expect("there are examples");
                Program::Text(example.text.to_owned())
            }
            _ => Program::Text(program(random)),
        };
        let executor = match random.below(3) {
            0 => ExecutorKind::PollEverything,
            _ => ExecutorKind::RunQueue {
                lifo: random.below(2) == 0,
                workers: 1 + random.below(MAX_WORKERS as usize) as u32,
            },
        };
        let waker = match random.below(8) {
            0 => WakerKind::DoNothing,
            _ => WakerKind::Working,
        };
        let tokens = match random.below(4) {
            0 => Tokens::MapLength,
            _ => Tokens::Fresh,
        };
        let seed = random.bits() as u32;
        let scenario = Scenario { program, executor, waker, tokens, seed };
        if Executor::start(&scenario).is_ok() {
            return scenario;
        }
    }
}

/// Four tasks that keep each other busy.
const BUSY: &str = "channel ping\nchannel pong\n\
                    task server { loop 9000 { recv ping send pong } }\n\
                    task client { loop 9000 { send ping recv pong } }\n\
                    task sleeper { loop 5000 { sleep 3 yield } }\n\
                    task polite { loop 9000 { yield yield } }\n";

/// A run of at least so many steps, under the executor of a scenario.
pub(crate) fn busy(scenario: Scenario, steps: usize) -> Run<Executor> {
    let scenario = Scenario {
        program: Program::Text(BUSY.to_owned()),
        waker: WakerKind::Working,
        tokens: Tokens::Fresh,
        ..scenario
    };
    let mut finisher = Finisher::new(Run::new(scenario), steps).expect("it starts");
    while finisher.advance(steps).is_none() {}
    finisher.run().clone()
}

/// One to four tasks of a few statements each.
fn program(random: &mut Random) -> String {
    let mut text = "channel a\nchannel b 2\nsource x\nsource y at 3, 9\n".to_owned();
    for task in 0..=random.below(4) {
        text += &format!("task t{task} {{ {} }}\n", statements(random, 2));
    }
    text
}

fn statements(random: &mut Random, depth: usize) -> String {
    (0..=random.below(3)).map(|_| statement(random, depth)).collect()
}

fn statement(random: &mut Random, depth: usize) -> String {
    let most = if depth == 0 { 9 } else { 12 };
    match random.below(most) {
        0 => format!("sleep {} ", 1 + random.below(4)),
        1 => "yield ".to_owned(),
        2 => format!("block {} ", 1 + random.below(3)),
        3 => "send a ".to_owned(),
        4 => "recv a ".to_owned(),
        5 => "send b 7 ".to_owned(),
        6 => "recv b ".to_owned(),
        7 => format!("read {} ", random.pick(&["x", "y"]).expect("there are two")),
        8 => "print \"here\" ".to_owned(),
        9 => format!("loop {} {{ {}}} ", 1 + random.below(3), statements(random, depth - 1)),
        kind => {
            let kind = if kind == 10 { "join" } else { "select" };
            let mut block = || format!("{{ {}}} ", statements(random, depth - 1));
            format!("{kind} {}{}", block(), block())
        }
    }
}
