//! Which bytes a map shows, and where.

use std::ops::Range;

use arena::memory::{Piece, Place};
use arena::snapshot::Lane;
use arena::step::Event;
use arena::{Snapshot, Step};

use super::grid::Grid;
use crate::stage::shapes::{Area, Path};

/// A row of bytes on the screen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Row {
    pub(crate) piece: u32,
    /// The offset of its first byte.
    pub(crate) from: u32,
    /// The offset behind its last byte.
    pub(crate) to: u32,
    /// The upper edge of its bytes.
    pub(crate) y: f32,
}

/// A part of a lane's memory, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Map {
    pub(crate) lane: usize,
    /// Where the bytes are; offsets stand at the left of it.
    pub(crate) area: Area,
    pub(crate) grid: Grid,
    pub(crate) rows: Vec<Row>,
    /// Chunks, and the upper edges of their names.
    pub(crate) headings: Vec<(u32, f32)>,
    /// Where the first row begins.
    pub(crate) from: Place,
}

/// A part of some bytes that lies in one row.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Part {
    pub(crate) area: Area,
    /// Whether they begin here.
    pub(crate) starts: bool,
    /// Whether they end here.
    pub(crate) ends: bool,
}

/// How long a lane's pieces of memory are. Behind the end of the book's buffer there is room for what
/// its arena would write there.
pub(crate) fn lengths(snapshot: &Snapshot, step: Option<&Step>, lane: usize) -> Vec<u32> {
    /// More than that past the end is told in words alone.
    const PAST: u32 = 64;
    let Some(shown) = snapshot.lanes.get(lane) else { return Vec::new() };
    let mut lengths: Vec<u32> = shown.pieces.iter().map(|piece| piece.size()).collect();
    if let Some(Step { lane: own, event: Event::Naive { offset, size, .. }, .. }) = step
        && usize::from(*own) == lane
        && let Some(last) = lengths.last_mut()
        && *offset < last.saturating_add(PAST)
    {
        *last = offset.saturating_add(*size).clamp(*last, last.saturating_add(PAST));
    }
    lengths
}

/// The last byte of a lane that was ever handed out: of the last block, live or not.
pub(crate) fn last(lane: &Lane) -> Option<Place> {
    lane.pieces.iter().enumerate().rev().find_map(|(piece, memory)| {
        let block = memory.block_before(memory.size())?;
        let end = block.offset.saturating_add(block.size.max(1)).min(memory.size());
        Some(Place { piece: piece as u32, offset: end.saturating_sub(1) })
    })
}

/// How long a lane's pieces of memory are up to that byte.
pub(crate) fn used(snapshot: &Snapshot, lane: usize) -> Vec<u32> {
    let Some(shown) = snapshot.lanes.get(lane) else { return Vec::new() };
    let Some(last) = last(shown) else { return Vec::new() };
    let before = shown.pieces.iter().take(last.piece as usize).map(Piece::size);
    before.chain([last.offset.saturating_add(1)]).collect()
}

/// How high a map of all these bytes would be.
pub(crate) fn height(lengths: &[u32], grid: &Grid) -> f32 {
    let rows: u32 = lengths.iter().map(|length| grid.rows(*length)).sum();
    let headings = if lengths.len() > 1 { lengths.len() } else { 0 };
    rows.max(1) as f32 * grid.pitch + headings as f32 * grid.heading
}

impl Map {
    /// From here on, as far as the area reaches; rather from further up than with empty room below.
    pub(crate) fn new(lane: usize, area: Area, grid: Grid, lengths: &[u32], from: Place) -> Map {
        let from = from.min(latest(lengths, &grid, area.h));
        let from = Place { offset: grid.start(from.offset), ..from };
        let mut map = Map { lane, area, grid, rows: Vec::new(), headings: Vec::new(), from };
        let several = headed(lengths, &grid, area.h);
        let mut y = area.y;
        let mut start = from.offset;
        for (piece, length) in (0..).zip(lengths).skip(from.piece as usize) {
            if several {
                if y + grid.heading + grid.pitch > area.bottom() + 4.0 {
                    break;
                }
                map.headings.push((piece, y));
                y += grid.heading;
            }
            while start < *length && y + grid.pitch <= area.bottom() + 4.0 {
                let to = start.saturating_add(grid.row).min(*length);
                map.rows.push(Row { piece, from: start, to, y: y + grid.above });
                y += grid.pitch;
                start = to;
            }
            if start < *length {
                break;
            }
            start = 0;
        }
        map
    }

    /// The rows of each piece with the bytes that they show.
    pub(crate) fn pieces(&self) -> Vec<(u32, Range<u32>)> {
        let mut pieces: Vec<(u32, Range<u32>)> = Vec::new();
        for row in &self.rows {
            match pieces.last_mut() {
                Some((piece, bytes)) if *piece == row.piece => bytes.end = row.to,
                _ => pieces.push((row.piece, row.from..row.to)),
            }
        }
        pieces
    }

    /// How many bytes it shows.
    pub(crate) fn bytes(&self) -> u64 {
        self.rows.iter().map(|row| u64::from(row.to - row.from)).sum()
    }

    /// Whether a byte is shown.
    pub(crate) fn shows(&self, place: Place) -> bool {
        self.row_of(place).is_some()
    }

    /// The row in which a byte is.
    pub(crate) fn row_of(&self, place: Place) -> Option<&Row> {
        let is_in =
            |row: &&Row| row.piece == place.piece && (row.from..row.to).contains(&place.offset);
        self.rows.iter().find(is_in)
    }

    /// How far to the right a byte of a row begins.
    pub(crate) fn x(&self, row: &Row, offset: u32) -> f32 {
        self.area.x + offset.saturating_sub(row.from) as f32 * self.grid.cell
    }

    /// The parts of a range of bytes that are shown, row by row.
    pub(crate) fn parts(&self, piece: u32, range: Range<u32>) -> impl Iterator<Item = Part> {
        // The rows of a piece follow each other.
        let first = self.rows.iter().position(|row| row.piece == piece);
        let first = first.map_or(self.rows.len(), |first| {
            let above = self.rows.get(first).map_or(0, |row| range.start.saturating_sub(row.from));
            first.saturating_add((above / self.grid.row) as usize)
        });
        let rows = self.rows.get(first..).unwrap_or_default().iter();
        let rows = rows.take_while(move |row| row.piece == piece && row.from < range.end);
        rows.map(move |row| {
            let from = range.start.max(row.from);
            let to = range.end.min(row.to);
            let w = to.saturating_sub(from) as f32 * self.grid.cell;
            Part {
                area: Area::new(self.x(row, from), row.y, w, self.grid.high),
                starts: from == range.start,
                ends: to == range.end,
            }
        })
    }
}

impl Part {
    /// Adds its outline, which is open where the bytes go on in another row.
    pub(crate) fn outline(&self, path: &mut Path, inset: f32) {
        let area = self.area.inset(inset, inset);
        let (left, top, right, bottom) = (area.x, area.y, area.right(), area.bottom());
        match (self.starts, self.ends) {
            (true, true) => path.rect([left, top, area.w, area.h]),
            (true, false) => {
                path.add("M@ @H@V@H@", &[self.area.right(), top, left, bottom, self.area.right()])
            }
            (false, true) => {
                path.add("M@ @H@V@H@", &[self.area.x, top, right, bottom, self.area.x])
            }
            (false, false) => path.add(
                "M@ @H@M@ @H@",
                &[self.area.x, top, self.area.right(), self.area.x, bottom, self.area.right()],
            ),
        }
    }
}

/// Whether the pieces are named: if there are several, and room for a name and a row.
fn headed(lengths: &[u32], grid: &Grid, high: f32) -> bool {
    lengths.len() > 1 && high + 4.0 >= grid.heading + grid.pitch
}

/// From where on all that is behind fills a map: nobody needs to begin later.
fn latest(lengths: &[u32], grid: &Grid, high: f32) -> Place {
    let heading = if headed(lengths, grid, high) { grid.heading } else { 0.0 };
    let mut left = high;
    for (piece, length) in lengths.iter().enumerate().rev() {
        let piece = piece as u32;
        left -= heading;
        let rows = grid.rows(*length);
        let shown = grid.fits(left);
        if shown == 0 {
            // At least the last row is seen.
            let last = (piece as usize + 1 < lengths.len()).then_some(piece + 1);
            return last
                .map_or(Place { piece, offset: grid.start(length.saturating_sub(1)) }, |piece| {
                    Place { piece, offset: 0 }
                });
        }
        if shown < rows {
            return Place { piece, offset: (rows - shown) * grid.row };
        }
        left -= rows as f32 * grid.pitch;
    }
    Place::default()
}
