//! Random programs. A raw tree is drawn (and shrunk) by proptest, and then made into a program of
//! one of two kinds: [`any`], and [`confluent`] by construction.

use std::cell::RefCell;

use executor::lang::{Block, Channel, Kind, Program, Source, Span, Statement, Task, limits};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// What is drawn. Numbers that name something are taken modulo how many there are.
#[derive(Clone, Debug)]
pub struct Raw {
    channels: Vec<Option<u32>>,
    sources: Vec<Vec<u32>>,
    tasks: Vec<(bool, Vec<RawStatement>)>,
}

#[derive(Clone, Debug)]
enum RawStatement {
    Sleep(u32),
    Yield,
    Block(u32),
    Send(usize, Option<u32>),
    Recv(usize),
    Read(usize),
    Spawn(usize),
    Print(u8),
    Loop(u32, Vec<RawStatement>),
    Join(Vec<Vec<RawStatement>>),
    Select(Vec<Vec<RawStatement>>),
}

/// How big the programs are.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The most tasks.
    pub tasks: usize,
    /// The most statements of one block.
    pub block: usize,
    /// How deep blocks go.
    pub depth: u32,
    /// The most ticks of a `sleep`, and about the last time of a source.
    pub ticks: u32,
}

/// Programs whose every schedule can be tried.
pub const SMALL: Size = Size { tasks: 3, block: 4, depth: 2, ticks: 4 };
/// Programs whose every schedule can be tried though they are of any kind.
pub const TINY: Size = Size { tasks: 3, block: 2, depth: 2, ticks: 3 };
/// Programs that are only run or written down.
pub const LARGE: Size = Size { tasks: 6, block: 6, depth: 4, ticks: 12 };

/// Tries `test` on so many raw programs, the same in every run of the tests; one on which it fails
/// is shrunk.
pub fn for_all(
    cases: u32,
    size: Size,
    test: impl FnMut(Raw) -> Result<(), TestCaseError>,
) -> Result<(), String> {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let test = RefCell::new(test);
    TestRunner::new_with_rng(config, random)
        .run(&raw(size), |raw| (test.borrow_mut())(raw))
        .map_err(|failure| failure.to_string())
}

/// Draws raw programs.
pub fn raw(size: Size) -> impl Strategy<Value = Raw> {
    let task = (prop::bool::weighted(0.25), vec(statement(size), 1..=size.block));
    let times = vec(0..=2 * size.ticks, 0..=3);
    (
        vec(prop::option::weighted(0.4, 1..=2u32), 1..=3),
        vec(times, 1..=2),
        vec(task, 2..=size.tasks),
    )
        .prop_map(|(channels, sources, tasks)| Raw { channels, sources, tasks })
        .prop_filter("more statements than a program may have", |raw| {
            raw.tasks.iter().map(|(_, body)| statements(body)).sum::<usize>() <= limits::STATEMENTS
        })
}

fn statements(body: &[RawStatement]) -> usize {
    let inside = |statement: &RawStatement| match statement {
        RawStatement::Loop(_, body) => statements(body),
        RawStatement::Join(blocks) | RawStatement::Select(blocks) => {
            blocks.iter().map(|body| statements(body)).sum()
        }
        _ => 0,
    };
    body.len() + body.iter().map(inside).sum::<usize>()
}

fn statement(size: Size) -> impl Strategy<Value = RawStatement> {
    let simple = prop_oneof![
        2 => Just(RawStatement::Yield),
        2 => any::<u8>().prop_map(RawStatement::Print),
        2 => (1..=size.ticks).prop_map(RawStatement::Sleep),
        1 => (1..=size.ticks).prop_map(RawStatement::Block),
        4 => (0..4usize, prop::option::weighted(0.3, 0..100u32))
            .prop_map(|(channel, value)| RawStatement::Send(channel, value)),
        4 => (0..4usize).prop_map(RawStatement::Recv),
        1 => (0..4usize).prop_map(RawStatement::Read),
        1 => (0..16usize).prop_map(RawStatement::Spawn),
    ];
    simple.prop_recursive(size.depth, 12, 3, move |inner| {
        let body = vec(inner, 1..=size.block.min(3));
        prop_oneof![
            (1..=3u32, body.clone()).prop_map(|(count, body)| RawStatement::Loop(count, body)),
            vec(body.clone(), 2..=3).prop_map(RawStatement::Join),
            vec(body, 2..=3).prop_map(RawStatement::Select),
        ]
    })
}

/// A program of any kind. Most spawn only what stands after them, since those that go on spawning
/// themselves have too many schedules to try them all.
pub fn any_program(raw: &Raw) -> Program {
    build(raw, |program, tasks| {
        let all = Rights {
            send: (0..program.channels.len()).collect(),
            recv: (0..program.channels.len()).collect(),
            read: (0..program.sources.len()).collect(),
            spawn: Vec::new(),
            print: true,
            shared: true,
        };
        (tasks.iter().enumerate())
            .map(|(task, body)| {
                let any = task == 1 && raw.channels.len() == 3;
                let spawn = if any { 0..tasks.len() } else { task + 1..tasks.len() };
                block(body, &Rights { spawn: spawn.collect(), ..all.clone() })
            })
            .collect()
    })
}

/// A program that is confluent by construction. It is a network of sequential processes: the blocks
/// of tasks, and of joins inside them. Each end of a channel, each source and the output of a task
/// belongs to one process at a time (a join deals out to its blocks what its process has), there is
/// no `select`, and each task is spawned at most once.
pub fn confluent_program(raw: &Raw) -> Program {
    build(raw, |program, tasks| {
        let owner = |salt: usize, i: usize| (salt * 7 + i * 3 + i / 2) % program.tasks.len();
        let channels = 0..program.channels.len();
        // A task may be spawned by one that stands before it only, so that all of them can start.
        let spawner =
            |t: usize| if program.tasks[t].later { owner(2, t) % t.max(1) } else { usize::MAX };
        (tasks.iter().enumerate())
            .map(|(task, body)| {
                let rights = Rights {
                    send: channels.clone().filter(|&c| owner(0, c) == task).collect(),
                    recv: channels.clone().filter(|&c| owner(1, c) == task).collect(),
                    read: (0..program.sources.len()).filter(|&s| owner(1, s) == task).collect(),
                    spawn: (0..tasks.len()).filter(|&t| spawner(t) == task).collect(),
                    print: true,
                    shared: false,
                };
                block(body, &rights)
            })
            .collect()
    })
}

fn build(raw: &Raw, bodies: impl Fn(&Program, &[Vec<RawStatement>]) -> Vec<Block>) -> Program {
    let name = |first: char, i: usize| format!("{first}{i}");
    let span = Span::default();
    let mut program = Program::default();
    for (i, &room) in raw.channels.iter().enumerate() {
        program.channels.push(Channel { name: name('c', i), room, span });
    }
    for (i, times) in raw.sources.iter().enumerate() {
        let mut ready_at = times.clone();
        ready_at.sort_unstable();
        ready_at.dedup();
        program.sources.push(Source { name: name('s', i), ready_at, span });
    }
    for (i, &(later, _)) in raw.tasks.iter().enumerate() {
        let body = Block::default();
        program.tasks.push(Task { name: name('t', i), later: later && i > 0, body, span });
    }
    let tasks: Vec<_> = raw.tasks.iter().map(|(_, body)| body.clone()).collect();
    for (task, body) in bodies(&program, &tasks).into_iter().enumerate() {
        program.tasks[task].body = body;
    }
    program
}

/// What a process may do: indices into the program.
#[derive(Clone)]
struct Rights {
    send: Vec<usize>,
    recv: Vec<usize>,
    read: Vec<usize>,
    spawn: Vec<usize>,
    print: bool,
    /// Whether several processes may have the same right.
    shared: bool,
}

impl Rights {
    /// What the `i`th of `n` blocks of a join gets of these rights.
    fn part(&self, i: usize, n: usize) -> Rights {
        if self.shared {
            return self.clone();
        }
        let deal = |all: &[usize], salt: usize| {
            all.iter().copied().filter(|right| (right + salt) % n == i).collect()
        };
        Rights {
            send: deal(&self.send, 0),
            recv: if i == 0 { self.recv.clone() } else { Vec::new() },
            read: deal(&self.read, 1),
            spawn: deal(&self.spawn, 2),
            print: self.print && i == 0,
            shared: false,
        }
    }

    fn one_of(from: &[usize], number: usize) -> Option<usize> {
        (!from.is_empty()).then(|| from[number % from.len()])
    }
}

fn block(raw: &[RawStatement], rights: &Rights) -> Block {
    block_and_rest(raw, &mut rights.clone())
}

/// A block that takes from `rights` what can be used only once.
fn block_and_rest(raw: &[RawStatement], rights: &mut Rights) -> Block {
    let kinds = raw.iter().filter_map(|raw| kind(raw, rights));
    let span = Span::default();
    Block { statements: kinds.map(|kind| Statement { span, kind }).collect(), close: span }
}

fn kind(raw: &RawStatement, rights: &mut Rights) -> Option<Kind> {
    Some(match raw {
        RawStatement::Sleep(ticks) => Kind::Sleep(*ticks),
        RawStatement::Yield => Kind::Yield,
        RawStatement::Block(ticks) => Kind::Block(*ticks),
        RawStatement::Send(channel, value) => {
            Kind::Send { channel: Rights::one_of(&rights.send, *channel)?, value: *value }
        }
        // A received number is printed too.
        RawStatement::Recv(channel) if rights.print => {
            Kind::Recv(Rights::one_of(&rights.recv, *channel)?)
        }
        RawStatement::Recv(_) => return None,
        RawStatement::Read(source) => Kind::Read(Rights::one_of(&rights.read, *source)?),
        RawStatement::Spawn(task) => {
            let task = Rights::one_of(&rights.spawn, *task)?;
            if !rights.shared {
                rights.spawn.retain(|&other| other != task);
            }
            Kind::Spawn(task)
        }
        RawStatement::Print(letter) if rights.print => {
            Kind::Print(char::from(b'a' + letter % 26).to_string().into())
        }
        RawStatement::Print(_) => return None,
        RawStatement::Loop(count, body) => {
            let mut inner = rights.clone();
            if !rights.shared {
                inner.spawn.clear();
            }
            Kind::Loop { count: *count, body: block(body, &inner) }
        }
        RawStatement::Join(blocks) => {
            let n = blocks.len();
            let parts = (0..n).map(|i| rights.part(i, n)).collect::<Vec<_>>();
            if !rights.shared {
                rights.spawn.clear();
            }
            Kind::Join(blocks.iter().zip(parts).map(|(body, part)| block(body, &part)).collect())
        }
        RawStatement::Select(blocks) if rights.shared => {
            Kind::Select(blocks.iter().map(|body| block(body, rights)).collect())
        }
        RawStatement::Select(_) => return None,
    })
}
