//! The book's tracer (3.1), and two that work.
//!
//! An allocator that tells of each allocation must make a line of text. Whoever makes the line the
//! usual way allocates for it, and calls the same allocator again before its first call is done. Here
//! it is done on an allocator of its own, which nobody else uses, and which gives up at a depth.

use std::cell::{Cell, RefCell};
use std::fmt::{self, Write};
use std::ptr::NonNull;

use allocator_api2::alloc::{AllocError, Allocator, Global, Layout};
use allocator_api2::boxed::Box;
use allocator_api2::vec::Vec;

/// How a line is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// In a text that grows, as `format!` does, from the same allocator. This is the book's.
    Grows,
    /// The same; but a flag says that a line is being made, and no line is made of that.
    Flag,
    /// In room of a fixed size on the stack.
    FixedRoom,
}

/// A call of the allocator.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Call {
    /// How many calls of it were not done yet, this one included.
    pub depth: usize,
    /// How many bytes it was asked for.
    pub size: usize,
    /// Where the stack was, as the address of a local variable tells.
    stack: usize,
    /// The line that was made of it, if one was.
    pub line: Option<Line>,
}

/// The calls of the allocator while it was asked for one value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// In the order in which they began.
    pub calls: std::vec::Vec<Call>,
    /// Whether the deepest one was let through because it had gone deep enough.
    pub stopped: bool,
}

impl Report {
    /// How many bytes of the stack a call took that was made within another, if there was one.
    pub fn stack(&self) -> Option<usize> {
        let [first, second, ..] = self.calls.as_slice() else { return None };
        (second.depth == first.depth + 1).then_some(first.stack.abs_diff(second.stack))
    }
}

/// The deepest that calls go into each other, and the most that are noted.
pub const DEEPEST: usize = 12;

/// The room that a line is given at first where it grows: what `format!` guesses, twice the length of
/// what stands still in it.
const GUESS: usize = 2 * "Allocating  bytes".len();

/// Asks a tracer for a value of eight bytes.
pub fn run(way: Way, deepest: usize) -> Report {
    let tracer = Tracer {
        way,
        deepest: deepest.clamp(1, DEEPEST),
        depth: Cell::new(0),
        telling: Cell::new(false),
        stopped: Cell::new(false),
        calls: RefCell::new(Calls { list: [Call::default(); DEEPEST], count: 0 }),
    };
    drop(std::hint::black_box(Box::new_in(7_u64, &tracer)));
    let calls = tracer.calls.borrow();
    Report { calls: calls.list[..calls.count].to_vec(), stopped: tracer.stopped.get() }
}

/// An allocator that tells of each allocation. It notes what happens in room that it has from the
/// start.
struct Tracer {
    way: Way,
    deepest: usize,
    depth: Cell<usize>,
    telling: Cell<bool>,
    stopped: Cell<bool>,
    calls: RefCell<Calls>,
}

struct Calls {
    list: [Call; DEEPEST],
    count: usize,
}

impl Tracer {
    /// Notes a call, and tells of it.
    #[inline(never)]
    fn tell(&self, size: usize) {
        let here = std::hint::black_box(0_u8);
        let stack = std::hint::black_box(&raw const here).addr();
        let mut calls = self.calls.borrow_mut();
        let index = calls.count;
        if index == DEEPEST {
            self.stopped.set(true);
            return;
        }
        calls.list[index] = Call { depth: self.depth.get(), size, stack, line: None };
        calls.count += 1;
        // What follows may call again.
        drop(calls);
        let line = self.line(size);
        self.calls.borrow_mut().list[index].line = line;
    }

    fn line(&self, size: usize) -> Option<Line> {
        match self.way {
            Way::FixedRoom => Some(fixed(size)),
            Way::Flag if self.telling.replace(true) => None,
            Way::Flag => {
                let line = self.grown(size);
                self.telling.set(false);
                Some(line)
            }
            Way::Grows if self.depth.get() == self.deepest => {
                self.stopped.set(true);
                None
            }
            Way::Grows => Some(self.grown(size)),
        }
    }

    /// A line that grows in this very allocator.
    fn grown(&self, size: usize) -> Line {
        let mut text = Growing(Vec::with_capacity_in(GUESS, self));
        _ = write!(text, "Allocating {size} bytes");
        let mut line = Line::default();
        line.push(&text.0);
        line
    }
}

/// A line in room of a fixed size.
fn fixed(size: usize) -> Line {
    let mut line = Line::default();
    _ = write!(line, "Allocating {size} bytes");
    line
}

// SAFETY: every call is that of the global allocator, with the same arguments and result.
unsafe impl Allocator for &Tracer {
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        self.depth.set(self.depth.get() + 1);
        self.tell(layout.size());
        self.depth.set(self.depth.get() - 1);
        Global.allocate(layout)
    }

    unsafe fn deallocate(&self, block: NonNull<u8>, layout: Layout) {
        // SAFETY: the caller's promise is the one that is asked for.
        unsafe { Global.deallocate(block, layout) }
    }
}

/// A text that allocates.
struct Growing<'a>(Vec<u8, &'a Tracer>);

impl Write for Growing<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

/// A short text that does not. What finds no room in it is cut off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    bytes: [u8; 40],
    count: usize,
}

impl Default for Line {
    fn default() -> Self {
        Line { bytes: [0; 40], count: 0 }
    }
}

impl Line {
    /// The text.
    pub fn text(&self) -> String {
        self.bytes.iter().take(self.count).map(|byte| char::from(*byte)).collect()
    }

    fn push(&mut self, text: &[u8]) {
        for (place, byte) in self.bytes.iter_mut().skip(self.count).zip(text) {
            *place = *byte;
            self.count += 1;
        }
    }
}

impl Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depths_and_sizes(report: &Report) -> std::vec::Vec<(usize, usize)> {
        report.calls.iter().map(|call| (call.depth, call.size)).collect()
    }

    #[test]
    fn a_line_that_grows_calls_the_allocator_that_it_tells_of() {
        let report = run(Way::Grows, 4);
        assert_eq!(depths_and_sizes(&report), [(1, 8), (2, 34), (3, 34), (4, 34)]);
        assert!(report.stopped, "nothing else would have stopped it");
        let lines = report.calls.iter().map(|call| call.line.map(|line| line.text()));
        let lines: std::vec::Vec<_> = lines.collect();
        assert_eq!(lines[0].as_deref(), Some("Allocating 8 bytes"));
        assert_eq!(lines[3], None, "the deepest one makes no line");
        assert!(
            report.stack().is_some_and(|bytes| bytes > 0),
            "each call has its place on the stack"
        );
    }

    #[test]
    fn however_deep_it_may_go_it_goes_so_deep() {
        for deepest in 1..=DEEPEST {
            assert_eq!(run(Way::Grows, deepest).calls.len(), deepest);
        }
        assert_eq!(run(Way::Grows, 1_000).calls.len(), DEEPEST);
    }

    #[test]
    fn a_flag_ends_it_at_the_second_call() {
        let report = run(Way::Flag, DEEPEST);
        assert_eq!(depths_and_sizes(&report), [(1, 8), (2, 34)]);
        assert!(!report.stopped && report.calls[1].line.is_none());
        assert_eq!(report.calls[0].line.unwrap().text(), "Allocating 8 bytes");
    }

    #[test]
    fn fixed_room_needs_no_second_call() {
        let report = run(Way::FixedRoom, DEEPEST);
        assert_eq!(depths_and_sizes(&report), [(1, 8)]);
        assert_eq!(report.calls[0].line.unwrap().text(), "Allocating 8 bytes");
        assert_eq!((report.stopped, report.stack()), (false, None));
    }

    #[test]
    fn a_line_that_is_too_long_is_cut() {
        let mut line = Line::default();
        (0..30).for_each(|_| line.push(b"xy"));
        assert_eq!(line.text(), "xy".repeat(20));
    }
}
