//! What a program may hold, so that nothing that is typed can hang the page, overflow its stack or
//! fill its memory. All are checked before a run. How many bytes an allocation asks for has no limit
//! here: to ask for too many is a fault of the run.

/// Bytes of text.
pub const TEXT: usize = 64 * 1024;
/// Names.
pub const NAMES: usize = 64;
/// Letters of a name.
pub const NAME: usize = 24;
/// Statements in the text.
pub const STATEMENTS: usize = 1_000;
/// Blocks inside each other.
pub const DEPTH: usize = 8;
/// Rounds of one `repeat`.
pub const ROUNDS: u32 = 100_000;
/// Operations of a run: each statement each time that it is carried out, a `churn` as many as it says.
pub const OPERATIONS: u64 = 200_000;
/// Bytes of a text between quotes.
pub const LITERAL: usize = 1_000;
/// The greatest alignment.
pub const ALIGN: u32 = 65_536;
/// Bytes that each allocator may have if the program does not say how many.
pub const MEMORY: u32 = 256 * 1024;
/// Bytes that each allocator may have at most.
pub const MOST_MEMORY: u32 = 16 * 1024 * 1024;
/// Problems told at once.
pub const PROBLEMS: usize = 20;
