//! Who has which byte of the heap.

use arena_watch::Block;

use crate::chunks::{Chunk, HEADER};

/// What a piece of the heap is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum State {
    /// Nobody's.
    #[default]
    Free,
    /// Nothing is known of it: it is free, or somebody's whose block is older than the watching.
    Unknown,
    /// In use, and not by a block that was watched: it is older, was allocated aside, or found no
    /// place in the table.
    Older,
    /// A block that was allocated while it was watched.
    Watched,
    /// A block of the action that is looked at.
    New,
}

impl State {
    /// All of them; each as a number is its place here.
    pub const ALL: [State; 5] =
        [State::Free, State::Unknown, State::Older, State::Watched, State::New];
}

/// A piece of the heap.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Where it begins.
    pub start: usize,
    /// How many bytes it has, what the allocator needs for itself included.
    pub size: usize,
    /// What it is.
    pub state: State,
    /// The block in it, where one is known.
    pub block: Option<Block>,
}

impl Piece {
    /// Where the block is, or would be.
    pub fn address(&self) -> usize {
        self.block.map_or(self.start + HEADER, |block| block.address)
    }

    /// The address behind it.
    pub fn end(&self) -> usize {
        self.start + self.size
    }
}

/// What of the heap is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Area {
    /// The first address.
    pub start: usize,
    /// The address behind the last.
    pub end: usize,
}

/// Puts the pieces of the area into `pieces`, in their order. `blocks` are those that are known, by
/// address; those with an order above `new` belong to the action that is looked at. The answer is
/// whether the chunks were believed: they are not if there are none, or if a known block is not where
/// they say that one is; then there are only the known blocks, and what is between them.
pub fn pieces(
    pieces: &mut Vec<Piece>,
    area: Area,
    chunks: &[Chunk],
    blocks: &[Block],
    new: u32,
) -> bool {
    pieces.clear();
    let believed = !chunks.is_empty() && from_chunks(pieces, chunks, blocks, new);
    if !believed {
        pieces.clear();
        from_blocks(pieces, area, blocks, new);
    }
    believed
}

fn state(block: &Block, new: u32) -> State {
    if block.order > new { State::New } else { State::Watched }
}

fn from_chunks(pieces: &mut Vec<Piece>, chunks: &[Chunk], blocks: &[Block], new: u32) -> bool {
    let mut blocks = blocks.iter().copied().peekable();
    for chunk in chunks {
        let block = blocks.next_if(|block| chunk.used && block.address == chunk.block());
        // A block that was passed, or that has more bytes than its chunk, is not where it should be.
        let fits =
            block.is_none_or(|block| chunk.block() + block.size <= chunk.start + chunk.size + 4);
        if !fits || blocks.peek().is_some_and(|next| next.address < chunk.start + chunk.size) {
            return false;
        }
        let state = match (chunk.used, &block) {
            (false, _) => State::Free,
            (true, None) => State::Older,
            (true, Some(block)) => state(block, new),
        };
        pieces.push(Piece { start: chunk.start, size: chunk.size, state, block });
    }
    blocks.next().is_none()
}

fn from_blocks(pieces: &mut Vec<Piece>, area: Area, blocks: &[Block], new: u32) {
    let mut at = area.start;
    let unknown = |start: usize, end: usize| Piece {
        start,
        size: end - start,
        state: State::Unknown,
        block: None,
    };
    for block in blocks {
        let end = block.address.saturating_add(block.size);
        if block.address < at || end > area.end {
            continue;
        }
        if block.address > at {
            pieces.push(unknown(at, block.address));
        }
        let state = state(block, new);
        pieces.push(Piece { start: block.address, size: block.size, state, block: Some(*block) });
        at = end;
    }
    if at < area.end {
        pieces.push(unknown(at, area.end));
    }
}

/// How many bytes are what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Shares([usize; State::ALL.len()]);

impl Shares {
    /// Of all pieces, as far as they are in the area.
    pub fn of(pieces: &[Piece], area: Area) -> Shares {
        let mut shares = Shares::default();
        for piece in pieces {
            let (start, end) = (piece.start.max(area.start), piece.end().min(area.end));
            shares.0[piece.state as usize] += end.saturating_sub(start);
        }
        shares
    }

    /// The bytes of one state.
    pub fn bytes(&self, state: State) -> usize {
        self.0[state as usize]
    }
}

/// Some cells beside each other that look alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run {
    /// The first cell.
    pub cell: usize,
    /// How many there are.
    pub cells: usize,
    /// What they are.
    pub state: State,
}

/// Divides an area into cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grid {
    /// What is divided.
    pub area: Area,
    /// The bytes of a cell.
    pub cell: usize,
    /// The cells of a row.
    pub columns: usize,
}

impl Grid {
    /// The finest division by a power of two that needs no more rows than this. Rows begin at
    /// multiples of their bytes, so that an address has its place whatever grows.
    pub fn new(area: Area, columns: usize, rows: usize) -> Grid {
        let columns = columns.max(1);
        let mut cell = 8;
        loop {
            let row = cell * columns;
            let start = area.start / row * row;
            let end = area.end.div_ceil(row) * row;
            if end - start <= row * rows.max(1) || cell > usize::MAX / 4 / columns {
                return Grid { area: Area { start, end }, cell, columns };
            }
            cell *= 2;
        }
    }

    /// The bytes of a row.
    pub fn row(&self) -> usize {
        self.cell * self.columns
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        (self.area.end - self.area.start) / self.row()
    }

    /// The address at which a cell begins.
    pub fn address(&self, cell: usize) -> usize {
        self.area.start + cell * self.cell
    }

    /// The runs of cells of what is not free, none across the end of a row. A cell in which there is
    /// more than one piece is what matters most of them: the last in the order of [`State`].
    pub fn runs(&self, pieces: &[Piece], mut tell: impl FnMut(Run)) {
        let mut run = Run { cell: 0, cells: 0, state: State::Free };
        let mut cell = 0;
        let mut next = 0;
        while next < pieces.len() || cell < self.rows() * self.columns {
            let start = self.address(cell);
            if start >= self.area.end {
                break;
            }
            let end = start + self.cell;
            let mut state = State::Free;
            while let Some(piece) = pieces.get(next).filter(|piece| piece.start < end) {
                if piece.end() > start {
                    state = state.max(piece.state);
                }
                // One that goes on is looked at again in the next cell.
                if piece.end() > end {
                    break;
                }
                next += 1;
            }
            if run.state != state || cell % self.columns == 0 {
                self.end_run(run, &mut tell);
                run = Run { cell, cells: 0, state };
            }
            run.cells += 1;
            cell += 1;
        }
        self.end_run(run, &mut tell);
    }

    fn end_run(&self, run: Run, tell: &mut impl FnMut(Run)) {
        if run.cells > 0 && run.state != State::Free {
            tell(run);
        }
    }
}

/// Puts blocks into the order of their addresses, in place (Shell's sort: it is small, and quick
/// enough for as many as are ever known).
pub fn sort(blocks: &mut [Block]) {
    let mut gap = blocks.len() / 2;
    while gap > 0 {
        for index in gap..blocks.len() {
            let mut at = index;
            while at >= gap && blocks[at - gap].address > blocks[at].address {
                blocks.swap(at - gap, at);
                at -= gap;
            }
        }
        gap /= 2;
    }
}

/// The piece at an address, by its place among the pieces.
pub fn at(pieces: &[Piece], address: usize) -> Option<usize> {
    let index = pieces.partition_point(|piece| piece.end() <= address);
    pieces.get(index).filter(|piece| piece.start <= address).map(|_| index)
}

#[cfg(test)]
mod tests;
