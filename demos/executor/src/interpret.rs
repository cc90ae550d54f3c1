//! A typed program becomes tasks: each statement is a real future, awaited at its own line.
//!
//! There is no loop here that polls, and no state that says how far a task has come: the compiler
//! makes both out of the `async` below, as it does for every `async fn`. What a task holds of its
//! channels is in its future, so the ends are gone when the future is.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use crate::lang::{Block, Ends, Kind, Program, Statement, ends, limits};
use crate::leaf::join_all;
use crate::{Handle, Place, Receiver, Sender, SourceId};

/// Opens the channels and sources of a program, and hands its tasks to the executor.
#[inline(never)]
pub(crate) fn start(rt: &Handle, program: Program) {
    let mut held = Held::default();
    for channel in &program.channels {
        let (sender, receiver) = rt.channel(&channel.name, channel.room);
        held.senders.push(Some(sender));
        held.receivers.push(Some(receiver));
    }
    let mut sources = Vec::new();
    for source in &program.sources {
        sources.push(rt.source(&source.name, &source.ready_at));
    }
    let (ends, started) = (ends(&program), AtomicUsize::new(0));
    let shared = Arc::new(Shared { program, ends, sources, started });
    for (index, task) in shared.program.tasks.iter().enumerate() {
        if !task.later {
            spawn(rt, &shared, &held, index);
        }
    }
    // Here `held` is dropped, and from now on only tasks hold ends of channels.
}

/// What all tasks of a program have in common.
struct Shared {
    program: Program,
    ends: Vec<Ends>,
    sources: Vec<SourceId>,
    /// How many tasks were started.
    started: AtomicUsize,
}

/// The ends that somebody holds, each at the index of its channel.
#[derive(Default)]
struct Held {
    senders: Vec<Option<Sender>>,
    receivers: Vec<Option<Receiver>>,
}

impl Held {
    /// Ends of one's own, those that a task needs.
    fn for_a_task(&self, ends: &Ends) -> Held {
        let mut held = Held::default();
        for (channel, sender) in self.senders.iter().enumerate() {
            let needed = ends.sending.contains(channel);
            held.senders.push(if needed { sender.clone() } else { None });
        }
        for (channel, receiver) in self.receivers.iter().enumerate() {
            let needed = ends.receiving.contains(channel);
            held.receivers.push(if needed { receiver.clone() } else { None });
        }
        held
    }
}

/// Starts a task with ends of its own; answers whether that is still allowed.
fn spawn(rt: &Handle, shared: &Arc<Shared>, held: &Held, task: usize) -> bool {
    if shared.started.fetch_add(1, Ordering::Relaxed) >= limits::STARTED {
        return false;
    }
    let running = Running {
        rt: rt.clone(),
        shared: Arc::clone(shared),
        held: held.for_a_task(&shared.ends[task]),
        sent: shared.program.channels.iter().map(|_| AtomicU32::new(0)).collect(),
    };
    let name = &shared.program.tasks[task].name;
    rt.spawn(name, async move { running.block(&running.shared.program.tasks[task].body).await });
    true
}

/// One running task.
struct Running {
    rt: Handle,
    shared: Arc<Shared>,
    held: Held,
    /// How many sends it has begun, by channel.
    sent: Vec<AtomicU32>,
}

impl Running {
    /// Does the statements one after the other. (In a box, because blocks hold blocks: a future that
    /// held itself would have no size.)
    fn block<'a>(&'a self, block: &'a Block) -> Boxed<'a> {
        Box::pin(async move {
            for statement in &block.statements {
                self.statement(statement).await;
            }
        })
    }

    /// Does one statement. What it waits for is awaited at its place in the typed text.
    async fn statement(&self, statement: &Statement) {
        let Program { channels, .. } = &self.shared.program;
        let place = Place::Program { line: statement.span.line, column: statement.span.column };
        let rt = self.rt.at(place);
        let said: Arc<str> = match &statement.kind {
            Kind::Sleep(ticks) => return rt.sleep(*ticks).await,
            Kind::Yield => return rt.yield_now().await,
            Kind::Block(ticks) => return rt.block(*ticks),
            Kind::Send { channel, value } => {
                // A task holds the ends that it names.
                let Some(Some(sender)) = self.held.senders.get(*channel) else { return };
                let (Some(sent), Some(it)) = (self.sent.get(*channel), channels.get(*channel))
                else {
                    return;
                };
                let number = sent.fetch_add(1, Ordering::Relaxed) + 1;
                if it.room.is_some() || sender.waiting() < limits::WAITING {
                    // When no receiver is left, the number is lost.
                    let _ = sender.send_at(&rt, value.unwrap_or(number)).await;
                    return;
                }
                "send refused".into()
            }
            Kind::Recv(channel) => {
                let Some(Some(receiver)) = self.held.receivers.get(*channel) else { return };
                let name = channels.get(*channel).map_or("", |it| &it.name);
                match receiver.receive_at(&rt).await {
                    Some(value) => format!("{name} {value}").into(),
                    None => format!("{name} closed").into(),
                }
            }
            Kind::Read(source) => {
                if let Some(source) = self.shared.sources.get(*source) {
                    rt.read(*source).await;
                }
                return;
            }
            Kind::Spawn(task) => {
                if spawn(&rt, &self.shared, &self.held, *task) {
                    return;
                }
                "spawn refused".into()
            }
            Kind::Print(text) => Arc::clone(text),
            Kind::Loop { count, body } => {
                for _ in 0..*count {
                    self.block(body).await;
                }
                return;
            }
            Kind::Join(blocks) => {
                join_all(self.blocks(blocks)).await;
                return;
            }
            Kind::Select(blocks) => {
                rt.select_all(self.blocks(blocks)).await;
                return;
            }
        };
        rt.print(said);
    }

    fn blocks<'a>(&'a self, blocks: &'a [Block]) -> Vec<Boxed<'a>> {
        blocks.iter().map(|block| self.block(block)).collect()
    }
}

/// The future of a block.
type Boxed<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
