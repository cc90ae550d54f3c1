//! What was read off the heap, and when.

use arena_report::change::Change;
use arena_report::chunks::{self, Chunk};
use arena_report::map::{self, Area, Piece, State};
use arena_report::rate::Looks;
use arena_watch::{Block, CALLS, Call, HEAP, Places, Tally, places};
use js_sys::Date;

use super::memory;

/// How often the page looks, in milliseconds.
pub(super) const EVERY: u32 = 250;
/// How many looks are kept: those of a minute.
pub(super) const LOOKS: usize = 60_000 / EVERY as usize;

/// What was read. All of it is read aside, so that reading is not counted.
pub(super) struct Reading {
    pub(super) tally: Tally,
    pub(super) places: Places,
    /// The known blocks, by address.
    pub(super) blocks: Vec<Block>,
    /// The heap, piece by piece.
    pub(super) pieces: Vec<Piece>,
    /// Whether the allocator's own headers could be read.
    pub(super) believed: bool,
    pub(super) looks: Looks,
    /// When the watching began, or nothing before.
    pub(super) since: String,
    /// What the last action did.
    pub(super) done: Option<Done>,
    /// Where the allocator's part of the memory begins: where its own first header is, if it could be
    /// read.
    begin: usize,
    chunks: Vec<Chunk>,
}

/// What an action did.
pub(super) struct Done {
    /// Which one.
    pub(super) action: usize,
    /// When.
    pub(super) at: String,
    pub(super) change: Change,
    /// The order of the last block before it.
    pub(super) before: u32,
    /// Its calls, as far as they were noted.
    pub(super) calls: Vec<Call>,
    /// How many there were.
    pub(super) count: usize,
}

impl Done {
    /// Reads what the heap has seen since `before` was read off it and its list of calls was begun.
    pub(super) fn read(action: usize, before: &Tally) -> Done {
        let after = HEAP.tally();
        let mut calls = vec![Call::default(); CALLS];
        let count = HEAP.calls(&mut calls);
        calls.truncate(count);
        let change = Change::between(before, &after);
        Done { action, at: now(), change, before: before.allocated as u32, calls, count }
    }
}

impl Reading {
    pub(super) fn new() -> Reading {
        Reading {
            tally: Tally::default(),
            places: Places::default(),
            blocks: Vec::new(),
            pieces: Vec::new(),
            believed: false,
            looks: Looks::new(LOOKS),
            since: String::new(),
            done: None,
            begin: 0,
            chunks: Vec::new(),
        }
    }

    /// Begins anew, with nothing seen.
    pub(super) fn begin(&mut self) {
        self.since = now();
        self.looks.clear();
        self.done = None;
        self.blocks.clear();
    }

    /// Looks at the counts alone; whether they have changed.
    pub(super) fn look(&mut self, at: f64) -> bool {
        let (tally, places) = (HEAP.tally(), places());
        self.looks.add(at, &tally);
        let changed = tally != self.tally || places.end != self.places.end;
        (self.tally, self.places) = (tally, places);
        changed
    }

    /// Reads everything. What is no longer watched stays as it was seen last: from then on the table
    /// does not know what is freed.
    pub(super) fn read(&mut self) {
        self.places = places();
        if !HEAP.is_watched() {
            if self.since.is_empty() {
                self.read_pieces();
            }
            return;
        }
        self.tally = HEAP.tally();
        self.blocks.resize(self.tally.live() as usize, Block::default());
        let known = HEAP.blocks(&mut self.blocks);
        self.blocks.truncate(known);
        map::sort(&mut self.blocks);
        self.read_pieces();
    }

    fn read_pieces(&mut self) {
        let new = self.done.as_ref().map_or(u32::MAX, |done| done.before);
        self.believed = false;
        // Making room for the lists may itself cut chunks, or have the memory grow, which ends the view
        // of it: then it is read again, with the room that is there now.
        for _ in 0..3 {
            let Places { heap, first_end, .. } = self.places;
            self.places = places();
            let end = self.places.end;
            // The rest of the page behind the data is the allocator's only if its first request found
            // room there.
            let whole =
                |start: &usize| chunks::read(&mut self.chunks, *start, end, memory::words());
            self.begin = [heap, first_end].into_iter().find(whole).unwrap_or(heap);
            let area = self.heap();
            let room = self.pieces.capacity();
            self.believed = map::pieces(&mut self.pieces, area, &self.chunks, &self.blocks, new);
            if self.believed && self.pieces.capacity() == room {
                break;
            }
        }
    }

    /// Where the heap is.
    pub(super) fn heap(&self) -> Area {
        Area { start: self.begin, end: self.places.end }
    }

    /// What of the last action is still there: how many blocks, and their bytes.
    pub(super) fn stays(&self) -> (u64, u64) {
        let Some(done) = &self.done else { return (0, 0) };
        let new = self.blocks.iter().filter(|block| block.order > done.before);
        new.fold((0, 0), |(count, bytes), block| (count + 1, bytes + block.size as u64))
    }

    /// The pieces that somebody has, by their places in the list.
    pub(super) fn used(&self) -> impl Iterator<Item = usize> {
        let used = |piece: &Piece| !matches!(piece.state, State::Free | State::Unknown);
        (0..).zip(&self.pieces).filter(move |(_, piece)| used(piece)).map(|(index, _)| index)
    }
}

/// The date and the time here: what is measured was so then.
pub(super) fn now() -> String {
    let date = Date::new_0();
    let mut text = date.get_full_year().to_string();
    for (before, number) in [
        ('-', date.get_month() + 1),
        ('-', date.get_date()),
        (' ', date.get_hours()),
        (':', date.get_minutes()),
        (':', date.get_seconds()),
    ] {
        text.push(before);
        if number < 10 {
            text.push('0');
        }
        text.push_str(&number.to_string());
    }
    text
}
