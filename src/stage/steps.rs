//! The log of the steps. Only a window of it is in the page, so ten thousand steps cost what a
//! hundred do.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::commands::badge;
use super::prose::prose;
use super::{Move, Stage};

/// Steps in a block; three blocks are in the page.
const BLOCK: usize = 24;

/// The steps (by their cursors) that are in the page when block `middle` is the middle one.
fn window(middle: usize, len: usize) -> std::ops::Range<usize> {
    let first = middle.saturating_sub(1) * BLOCK + 1;
    first..(first + 3 * BLOCK).min(len + 1)
}

/// The log.
#[component]
pub(super) fn Steps(stage: Stage) -> impl IntoView {
    let cursor = Memo::new(move |_| stage.read(|session| session.cursor()));
    let len = Memo::new(move |_| stage.read(|session| session.len()));
    let edition = Memo::new(move |_| stage.read(|session| session.edition()));
    let block = RwSignal::new(0usize);
    let log = NodeRef::<html::Div>::new();
    // The window goes where the cursor goes.
    Effect::new(move || {
        let at = cursor.get() / BLOCK;
        if block.get_untracked() != at {
            block.set(at);
        }
    });
    let shown = Memo::new(move |_| window(block.get(), len.get()));
    Effect::new(move || {
        shown.track();
        edition.track();
        let at = cursor.get();
        let Some(log) = log.get() else { return };
        mark(&log, at);
    });
    // Scrolling to an end of the window moves it; browsers keep what is seen in its place.
    let scrolled = move |_| {
        let Some(log) = log.get_untracked() else { return };
        let (top, room, all) = (log.scroll_top(), log.client_height(), log.scroll_height());
        let at = block.get_untracked();
        if top < room / 2 && at > 1 {
            block.set(at - 1);
        } else if all - top - room < room / 2
            && shown.with_untracked(|shown| shown.end) <= len.get_untracked()
        {
            block.set(at + 1);
        }
    };
    let clicked = move |event: leptos::ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let row = target.and_then(|target| target.closest("[data-step]").ok().flatten());
        let step = row.and_then(|row| row.get_attribute("data-step")?.parse().ok());
        if let Some(step) = step {
            stage.go(Move::Seek(step));
        }
    };
    view! {
        <div
            class="log"
            role="log"
            aria-label="Steps"
            aria-live="off"
            tabindex="0"
            node_ref=log
            on:scroll=scrolled
            on:click=clicked
        >
            <For
                each=move || {
                    let edition = edition.get();
                    shown.get().map(move |step| (edition, step)).collect::<Vec<_>>()
                }
                key=|row| *row
                children=move |(_, step)| row(stage, step)
            />
            <p class="none">{move || (len.get() == 0).then_some("Nothing has happened yet.")}</p>
        </div>
    }
}

fn row(stage: Stage, step: usize) -> impl IntoView {
    let (sentence, actor) =
        stage.peek(|session| (session.sentence(step).unwrap_or_default(), session.actor(step)));
    let mark = stage.peek(|session| {
        let marks = session.marks();
        let at = marks.partition_point(|marked| marked.cursor < step);
        marks.get(at).filter(|marked| marked.cursor == step).map(|marked| marked.mark)
    });
    view! {
        <p data-step=step.to_string() class:fault=mark == Some(machine::Mark::Fault)>
            <span class="number">{step}</span>
            {actor.as_ref().map(badge)}
            <span>{prose(&sentence)}</span>
        </p>
    }
}

/// Marks the rows as before, at or after the cursor, and brings the one at it into sight.
fn mark(log: &HtmlElement, cursor: usize) {
    let rows = log.children();
    for i in 0..rows.length() {
        let Some(row) = rows.item(i).and_then(|row| row.dyn_into::<HtmlElement>().ok()) else {
            continue;
        };
        let Some(step) = row.get_attribute("data-step").and_then(|step| step.parse().ok()) else {
            continue;
        };
        let when = match cursor.cmp(&step) {
            std::cmp::Ordering::Less => "later",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "before",
        };
        if row.get_attribute("data-when").as_deref() != Some(when) {
            _ = row.set_attribute("data-when", when);
        }
        if when == "now" {
            reveal(log, row.offset_top() - log.offset_top(), row.offset_height());
        }
    }
    if cursor == 0 {
        log.set_scroll_top(0);
    }
}

/// Scrolls no more than needed.
fn reveal(log: &HtmlElement, top: i32, height: i32) {
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
