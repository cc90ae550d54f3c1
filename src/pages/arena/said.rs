//! A text that is put together piece by piece.

use arena::lang::Sort;
use arena::memory::Place;
use arena::types::TYPES;

use crate::stage::shapes;

/// What was said so far.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) text: String,
}

impl Said {
    /// The text, so that the next one can begin.
    pub(crate) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// A text as it is.
    #[inline(never)]
    pub(crate) fn put(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// A number.
    #[inline(never)]
    pub(crate) fn number(&mut self, number: u32) -> &mut Self {
        shapes::number(&mut self.text, number);
        self
    }

    /// `1 byte`, `2 bytes`.
    #[inline(never)]
    pub(crate) fn count(&mut self, count: u32, one: &str) -> &mut Self {
        self.number(count).put(" ").put(one).put(if count == 1 { "" } else { "s" })
    }

    /// So many bytes: `20 bytes`, `64 KiB`.
    pub(crate) fn bytes(&mut self, count: u32) -> &mut Self {
        match count {
            4096.. if count.is_multiple_of(1024) => self.number(count / 1024).put(" KiB"),
            _ => self.count(count, "byte"),
        }
    }

    /// `0x1f`.
    #[inline(never)]
    pub(crate) fn hex(&mut self, number: u32) -> &mut Self {
        self.put("0x");
        let digits = (32 - number.leading_zeros()).div_ceil(4).max(1);
        for digit in (0..digits).rev() {
            let digit = (number >> (4 * digit)) as usize & 15;
            self.text.push(char::from(b"0123456789abcdef"[digit]));
        }
        self
    }

    /// `0x1f`, or `0x1f of chunk 2`.
    pub(crate) fn place(&mut self, place: Place) -> &mut Self {
        self.hex(place.offset);
        match place.piece {
            0 => self,
            piece => self.put(" of chunk ").number(piece + 1),
        }
    }

    /// A type as Rust writes it.
    pub(crate) fn sort(&mut self, sort: Sort) -> &mut Self {
        let name = |of: usize| TYPES.get(of).map_or("", |of| of.name);
        match sort {
            Sort::Value(of) => self.put(name(of)),
            Sort::Array(of) => self.put("[").put(name(of)).put("]"),
            Sort::Text => self.put("str"),
            Sort::Bytes => self.put("bytes"),
            Sort::Vec(of) => self.put("Vec<").put(name(of)).put(">"),
            Sort::Map => self.put("HashMap<u32, u32>"),
            Sort::List => self.put("list of Node"),
        }
    }
}
