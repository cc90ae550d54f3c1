//! The figures of an allocator, what each of them means, and what it is in each lane.

use arena::{Figures, Snapshot};

use super::said::Said;
use super::words;

/// A figure.
pub(crate) struct Figure {
    /// What it is called.
    pub(crate) name: &'static str,
    /// The beginning of its name, where there is little room.
    pub(crate) short: &'static str,
    /// How its curve is drawn: a class of the style sheet.
    pub(crate) curve: &'static str,
    /// What it means, in one or two sentences.
    pub(crate) meaning: &'static str,
    /// What it is.
    pub(crate) of: fn(&Figures) -> u32,
}

/// All figures, in the order in which they are offered.
pub(crate) static FIGURES: [Figure; 6] = [
    Figure {
        name: "Asked for",
        short: "Asked for",
        curve: "area",
        meaning: "What the live blocks were asked for, together.",
        of: |figures| figures.requested,
    },
    Figure {
        name: "Used",
        short: "Used",
        curve: "thick",
        meaning: "What nobody else can have now: what was asked for, and all that is lost or kept \
            around it. Of an arena, everything up to its pointer, also what is dead.",
        of: |figures| figures.used,
    },
    Figure {
        name: "Padding",
        short: "Padding",
        curve: "thin",
        meaning: "Bytes inside live values that no field has, because the next field or the next \
            element must be aligned; and what an arena leaves out before a value for the same reason.",
        of: |figures| figures.padding,
    },
    Figure {
        name: "Internal fragmentation",
        short: "Internal",
        curve: "between",
        meaning: "Used, and asked for by nobody: used minus asked for. The hatched area.",
        of: Figures::internal,
    },
    Figure {
        name: "External fragmentation",
        short: "External",
        curve: "dashed",
        meaning: "Free, but in pieces: of what is free, all that is not in the largest free block. \
            A request as large as that fails, although there are bytes enough.",
        of: Figures::external,
    },
    Figure {
        name: "High-water mark",
        short: "High-water",
        curve: "level",
        meaning: "The most that was used at any time. So much memory the program needs with this \
            allocator.",
        of: |figures| figures.high_water,
    },
];

/// What a figure means, and what it is now in each lane.
pub(crate) fn told(snapshot: &Snapshot, figure: &Figure) -> String {
    let mut said = Said::default();
    said.put(figure.name).put(": ").put(figure.meaning).put(" Now ");
    let several = snapshot.lanes.len() > 1;
    for (index, lane) in snapshot.lanes.iter().enumerate() {
        said.put(if index > 0 { "; " } else { "" });
        if several {
            said.put(words::allocator(lane.allocator)).put(" ");
        }
        said.bytes((figure.of)(&lane.figures));
    }
    said.put(".");
    said.text
}
