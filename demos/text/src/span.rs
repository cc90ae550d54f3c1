//! Where something stands in the typed text.

use std::ops::Range;

/// A piece of one line of the typed text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// The line, counted from 1.
    pub line: u32,
    /// The column of the first character, counted in characters from 1.
    pub column: u32,
    /// How many characters it is long; 0 at the end of the text.
    pub length: u32,
    /// The offset of its first byte in the text.
    pub start: u32,
    /// The offset after its last byte.
    pub end: u32,
}

impl Span {
    /// The bytes of the text that it covers.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
