//! What happened between two looks at a tally.

use arena_watch::Tally;

use crate::words::{bytes, counted, times};

/// What was asked of the allocator between two looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Change {
    /// Blocks that were allocated, those that were given another size among them.
    pub calls: u64,
    /// Their bytes.
    pub bytes: u64,
    /// How many of the calls gave a block another size.
    pub resized: u64,
    /// Blocks that were freed, or given up for another size.
    pub freed: u64,
    /// Their bytes.
    pub freed_bytes: u64,
    /// How many of the freed blocks are not known: older than the watching, or lost.
    pub unknown: u64,
    /// Blocks that found no place in the table.
    pub lost: u64,
    /// By how many pages the memory grew.
    pub grown_pages: u32,
}

impl Change {
    /// What happened from one look to another that came later.
    pub fn between(before: &Tally, after: &Tally) -> Change {
        let freed = |tally: &Tally| tally.freed + tally.unknown;
        let freed_bytes = |tally: &Tally| tally.freed_bytes + tally.unknown_bytes;
        Change {
            calls: after.allocated - before.allocated,
            bytes: after.allocated_bytes - before.allocated_bytes,
            resized: after.resized - before.resized,
            freed: freed(after) - freed(before),
            freed_bytes: freed_bytes(after) - freed_bytes(before),
            unknown: after.unknown - before.unknown,
            lost: after.lost - before.lost,
            grown_pages: after.grown_pages - before.grown_pages,
        }
    }

    /// By how many bytes more is allocated than before; less if it is negative.
    pub fn live_bytes(&self) -> i64 {
        self.bytes as i64 - self.freed_bytes as i64
    }

    /// In words, after the subject: `allocated 312 bytes in 9 calls, and freed 200 bytes in 8.`
    pub fn sentence(&self) -> String {
        let mut text = String::from("allocated ");
        if self.calls == 0 {
            text.push_str("nothing");
        } else {
            text.push_str(&bytes(self.bytes));
            text.push_str(" in ");
            text.push_str(&times(self.calls, "call"));
        }
        if self.resized > 0 {
            text.push_str(" (");
            text.push_str(&counted(self.resized));
            text.push_str(" of them realloc)");
        }
        text.push_str(", and freed ");
        if self.freed == 0 {
            text.push_str("nothing");
        } else {
            text.push_str(&bytes(self.freed_bytes));
            text.push_str(" in ");
            text.push_str(&times(self.freed, "block"));
        }
        if self.grown_pages > 0 {
            text.push_str("; for that the memory grew by ");
            text.push_str(&times(self.grown_pages.into(), "page"));
            text.push_str(" of 64 KiB");
        }
        text.push('.');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_what_came_since() {
        let before = Tally { allocated: 5, allocated_bytes: 50, freed: 1, ..Tally::default() };
        let after = Tally {
            allocated: 7,
            allocated_bytes: 350,
            freed: 2,
            freed_bytes: 10,
            unknown: 1,
            unknown_bytes: 400,
            ..before
        };
        let change = Change::between(&before, &after);
        assert_eq!((change.calls, change.bytes), (2, 300));
        assert_eq!((change.freed, change.freed_bytes, change.unknown), (2, 410, 1));
        assert_eq!(change.live_bytes(), -110);
    }

    #[test]
    fn an_action_is_told_as_a_person_would() {
        let of = |calls, bytes, resized, freed, freed_bytes, grown_pages| {
            Change { calls, bytes, resized, freed, freed_bytes, grown_pages, ..Change::default() }
                .sentence()
        };
        assert_eq!(of(0, 0, 0, 0, 0, 0), "allocated nothing, and freed nothing.");
        assert_eq!(of(1, 4_000, 0, 0, 0, 0), "allocated 4,000 bytes in 1 call, and freed nothing.");
        assert_eq!(
            of(9, 8_176, 8, 8, 4_080, 2),
            "allocated 8,176 bytes in 9 calls (8 of them realloc), and freed 4,080 bytes in 8 \
             blocks; for that the memory grew by 2 pages of 64 KiB."
        );
    }
}
