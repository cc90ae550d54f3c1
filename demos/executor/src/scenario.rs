//! What is set up before a run: a program, and the executor that runs it.

use machine::{Portable, Reader, Writer};

use crate::lang::limits;
use crate::{ExecutorKind, MAX_WORKERS, Setup, Tokens, WakerKind, scenes};

/// Everything that decides a run, apart from the commands.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Scenario {
    /// What is run.
    pub program: Program,
    /// What runs it.
    pub executor: ExecutorKind,
    /// What a wake does.
    pub waker: WakerKind,
    /// How the reactor chooses tokens.
    pub tokens: Tokens,
    /// Decides which worker moves first and from whom is stolen.
    pub seed: u32,
}

/// The tasks.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Program {
    /// A scene of [`scenes`], by its stable name.
    Scene(&'static str),
    /// A program in the text language of [`crate::lang`].
    Text(String),
}

impl Scenario {
    /// `program` on one worker's run queue, with nothing of the book's mistakes.
    pub fn new(program: Program) -> Self {
        Scenario {
            program,
            executor: ExecutorKind::RunQueue { lifo: false, workers: 1 },
            waker: WakerKind::Working,
            tokens: Tokens::Fresh,
            seed: 0,
        }
    }

    /// All but the program.
    pub(crate) fn setup(&self) -> Setup {
        let Scenario { executor, waker, tokens, seed, .. } = *self;
        Setup { executor, waker, tokens, seed }
    }
}

impl Portable for Scenario {
    fn write(&self, out: &mut Writer) {
        let (typed, text) = match &self.program {
            Program::Scene(name) => (false, *name),
            Program::Text(text) => (true, text.as_str()),
        };
        out.flag(typed);
        out.text(text);
        match self.executor {
            ExecutorKind::PollEverything => out.byte(0),
            ExecutorKind::RunQueue { lifo, workers } => {
                out.byte(1);
                out.flag(lifo);
                out.byte(workers as u8);
            }
        }
        out.flag(self.waker == WakerKind::DoNothing);
        out.flag(self.tokens == Tokens::MapLength);
        out.number(self.seed.into());
    }

    fn read(input: &mut Reader<'_>) -> Self {
        let typed = input.flag("0 for a scene or 1 for a program");
        let start = input.position();
        let text = input.text();
        let program = if typed {
            if text.len() > limits::TEXT {
                input.refuse(start, "a program of at most 16 KiB");
            }
            Program::Text(text.to_owned())
        } else {
            let scene = scenes::find(text);
            if scene.is_none() {
                input.refuse(start, "the name of a scene");
            }
            Program::Scene(scene.map_or("", |scene| scene.name))
        };
        let mut scenario = Scenario::new(program);
        scenario.executor = ExecutorKind::PollEverything;
        if input.flag("0 for poll everything or 1 for a run queue") {
            let lifo = input.flag("1 for a LIFO slot or 0 for none");
            let start = input.position();
            let workers = input.number_to(MAX_WORKERS.into(), "1 to 4 workers") as u32;
            if workers == 0 {
                input.refuse(start, "1 to 4 workers");
            }
            scenario.executor = ExecutorKind::RunQueue { lifo, workers };
        }
        if input.flag("1 for a waker that does nothing or 0 for one that works") {
            scenario.waker = WakerKind::DoNothing;
        }
        if input.flag("1 for tokens by the map's length or 0 for fresh ones") {
            scenario.tokens = Tokens::MapLength;
        }
        scenario.seed = input.number_to(u32::MAX.into(), "a seed of 32 bits") as u32;
        scenario
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(scenario: &Scenario) -> Vec<u8> {
        let mut out = Writer::default();
        scenario.write(&mut out);
        out.into_bytes()
    }

    /// Where reading stops, and what would have been right there.
    fn refusal(bytes: &[u8]) -> (usize, &'static str) {
        let mut input = Reader::new(bytes);
        Scenario::read(&mut input);
        let error = input.error().expect("it is refused");
        (error.at, error.expected)
    }

    #[test]
    fn a_scenario_is_read_as_it_was_written() {
        let text = Program::Text("task a { }".to_owned());
        for program in [text, Program::Scene("ping-pong")] {
            for executor in [
                ExecutorKind::PollEverything,
                ExecutorKind::RunQueue { lifo: true, workers: MAX_WORKERS },
            ] {
                let mut scenario = Scenario::new(program.clone());
                scenario.executor = executor;
                scenario.waker = WakerKind::DoNothing;
                scenario.tokens = Tokens::MapLength;
                scenario.seed = u32::MAX;
                let bytes = written(&scenario);
                let mut input = Reader::new(&bytes);
                assert_eq!(Scenario::read(&mut input), scenario);
                assert_eq!((input.error(), input.remaining()), (None, 0));
            }
        }
    }

    #[test]
    fn every_value_that_nobody_writes_is_refused_at_its_place() {
        // A scene, its name, a run queue, no slot, one worker, a waker that works, fresh tokens.
        let good = written(&Scenario::new(Program::Scene("ping-pong")));
        assert_eq!(good, b"\x00\x09ping-pong\x01\x00\x01\x00\x00\x00");
        let damaged = |at: usize, value: u8| {
            let mut bytes = good.clone();
            bytes[at] = value;
            refusal(&bytes)
        };
        assert_eq!(damaged(0, 2), (0, "0 for a scene or 1 for a program"));
        assert_eq!(damaged(2, b'P'), (1, "the name of a scene"));
        assert_eq!(damaged(11, 2), (11, "0 for poll everything or 1 for a run queue"));
        assert_eq!(damaged(12, 2), (12, "1 for a LIFO slot or 0 for none"));
        assert_eq!(damaged(13, 0), (13, "1 to 4 workers"));
        assert_eq!(damaged(13, 5), (13, "1 to 4 workers"));
        assert_eq!(damaged(14, 2), (14, "1 for a waker that does nothing or 0 for one that works"));
        assert_eq!(damaged(15, 2), (15, "1 for tokens by the map's length or 0 for fresh ones"));
        assert_eq!(refusal(&good[..16]).0, 16, "it ends too early");

        let long = Program::Text("x".repeat(limits::TEXT + 1));
        assert_eq!(refusal(&written(&Scenario::new(long))), (1, "a program of at most 16 KiB"));
    }
}
