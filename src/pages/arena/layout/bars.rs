//! Many bytes in a column: which share of them is what. Of a column that stands for many bytes, some
//! are looked at, spread evenly; so a picture of any amount of memory costs the same.

use arena::memory::{Byte, Piece};

use crate::stage::shapes::{Area, Ink, Item, Look, Path, Pen};

/// What a byte counts as where it has no cell of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Share {
    /// In a live block.
    InUse,
    /// Nobody can have it, and no block has: a header, a link, what is lost.
    Around,
    /// Left behind in freed memory.
    Stale,
}

/// All shares, from below to above in a column.
pub(crate) const SHARES: [Share; 3] = [Share::InUse, Share::Around, Share::Stale];

impl Share {
    /// How it is painted, in a lane of this look.
    pub(crate) fn ink(self, look: Look) -> Ink {
        match self {
            Share::InUse => Ink::actor(look),
            Share::Around => Ink::WEAVE,
            Share::Stale => Ink::STROKES,
        }
    }

    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Share::InUse => "in use",
            Share::Around => "lost or the allocator’s own",
            Share::Stale => "freed",
        }
    }

    fn of(byte: Byte) -> Option<Share> {
        match byte {
            Byte::Value | Byte::Padding | Byte::Unwritten => Some(Share::InUse),
            Byte::Own | Byte::Lost => Some(Share::Around),
            Byte::Stale => Some(Share::Stale),
            Byte::Fresh => None,
        }
    }
}

/// Of so many bytes of a column it is looked what they are.
const LOOKED_AT: u32 = 16;

/// Columns in the making: a skyline for each share, the share itself and all below it. So a share covers
/// what is below the one above it.
#[derive(Default)]
pub(crate) struct Bars([Path; 3]);

impl Bars {
    /// Adds the bytes of a range, in columns of about this width and of so many heights.
    #[inline(never)]
    pub(crate) fn add(
        &mut self,
        piece: &Piece,
        (from, to): (u32, u32),
        area: Area,
        (column, levels): (f32, u32),
    ) {
        let columns = ((area.w / column) as u32).max(1);
        let bytes = u64::from(to.saturating_sub(from));
        let place = |index: u32| from + (bytes * u64::from(index) / u64::from(columns)) as u32;
        let x = |index: u32| (area.x + area.w * index as f32 / columns as f32).round();
        let mut before = [0; 3];
        for index in 0..=columns {
            let now = match index {
                index if index == columns => [0; 3],
                index => levels_of(piece, place(index), place(index + 1), levels),
            };
            for ((path, before), now) in self.0.iter_mut().zip(before).zip(now) {
                if before != now {
                    let y = |level: u32| area.bottom() - area.h * level as f32 / levels as f32;
                    match before {
                        0 => path.add("M@ @V@", &[x(index), y(0), y(now)]),
                        _ => path.add("H@V@", &[x(index), y(now)]),
                    }
                }
            }
            before = now;
        }
    }

    /// Draws them; tells which shares there are.
    pub(crate) fn draw(&self, item: &mut Item, look: Look) -> [bool; 3] {
        for (share, path) in SHARES.iter().zip(&self.0).rev() {
            item.draw(path, share.ink(look), Pen::NONE);
        }
        [0, 1, 2].map(|index: usize| !self.0[index].is_empty())
    }
}

/// How high a column stands up to each share, of so many levels; where little is not free, still one.
fn levels_of(piece: &Piece, from: u32, to: u32, levels: u32) -> [u32; 3] {
    let mut counts = [0u32; 3];
    // An odd stride, because what lies in memory comes round again at even ones.
    let stride = (to.saturating_sub(from) / LOOKED_AT) | 1;
    let mut looked_at = 0;
    let mut at = from;
    while at < to.max(from.saturating_add(1)) {
        let share = piece.byte(at).and_then(|(_, kind)| Share::of(kind));
        if let Some(share) = share {
            counts[share as usize] += 1;
        }
        looked_at += 1;
        at = at.saturating_add(stride);
    }
    let mut all = 0;
    counts.map(|count| {
        all += count;
        (levels * all).div_ceil(looked_at.max(1))
    })
}
