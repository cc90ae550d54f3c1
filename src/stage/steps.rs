//! The log of the steps. Only a window of it is in the page, so ten thousand steps cost what a
//! hundred do.

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use machine::Mark;
use web_sys::HtmlElement;

use super::Stage;
use super::commands::badge;
use crate::dom::{El, Html, after_effects, el, watch};
use crate::live::Live;

/// Steps in a block; three blocks are in the page.
const BLOCK: usize = 12;

/// The steps (by their cursors) that are in the page when block `middle` is the middle one.
fn window(middle: usize, len: usize) -> Range<usize> {
    let first = (middle.saturating_sub(1) * BLOCK + 1).min(len + 1);
    first..(first + 3 * BLOCK).min(len + 1)
}

/// Keeps the log "Steps".
pub(super) fn steps(stage: Stage, root: &El) {
    let (log, none) = (root.part("log"), root.part("none"));
    let block = Rc::new(Live::new(0));
    let mut rows = Rows { log: log.clone(), rows: VecDeque::new(), first: 1, edition: 0 };
    let (shown, mut last) = (block.clone(), None);
    watch(move || {
        let (cursor, len, edition) =
            stage.read(|session| (session.cursor(), session.len(), session.edition()));
        // The window goes where the cursor goes, unless it is scrolled away by hand.
        let moved = last.replace(cursor) != Some(cursor);
        let middle = if moved { cursor / BLOCK } else { *shown.peek() };
        shown.track();
        if moved {
            shown.put(middle);
        }
        none.show(len == 0);
        rows.show(stage, window(middle, len), edition);
        rows.mark(cursor);
    });
    // Scrolling to an end of the window moves it; browsers keep what is seen in its place.
    let scroller = log.html().clone();
    _ = log.on("scroll", move |_| {
        let (top, room) = (scroller.scroll_top(), scroller.client_height());
        let below = scroller.scroll_height() - top - room;
        let at = block.now();
        if top < room / 2 && at > 1 {
            block.set(at - 1);
        } else if below < room / 2 && (at.max(1) + 2) * BLOCK < stage.peek(|session| session.len())
        {
            block.set(at.max(1) + 1);
        }
    });
}

/// The rows that are in the page: consecutive steps from `first` on.
struct Rows {
    log: El,
    rows: VecDeque<HtmlElement>,
    first: usize,
    edition: u32,
}

impl Rows {
    /// Makes the page hold exactly these steps, touching only what is new or has to go.
    fn show(&mut self, stage: Stage, steps: Range<usize>, edition: u32) {
        let overlaps = self.first < steps.end && steps.start <= self.first + self.rows.len();
        if self.edition != edition || !overlaps {
            self.rows.drain(..).for_each(|row| row.remove());
            self.first = steps.start;
            self.edition = edition;
        }
        while self.first < steps.start
            && let Some(row) = self.rows.pop_front()
        {
            row.remove();
            self.first += 1;
        }
        while self.first + self.rows.len() > steps.end
            && let Some(row) = self.rows.pop_back()
        {
            row.remove();
        }
        while self.first > steps.start {
            self.first -= 1;
            let row = row(stage, self.first);
            let before = self.rows.front().map(AsRef::as_ref);
            _ = self.log.element().insert_before(&row, before);
            self.rows.push_front(row);
        }
        while self.first + self.rows.len() < steps.end {
            let row = row(stage, self.first + self.rows.len());
            _ = self.log.element().append_child(&row);
            self.rows.push_back(row);
        }
    }

    /// Marks the rows as before, at or after the cursor, and brings the one at it into sight.
    fn mark(&self, cursor: usize) {
        for (step, row) in (self.first..).zip(&self.rows) {
            let when = match cursor.cmp(&step) {
                std::cmp::Ordering::Less => "later",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "before",
            };
            if row.get_attribute("data-when").as_deref() != Some(when) {
                _ = row.set_attribute("data-when", when);
            }
        }
        let log = self.log.clone();
        let row = cursor.checked_sub(self.first).and_then(|at| self.rows.get(at)).cloned();
        after_effects(move || match row {
            Some(row) => reveal(log.html(), &row),
            None if cursor == 0 => log.html().set_scroll_top(0),
            None => {}
        });
    }
}

fn row(stage: Stage, step: usize) -> HtmlElement {
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
    row.html().clone()
}

/// Scrolls no more than needed.
fn reveal(log: &HtmlElement, row: &HtmlElement) {
    let (top, height) = (row.offset_top(), row.offset_height());
    let (seen, room) = (log.scroll_top(), log.client_height());
    let margin = (room / 6).min(height);
    if top - margin < seen {
        log.set_scroll_top(top - margin);
    } else if top + height + margin > seen + room {
        log.set_scroll_top(top + height + margin - room);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_holds_the_cursor_and_never_more_than_three_blocks() {
        for len in [0, 1, BLOCK, 5 * BLOCK + 3, 10_000] {
            for cursor in [1, BLOCK - 1, BLOCK, BLOCK + 1, len / 2, len.saturating_sub(1), len] {
                let window = window(cursor / BLOCK, len);
                assert!(window.len() <= 3 * BLOCK);
                if (1..=len).contains(&cursor) {
                    assert!(window.contains(&cursor), "{cursor} of {len} in {window:?}");
                }
            }
        }
    }
}
