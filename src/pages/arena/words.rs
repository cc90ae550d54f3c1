//! What happened, in sentences.

use std::sync::Arc;

use arena::lang::Sort;
use arena::memory::{Holds, Place};
use arena::naive::Fault;
use arena::step::{Effect, Event, How, Step, Subject, Wrong, Wrote};
use arena::{AllocatorKind, Command, Scenario, Snapshot};

use super::said::Said;
use super::timeline;
use crate::stage::{Label, Rest};
use arena::types::TYPES;

/// What must be remembered of a run to put it into words.
pub struct Names {
    /// By their index.
    names: Arc<[Arc<str>]>,
    /// The allocators, lane by lane.
    pub(crate) lanes: Vec<AllocatorKind>,
    /// The lines of the program.
    lines: Vec<String>,
    /// Of each value its name and number.
    pub(crate) values: Vec<(u32, u32)>,
}

impl Names {
    pub(crate) fn new(scenario: &Scenario, first: &Snapshot) -> Names {
        Names {
            names: first.names.clone(),
            lanes: first.lanes.iter().map(|lane| lane.allocator).collect(),
            lines: scenario.text().lines().map(code).collect(),
            values: Vec::new(),
        }
    }

    /// Takes in what a step brings.
    pub(crate) fn learn(&mut self, step: &Step) {
        let Some(Subject { value, name, number, .. }) = step.subject else { return };
        let value = value as usize;
        if value > self.values.len() {
            return;
        }
        match self.values.get_mut(value) {
            Some(known) => *known = (name, number),
            None => self.values.push((name, number)),
        }
    }

    /// The name of a value, with its number if it is not the first.
    pub(crate) fn value(&self, (name, number): (u32, u32)) -> String {
        let mut said = Said::default();
        said.put(self.names.get(name as usize).map_or("", |name| name));
        if number > 1 {
            said.put(" ").number(number);
        }
        said.text
    }

    /// The code of a line of the program.
    fn line(&self, line: u32) -> &str {
        self.lines.get((line as usize).wrapping_sub(1)).map_or("", String::as_str)
    }
}

/// A line without its comment and the spaces around it.
fn code(line: &str) -> String {
    let end = line.bytes().position(|byte| byte == b'#').unwrap_or(line.len());
    line.get(..end).unwrap_or_default().trim().to_owned()
}

/// What an allocator is called.
pub(crate) fn allocator(kind: AllocatorKind) -> &'static str {
    match kind {
        AllocatorKind::Arena => "Arena",
        AllocatorKind::Typed => "Typed arena",
        AllocatorKind::FirstFit => "First fit",
        AllocatorKind::BestFit => "Best fit",
        AllocatorKind::Buddies => "Buddies",
        AllocatorKind::SizeClasses => "Size classes",
        AllocatorKind::Book => "The book’s arena",
        AllocatorKind::Loosened => "The loosened arena",
    }
}

/// What happened, in one sentence.
#[inline(never)]
pub(crate) fn sentence(names: &Names, step: &Step) -> String {
    let lane = names.lanes.get(usize::from(step.lane)).copied();
    let kind = lane.unwrap_or(AllocatorKind::Arena);
    let mut said = Said::default();
    if names.lanes.len() > 1 {
        said.put(allocator(kind)).put(": ");
    }
    let who = match step.subject {
        Some(subject) => {
            let mut who = Said::default();
            who.put("`").put(&names.value((subject.name, subject.number))).put("`");
            who.text
        }
        None => String::new(),
    };
    if step.event == Event::NoMemory {
        said.put(&who).put(match step.subject.map(|subject| subject.sort) {
            Some(Sort::Vec(_) | Sort::Map | Sort::List) => " is empty, and needs no memory yet.",
            _ => " has no size, and needs no memory.",
        });
    } else {
        event(&mut said, kind, &who, &step.event);
    }
    first_letter(said.text)
}

/// With a capital letter.
fn first_letter(mut text: String) -> String {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn event(said: &mut Said, kind: AllocatorKind, who: &str, event: &Event) {
    match event {
        Event::Allocated { place, size, align, how } => {
            said.put(who).put(" gets ").bytes(*size).put(" at ").place(*place);
            came(said, kind, *place, *align, how);
        }
        Event::Refused { size, .. } => {
            said.put("there is no memory for ").put(who).put(": ").bytes(*size);
            said.put(". Nothing else has changed.");
        }
        Event::TooLarge { .. } => {
            said.put(who).put(" would be larger than any allocation may be: 2147483647 bytes, ");
            said.put("`isize::MAX` on wasm32. No allocator is asked.");
        }
        Event::NoMemory => {}
        Event::Wrote { place, size, what } => wrote(said, who, *place, *size, what),
        Event::Freed { place, size, effect } => {
            said.put(who).put(" is freed: ").bytes(*size).put(" at ").place(*place).put(". ");
            match effect {
                Effect::Free { joined } => {
                    said.put("The free block there has ").bytes(*joined).put(" now.")
                }
                Effect::MovedBack => said.put("It was the last one, so the pointer moves back."),
                Effect::Nothing => {
                    said.put("The arena does nothing: it gives all back at once, or nothing.")
                }
            };
        }
        Event::Resized { from, old, place, size } if from == place => {
            said.put(who).put(" grows from ").number(*old).put(" to ").bytes(*size);
            said.put(" where it lies, at ").place(*place).put(".");
        }
        Event::Resized { from, old, place, size } => {
            said.put(who).put(" grows from ").number(*old).put(" to ").bytes(*size);
            said.put(" and moves from ").place(*from).put(" to ").place(*place).put(": ");
            said.bytes((*old).min(*size)).put(" are copied.");
            if kind == AllocatorKind::Arena {
                said.put(" The old copy stays behind, dead.");
            }
        }
        Event::Used { place, size } => {
            said.put(who).put(" is read: ").bytes(*size).put(" at ").place(*place).put(".");
        }
        Event::Dropped { place, size } => {
            said.put("the value at ").place(*place).put(", ").bytes(*size);
            said.put(", is dropped: its destructor runs.");
        }
        Event::Reset { blocks, bytes } => {
            said.put("reset takes everything back at once: ").count(*blocks, "live block");
            said.put(", ").bytes(*bytes).put(" in use.");
            said.put(match kind {
                AllocatorKind::Typed => " Each was dropped before, in the order of their places.",
                _ => " Nothing is dropped: no destructor runs.",
            });
        }
        Event::Naive { offset, size, align, faults } => {
            naive(said, who, (*offset, *size, *align), faults);
        }
        Event::Wrong(wrong) => said_wrong(said, kind, who, wrong),
    }
}

/// How an allocator came to a place.
fn came(said: &mut Said, kind: AllocatorKind, place: Place, align: u32, how: &How) {
    match *how {
        How::Bumped { from } if from == place.offset => {
            said.put(", where the pointer stood.");
        }
        How::Bumped { from } => {
            said.put(": the pointer stood at ").hex(from).put(", and ");
            said.bytes(place.offset - from).put(" are left out so that it is a multiple of ");
            said.number(align).put(".");
        }
        How::NewChunk { left: 0, size } => {
            said.put(", in a new chunk of ").bytes(size).put(".");
        }
        How::NewChunk { left, size } => {
            said.put(", in a new chunk of ").bytes(size).put("; the ").bytes(left);
            said.put(" left in the last one are lost.");
        }
        How::Cut { held } => {
            holder(said, kind, held);
            said.put(".");
        }
        How::Grew { more, held } => {
            holder(said, kind, held);
            said.put("; for that the region has grown by ").bytes(more).put(".");
        }
        How::Added { wrapped, overlapped } => {
            said.put(", where the offset stood");
            if wrapped {
                said.put("; the sum of offset and size wraps around to the start");
            }
            if overlapped > 0 {
                said.put(". ").count(overlapped, "live reference");
                said.put(if overlapped == 1 { " points" } else { " point" });
                said.put(" into the same bytes: two `&mut` to one place");
            }
            said.put(".");
        }
    }
}

/// What is held for a block.
fn holder(said: &mut Said, kind: AllocatorKind, held: u32) {
    match kind {
        AllocatorKind::SizeClasses if held > 2048 => said.put(", in whole slabs: ").bytes(held),
        AllocatorKind::SizeClasses => said.put(", in a slot of ").bytes(held),
        AllocatorKind::Buddies => said.put(", in a block of ").bytes(held),
        _ => said.put(", in a block of ").bytes(held).put(" with its header"),
    };
}

fn wrote(said: &mut Said, who: &str, place: Place, size: u32, what: &Wrote) {
    match what {
        Wrote::All => {
            said.put("the value of ").put(who).put(" is written: ").bytes(size);
            said.put(" from ").place(place).put(" on.");
        }
        Wrote::Part(Holds::Elements { len, capacity }) => {
            said.put(who).put(" has ").count(*len, "element").put(" now, the last one at ");
            said.place(place).put(", and room for ").number(*capacity).put(".");
        }
        Wrote::Part(Holds::Node(index)) => {
            said.put("node ").number(*index + 1).put(" of ").put(who).put(" is written at ");
            said.place(place).put(".");
        }
        Wrote::Part(Holds::Table { len: 0 }) => {
            said.put("the table of ").put(who).put(" is empty: each of its control bytes says so.");
        }
        Wrote::Part(Holds::Table { len }) => {
            said.put(who).put(" has ");
            match len {
                1 => said.put("1 entry"),
                len => said.number(*len).put(" entries"),
            };
            said.put(" in its table now.");
        }
        Wrote::Part(Holds::All) | Wrote::Link => {
            said.put("the node before it in ").put(who).put(" gets the link to it, at ");
            said.place(place).put(".");
        }
    }
}

/// What the book's arena would do.
fn naive(said: &mut Said, who: &str, (offset, size, align): (u32, u32, u32), faults: &[Fault]) {
    let read = faults.iter().any(|fault| matches!(fault, Fault::Overwritten { .. }));
    said.put("here the code would ").put(if read { "read " } else { "write " }).put(who);
    said.put(", ").bytes(size).put(if read { " at " } else { " to " }).hex(offset).put(", and ");
    for (index, fault) in faults.iter().enumerate() {
        said.put(if index > 0 { "; and " } else { "" });
        match *fault {
            Fault::PointerOutside { beyond, .. } => {
                said.put("its pointer would leave the buffer by ").bytes(beyond)
            }
            Fault::Misaligned { by, .. } => {
                said.hex(offset).put(" is not a multiple of ").number(align).put(": it is ");
                said.number(by).put(" too far")
            }
            Fault::PastEnd { bytes } => {
                said.bytes(bytes).put(" of it would lie past the end of the buffer")
            }
            Fault::Overwritten { bytes, .. } => {
                said.bytes(bytes).put(" of it belong to another value by now")
            }
        };
    }
    said.put(". That is undefined behaviour, so it is not done.");
}

fn said_wrong(said: &mut Said, kind: AllocatorKind, who: &str, wrong: &Wrong) {
    match wrong {
        Wrong::FreedBefore => said.put(who).put(
            " is gone already. In Rust the first `drop` has moved it, so this does not compile; in C \
             it is a double free.",
        ),
        Wrong::NotThere => said.put("there is no such value: it was never made."),
        Wrong::HasNone => said.put(who).put(" has no memory here, because there was none for it."),
        Wrong::UsedAfter => said.put(who).put(
            " is used after its memory was taken back: this does not compile, because the borrow has \
             ended there.",
        ),
        Wrong::BorrowEnded => said.put(who).put(
            " cannot be used: `alloc` takes `&mut self`, so the next call has ended this borrow. It \
             does not compile.",
        ),
        Wrong::NotAnAllocator => said.put(who).put(
            " needs an `Allocator`, and the book’s arena is none: it has no `deallocate` and no \
             `grow`.",
        ),
        Wrong::TooLong => said.put(who).put(" has 10,000 nodes, and no list has more here."),
        Wrong::OtherType => said.put(who).put(
            " is of another type, or a collection: a typed arena holds values of one type, which the \
             first one decides.",
        ),
        Wrong::CannotFree => {
            said.put(allocator(kind)).put(" has nothing that frees one value: ").put(who);
            said.put(" stays where it is, and is never dropped.")
        }
    };
}

/// What a command's button says.
pub(crate) fn label(names: &Names, snapshot: &Snapshot, command: &Command) -> Label {
    let value = |value: u32| names.values.get(value as usize).map(|value| names.value(*value));
    let mut label = Label::default();
    match *command {
        Command::Next => {
            "Next".clone_into(&mut label.text);
            let line = snapshot.next.map_or("", |next| names.line(next.line));
            line.clone_into(&mut label.code);
        }
        Command::Free(index) => {
            "Free".clone_into(&mut label.text);
            label.code = value(index).unwrap_or_default();
            label.actor = Some(timeline::value_lane(names, index));
        }
        Command::Use(index) => {
            "Use".clone_into(&mut label.text);
            label.code = value(index).unwrap_or_default();
        }
        Command::Reset => "Reset all".clone_into(&mut label.text),
        Command::Make(of) => {
            "Allocate".clone_into(&mut label.text);
            TYPES.get(usize::from(of)).map_or("", |of| of.name).clone_into(&mut label.code);
        }
    }
    label
}

/// Why nothing more happens by itself.
pub(crate) fn rest(snapshot: &Snapshot) -> Option<Rest> {
    if snapshot.next.is_some() {
        return None;
    }
    let faults: u32 = snapshot.lanes.iter().map(|lane| lane.faults).sum();
    let mut said = Said::default();
    said.put("The program is over");
    if faults > 0 {
        said.put(", with ").count(faults, "fault");
    }
    said.put(". Go on by hand, if you like: allocate, free, reset.");
    Some(Rest { sentence: said.text, fault: false })
}

#[cfg(test)]
mod tests {
    use arena::{Memory, scenes};
    use machine::{Machine, Tape};

    use super::*;

    #[test]
    fn every_step_of_every_scene_is_a_sentence() {
        let mut kinds = std::collections::BTreeSet::new();
        for scene in scenes::SCENES {
            let scenario = scene.scenario();
            let mut memory = Memory::start(&scenario).expect("it starts");
            let mut names = Names::new(&scenario, &memory.snapshot());
            while let Some(command) = memory.play() {
                let label = label(&names, &memory.snapshot(), &command);
                assert!(label.text == "Next" && !label.code.is_empty());
                let mut tape = Tape::default();
                memory.apply(&command, &mut tape).expect("it is possible");
                for step in tape.steps() {
                    names.learn(step);
                    let said = sentence(&names, step);
                    assert!(said.ends_with('.') && !said.contains("  "), "{said}");
                    assert!(!said.contains("``") && !said.contains(" ."), "{said}");
                    assert_eq!(said.matches('`').count() % 2, 0, "{said}");
                    if kinds.insert(said.chars().filter(|c| !c.is_ascii_digit()).count()) {
                        println!("{said}");
                    }
                }
            }
            assert!(rest(&memory.snapshot()).is_some());
        }
    }
}
