//! What a person looks at.

use arena::memory::{Piece, Place};
use arena::step::Event;
use arena::{Snapshot, Step};

use super::follow::{farthest, fitting};
use super::frame::Frame;
use super::grid::{FARTHEST, NEAREST};
use super::rows::Map;
use crate::stage::shapes::Canvas;

/// Which part of the memory is shown, how near, and what is selected.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Window {
    /// A row has two to the power of this bytes.
    pub(crate) zoom: u8,
    /// By lane: where its map begins.
    pub(crate) from: Vec<Place>,
    /// Whether zoom and place go with what happens.
    pub(crate) follow: bool,
    /// The lane that has a map if there is room for one alone.
    pub(crate) lane: usize,
    /// A byte: its lane and its place.
    pub(crate) selected: Option<(usize, Place)>,
    /// For which canvas it was settled last.
    pub(crate) canvas: Option<Canvas>,
}

impl Default for Window {
    fn default() -> Self {
        Window {
            zoom: NEAREST + 1,
            from: Vec::new(),
            follow: true,
            lane: 0,
            selected: None,
            canvas: None,
        }
    }
}

impl Window {
    /// Adapts it to what there is; if it follows, also to what has just happened. It stays where it is
    /// as long as that can be seen.
    pub(crate) fn settle(&mut self, snapshot: &Snapshot, step: Option<&Step>, canvas: Canvas) {
        let lanes = snapshot.lanes.len();
        if self.follow && self.canvas.replace(canvas) != Some(canvas) {
            // What had no room before may have it now.
            self.from.clear();
        }
        let before = self.from.len();
        self.from.resize(lanes, Place::default());
        self.lane = self.lane.min(lanes.saturating_sub(1));
        self.zoom = self.zoom.clamp(NEAREST, farthest(snapshot));
        if self.follow {
            let (zoom, shows_all) = fitting(snapshot, self, canvas);
            self.zoom = zoom;
            let new = if shows_all { lanes } else { before };
            if shows_all {
                self.from.fill(Place::default());
            }
            for (lane, shown) in snapshot.lanes.iter().enumerate().skip(new) {
                if let Some(bump) = shown.bump {
                    self.show(snapshot, step, lane, (bump, 1), canvas);
                }
            }
            if let Some(step) = step {
                let lane = usize::from(step.lane);
                match step.event {
                    Event::Reset { .. } => self.begin(lane, Place::default()),
                    _ => {
                        if let Some(touched) = touched(step) {
                            self.show(snapshot, Some(step), lane, touched, canvas);
                        }
                    }
                }
            }
        }
        let frame = Frame::new(snapshot, step, self, canvas);
        for map in &frame.maps {
            self.begin(map.lane, map.from);
        }
    }

    fn begin(&mut self, lane: usize, place: Place) {
        if let Some(from) = self.from.get_mut(lane) {
            *from = place;
        }
    }

    /// Moves a map so that bytes are in it, if they are not. Where it moves to depends on them alone.
    pub(crate) fn show(
        &mut self,
        snapshot: &Snapshot,
        step: Option<&Step>,
        lane: usize,
        (place, size): (Place, u32),
        canvas: Canvas,
    ) {
        let frame = Frame::new(snapshot, step, self, canvas);
        let Some(map) = frame.map(lane) else { return };
        let last = place.offset.saturating_add(size.saturating_sub(1));
        let first = place.offset / map.grid.row;
        let shown = visible(map);
        // Of what is too large, the start.
        let last = (last / map.grid.row).min(first.saturating_add(shown - 1));
        let end = Place { offset: last.saturating_mul(map.grid.row), ..place };
        if map.shows(place) && (map.shows(end) || first == last) {
            return;
        }
        // Pages that share a quarter.
        let page = (shown - shown / 4).max(1);
        let turned = if last < shown { 0 } else { (last - shown) / page + 1 };
        let top = (turned * page).min(first);
        self.begin(lane, Place { offset: top.saturating_mul(map.grid.row), ..place });
    }

    /// Moves a map by so many rows, down or up.
    pub(crate) fn scroll(&mut self, snapshot: &Snapshot, lane: usize, rows: i32) {
        let row = 1u32 << self.zoom.clamp(NEAREST, FARTHEST);
        let Some(shown) = snapshot.lanes.get(lane) else { return };
        let Some(from) = self.from.get_mut(lane) else { return };
        let counts: Vec<i64> =
            shown.pieces.iter().map(|piece| i64::from(piece.size().div_ceil(row))).collect();
        let above: i64 = counts.iter().take(from.piece as usize).sum();
        let mut at = (above + i64::from(from.offset / row) + i64::from(rows)).max(0);
        self.follow = false;
        for (piece, count) in (0..).zip(&counts) {
            if at < *count || piece as usize + 1 == counts.len() {
                let offset = u32::try_from(at * i64::from(row)).unwrap_or(u32::MAX);
                *from = Place { piece, offset };
                return;
            }
            at -= count;
        }
    }

    /// Brings a byte to the middle of its lane's map.
    pub(crate) fn go(
        &mut self,
        snapshot: &Snapshot,
        step: Option<&Step>,
        (lane, place): (usize, Place),
        canvas: Canvas,
    ) {
        self.follow = false;
        let frame = Frame::new(snapshot, step, self, canvas);
        let Some(map) = frame.map(lane) else { return };
        let top = (place.offset / map.grid.row).saturating_sub(visible(map) / 2);
        self.begin(lane, Place { offset: top.saturating_mul(map.grid.row), ..place });
    }

    /// Zooms in or out by so many halves. The bytes at `around` stay in sight.
    pub(crate) fn zoom_by(
        &mut self,
        snapshot: &Snapshot,
        step: Option<&Step>,
        nearer: i8,
        around: Option<(usize, Place)>,
        canvas: Canvas,
    ) {
        let frame = Frame::new(snapshot, step, self, canvas);
        // The row stays about as far down as it is.
        let share = around.and_then(|(lane, place)| {
            let map = frame.map(lane)?;
            let at = map.rows.iter().position(|row| {
                row.piece == place.piece && (row.from..row.to).contains(&place.offset)
            })?;
            Some(at as f32 / visible(map) as f32)
        });
        self.follow = false;
        let zoom = i16::from(self.zoom) - i16::from(nearer);
        self.zoom = zoom.clamp(NEAREST.into(), farthest(snapshot).into()) as u8;
        let Some((lane, place)) = around.or_else(|| self.middle(&frame)) else { return };
        let frame = Frame::new(snapshot, step, self, canvas);
        let Some(map) = frame.map(lane) else { return };
        let above = (share.unwrap_or(0.4) * visible(map) as f32) as u32;
        let top = (place.offset / map.grid.row).saturating_sub(above);
        self.begin(lane, Place { offset: top.saturating_mul(map.grid.row), ..place });
    }

    /// What is in the middle of the map that is looked at.
    fn middle(&self, frame: &Frame) -> Option<(usize, Place)> {
        if self.selected.is_some() {
            return self.selected;
        }
        let map = frame.map(self.lane)?;
        let row = map.rows.get(map.rows.len() * 2 / 5)?;
        Some((self.lane, Place { piece: row.piece, offset: row.from }))
    }

    /// Selects the block behind or before the selected byte, and goes there: from lane to lane, through
    /// all of their blocks. Whether there is one.
    pub(crate) fn select_beside(
        &mut self,
        snapshot: &Snapshot,
        step: Option<&Step>,
        forward: bool,
        canvas: Canvas,
    ) -> bool {
        let all = snapshot.lanes.len();
        let begin = match (self.selected, forward) {
            (Some((lane, _)), _) => lane.min(all),
            (None, true) => self.lane,
            (None, false) => all.saturating_sub(1),
        };
        let mut from = self.selected.map(|(_, place)| place);
        let mut lane = begin;
        let found = loop {
            let Some(shown) = snapshot.lanes.get(lane) else { return false };
            let found = match forward {
                true => behind(&shown.pieces, from),
                false => before(&shown.pieces, from),
            };
            if found.is_some() {
                break found;
            }
            from = None;
            lane = lane.wrapping_add_signed(if forward { 1 } else { -1 });
        };
        let Some((place, size)) = found else { return false };
        self.selected = Some((lane, place));
        self.lane = lane;
        // Where there is one map, it is this lane's now.
        self.settle(snapshot, step, canvas);
        let frame = Frame::new(snapshot, step, self, canvas);
        if frame.map(lane).is_none_or(|map| !map.shows(place)) {
            self.follow = false;
            self.show(snapshot, step, lane, (place, size), canvas);
        }
        true
    }
}

/// The first block that begins behind a byte, or the first of all, with its size.
fn behind(pieces: &[Piece], from: Option<Place>) -> Option<(Place, u32)> {
    (0..).zip(pieces).find_map(|(number, piece)| {
        let after = match from {
            Some(from) if number < from.piece => return None,
            Some(from) if number == from.piece => from.offset.saturating_add(1),
            _ => 0,
        };
        let mut blocks = piece.blocks(after..piece.size());
        let block = blocks.find(|block| block.offset >= after)?;
        Some((Place { piece: number, offset: block.offset }, block.size))
    })
}

/// The last block that begins before a byte, or the last of all, with its size.
fn before(pieces: &[Piece], from: Option<Place>) -> Option<(Place, u32)> {
    pieces.iter().enumerate().rev().find_map(|(number, piece)| {
        let number = number as u32;
        let end = match from {
            Some(from) if number > from.piece => return None,
            Some(from) if number == from.piece => from.offset,
            _ => piece.size(),
        };
        // Of a byte within a block that is the block itself.
        let inside = piece.block_at(end).filter(|block| block.offset < end);
        let block = inside.or_else(|| piece.blocks(0..end).last())?;
        Some((Place { piece: number, offset: block.offset }, block.size))
    })
}

/// How many rows a map shows.
fn visible(map: &Map) -> u32 {
    (map.rows.len() as u32).max(1)
}

/// The bytes that a step is about, as far as the window follows them.
pub(crate) fn touched(step: &Step) -> Option<(Place, u32)> {
    match step.event {
        Event::Allocated { place, size, .. }
        | Event::Wrote { place, size, .. }
        | Event::Freed { place, size, .. }
        | Event::Resized { place, size, .. }
        | Event::Dropped { place, size }
        | Event::Used { place, size } => Some((place, size)),
        Event::Naive { offset, size, .. } => Some((Place { piece: 0, offset }, size)),
        _ => None,
    }
}
