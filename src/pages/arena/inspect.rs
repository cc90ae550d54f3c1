//! What is to be said of a byte: whose it is, what it means, and why it is where it is.

use arena::AllocatorKind;
use arena::Snapshot;
use arena::lang::Sort;
use arena::memory::{Block, Byte, Piece, Place};
use arena::snapshot::Lane;
use arena::types::{self, Type};

use super::layout::{elements, name, what};
use super::said::Said;

/// Of an array or a text so much is told.
const ELEMENTS: u32 = 6;
const LETTERS: u32 = 32;

/// What is to be said of a byte of a lane, with code between backticks; `address` is that of its piece
/// in this visit.
#[inline(never)]
pub(crate) fn about(
    snapshot: &Snapshot,
    lane: usize,
    place: Place,
    address: Option<usize>,
) -> Option<String> {
    let lane = snapshot.lanes.get(lane)?;
    let piece = lane.pieces.get(place.piece as usize)?;
    let (byte, kind) = piece.byte(place.offset)?;
    let about = About { snapshot, lane, piece, place, address };
    let mut said = Said::default();
    match piece.block_at(place.offset) {
        Some(block) if block.live => {
            about.block(&mut said, block);
            about.why(&mut said, block);
            about.byte_of(&mut said, block, byte, kind);
        }
        old => about.unowned(&mut said, old, byte, kind),
    }
    Some(said.text)
}

/// A byte, and all around it.
struct About<'a> {
    snapshot: &'a Snapshot,
    lane: &'a Lane,
    piece: &'a Piece,
    place: Place,
    address: Option<usize>,
}

impl About<'_> {
    /// `0x18 in chunk 2 (address 0x1234018 in this visit)`.
    fn at<'a>(&self, said: &'a mut Said, offset: u32) -> &'a mut Said {
        said.put("`").hex(offset).put("`");
        if self.lane.pieces.len() > 1 {
            said.put(" in chunk ").number(self.place.piece + 1);
        }
        if let Some(address) = self.address {
            said.put(" (address `").hex((address as u32).wrapping_add(offset));
            said.put("` in this visit)");
        }
        said
    }

    /// Whose a block is, where it is, and what is in it.
    fn block(&self, said: &mut Said, block: &Block) {
        said.put("`");
        name(said, self.snapshot, block.owner);
        what(said, self.snapshot, block);
        said.put("` at ");
        self.at(said, block.offset).put(", ").bytes(block.size).put(", align ");
        said.number(block.align).put(". ");
        if let Some(value) = self.value(block) {
            said.put("Its value: `").put(&value).put("`. ");
        }
    }

    /// The bytes of a range, if all of them belong to values or their padding.
    fn written(&self, from: u32, size: u32) -> Option<Vec<u8>> {
        let byte = |at| match self.piece.byte(at)? {
            (byte, Byte::Value | Byte::Padding) => Some(byte),
            _ => None,
        };
        (from..from.checked_add(size)?).map(byte).collect()
    }

    /// What is in a block, as Rust writes it. Of many elements the first are told.
    fn value(&self, block: &Block) -> Option<String> {
        let value = self.snapshot.values.get(block.owner as usize)?;
        let mut said = Said::default();
        if value.sort == Sort::Text {
            let bytes = self.written(block.offset, block.size.min(LETTERS))?;
            said.put("\"");
            for byte in bytes {
                // A backtick would end the code.
                let shown = byte.is_ascii_graphic() && byte != b'`' || byte == b' ';
                said.text.push(if shown { char::from(byte) } else { '·' });
            }
            said.put(if block.size > LETTERS { "…\"" } else { "\"" });
            return Some(said.text);
        }
        let (of, count, _) = elements(self.snapshot, block)?;
        let one = |index: u32| {
            let bytes = self.written(block.offset + index * of.size, of.size)?;
            Some(types::show(of, &bytes))
        };
        if matches!(value.sort, Sort::Value(_) | Sort::List) {
            return one(0);
        }
        said.put("[");
        for index in 0..count.min(ELEMENTS) {
            said.put(if index > 0 { ", " } else { "" }).put(&one(index)?);
        }
        said.put(if count > ELEMENTS { ", …]" } else { "]" });
        Some(said.text)
    }

    /// Why a block is where it is.
    fn why(&self, said: &mut Said, block: &Block) {
        let before = block.offset.saturating_sub(block.held_from);
        let held = block.held_to.saturating_sub(block.held_from);
        match self.lane.allocator {
            AllocatorKind::Arena | AllocatorKind::Typed => {
                let mask = block.align.wrapping_sub(1);
                let up = block.held_from.wrapping_add(mask) & !mask;
                if up != block.offset {
                    return;
                }
                said.put("Why there: `(").hex(block.held_from).put(" + ").number(block.align);
                said.put(" - 1) & !(").number(block.align).put(" - 1)` = `").hex(up).put("`");
                match before {
                    0 => said.put(", where the pointer stood. "),
                    lost => said.put("; ").bytes(lost).put(" lost before it. "),
                };
            }
            AllocatorKind::FirstFit | AllocatorKind::BestFit => {
                said.put("Its block of ").bytes(held).put(" begins at `").hex(block.held_from);
                said.put("`: ").number(before).put(" for the header");
                rounded(said, block, "a multiple of 8");
            }
            AllocatorKind::Buddies => {
                said.put("A block of ").number(held).put(" begins at a multiple of ").number(held);
                rounded(said, block, "a power of two");
            }
            AllocatorKind::SizeClasses if held > 2048 => {
                said.put("It has whole slabs: ").bytes(held);
                rounded(said, block, "slabs of 4096");
            }
            AllocatorKind::SizeClasses => {
                said.put("Its slot has ").bytes(held);
                rounded(said, block, "its size class");
            }
            AllocatorKind::Book | AllocatorKind::Loosened => {
                said.put("There the offset stood; nobody has looked at the alignment. ");
            }
        }
    }

    /// What a byte of a live block is.
    fn byte_of(&self, said: &mut Said, block: &Block, byte: u8, kind: Byte) {
        let at = self.place.offset - block.offset;
        match kind {
            Byte::Padding => {
                said.put("Byte ").number(at).put(
                    " of it is padding: no field has it, and to read it \
                    through the type is undefined behaviour.",
                );
            }
            Byte::Unwritten => {
                said.put("Byte ").number(at).put(" of it is not written yet.");
            }
            _ if at > 0 => {
                said.put("Byte ").number(at).put(" of it is `").hex(byte.into()).put("`");
                if let Some(field) = self.field(block, at) {
                    said.put(", in `").put(field).put("`");
                }
                said.put(".");
            }
            _ => {}
        }
    }

    /// The field in which a byte of a block lies.
    fn field(&self, block: &Block, at: u32) -> Option<&'static str> {
        let (of, _, _) = elements(self.snapshot, block)?;
        fn find(of: &'static Type, at: u32) -> Option<&'static str> {
            let is_in = |it: &&types::Field| (it.offset..it.offset + it.ty().size).contains(&at);
            let field = of.fields.iter().find(is_in)?;
            find(field.ty(), at - field.offset).or(Some(field.name))
        }
        find(of, at % of.size)
    }

    /// What a byte is that belongs to no live block.
    fn unowned(&self, said: &mut Said, old: Option<&Block>, byte: u8, kind: Byte) {
        let offset = self.place.offset;
        self.at(said, offset).put(": ");
        match kind {
            Byte::Fresh => said.put("nobody ever had this byte."),
            Byte::Stale => {
                said.put("`").hex(byte.into()).put("`, still there from ");
                match old {
                    Some(old) => {
                        said.put("`");
                        name(said, self.snapshot, old.owner);
                        said.put("`")
                    }
                    None => said.put("a block that was freed"),
                };
                said.put(". It is nobody’s, and will be handed out again as it is.")
            }
            Byte::Own => {
                said.put("the allocator’s own, `").hex(byte.into()).put("`: ");
                match self.holder() {
                    Some(block) if block.live => {
                        said.put("the header of `");
                        name(said, self.snapshot, block.owner);
                        said.put("`.")
                    }
                    _ => said.put("how large a free block is, or a link to another one."),
                }
            }
            Byte::Lost => match self.holder().filter(|block| block.live) {
                Some(block) if offset < block.offset => {
                    said.put("left out, so that `");
                    name(said, self.snapshot, block.owner);
                    said.put("` begins at a multiple of ").number(block.align).put(".")
                }
                Some(block) => {
                    said.put("held for `");
                    name(said, self.snapshot, block.owner);
                    said.put("`, which did not ask for it: its size was rounded up.")
                }
                None => said.put("lost: it was left when the arena went on, and nobody gets it."),
            },
            Byte::Value | Byte::Padding | Byte::Unwritten => said.put("of no block any more."),
        };
    }

    /// The block for which a byte is held that lies outside of it.
    fn holder(&self) -> Option<&Block> {
        /// No block begins further than that from what is held for it.
        const FAR: u32 = 1 << 17;
        let offset = self.place.offset;
        let holds = |block: &&Block| (block.held_from..block.held_to).contains(&offset);
        let end = offset.saturating_add(FAR);
        let behind = self.piece.blocks(offset..end).find(|block| block.offset > offset);
        behind.filter(holds).or_else(|| {
            let from = offset.saturating_sub(FAR);
            self.piece.blocks(from..offset).filter(holds).last()
        })
    }
}

/// That a size was rounded up, if it was.
fn rounded(said: &mut Said, block: &Block, to: &str) {
    let behind = block.held_to.saturating_sub(block.offset.saturating_add(block.size));
    match behind {
        0 => said.put(". "),
        lost => said.put(", rounded up to ").put(to).put(": ").bytes(lost).put(" lost behind it. "),
    };
}

#[cfg(test)]
mod tests {
    use arena::{Memory, Program, Scenario};
    use machine::{Player, Run};

    use super::*;

    /// What is said of a byte after a program has run.
    fn told(kind: AllocatorKind, text: &str, offset: u32) -> String {
        told_of(kind, text, &[offset]).remove(0)
    }

    /// What is said of several.
    fn told_of(kind: AllocatorKind, text: &str, offsets: &[u32]) -> Vec<String> {
        let program = Program::Text(text.to_owned());
        let run = Run::new(Scenario { program, allocators: vec![kind] });
        let mut player = Player::<Memory>::open(run).expect("it starts");
        while player.cursor() < player.len() || player.next().is_some() {
            player.forward().expect("it goes on");
        }
        let told =
            |offset: &u32| about(player.snapshot(), 0, Place { piece: 0, offset: *offset }, None);
        offsets.iter().filter_map(told).collect()
    }

    #[test]
    fn in_an_arena_it_is_told_why_something_is_where_it_is() {
        let text = "a = u8 1\nb = AsWritten 1 2 3\nc = u64 4";
        let told = |offset| told(AllocatorKind::Arena, text, offset);
        let block = "`b: AsWritten` at `0x4`, 12 bytes, align 4. Its value: `AsWritten { tag: 1, \
            length: 2, kind: 3 }`. Why there: `(0x1 + 4 - 1) & !(4 - 1)` = `0x4`; 3 bytes lost \
            before it. ";
        assert_eq!(told(4), block);
        assert_eq!(told(9), format!("{block}Byte 5 of it is `0x0`, in `length`."));
        let padding = "Byte 2 of it is padding: no field has it, and to read it through the type is \
            undefined behaviour.";
        assert_eq!(told(6), format!("{block}{padding}"));
        assert_eq!(told(2), "`0x2`: left out, so that `b` begins at a multiple of 4.");
        assert!(
            told(16).contains("`(0x10 + 8 - 1) & !(8 - 1)` = `0x10`, where the pointer stood.")
        );
        assert_eq!(told(100), "`0x64`: nobody ever had this byte.");
    }

    #[test]
    fn the_others_say_what_they_hold_for_a_block() {
        let text = "a = [u8; 3]\nb = \"hello\"";
        let first = told(AllocatorKind::FirstFit, text, 8);
        assert!(first.contains("begins at `0x0`: 8 for the header, rounded up"), "{first}");
        assert!(first.contains("`[1, 2, 3]`"), "{first}");
        assert!(told(AllocatorKind::FirstFit, text, 0).contains("the header of `a`"));
        let behind = told(AllocatorKind::FirstFit, text, 12);
        assert!(behind.contains("held for `a`"), "{behind}");
        let buddy = told(AllocatorKind::Buddies, text, 0);
        assert!(buddy.contains("A block of 16 begins at a multiple of 16, rounded up to a power"));
        let everywhere: Vec<u32> = (0..65536).step_by(8).collect();
        let slots = told_of(AllocatorKind::SizeClasses, text, &everywhere);
        let slot = slots.into_iter().find(|told| told.starts_with("`a:")).expect("it is there");
        assert!(slot.contains("Its slot has "), "{slot}");
        let book = told(AllocatorKind::Book, text, 3);
        assert!(book.contains("`b: str` at `0x3`") && book.contains("`\"hello\"`"), "{book}");
    }

    #[test]
    fn what_is_freed_and_what_is_not_written_is_told() {
        let text = "v = vec u16 4\npush v 7\ns = \"hello\"\nfree s\nreset\nw = vec u16 4\npush w 9";
        let told = |offset| told(AllocatorKind::Arena, text, offset);
        assert!(
            told(0)
                .starts_with("`w: Vec<u16>, 1 of 4` at `0x0`, 8 bytes, align 2. Its value: `[9]`.")
        );
        assert!(told(3).ends_with("Byte 3 of it is not written yet."));
        let stale = "`0x9`: `0x65`, still there from `s`. It is nobody’s, and will be handed out \
            again as it is.";
        assert_eq!(told(9), stale);
    }

    #[test]
    fn of_every_byte_something_is_said_and_of_none_outside() {
        for scene in arena::scenes::SCENES {
            let mut player = Player::<Memory>::open(Run::new(scene.scenario())).expect("it starts");
            while player.next().is_some() && player.cursor() < scene.telling {
                player.forward().expect("it goes on");
            }
            let snapshot = player.snapshot();
            for (index, lane) in snapshot.lanes.iter().enumerate() {
                for (piece, memory) in (0..).zip(&lane.pieces) {
                    for offset in (0..memory.size()).step_by(1 + memory.size() as usize / 3000) {
                        let told = about(snapshot, index, Place { piece, offset }, Some(4096));
                        let told = told.expect("it is there");
                        assert!(
                            told.len() < 400 && told.matches('`').count().is_multiple_of(2),
                            "{told}"
                        );
                    }
                    let outside = Place { piece, offset: memory.size() };
                    assert_eq!(about(snapshot, index, outside, None), None);
                }
            }
            assert_eq!(about(snapshot, 99, Place::default(), None), None);
        }
    }
}
