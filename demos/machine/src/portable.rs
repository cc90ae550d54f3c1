//! How scenarios and commands become bytes, and come back from bytes that nobody can trust.

use std::fmt;

use crate::link;

/// A value that can stand in a link: written as a few bytes, and read back from bytes that may be
/// anything. Reading never panics and never allocates more than a small multiple of the input.
///
/// A value has one writing: what `read` accepts is exactly what `write` gives. A scenario takes at
/// most 64 KiB and a command at most 8 bytes, so that every run has a link that is not too long
/// ([`link::MAX_LENGTH`](crate::link::MAX_LENGTH)).
pub trait Portable: Sized {
    /// Appends the value.
    fn write(&self, out: &mut Writer);
    /// Reads a value that [`write`](Portable::write) wrote. Every other input is
    /// [`refuse`](Reader::refuse)d with its place, and gives any value.
    fn read(input: &mut Reader<'_>) -> Self;
}

/// Collects bytes.
#[derive(Default, Debug)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// One byte.
    #[inline(never)]
    pub fn byte(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// An unsigned number, seven bits a byte, lowest first (LEB128).
    #[inline(never)]
    pub fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// Yes or no.
    pub fn flag(&mut self, value: bool) {
        self.byte(value.into());
    }

    /// A text, with its length before it.
    #[inline(never)]
    pub fn text(&mut self, value: &str) {
        self.number(value.len() as u64);
        self.bytes.extend_from_slice(value.as_bytes());
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads bytes from the front and knows where it is. What was wrong first is kept; whatever is read
/// after that is 0 and empty, so that nobody needs to ask before the end.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    version: char,
    error: Option<DecodeError>,
}

impl<'a> Reader<'a> {
    /// Begins at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader::of_version(bytes, link::VERSION)
    }

    /// Bytes out of a link of this version.
    pub(crate) fn of_version(bytes: &'a [u8], version: char) -> Self {
        Reader { bytes, at: 0, version, error: None }
    }

    /// The version of the link, for a demo that has changed how it writes a value since.
    pub fn version(&self) -> char {
        self.version
    }

    /// The offset of the byte that is read next.
    pub fn position(&self) -> usize {
        self.at
    }

    /// How many bytes are left.
    pub fn remaining(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// What was wrong first, if anything was.
    pub fn error(&self) -> Option<DecodeError> {
        self.error
    }

    /// Notes that the bytes at this offset are wrong, unless others were before.
    #[inline(never)]
    pub fn refuse(&mut self, at: usize, expected: &'static str) {
        self.error.get_or_insert(DecodeError { at, expected });
    }

    /// One byte.
    #[inline(never)]
    pub fn byte(&mut self) -> u8 {
        match self.bytes.get(self.at) {
            Some(byte) if self.error.is_none() => {
                self.at += 1;
                *byte
            }
            _ => {
                self.refuse(self.at, "more, but the link ends here");
                0
            }
        }
    }

    /// Yes or no; `expected` says what 0 and 1 stand for.
    pub fn flag(&mut self, expected: &'static str) -> bool {
        self.number_to(1, expected) == 1
    }

    /// A number as [`Writer::number`] writes it, in its shortest form only.
    #[inline(never)]
    pub fn number(&mut self) -> u64 {
        let start = self.at;
        let mut value = 0u64;
        let mut shift = 0;
        while shift < 64 {
            let byte = self.byte();
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits || (byte == 0 && shift > 0) {
                break;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return value;
            }
            shift += 7;
        }
        self.refuse(start, "a number of at most 64 bits, in its shortest form");
        0
    }

    /// A number of at most `limit`; `expected` says what would be right.
    #[inline(never)]
    pub fn number_to(&mut self, limit: u64, expected: &'static str) -> u64 {
        let start = self.at;
        let value = self.number();
        if value <= limit {
            return value;
        }
        self.refuse(start, expected);
        0
    }

    /// A text as [`Writer::text`] writes it.
    #[inline(never)]
    pub fn text(&mut self) -> &'a str {
        let start = self.at;
        let no_longer = "a text no longer than the link";
        let length = self.number_to(self.remaining() as u64, no_longer) as usize;
        let Some((bytes, _)) = self.bytes.get(self.at..).and_then(|it| it.split_at_checked(length))
        else {
            self.refuse(start, no_longer);
            return "";
        };
        let Ok(text) = std::str::from_utf8(bytes) else {
            self.refuse(start, "a text in UTF-8");
            return "";
        };
        self.at += length;
        text
    }
}

/// What is wrong with some bytes, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DecodeError {
    /// The offset of the byte at which reading stopped.
    pub at: usize,
    /// What would have been right there.
    pub expected: &'static str,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: expected {}", self.at, self.expected)
    }
}

impl std::error::Error for DecodeError {}
