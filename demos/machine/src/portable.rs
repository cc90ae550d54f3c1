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
    /// Reads a value that [`write`](Portable::write) wrote; every other input is an error with its place.
    fn read(input: &mut Reader<'_>) -> Result<Self, DecodeError>;
}

/// Collects bytes.
#[derive(Default, Debug)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// One byte.
    pub fn byte(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// An unsigned number, seven bits a byte, lowest first (LEB128).
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
    pub fn text(&mut self, value: &str) {
        self.number(value.len() as u64);
        self.bytes.extend_from_slice(value.as_bytes());
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads bytes from the front and knows where it is.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    version: char,
}

impl<'a> Reader<'a> {
    /// Begins at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { bytes, at: 0, version: link::VERSION }
    }

    /// Bytes out of a link of this version.
    pub(crate) fn of_version(bytes: &'a [u8], version: char) -> Self {
        Reader { bytes, at: 0, version }
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

    /// An error at the current position.
    pub fn error(&self, expected: &'static str) -> DecodeError {
        DecodeError { at: self.at, expected }
    }

    /// One byte.
    pub fn byte(&mut self) -> Result<u8, DecodeError> {
        let byte = *self.bytes.get(self.at).ok_or(self.error("more, but the link ends here"))?;
        self.at += 1;
        Ok(byte)
    }

    /// Yes or no.
    pub fn flag(&mut self) -> Result<bool, DecodeError> {
        Ok(self.number_to(1, "0 or 1")? == 1)
    }

    /// A number as [`Writer::number`] writes it, in its shortest form only.
    pub fn number(&mut self) -> Result<u64, DecodeError> {
        let start = self.clone();
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits || (byte == 0 && shift > 0) {
                return Err(start.error("a number of at most 64 bits, in its shortest form"));
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(start.error("a number of at most 64 bits, in its shortest form"))
    }

    /// A number of at most `limit`; `expected` says what would be right.
    pub fn number_to(&mut self, limit: u64, expected: &'static str) -> Result<u64, DecodeError> {
        let start = self.clone();
        match self.number()? {
            value if value <= limit => Ok(value),
            _ => Err(start.error(expected)),
        }
    }

    /// A text as [`Writer::text`] writes it.
    pub fn text(&mut self) -> Result<&'a str, DecodeError> {
        let start = self.clone();
        let length = self.number_to(self.remaining() as u64, "a text no longer than the link")?;
        let end = self.at + length as usize;
        let bytes =
            self.bytes.get(self.at..end).ok_or(start.error("a text no longer than the link"))?;
        let text = std::str::from_utf8(bytes).map_err(|_| start.error("a text in UTF-8"))?;
        self.at = end;
        Ok(text)
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
