//! A lane's memory as it is shown: kept equal to the real one, call by call.

use std::hash::{Hash, Hasher};

use arena_heap::{Call, State, Taken, What};
use machine::Digest;

use crate::AllocatorKind;
use crate::delta::{Are, Delta, Patch};
use crate::figures::Figures;
use crate::list::List;
use crate::memory::{Block, Byte, Holds, Piece, Place};
use crate::naive::Fault;
use crate::snapshot::Lane;
use crate::step::{Effect, Event, How, Wrote};

/// A lane's memory.
#[derive(Clone)]
pub(crate) struct Shadow {
    pub(crate) lane: Lane,
}

impl Shadow {
    pub(crate) fn new(allocator: AllocatorKind) -> Shadow {
        Shadow {
            lane: Lane {
                allocator,
                pieces: Vec::new(),
                bump: None,
                figures: Figures::default(),
                history: List::default(),
                faults: 0,
                print: 0,
            },
        }
    }

    /// Takes in what happened for a value; gives it as a step tells it.
    pub(crate) fn apply(&mut self, delta: Delta, owner: u32) -> Event {
        let mut print = Digest::default();
        (self.lane.print, owner).hash(&mut print);
        match &delta {
            Delta::Called { call, .. } => call.numbers.hash(&mut print),
            Delta::Wrote { patches, .. } => {
                patches.iter().for_each(|patch| patch.bytes.hash(&mut print));
            }
            _ => {}
        }
        let event = match delta {
            Delta::Called { call, holds } => self.called(&call, owner, holds),
            Delta::Wrote { what, holds, patches } => self.wrote(what, holds, &patches),
            Delta::Used { place, size } => Event::Used { place, size },
            Delta::Dropped { place, size } => Event::Dropped { place, size },
            Delta::Reset(state) => self.reset(&state),
            Delta::Put { offset, size, align, how } => {
                let held = offset..offset + size;
                let taken = Taken { piece: 0, offset, size, align, held, free: None };
                if size > 0 {
                    self.hand_out(&taken, owner, Holds::All);
                }
                self.added(offset.wrapping_add(size));
                Event::Allocated { place: place(&taken), size, align, how }
            }
            Delta::Naive { offset, size, align, faults } => {
                if !faults.iter().any(|fault| matches!(fault, Fault::Overwritten { .. })) {
                    self.added(offset.wrapping_add(size));
                }
                Event::Naive { offset, size, align, faults }
            }
            Delta::Rewound => {
                let Figures { live: blocks, used: bytes, .. } = self.lane.figures;
                self.forget_all();
                let figures = &mut self.lane.figures;
                (figures.requested, figures.live, figures.padding) = (0, 0, 0);
                self.added(0);
                Event::Reset { blocks, bytes }
            }
            Delta::TooLarge { size } => Event::TooLarge { size },
            Delta::NoMemory => Event::NoMemory,
            Delta::Wrong(wrong) => Event::Wrong(wrong),
        };
        self.lane.faults += u32::from(event.is_fault());
        event.hash(&mut print);
        self.lane.print = print.finish();
        event
    }

    /// The buffer of the book's arena, which has so many bytes from the first on.
    pub(crate) fn buffer(&mut self, size: u32) {
        self.piece_mut(0).grow(size);
        self.lane.figures.reserved = size;
        self.added(0);
    }

    /// The book's arena has added a size to its offset.
    fn added(&mut self, offset: u32) {
        self.lane.bump = Some(Place { piece: 0, offset });
        let figures = &mut self.lane.figures;
        figures.used = offset.min(figures.reserved);
        figures.largest = figures.reserved - figures.used;
        figures.high_water = figures.high_water.max(figures.used);
    }

    /// An allocator was called for a value.
    fn called(&mut self, call: &Call, owner: u32, holds: Holds) -> Event {
        let bump = self.lane.bump;
        let before = self.lane.figures.reserved;
        let event = match &call.what {
            What::Refused { size, align } => {
                return Event::Refused { size: *size as u32, align: *align as u32 };
            }
            What::Allocated(taken) => {
                self.follow(&call.state);
                let how = self.how(taken, bump, before);
                self.hand_out(taken, owner, holds);
                Event::Allocated { place: place(taken), size: taken.size, align: taken.align, how }
            }
            What::Freed(taken) => {
                self.follow(&call.state);
                self.take_back(taken);
                let moved_back = call.state.bump != bump.map(|bump| bump.offset);
                let effect = match &taken.free {
                    Some(free) => Effect::Free { joined: free.end - free.start },
                    None if moved_back => Effect::MovedBack,
                    None => Effect::Nothing,
                };
                Event::Freed { place: place(taken), size: taken.size, effect }
            }
            What::Resized { from, to, content } => {
                self.follow(&call.state);
                self.resize(from, to, owner, holds);
                self.piece_mut(to.piece).write(to.offset, content);
                Event::Resized {
                    from: place(from),
                    old: from.size,
                    place: place(to),
                    size: to.size,
                }
            }
        };
        // What an allocator wrote on the way may lie in the block by now, where it means nothing.
        let block = match &call.what {
            What::Allocated(taken) | What::Resized { to: taken, .. } => {
                taken.offset..taken.held.end
            }
            What::Freed(_) | What::Refused { .. } => 0..0,
        };
        for (offset, number) in &call.numbers {
            let piece = self.piece_mut(0);
            piece.write(*offset, number);
            if !block.contains(offset) {
                piece.mark(*offset..offset + 4, |_| Byte::Own);
            }
        }
        self.settle(&call.state);
        event
    }

    /// Everything was taken back, and the memory is as `state` says.
    fn reset(&mut self, state: &State) -> Event {
        let Figures { live, used, .. } = self.lane.figures;
        // An arena keeps its largest chunk, and of equal ones the first.
        let mut kept = Vec::new();
        if state.bump.is_some() {
            let mut largest: Option<&Piece> = None;
            for piece in &self.lane.pieces {
                if largest.is_none_or(|largest| piece.size() > largest.size()) {
                    largest = Some(piece);
                }
            }
            kept.extend(largest.cloned());
        }
        self.lane.pieces = kept;
        self.forget_all();
        self.lane.figures =
            Figures { high_water: self.lane.figures.high_water, ..Figures::default() };
        self.lane.bump = None;
        self.follow(state);
        self.settle(state);
        Event::Reset { blocks: live, bytes: used }
    }

    /// What was in the memory is stale.
    fn forget_all(&mut self) {
        self.lane.pieces.iter_mut().for_each(|piece| piece.forget(stale));
    }

    /// Bytes were written, and this is what they are.
    fn wrote(&mut self, what: Wrote, holds: Option<(Place, Holds)>, patches: &[Patch]) -> Event {
        for patch in patches {
            self.patch(patch);
        }
        if let Some((place, holds)) = holds
            && let Some(block) = self.piece_mut(place.piece).block_mut(place.offset)
        {
            block.holds = holds;
        }
        // What was written last is what it is about: of a table, its entries.
        let last = patches.last();
        let place = last.map_or(Place::default(), |patch| patch.place);
        let size = last.map_or(0, |patch| patch.bytes.len() as u32);
        Event::Wrote { place, size, what }
    }

    fn patch(&mut self, Patch { place, bytes, are }: &Patch) {
        let end = place.offset + bytes.len() as u32;
        let piece = self.piece_mut(place.piece);
        piece.write(place.offset, bytes);
        let of = match are {
            Are::All(kind) => return piece.mark(place.offset..end, |_| *kind),
            Are::Values(of) => of,
        };
        piece.mark(place.offset..end, |_| Byte::Value);
        let padding = of.padding();
        if padding.is_empty() {
            return;
        }
        let mut lost = 0;
        for start in (place.offset..end).step_by(of.size as usize) {
            for row in &padding {
                piece.mark(start + row.start..start + row.end, |_| Byte::Padding);
                lost += row.end - row.start;
            }
        }
        self.lane.figures.padding += lost;
    }

    /// The operation is over: its figures go into the history.
    pub(crate) fn close(&mut self) {
        self.lane.history.push(self.lane.figures);
    }

    fn piece_mut(&mut self, piece: u32) -> &mut Piece {
        let index = piece as usize;
        while self.lane.pieces.len() <= index {
            self.lane.pieces.push(Piece::default());
        }
        &mut self.lane.pieces[index]
    }

    /// Whether the figures are what the blocks and bytes add up to; if not, which one is not.
    pub(crate) fn verify(&self) -> Result<(), String> {
        let Lane { pieces, figures, allocator, .. } = &self.lane;
        let blocks = || pieces.iter().flat_map(|piece| piece.blocks(0..piece.size()));
        let live = || blocks().filter(|block| block.live);
        let same = |what: &str, shown: u32, counted: u32| match shown == counted {
            true => Ok(()),
            false => Err(format!("{allocator:?}: {what} {shown} shown, {counted} counted")),
        };
        same("reserved", figures.reserved, pieces.iter().map(Piece::size).sum())?;
        if !allocator.is_real() {
            return Ok(());
        }
        same("live", figures.live, live().count() as u32)?;
        same("requested", figures.requested, live().map(|block| block.size).sum())?;
        let kinds = |piece: &Piece| {
            let kinds = |(_, _, kinds): (u32, &[u8], &[Byte])| {
                kinds.iter().filter(|kind| **kind == Byte::Padding).count()
            };
            piece.slices(0..piece.size()).map(kinds).sum::<usize>() as u32
        };
        let padding: u32 = pieces.iter().map(kinds).sum();
        if allocator.bumps() {
            return same("least padding", figures.padding.min(padding), padding);
        }
        same("padding", figures.padding, padding)
    }

    /// Gets the pieces of memory that the allocator has.
    fn follow(&mut self, state: &State) {
        let new_chunk = state.bump.is_some() && state.pieces.len() > self.lane.pieces.len();
        if let Some(bump) = self.lane.bump.filter(|_| new_chunk) {
            // What is left of the chunk before is lost.
            let piece = self.piece_mut(bump.piece);
            piece.mark(bump.offset..piece.size(), lost);
        }
        for (index, size) in (0..).zip(&state.pieces) {
            let piece = self.piece_mut(index);
            if piece.size() < *size {
                piece.grow(*size);
            }
        }
    }

    /// The figures and the bump pointer that the allocator has.
    fn settle(&mut self, state: &State) {
        let figures = &mut self.lane.figures;
        figures.reserved = state.pieces.iter().sum();
        figures.used = state.taken;
        figures.largest = state.largest;
        figures.high_water = figures.high_water.max(figures.used);
        let piece = (state.pieces.len() as u32).saturating_sub(1);
        self.lane.bump = state.bump.map(|offset| Place { piece, offset });
    }

    fn how(&self, taken: &Taken, bump: Option<Place>, before: u32) -> How {
        let held = taken.held.end - taken.held.start;
        let pieces = self.lane.pieces.len() as u32;
        let more = self.lane.pieces.iter().map(Piece::size).sum::<u32>() - before;
        let bumps = self.lane.allocator.bumps();
        match more {
            1.. if bumps => {
                let left = bump.map_or(0, |bump| self.size_of(bump.piece) - bump.offset);
                How::NewChunk { left, size: self.size_of(pieces.saturating_sub(1)) }
            }
            0 if bumps => How::Bumped { from: bump.map_or(0, |bump| bump.offset) },
            0 => How::Cut { held },
            more => How::Grew { more, held },
        }
    }

    fn size_of(&self, piece: u32) -> u32 {
        self.lane.pieces.get(piece as usize).map_or(0, Piece::size)
    }

    fn hand_out(&mut self, taken: &Taken, owner: u32, holds: Holds) {
        // What an arena leaves out before the block.
        let from = match self.lane.bump {
            Some(bump) if bump.piece == taken.piece => bump.offset.min(taken.offset),
            _ if self.lane.allocator.bumps() => 0,
            _ => taken.offset,
        };
        self.lane.figures.padding += taken.offset - from;
        let piece = self.piece_mut(taken.piece);
        piece.mark(from..taken.offset, lost);
        piece.mark(taken.held.clone(), |_| Byte::Lost);
        piece.mark(taken.offset..taken.offset + taken.size, |_| Byte::Unwritten);
        piece.put(block(taken, from, owner, holds));
        self.lane.figures.requested += taken.size;
        self.lane.figures.live += 1;
    }

    fn take_back(&mut self, taken: &Taken) {
        let padding = self.padding_in(taken);
        let figures = &mut self.lane.figures;
        figures.padding -= padding;
        figures.requested -= taken.size;
        figures.live -= 1;
        let piece = self.piece_mut(taken.piece);
        if let Some(block) = piece.block_mut(taken.offset) {
            block.live = false;
        }
        piece.mark(taken.held.clone(), stale);
        if let Some(free) = &taken.free {
            piece.mark(free.clone(), stale);
        }
    }

    fn resize(&mut self, from: &Taken, to: &Taken, owner: u32, holds: Holds) {
        let kept = from.size.min(to.size);
        let kinds: Vec<Byte> = self
            .piece_mut(from.piece)
            .slices(from.offset..from.offset + kept)
            .flat_map(|(_, _, kinds)| kinds.to_vec())
            .collect();
        let padding = self.padding_in(from);
        self.take_back(from);
        self.piece_mut(from.piece).take(from.offset);
        if place(from) != place(to) {
            // The dead copy stays on the list until something else lies there.
            let mut dead = block(from, from.held.start, owner, holds);
            dead.live = false;
            self.piece_mut(from.piece).put(dead);
            self.hand_out(to, owner, holds);
        } else {
            let piece = self.piece_mut(to.piece);
            piece.mark(to.held.clone(), |_| Byte::Lost);
            piece.mark(to.offset..to.offset + to.size, |_| Byte::Unwritten);
            piece.put(block(to, to.held.start, owner, holds));
            self.lane.figures.requested += to.size;
            self.lane.figures.live += 1;
        }
        self.lane.figures.padding += padding;
        let piece = self.piece_mut(to.piece);
        for (offset, kind) in (to.offset..).zip(kinds) {
            piece.mark(offset..offset + 1, |_| kind);
        }
    }

    /// The padding inside the values of a block.
    fn padding_in(&mut self, taken: &Taken) -> u32 {
        let range = taken.offset..taken.offset + taken.size;
        let piece = self.piece_mut(taken.piece);
        let count = |kinds: &[Byte]| kinds.iter().filter(|kind| **kind == Byte::Padding).count();
        piece.slices(range).map(|(_, _, kinds)| count(kinds)).sum::<usize>() as u32
    }
}

fn place(taken: &Taken) -> Place {
    Place { piece: taken.piece, offset: taken.offset }
}

fn block(taken: &Taken, from: u32, owner: u32, holds: Holds) -> Block {
    Block {
        offset: taken.offset,
        size: taken.size,
        align: taken.align,
        held_from: from.min(taken.held.start),
        held_to: taken.held.end,
        owner,
        holds,
        live: true,
    }
}

/// What a byte is when whoever had it is gone.
fn stale(kind: Byte) -> Byte {
    if kind == Byte::Fresh { kind } else { Byte::Stale }
}

/// What a byte is that an arena passes over.
fn lost(_: Byte) -> Byte {
    Byte::Lost
}
