//! The log of the steps. Only those around the cursor are in the page, so ten thousand steps cost what
//! a hundred do.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use machine::Mark;
use web_sys::HtmlElement;

use super::Stage;
use super::commands::badge;
use crate::dom::{El, Html, after_effects, el, watch};
use crate::live::Live;

/// So many steps before and after the middle of the window are in the page.
const AROUND: usize = 18;
/// Rows that were made stay until there are so many, and go all at once.
const MOST: usize = 4 * AROUND;

/// The steps (by their cursors) that have to be in the page around this one.
fn window(middle: usize, len: usize) -> Range<usize> {
    middle.saturating_sub(AROUND).clamp(1, len + 1)..(middle + AROUND).min(len) + 1
}

/// Keeps the log "Steps".
pub(super) fn steps(stage: Stage, root: &El) {
    let (log, none) = (root.part("log"), root.part("none"));
    let middle = Rc::new(Live::new(0));
    let mut rows =
        Rows { log: log.clone(), rows: VecDeque::new(), first: 1, edition: 0, cursor: 0 };
    let (shown, mut last) = (middle.clone(), None);
    watch(move || {
        let (cursor, len, edition) =
            stage.read(|session| (session.cursor(), session.len(), session.edition()));
        // The window goes where the cursor goes, unless it is scrolled away by hand.
        let moved = last.replace((cursor, edition)) != Some((cursor, edition));
        if moved {
            shown.put(cursor);
        }
        none.show(len == 0);
        rows.show(stage, window(shown.get(), len), edition);
        rows.mark(cursor);
        if moved {
            rows.reveal(cursor);
        }
    });
    // Scrolling to an end of the rows moves the window; browsers keep what is seen in its place.
    let scroller = log.html().clone();
    _ = log.on("scroll", move |_| {
        let (top, room) = (scroller.scroll_top(), scroller.client_height());
        let below = scroller.scroll_height() - top - room;
        let (at, len) = (middle.now(), stage.peek(|session| session.len()));
        if top < room && at > AROUND {
            middle.set(at - AROUND / 2);
        } else if below < room && at + AROUND < len {
            middle.set(at + AROUND / 2);
        }
    });
}

/// The rows that are in the page: consecutive steps from `first` on.
struct Rows {
    log: El,
    rows: VecDeque<Row>,
    first: usize,
    edition: u32,
    /// Where the cursor was when they were marked.
    cursor: usize,
}

/// The row of a step.
struct Row {
    el: El,
    /// Whether it was ever marked.
    marked: Cell<bool>,
}

impl Rows {
    /// Makes the page hold these steps. Those that were there before stay as long as they are not too
    /// many, so that a step brings a row and nothing else.
    fn show(&mut self, stage: Stage, steps: Range<usize>, edition: u32) {
        let overlaps = self.first < steps.end && steps.start <= self.first + self.rows.len();
        if self.edition != edition || !overlaps {
            self.rows.drain(..).for_each(|row| row.el.remove());
            self.first = steps.start;
            self.edition = edition;
        }
        while self.first > steps.start {
            self.first -= 1;
            let row = row(stage, self.first);
            let before = self.rows.front().map(|row| row.el.element().as_ref());
            _ = self.log.element().insert_before(row.el.element(), before);
            self.rows.push_front(row);
        }
        while self.first + self.rows.len() < steps.end {
            let row = row(stage, self.first + self.rows.len());
            _ = self.log.clone().child(row.el.clone());
            self.rows.push_back(row);
        }
        let too_many = self.rows.len() > MOST;
        while too_many && self.first + self.rows.len() > steps.end {
            self.rows.pop_back().inspect(|row| row.el.remove());
        }
        while too_many && self.first < steps.start {
            self.rows.pop_front().inspect(|row| row.el.remove());
            self.first += 1;
        }
    }

    /// Marks the rows as before, at or after the cursor.
    fn mark(&mut self, cursor: usize) {
        // Rows between where the cursor was and where it is; new ones have no mark yet.
        let between = self.cursor.min(cursor)..=self.cursor.max(cursor);
        for (step, row) in (self.first..).zip(&self.rows) {
            if between.contains(&step) || !row.marked.replace(true) {
                row.el.put(
                    "data-when",
                    match cursor.cmp(&step) {
                        Ordering::Less => "later",
                        Ordering::Equal => "now",
                        Ordering::Greater => "before",
                    },
                );
            }
        }
        self.cursor = cursor;
    }

    /// Brings the row at the cursor into sight.
    fn reveal(&self, cursor: usize) {
        let log = self.log.clone();
        let row = cursor.checked_sub(self.first).and_then(|at| self.rows.get(at));
        let row = row.map(|row| row.el.clone());
        after_effects(move || match row {
            Some(row) => reveal(log.html(), row.html()),
            None if cursor == 0 => log.html().set_scroll_top(0),
            None => {}
        });
    }
}

fn row(stage: Stage, step: usize) -> Row {
    let row = el("p");
    stage.peek(|session| {
        row.put("data-do", "seek");
        row.put("data-step", &step.to_string());
        if session.mark_at(step) == Some(Mark::Fault) {
            row.put("class", "fault");
        }
        let mut html = Html::new();
        html.raw("<span class=number>").number(step).raw("</span>");
        if let Some(actor) = session.actor(step) {
            badge(&mut html, &actor);
        }
        html.raw("<span>").prose(&session.sentence(step).unwrap_or_default()).raw("</span>");
        row.set_html(&html.take());
    });
    Row { el: row, marked: Cell::new(false) }
}

/// Turns the page when the row is not on it, so that most steps scroll nothing. A third of the new page
/// is what led to the row, or what comes of it.
fn reveal(log: &HtmlElement, row: &HtmlElement) {
    let (top, height) = (row.offset_top(), row.offset_height());
    let (seen, room) = (log.scroll_top(), log.client_height());
    if top < seen {
        log.set_scroll_top(top + height + room / 3 - room);
    } else if top + height > seen + room {
        log.set_scroll_top(top - room / 3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_holds_the_cursor_and_never_too_many_steps() {
        for len in [0, 1, AROUND, 5 * AROUND + 3, 10_000] {
            for cursor in [0, 1, AROUND, AROUND + 1, len / 2, len.saturating_sub(1), len] {
                let cursor = cursor.min(len);
                let window = window(cursor, len);
                assert!(window.len() <= MOST && (1..=len + 1).contains(&window.end));
                assert_eq!(window.contains(&cursor), cursor > 0, "{cursor} of {len} in {window:?}");
            }
        }
    }
}
