//! Which ends of channels a task holds.

use super::{Block, Kind, Program, limits};

/// Indices of channels or tasks, a bit each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Indices(u32);

const _: () = assert!(limits::CHANNELS <= 32 && limits::TASKS <= 32);

impl Indices {
    fn insert(&mut self, index: usize) {
        self.0 |= 1 << index;
    }

    fn extend(&mut self, others: Indices) {
        self.0 |= others.0;
    }

    /// Whether this index is among them.
    pub fn contains(self, index: usize) -> bool {
        self.0 >> index & 1 == 1
    }
}

/// The channels on which a task, or one that it could spawn, sends or receives.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ends {
    /// The channels on which it sends.
    pub sending: Indices,
    /// The channels on which it receives.
    pub receiving: Indices,
    spawning: Indices,
}

/// The ends that each task of the program holds from its start until it has finished.
pub fn ends(program: &Program) -> Vec<Ends> {
    let mut all: Vec<Ends> = (program.tasks.iter())
        .map(|task| {
            let mut ends = Ends::default();
            ends.add(&task.body);
            ends
        })
        .collect();
    // What a task spawns it must be able to give its ends to: those spread until nothing is new.
    loop {
        let before = all.clone();
        for ends in &mut all {
            let spawning = ends.spawning;
            for (_, spawned) in
                before.iter().enumerate().filter(|(task, _)| spawning.contains(*task))
            {
                ends.sending.extend(spawned.sending);
                ends.receiving.extend(spawned.receiving);
            }
        }
        if all == before {
            return all;
        }
    }
}

impl Ends {
    fn add(&mut self, block: &Block) {
        for statement in &block.statements {
            match statement.kind {
                Kind::Send { channel, .. } => self.sending.insert(channel),
                Kind::Recv(channel) => self.receiving.insert(channel),
                Kind::Spawn(task) => self.spawning.insert(task),
                _ => statement.kind.blocks().iter().for_each(|block| self.add(block)),
            }
        }
    }
}
