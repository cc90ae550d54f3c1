//! The language without wakers, queues or futures: what a program may do, as plain data.
//!
//! The model shares nothing with the engine but the tree of the program. A state holds how far each
//! task has come, the channels, the sources and the time that is left of every wait. A *move* polls
//! any one unfinished task, woken or not, as far as it gets. So a wake that is lost, a queue that
//! forgets, or a value that goes to nobody cannot be hidden by the model making the same mistake.

use std::collections::VecDeque;

use executor::lang::limits;

use crate::code::{Code, Mistake, Op, TaskCode};

/// A state of a program.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct State {
    /// The time that has passed in the move that is going on; 0 between moves, so that states that
    /// differ only in the date are one.
    now: u32,
    /// The tasks in the order of their start.
    pub tasks: Vec<Task>,
    /// What is in the channels, the oldest first.
    pub channels: Vec<VecDeque<u32>>,
    /// The sources.
    pub sources: Vec<Source>,
}

/// A task that was started.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Task {
    /// Which task of the program it does.
    pub code: usize,
    /// What it has printed.
    pub output: Vec<Line>,
    /// How many sends it has begun, by channel.
    sends: Vec<u32>,
    /// What is left to do; `None` when it has finished.
    rest: Option<Sequence>,
}

/// A line of output.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Line {
    /// A letter that was printed.
    Printed(u8),
    /// A number from a channel.
    Received(usize, u32),
    /// A channel was found closed.
    Closed(usize),
    /// A task or a number was one too many.
    Refused,
}

/// A source.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Source {
    /// How often it can be read.
    pub unread: u32,
    /// When it becomes readable by itself, rising.
    arrivals: VecDeque<u32>,
}

/// A block that is being carried out.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Sequence {
    block: usize,
    /// The statement that is next, or going on.
    at: usize,
    going_on: Option<GoingOn>,
}

/// A statement that has begun and is not done.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum GoingOn {
    /// Until then.
    Sleep(u32),
    /// Whether it was polled before.
    Yield(bool),
    Send(usize, u32),
    Recv(usize),
    Read(usize),
    Loop(u32, Box<Sequence>),
    /// Those that are done are `None`.
    Join(Vec<Option<Sequence>>),
    Select(Vec<Sequence>),
}

impl Code {
    /// The state in which the program begins.
    pub fn start(&self) -> State {
        let mut state = State {
            now: 0,
            tasks: Vec::new(),
            channels: vec![VecDeque::new(); self.channels.len()],
            sources: (self.sources.iter())
                .map(|times| Source { unread: 0, arrivals: times.iter().copied().collect() })
                .collect(),
        };
        for (task, code) in self.tasks.iter().enumerate() {
            if !code.later {
                state.tasks.push(self.new_task(task));
            }
        }
        self.settle(&mut state);
        state
    }

    fn new_task(&self, code: usize) -> Task {
        Task {
            code,
            output: Vec::new(),
            sends: vec![0; self.channels.len()],
            rest: Some(self.sequence(self.tasks[code].body)),
        }
    }

    fn sequence(&self, block: usize) -> Sequence {
        Sequence { block, at: 0, going_on: None }
    }

    fn makes(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    /// Polls a task once, as far as it gets.
    pub fn poll(&self, state: &mut State, task: usize) {
        let Some(mut rest) = state.tasks[task].rest.take() else { return };
        // Who is polled still holds its ends of channels.
        state.tasks[task].rest = Some(self.sequence(rest.block));
        let done = self.carry_on(state, task, &mut rest);
        state.tasks[task].rest = (!done).then_some(rest);
        self.settle(state);
    }

    /// Lets so many ticks pass.
    pub fn pass_time(&self, state: &mut State, ticks: u32) {
        state.now += ticks;
        self.settle(state);
    }

    /// In how many ticks something will be due, if ever.
    pub fn next_due(&self, state: &State) -> Option<u32> {
        let mut due = Vec::new();
        for task in &state.tasks {
            task.rest.iter().for_each(|rest| rest.deadlines(&mut due));
        }
        due.extend(state.sources.iter().filter_map(|source| source.arrivals.front().copied()));
        due.into_iter().filter(|&time| time > 0).min()
    }

    /// Brings the sources up to date.
    fn let_arrive(&self, state: &mut State) {
        for source in &mut state.sources {
            while source.arrivals.front().is_some_and(|&time| time <= state.now) {
                source.arrivals.pop_front();
                source.unread += 1;
            }
        }
    }

    /// Brings the sources up to date, empties channels that nobody will read, and starts the clock
    /// again from 0.
    fn settle(&self, state: &mut State) {
        for channel in 0..self.channels.len() {
            if !self.is_held(state, |code| code.receives[channel]) {
                state.channels[channel].clear();
            }
        }
        self.let_arrive(state);
        let State { now, tasks, sources, .. } = state;
        for source in sources {
            source.arrivals.iter_mut().for_each(|time| *time -= *now);
        }
        for task in tasks {
            task.rest.iter_mut().for_each(|rest| rest.restart_clock(*now));
        }
        *now = 0;
    }

    /// Carries on with a block; whether it is done.
    fn carry_on(&self, state: &mut State, task: usize, sequence: &mut Sequence) -> bool {
        let ops = &self.blocks[sequence.block];
        while sequence.at < ops.len() {
            if sequence.going_on.is_none() {
                sequence.going_on = self.begin(state, task, &ops[sequence.at]);
            }
            if let Some(going_on) = &mut sequence.going_on
                && !self.go_on(state, task, going_on)
            {
                return false;
            }
            sequence.going_on = None;
            sequence.at += 1;
        }
        true
    }

    /// Begins a statement; `None` if that is all of it.
    fn begin(&self, state: &mut State, task: usize, op: &Op) -> Option<GoingOn> {
        let sequence = |&block: &usize| self.sequence(block);
        Some(match *op {
            Op::Sleep(ticks) => {
                GoingOn::Sleep(state.now + ticks + u32::from(self.makes(Mistake::LateTimers)))
            }
            Op::Yield => GoingOn::Yield(false),
            Op::Block(ticks) => {
                state.now += ticks;
                self.let_arrive(state);
                return None;
            }
            Op::Send(channel, value) => {
                let sends = &mut state.tasks[task].sends[channel];
                *sends += 1;
                GoingOn::Send(channel, value.unwrap_or(*sends))
            }
            Op::Recv(channel) => GoingOn::Recv(channel),
            Op::Read(source) => GoingOn::Read(source),
            Op::Spawn(code) => {
                if state.tasks.len() < limits::STARTED {
                    let new = self.new_task(code);
                    state.tasks.push(new);
                } else {
                    state.tasks[task].output.push(Line::Refused);
                }
                return None;
            }
            Op::Print(letter) => {
                state.tasks[task].output.push(Line::Printed(letter));
                return None;
            }
            Op::Loop(count, body) => GoingOn::Loop(count, Box::new(self.sequence(body))),
            Op::Join(ref blocks) => GoingOn::Join(blocks.iter().map(sequence).map(Some).collect()),
            Op::Select(ref blocks) => GoingOn::Select(blocks.iter().map(sequence).collect()),
        })
    }

    /// Goes on with a statement that has begun; whether it is done.
    fn go_on(&self, state: &mut State, task: usize, going_on: &mut GoingOn) -> bool {
        match going_on {
            GoingOn::Sleep(until) => *until <= state.now,
            GoingOn::Yield(polled) => std::mem::replace(polled, true),
            GoingOn::Send(channel, value) => self.send(state, task, *channel, *value),
            GoingOn::Recv(channel) => match self.receive(state, *channel) {
                Some(line) => {
                    state.tasks[task].output.push(line);
                    true
                }
                None => false,
            },
            GoingOn::Read(source) => {
                let unread = &mut state.sources[*source].unread;
                let readable = *unread > 0;
                *unread = match self.makes(Mistake::ReadingTakesAll) {
                    true => 0,
                    false => unread.saturating_sub(1),
                };
                readable
            }
            GoingOn::Loop(left, body) => {
                while *left > 0 {
                    if !self.carry_on(state, task, body) {
                        return false;
                    }
                    *left -= 1;
                    **body = self.sequence(body.block);
                }
                true
            }
            GoingOn::Join(blocks) => {
                for block in blocks.iter_mut() {
                    if let Some(sequence) = block
                        && self.carry_on(state, task, sequence)
                    {
                        *block = None;
                        if self.makes(Mistake::JoinEndsEarly) {
                            return true;
                        }
                    }
                }
                blocks.iter().all(Option::is_none)
            }
            GoingOn::Select(blocks) if self.makes(Mistake::SelectFromTheEnd) => {
                blocks.iter_mut().rev().any(|block| self.carry_on(state, task, block))
            }
            GoingOn::Select(blocks) => {
                blocks.iter_mut().any(|block| self.carry_on(state, task, block))
            }
        }
    }

    /// Sends if there is room; whether it is done.
    fn send(&self, state: &mut State, task: usize, channel: usize, value: u32) -> bool {
        if !self.is_held(state, |code| code.receives[channel]) {
            return true;
        }
        let room =
            self.channels[channel].map(|room| room + u32::from(self.makes(Mistake::OneTooMany)));
        let values = &mut state.channels[channel];
        if room.is_none() && values.len() >= limits::WAITING {
            state.tasks[task].output.push(Line::Refused);
            return true;
        }
        let fits = room.is_none_or(|room| values.len() < room as usize);
        if fits {
            values.push_back(value);
        }
        fits
    }

    /// Takes a number out, or finds the channel closed; `None` if there is nothing yet.
    fn receive(&self, state: &mut State, channel: usize) -> Option<Line> {
        let values = &mut state.channels[channel];
        let value = match self.makes(Mistake::NewestFirst) {
            true => values.pop_back(),
            false => values.pop_front(),
        };
        if let Some(value) = value {
            return Some(Line::Received(channel, value));
        }
        let open = self.is_held(state, |code| code.sends[channel]);
        (!open && !self.makes(Mistake::ChannelsNeverClose)).then_some(Line::Closed(channel))
    }

    /// Whether an unfinished task holds an end.
    fn is_held(&self, state: &State, end: impl Fn(&TaskCode) -> bool) -> bool {
        state.tasks.iter().any(|task| task.rest.is_some() && end(&self.tasks[task.code]))
    }

    /// The person makes a source readable once more.
    pub fn make_ready(&self, state: &mut State, source: usize) {
        state.sources[source].unread += 1;
    }
}

impl Task {
    /// Whether it has finished.
    pub fn finished(&self) -> bool {
        self.rest.is_none()
    }
}

impl Sequence {
    fn inner(&self) -> Vec<&Sequence> {
        match &self.going_on {
            Some(GoingOn::Loop(_, body)) => vec![body],
            Some(GoingOn::Join(blocks)) => blocks.iter().flatten().collect(),
            Some(GoingOn::Select(blocks)) => blocks.iter().collect(),
            _ => Vec::new(),
        }
    }

    fn inner_mut(&mut self) -> Vec<&mut Sequence> {
        match &mut self.going_on {
            Some(GoingOn::Loop(_, body)) => vec![body],
            Some(GoingOn::Join(blocks)) => blocks.iter_mut().flatten().collect(),
            Some(GoingOn::Select(blocks)) => blocks.iter_mut().collect(),
            _ => Vec::new(),
        }
    }

    /// Collects the ends of all sleeps.
    fn deadlines(&self, due: &mut Vec<u32>) {
        if let Some(GoingOn::Sleep(until)) = self.going_on {
            due.push(until);
        }
        self.inner().into_iter().for_each(|inner| inner.deadlines(due));
    }

    fn restart_clock(&mut self, now: u32) {
        if let Some(GoingOn::Sleep(until)) = &mut self.going_on {
            *until = until.saturating_sub(now);
        }
        self.inner_mut().into_iter().for_each(|inner| inner.restart_clock(now));
    }
}
