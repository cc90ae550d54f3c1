//! What was read, as markup and in words. All of it is written aside, at once and without effects, so
//! that the page knows which allocations are of its drawing.

use arena_report::map::{Grid, Piece, Shares, State};
use arena_report::{bytes, counted, dump, hex, sizes, times};
use arena_watch::{Asked, Call, PAGE};

use super::actions::{ACTIONS, CLICK};
use super::memory::{self, SHOWN};
use super::reading::{Done, Reading};
use crate::dom::Html;

/// Numbers as they stand in sentences. (`format!` would need several times the code.)
pub(super) trait Figures {
    fn counted(&mut self, number: u64) -> &mut Self;
    fn bytes(&mut self, number: u64) -> &mut Self;
    fn times(&mut self, number: u64, one: &str) -> &mut Self;
    fn hex(&mut self, address: usize) -> &mut Self;
}

impl Figures for Html {
    #[inline(never)]
    fn counted(&mut self, number: u64) -> &mut Self {
        self.raw(&counted(number))
    }

    #[inline(never)]
    fn bytes(&mut self, number: u64) -> &mut Self {
        self.raw(&bytes(number))
    }

    #[inline(never)]
    fn times(&mut self, number: u64, one: &str) -> &mut Self {
        self.raw(&times(number, one))
    }

    #[inline(never)]
    fn hex(&mut self, address: usize) -> &mut Self {
        self.raw(&hex(address))
    }
}

/// How each state is marked in the style sheet, by [`State`] as a number.
const MARKS: [&str; 5] = ["free", "unknown", "older", "watched", "new"];

/// The figures on top.
#[inline(never)]
pub(super) fn figures(reading: &Reading) -> Html {
    let (tally, places) = (&reading.tally, &reading.places);
    let mut html = Html::new();
    figure(&mut html, "bytes live", tally.live_bytes());
    figure(&mut html, "blocks", tally.live());
    figure(&mut html, "allocations / s", reading.looks.rate());
    figure(&mut html, "pages of 64 KiB", (places.end / PAGE) as u64);
    if tally.grown_pages > 0 {
        figure(&mut html, "of them by memory.grow", tally.grown_pages.into());
    }
    if tally.lost > 0 {
        figure(&mut html, "lost: the table is full", tally.lost);
    }
    html
}

fn figure(html: &mut Html, name: &str, value: u64) {
    html.raw("<div><dt>").raw(name).raw("</dt><dd>").counted(value).raw("</dd></div>");
}

/// The whole memory to scale: stack, statics, heap, each with the address where it begins.
#[inline(never)]
pub(super) fn strip(reading: &Reading) -> Html {
    let places = &reading.places;
    let mut html = Html::new();
    for (name, start, end) in [
        ("stack", places.stack_end, places.stack_start),
        ("data", places.data, places.data_end),
        ("unused", places.data_end, reading.heap().start),
        ("heap", reading.heap().start, places.end),
    ] {
        let share = (end - start.min(end)) / (places.end / 10_000).max(1);
        html.raw("<div class=\"wide in-").raw(name).raw("\" data-wide=").number(share);
        html.raw(" title=\"").hex(start).raw(" to ").hex(end).raw("\"><span>").raw(name);
        html.raw("</span> <code>").hex(start).raw("</code></div>");
    }
    html
}

/// The paths of the map, a state each: a cell is 1 wide, a row 1 high.
#[inline(never)]
pub(super) fn grid(reading: &Reading, grid: &Grid) -> Html {
    let mut paths: [Html; 5] = Default::default();
    grid.runs(&reading.pieces, |run| {
        let (x, y) = (run.cell % grid.columns, run.cell / grid.columns);
        if let Some(path) = paths.get_mut(run.state as usize) {
            path.raw("M").number(x).raw(" ").number(y).raw("h").number(run.cells);
            path.raw("v1h-").number(run.cells).raw("z");
        }
    });
    let mut html = Html::new();
    for (mark, path) in MARKS.iter().zip(&mut paths) {
        html.raw("<path class=").raw(mark).raw(" d=\"").raw(&path.take()).raw("\"/>");
    }
    html
}

/// The addresses beside the rows: so many rows have one label.
#[inline(never)]
pub(super) fn rows(grid: &Grid, each: usize) -> Html {
    let mut html = Html::new();
    for row in (0..grid.rows()).step_by(each.max(1)) {
        html.raw("<span>").hex(grid.area.start + row * grid.row()).raw("</span>");
    }
    html
}

/// A piece, in words.
#[inline(never)]
pub(super) fn piece(piece: &Piece) -> String {
    let mut text = Html::new();
    text.hex(piece.address()).raw(": ");
    match (piece.state, piece.block) {
        (State::Free, _) => text.bytes(piece.size as u64).raw(" free."),
        (State::Unknown, _) => {
            text.bytes(piece.size as u64).raw(", free or older than the watching.")
        }
        (_, None) => text
            .raw("in use, ")
            .bytes(piece.size as u64)
            .raw(" with its header; older than the watching, or of the page’s drawing."),
        (state, Some(block)) => {
            text.bytes(block.size as u64).raw(" asked for, aligned to ").number(block.align);
            text.raw(", number ").counted(block.order.into());
            text.raw(if state == State::New { ", of the last action" } else { "" });
            text.raw("; its chunk has ").bytes(piece.size as u64).raw(".")
        }
    };
    text.take()
}

/// The bytes of a piece, read now.
#[inline(never)]
pub(super) fn block(html: &mut Html, piece: &Piece) {
    let address = piece.address();
    let size = piece.block.map_or(piece.end().saturating_sub(address), |block| block.size);
    let mut read = [0; SHOWN];
    let count = memory::bytes(address, read.get_mut(..size.min(SHOWN)).unwrap_or_default());
    html.raw("<table><tbody>");
    for row in dump::rows(address, read.get(..count).unwrap_or_default()) {
        html.raw("<tr><th scope=row>").hex(row.address).raw("</th><td>").raw(&row.hex);
        html.raw("</td><td>").text(&row.text).raw("</td></tr>");
    }
    html.raw("</tbody></table>");
    if size > count {
        html.raw("<p>").bytes((size - count) as u64).raw(" more.</p>");
    }
}

/// The calls of an action, one by one.
#[inline(never)]
pub(super) fn calls(done: &Done) -> Html {
    let mut html = Html::new();
    for call in &done.calls {
        html.raw("<li><button type=button class=quiet data-do=look data-address=");
        html.number(call.address).raw(">");
        self::call(&mut html, call);
        html.raw("</button></li>");
    }
    match done.count - done.calls.len() {
        0 if done.count == 0 => _ = html.raw("<li>None.</li>"),
        0 => {}
        more => _ = html.raw("<li>and ").times(more as u64, "call").raw(" more</li>"),
    }
    html
}

fn call(html: &mut Html, call: &Call) {
    let (name, size) = match call.asked {
        Asked::Allocate => ("alloc", 0),
        Asked::Free => ("free", 0),
        Asked::Resize => ("realloc", call.old_size),
    };
    html.raw("<b>").raw(name).raw("</b> ");
    if size > 0 {
        html.counted(size as u64).raw(" to ");
    }
    html.bytes(call.size as u64);
    match (call.asked, call.old_address == call.address) {
        (Asked::Resize, true) => _ = html.raw(", stays"),
        (Asked::Resize, false) => _ = html.raw(", from ").hex(call.old_address).raw(" moved"),
        _ => {}
    }
    html.raw(if call.asked == Asked::Resize && call.old_address != call.address {
        " to "
    } else {
        " at "
    });
    html.hex(call.address);
}

/// What an action did, as a sentence.
#[inline(never)]
pub(super) fn sentence(done: &Done, stays: (u64, u64)) -> String {
    let Some(action) = ACTIONS.get(done.action) else { return String::new() };
    let mut text = Html::new();
    text.raw(match done.action {
        CLICK => "This click on a handler that does nothing (`",
        _ => "This click (`",
    });
    text.raw(action.code).raw("`) ").raw(&done.change.sentence());
    match stays {
        _ if done.action == CLICK => {
            text.raw(" Those are texts of the button: what it does, and its number.")
        }
        (0, _) => text.raw(" Nothing of it stays."),
        (1, size) => text.raw(" 1 block of ").bytes(size).raw(" stays."),
        (count, size) => text.raw(" ").times(count, "block").raw(" of ").bytes(size).raw(" stay."),
    };
    if done.change.lost > 0 {
        text.raw(" ").times(done.change.lost, "block").raw(" found no place in the table.");
    }
    text.take()
}

/// The histogram.
#[inline(never)]
pub(super) fn by_size(reading: &Reading) -> Html {
    let rows = sizes::rows(&reading.tally, &reading.blocks);
    let most = rows.iter().map(|row| row.allocated).max().unwrap_or(0).max(1);
    let mut html = Html::new();
    if rows.is_empty() {
        html.raw("<p>Nothing was allocated since the watching began.</p>");
        return html;
    }
    html.raw("<table><tbody>");
    for row in rows {
        let share = |count: u64| (count * 10_000 / most) as usize;
        html.raw("<tr><th scope=row>").counted(row.from as u64);
        if row.to > row.from {
            html.raw("–").counted(row.to as u64);
        }
        html.raw("</th><td><i class=wide data-wide=").number(share(row.allocated));
        html.raw("></i><i class=wide data-wide=").number(share(row.live)).raw("></i></td><td>");
        html.counted(row.live).raw(" of ").counted(row.allocated).raw("</td><td>");
        html.counted(row.live_bytes).raw(" B</td></tr>");
    }
    html.raw("</tbody></table>");
    html
}

/// The live bytes of the last minute, as a line.
#[inline(never)]
pub(super) fn line(reading: &Reading) -> String {
    let mut path = Html::new();
    let mut pen = "M";
    for (x, y) in reading.looks.line(960, 36) {
        path.raw(pen).number(x as usize).raw(" ").number(y as usize + 2);
        pen = "L";
    }
    path.take()
}

/// The state in words.
#[inline(never)]
pub(super) fn words(reading: &Reading, watched: bool) -> String {
    let (tally, places) = (&reading.tally, &reading.places);
    let mut text = Html::new();
    text.raw(match (watched, reading.since.is_empty()) {
        (true, _) => "Watched since ",
        (false, true) => "Not watched",
        (false, false) => "No longer watched; seen since ",
    });
    text.raw(&reading.since).raw(". ").bytes(tally.live_bytes()).raw(" live in ");
    text.times(tally.live(), "block").raw(", ").bytes(tally.peak_bytes).raw(" at most; ");
    text.times(tally.allocated, "allocation").raw(" so far; ").times(tally.unknown, "block");
    text.raw(" freed that are not known. ");
    if tally.lost > 0 {
        text.times(tally.lost, "block").raw(" of ").bytes(tally.lost_bytes);
        text.raw(" found no place in the table. ");
    }
    text.raw("The memory has ").times((places.end / PAGE) as u64, "page").raw(" of 64 KiB");
    for (name, address) in [
        ("; the stack from ", places.stack_start),
        (" down to ", places.stack_end),
        (", now at ", places.stack_now),
        ("; data from ", places.data),
        (" to ", places.data_end),
        ("; the heap from ", reading.heap().start),
        (" to ", places.end),
    ] {
        text.raw(name).hex(address);
    }
    if !reading.believed {
        text.raw(
            ". The allocator’s own headers could not be read, so what is older is not told from what \
             is free.",
        );
        return text.take();
    }
    let shares = Shares::of(&reading.pieces, reading.heap());
    for (name, state) in [
        (". Of the heap there are of watched blocks ", State::Watched),
        (", of the last action ", State::New),
        (", in use by others ", State::Older),
        (", free ", State::Free),
    ] {
        text.raw(name).bytes(shares.bytes(state) as u64);
    }
    text.raw(".").take()
}
