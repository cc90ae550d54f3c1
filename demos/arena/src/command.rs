//! What can be done.

use machine::{Portable, Reader, Writer};

use crate::types::TYPES;

/// What can be done now.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Command {
    /// The next operation of the program.
    Next,
    /// Free this value, by hand: an index into the snapshot's.
    Free(u32),
    /// Use this value, by hand: an index into the snapshot's.
    Use(u32),
    /// Reset, by hand.
    Reset,
    /// Allocate a value of this type, by hand: an index into the table of types.
    Make(u8),
}

impl Portable for Command {
    fn write(&self, out: &mut Writer) {
        match self {
            Command::Next => out.byte(0),
            Command::Free(value) => {
                out.byte(1);
                out.number((*value).into());
            }
            Command::Use(value) => {
                out.byte(2);
                out.number((*value).into());
            }
            Command::Reset => out.byte(3),
            Command::Make(of) => {
                out.byte(4);
                out.byte(*of);
            }
        }
    }

    fn read(input: &mut Reader<'_>) -> Self {
        const VALUE: &str = "the number of a value";
        match input.number_to(4, "0 next, 1 free, 2 use, 3 reset, 4 allocate") {
            1 => Command::Free(input.number_to(u32::MAX.into(), VALUE) as u32),
            2 => Command::Use(input.number_to(u32::MAX.into(), VALUE) as u32),
            3 => Command::Reset,
            4 => Command::Make(input.number_to(TYPES.len() as u64 - 1, "a type") as u8),
            _ => Command::Next,
        }
    }
}
