//! Which ends of channels a task holds.

use std::collections::BTreeSet;

use super::{Block, Kind, Program};

/// The channels on which a task, or one that it could spawn, sends or receives.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Ends {
    pub(super) sending: BTreeSet<usize>,
    pub(super) receiving: BTreeSet<usize>,
    spawning: BTreeSet<usize>,
}

/// The ends that each task of the program holds from its start until it has finished.
pub(super) fn ends(program: &Program) -> Vec<Ends> {
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
            for &spawned in &ends.spawning.clone() {
                ends.sending.extend(&before[spawned].sending);
                ends.receiving.extend(&before[spawned].receiving);
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
                Kind::Send { channel, .. } => drop(self.sending.insert(channel)),
                Kind::Recv(channel) => drop(self.receiving.insert(channel)),
                Kind::Spawn(task) => drop(self.spawning.insert(task)),
                _ => statement.kind.blocks().iter().for_each(|block| self.add(block)),
            }
        }
    }
}
