//! How the run has come to rest: the one thing to see then.

use executor::Verdict;
use executor::snapshot::{Holder, Snapshot, TaskState, Worker};

use super::sheet::style::{BOLD, PLAIN};
use super::sheet::{Sheet, U};
use crate::pages::executor::words;
use crate::stage::shapes::{Area, Bounds, Ink, wrap};

/// Whether it may stand where the executor's lanes are: they show nothing then.
pub(crate) fn is_final(snapshot: &Snapshot) -> bool {
    let idle = |worker: &Worker| {
        worker.running.is_none() && worker.slot.is_none() && worker.queue.is_empty()
    };
    snapshot.verdict.is_some()
        && snapshot.workers.iter().all(idle)
        && snapshot.wakers.iter().all(|held| held.holder != Holder::Context)
}

/// Draws it.
#[inline(never)]
pub(crate) fn draw(sheet: &mut Sheet<'_>, area: Area) {
    let snapshot = sheet.snapshot;
    let Some(verdict) = snapshot.verdict else { return };
    let tasks = snapshot.tasks.iter();
    let (title, sentence, left) = match verdict {
        Verdict::Finished => ("Finished", "Every task has returned Ready.", None),
        Verdict::NeedsPerson => {
            ("Your move", "Nothing goes on by itself: make a source readable.", None)
        }
        Verdict::Stuck => {
            let lost = tasks.filter(|task| task.state == TaskState::NeverWoken).count();
            ("Stuck", " will never be woken again.", Some(lost))
        }
        Verdict::Spinning => {
            let left = tasks.filter(|task| words::unfinished(task.state)).count();
            ("Spinning", " polled for ever, and never any further.", Some(left))
        }
        Verdict::Dropped => ("Dropped", "The executor is gone, and every future with it.", None),
    };
    sheet.ground("verdict", 0, &area);
    let mut inner = area.inset(U, U * 0.3125);
    let mut ink = Ink::TEXT;
    if let Some(left) = left {
        ink = Ink::FAULT;
        sheet.frame(&area, 9.0, Ink::FAULT_TINT, ink, 2.5);
        let mut strip = area.inset(3.0, 3.0);
        sheet.fill(&strip.cut_left(U * 1.125), 6.0, Ink::FAULT_HATCH);
        inner.cut_left(U * 0.75);
        sheet.words.count(left as u32, "task");
    } else {
        sheet.frame(&area, 9.0, Ink::SHADE, ink, 1.5);
    }
    let sentence = sheet.words.put(sentence).take();
    let size = (U * 1.5).at_most(inner.h * 0.4375);
    let lines = wrap(&sentence, U, inner.w, usize::MAX);
    let high = size * 1.25 + lines.len() as f32 * U * 1.375;
    let mut y = inner.y + (inner.h - high).at_least(0.0) / 2.0 + size;
    sheet.words.put(title);
    sheet.write(inner.x, y, size, BOLD, ink);
    for line in &lines {
        y += U * 1.5;
        if y < area.bottom() - U * 0.25 {
            sheet.label(inner.x, y, PLAIN, ink, line);
        }
    }
}
