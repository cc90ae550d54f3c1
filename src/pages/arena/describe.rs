//! The state in words, for who does not see the picture. Equal snapshots give equal text, and
//! different ones differ: each lane ends with the fingerprint of all that has happened to its memory.

use arena::memory::{Block, Holds, Place};
use arena::snapshot::{Gone, Lane, Snapshot};

use super::said::Said;
use super::words;

/// Beyond so many blocks nobody wants to hear them all.
const MANY: u32 = 40;

/// The snapshot in words.
#[inline(never)]
pub(crate) fn describe(snapshot: &Snapshot) -> String {
    let mut said = Said::default();
    said.count(snapshot.done, "operation").put(" done");
    match snapshot.next {
        Some(next) => said.put(", next is line ").number(next.line),
        None => said.put(", the program is over"),
    };
    let gone = snapshot.values.iter().filter(|value| value.gone != Gone::No).count() as u32;
    let all = snapshot.values.len() as u32;
    said.put(". ").count(all - gone, "value").put(" alive of ").number(all).put(".");
    for lane in &snapshot.lanes {
        said.put(" ");
        self::lane(&mut said, snapshot, lane);
    }
    said.text
}

fn lane(said: &mut Said, snapshot: &Snapshot, lane: &Lane) {
    let figures = lane.figures;
    said.put(words::allocator(lane.allocator)).put(": ").bytes(figures.requested);
    said.put(" asked for, ").number(figures.used).put(" used, ").number(figures.padding);
    said.put(" of them padding, ").number(figures.reserved).put(" in all, ");
    said.number(figures.largest).put(" in one free piece, ").number(figures.high_water);
    said.put(" used at most, ").count(lane.faults, "fault");
    if let Some(bump) = lane.bump {
        said.put(", the pointer at ").place(bump);
    }
    said.put(". ");
    if figures.live > MANY {
        said.count(figures.live, "live block").put(".");
    } else {
        for (number, piece) in (0..).zip(&lane.pieces) {
            for block in piece.blocks(0..piece.size()).filter(|block| block.live) {
                self::block(said, snapshot, number, block);
            }
        }
    }
    said.put(" Fingerprint ").hex((lane.print >> 32) as u32).put(" ").hex(lane.print as u32);
    said.put(".");
}

fn block(said: &mut Said, snapshot: &Snapshot, piece: u32, block: &Block) {
    if let Some(value) = snapshot.values.get(block.owner as usize) {
        said.put(snapshot.names.get(value.name as usize).map_or("", |name| name));
        if value.number > 1 {
            said.put(" ").number(value.number);
        }
        said.put(", ").sort(value.sort);
    }
    match block.holds {
        Holds::All => {}
        Holds::Elements { len, capacity } => {
            said.put(", ").number(len).put(" of ").count(capacity, "element");
        }
        Holds::Node(index) => {
            said.put(", node ").number(index + 1);
        }
        Holds::Table { len } => {
            said.put(", table with ").number(len).put(" in it");
        }
    }
    said.put(", at ").place(Place { piece, offset: block.offset }).put(", ").bytes(block.size);
    said.put("; ");
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use arena::{AllocatorKind, Memory, Program, Scenario, scenes};
    use machine::{Machine, Tape, Want};

    use super::*;

    /// Every snapshot of a program that is played to its end.
    fn snapshots(scenario: &Scenario) -> Vec<Snapshot> {
        let mut memory = Memory::start(scenario).expect("it starts");
        let mut all = vec![memory.snapshot()];
        while let Some(command) = memory.play() {
            let mut tape = Tape::new(Want::Steps(0..usize::MAX));
            memory.apply(&command, &mut tape).expect("it is possible");
            all.extend(tape.snapshots().iter().map(|(_, snapshot)| snapshot.clone()));
        }
        all
    }

    #[test]
    fn equal_snapshots_give_equal_text_and_different_ones_differ() {
        let mut said: HashMap<String, Snapshot> = HashMap::new();
        let mut count = 0;
        for scene in scenes::SCENES.iter().filter(|scene| scene.name != "churn") {
            for snapshot in snapshots(&scene.scenario()) {
                let text = describe(&snapshot);
                assert_eq!(describe(&snapshot.clone()), text);
                let before = said.entry(text).or_insert_with(|| snapshot.clone());
                assert!(*before == snapshot, "{}: two states are told alike", scene.name);
                count += 1;
            }
        }
        assert!(said.len() > 400 && count < said.len() * 2, "{count} states, {} texts", said.len());
    }

    #[test]
    fn one_byte_that_is_another_is_told() {
        let said = |text: &str| {
            let program = Program::Text(text.to_owned());
            let allocators = vec![AllocatorKind::Arena];
            let scenario = Scenario { program, allocators };
            describe(snapshots(&scenario).last().expect("there is a first"))
        };
        assert_ne!(said("a = u32 1"), said("a = u32 2"));
        assert_ne!(said("s = \"cat\""), said("s = \"car\""));
    }

    #[test]
    fn of_very_many_blocks_not_each_is_told() {
        let program = Program::Text("repeat 5000 {\na = u8\n}".to_owned());
        let scenario = Scenario { program, allocators: vec![AllocatorKind::Arena] };
        let mut memory = Memory::start(&scenario).expect("it starts");
        while let Some(command) = memory.play() {
            memory.apply(&command, &mut Tape::default()).expect("it is possible");
        }
        let said = describe(&memory.snapshot());
        assert!(said.contains("5000 live blocks") && said.len() < 600, "{said}");
    }
}
