//! What a program may hold, so that nothing that is typed can hang the page, overflow its stack or
//! fill its memory. All are checked before a run, but [`STARTED`] and [`WAITING`], which a run keeps.

/// Bytes of text.
pub const TEXT: usize = 16 * 1024;
/// Letters of a name.
pub const NAME: usize = 24;
/// Characters of a text that is printed.
pub const PRINTED: usize = 80;
/// Channels.
pub const CHANNELS: usize = 16;
/// Sources.
pub const SOURCES: usize = 16;
/// Tasks in the text.
pub const TASKS: usize = 24;
/// Statements in the text.
pub const STATEMENTS: usize = 300;
/// Blocks inside each other.
pub const DEPTH: usize = 12;
/// Blocks of one `join` or `select`.
pub const BRANCHES: usize = 8;
/// Times at which one source becomes ready by itself.
pub const READY_TIMES: usize = 32;
/// Ticks of one `sleep` or `block`, and the last time at which a source becomes ready by itself.
pub const TICKS: u32 = 10_000;
/// Rounds of one `loop`.
pub const ROUNDS: u32 = 10_000;
/// The room of a channel.
pub const ROOM: u32 = 100;
/// The greatest value sent.
pub const VALUE: u32 = 999_999;
/// Statements that one task carries out from its start to its end, each round of a loop counted as
/// one more.
pub const WORK: u64 = 30_000;
/// Tasks that are started in one run; a `spawn` after that is refused, and says so.
pub const STARTED: usize = 32;
/// Numbers that wait in a channel without a room of its own; a `send` beyond is refused, and says so.
pub const WAITING: usize = 1_000;
/// Problems told at once.
pub const PROBLEMS: usize = 20;
