//! A program in the shape that the model runs.

use executor::lang::{Block, Kind, Program};

/// A program: its blocks in one table, found by index.
#[derive(Debug)]
pub struct Code {
    pub(super) blocks: Vec<Vec<Op>>,
    pub(super) tasks: Vec<TaskCode>,
    pub(super) channels: Vec<Option<u32>>,
    pub(super) sources: Vec<Vec<u32>>,
    pub(super) mistake: Option<Mistake>,
}

#[derive(Debug)]
pub(super) struct TaskCode {
    pub(super) later: bool,
    pub(super) body: usize,
    /// Whether it holds an end of the channel: because it, or a task that it could spawn, uses it.
    pub(super) sends: Vec<bool>,
    pub(super) receives: Vec<bool>,
}

#[derive(Clone, Debug)]
pub(super) enum Op {
    Sleep(u32),
    Yield,
    Block(u32),
    Send(usize, Option<u32>),
    Recv(usize),
    Read(usize),
    Spawn(usize),
    Print(u8),
    Loop(u32, usize),
    Join(Vec<usize>),
    Select(Vec<usize>),
}

/// A mistake that the tests put into the model on purpose, to see that they would notice it in the
/// engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// Channels give out the newest number first.
    NewestFirst,
    /// A join is done when its first block is.
    JoinEndsEarly,
    /// A select polls its last block first.
    SelectFromTheEnd,
    /// A receiver is not told that the last sender is gone.
    ChannelsNeverClose,
    /// A channel takes one number more than it has room for.
    OneTooMany,
    /// A source that became readable twice can be read once.
    ReadingTakesAll,
    /// A wait ends one tick late.
    LateTimers,
}

impl Code {
    /// Prepares a program whose printed texts are single letters.
    pub fn new(program: &Program, mistake: Option<Mistake>) -> Code {
        let mut code = Code {
            blocks: Vec::new(),
            tasks: Vec::new(),
            channels: program.channels.iter().map(|channel| channel.room).collect(),
            sources: program.sources.iter().map(|source| source.ready_at.clone()).collect(),
            mistake,
        };
        for task in &program.tasks {
            let body = code.add(&task.body);
            code.tasks.push(TaskCode {
                later: task.later,
                body,
                sends: vec![false; program.channels.len()],
                receives: vec![false; program.channels.len()],
            });
        }
        // Ends of channels spread from spawned tasks to those that could spawn them.
        for _ in 0..=program.tasks.len() {
            for task in 0..code.tasks.len() {
                code.hold_ends(task, code.tasks[task].body);
            }
        }
        code
    }

    fn add(&mut self, block: &Block) -> usize {
        let ops = (block.statements.iter())
            .map(|statement| match &statement.kind {
                Kind::Sleep(ticks) => Op::Sleep(*ticks),
                Kind::Yield => Op::Yield,
                Kind::Block(ticks) => Op::Block(*ticks),
                Kind::Send { channel, value } => Op::Send(*channel, *value),
                Kind::Recv(channel) => Op::Recv(*channel),
                Kind::Read(source) => Op::Read(*source),
                Kind::Spawn(task) => Op::Spawn(*task),
                Kind::Print(text) => Op::Print(text.bytes().next().unwrap_or(b' ')),
                Kind::Loop { count, body } => Op::Loop(*count, self.add(body)),
                Kind::Join(blocks) => Op::Join(blocks.iter().map(|b| self.add(b)).collect()),
                Kind::Select(blocks) => Op::Select(blocks.iter().map(|b| self.add(b)).collect()),
            })
            .collect();
        self.blocks.push(ops);
        self.blocks.len() - 1
    }

    fn hold_ends(&mut self, task: usize, block: usize) {
        for op in self.blocks[block].clone() {
            match op {
                Op::Send(channel, _) => self.tasks[task].sends[channel] = true,
                Op::Recv(channel) => self.tasks[task].receives[channel] = true,
                Op::Spawn(other) => {
                    for channel in 0..self.channels.len() {
                        let (sends, receives) =
                            (self.tasks[other].sends[channel], self.tasks[other].receives[channel]);
                        self.tasks[task].sends[channel] |= sends;
                        self.tasks[task].receives[channel] |= receives;
                    }
                }
                Op::Loop(_, body) => self.hold_ends(task, body),
                Op::Join(blocks) | Op::Select(blocks) => {
                    blocks.into_iter().for_each(|block| self.hold_ends(task, block));
                }
                _ => {}
            }
        }
    }
}
