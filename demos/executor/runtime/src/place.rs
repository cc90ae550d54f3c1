//! Places in source text.

use std::hash::{Hash, Hasher};
use std::panic::Location;

/// A place in the source that runs: of the engine and its scenes, or of the program that the person typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In a file of these, as the compiler told it.
    Rust(&'static Location<'static>),
    /// In the person's program; both count from 1.
    Program {
        /// The line.
        line: u32,
        /// The column, in characters.
        column: u32,
    },
}

impl Place {
    /// The place of the caller.
    #[track_caller]
    pub fn caller() -> Place {
        Place::Rust(Location::caller())
    }

    /// The file below the demo's folder, like `runtime/src/waker.rs`; `None` for the person's program.
    ///
    /// The compiler's path begins wherever it was called from, and has the separators of the system
    /// on which it ran; neither is part of the answer.
    pub fn file(&self) -> Option<&'static str> {
        let Place::Rust(location) = self else { return None };
        let path = location.file();
        let crate_folder = |part: &[u8]| matches!(part, b"executor/" | b"executor\\");
        let length = "executor/".len();
        let start = path.as_bytes().windows(length).rposition(crate_folder);
        Some(start.and_then(|at| path.get(at + length..)).unwrap_or(path))
    }

    /// The line, from 1.
    pub fn line(&self) -> u32 {
        match self {
            Place::Rust(location) => location.line(),
            Place::Program { line, .. } => *line,
        }
    }

    /// The column, from 1.
    pub fn column(&self) -> u32 {
        match self {
            Place::Rust(location) => location.column(),
            Place::Program { column, .. } => *column,
        }
    }
}

impl Hash for Place {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        // As the parts of the path one after the other, whatever stands between them.
        for byte in self.file().unwrap_or_default().bytes() {
            hasher.write_u8(if matches!(byte, b'/' | b'\\') { TEXT_ENDS } else { byte });
        }
        hasher.write_u8(TEXT_ENDS);
        hasher.write_u32(self.line());
        hasher.write_u32(self.column());
    }
}

/// What the library hashes after a text: a byte that no text has.
const TEXT_ENDS: u8 = 0xff;
