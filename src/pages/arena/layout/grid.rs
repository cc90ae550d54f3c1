//! How bytes are drawn at a zoom.

use crate::stage::shapes::{Bounds, Canvas};

/// What stands for a byte.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// Its two digits.
    Digits,
    /// A cell of its kind.
    Cells,
    /// Nothing of its own: a column stands for many.
    Bars,
}

/// The rows of all maps of a picture: they are alike, so that lanes can be compared.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Grid {
    /// How many bytes are in a row: a power of two.
    pub(crate) row: u32,
    /// How wide a byte is.
    pub(crate) cell: f32,
    pub(crate) form: Form,
    /// The size of the digits.
    pub(crate) digits: f32,
    /// For names, above the bytes.
    pub(crate) above: f32,
    /// How high the bytes are.
    pub(crate) high: f32,
    /// For values, below the bytes.
    pub(crate) below: f32,
    /// From one row to the next.
    pub(crate) pitch: f32,
    /// The name of a chunk.
    pub(crate) heading: f32,
}

/// A row has at least two to the power of this bytes, and at most of that.
pub(crate) const NEAREST: u8 = 3;
pub(crate) const FARTHEST: u8 = 24;

/// The size of small text.
pub(crate) fn small(canvas: Canvas) -> f32 {
    if canvas.text >= 20.0 { canvas.text } else { canvas.text * 0.86 }
}

impl Grid {
    /// Rows of this width, with room for values under the digits, or for names over the cells, or without.
    pub(crate) fn new(zoom: u8, width: f32, canvas: Canvas, values: bool) -> Grid {
        let row = 1 << zoom.clamp(NEAREST, FARTHEST);
        let small = small(canvas);
        let cell = width / row as f32;
        let form = match cell {
            cell if cell >= small * 1.65 => Form::Digits,
            cell if cell >= 3.0 => Form::Cells,
            _ => Form::Bars,
        };
        let mut grid = Grid {
            row,
            cell,
            form,
            digits: (cell / 2.8).at_least(small).at_most(small * 1.6),
            above: 0.0,
            high: 0.0,
            below: 0.0,
            pitch: 0.0,
            heading: small * 1.4,
        };
        let gap = match form {
            Form::Digits => {
                grid.above = small * 1.25;
                grid.high = grid.digits * 1.45;
                grid.below = if values { small * 1.25 } else { 0.0 };
                small * 0.3
            }
            Form::Cells => {
                grid.above = if values { small * 1.25 } else { 0.0 };
                grid.high = (cell * 1.8).at_least(10.0).at_most(small * 1.4);
                3.0
            }
            Form::Bars => {
                grid.high = small * 1.4;
                4.0
            }
        };
        grid.pitch = grid.above + grid.high + grid.below + gap;
        grid
    }

    /// How many rows so many bytes take.
    pub(crate) fn rows(&self, bytes: u32) -> u32 {
        bytes.div_ceil(self.row)
    }

    /// The offset at which the row of a byte begins.
    pub(crate) fn start(&self, offset: u32) -> u32 {
        offset - offset % self.row
    }

    /// How many rows stand in a height.
    pub(crate) fn fits(&self, high: f32) -> u32 {
        // The last one needs no room for a gap.
        let rows = (high + 4.0) / self.pitch;
        if rows > 0.0 { rows as u32 } else { 0 }
    }
}
