//! How the run has come to rest: the one thing to see then.

use executor::Verdict;
use executor::snapshot::{Holder, Snapshot, TaskState, Worker};

use super::area::Area;
use super::sheet::style::{BOLD, PLAIN};
use super::sheet::{ANY, Sheet};
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, wrap};

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
pub(crate) fn draw(sheet: &mut Sheet<'_>, area: Area) {
    let (u, snapshot) = (sheet.u, sheet.snapshot);
    let Some(verdict) = snapshot.verdict else { return };
    let count = |wanted: fn(TaskState) -> bool| {
        let tasks = snapshot.tasks.iter().filter(|task| wanted(task.state));
        words::count(tasks.count() as u32, "task")
    };
    let (title, sentence, fault) = match verdict {
        Verdict::Finished => ("Finished", "Every task has returned Ready.".to_owned(), false),
        Verdict::NeedsPerson => {
            ("Your move", "Nothing goes on by itself: make a source readable.".to_owned(), false)
        }
        Verdict::Stuck => {
            let lost = count(|state| state == TaskState::NeverWoken);
            ("Stuck", format!("{lost} will never be woken again."), true)
        }
        Verdict::Spinning => {
            let left = count(words::unfinished);
            ("Spinning", format!("{left} polled for ever, and never any further."), true)
        }
        Verdict::Dropped => {
            ("Dropped", "The executor is gone, and every future with it.".to_owned(), false)
        }
    };
    sheet.ground("verdict", 0, &area);
    let mut inner = area.inset(u, u * 0.3125);
    let ink = if fault { Ink::Fault } else { Ink::Text };
    if fault {
        sheet.frame(&area, 9.0, Ink::FaultTint, ink, 2.5);
        let mut strip = area.inset(3.0, 3.0);
        sheet.fill(&strip.cut_left(u * 1.125), 6.0, Ink::FaultHatch);
        inner.cut_left(u * 0.75);
    } else {
        sheet.frame(&area, 9.0, Ink::Shade, ink, 1.5);
    }
    let size = (u * 1.5).min(inner.h * 0.4375);
    let lines = wrap(&sentence, u, inner.w);
    let high = size * 1.25 + lines.len() as f32 * u * 1.375;
    let mut y = inner.y + (inner.h - high).max(0.0) / 2.0 + size;
    sheet.write(inner.x, y, inner.w, size, BOLD, ink, title);
    for line in lines {
        y += u * 1.5;
        if y < area.bottom() - u * 0.25 {
            sheet.say(inner.x, y, ANY, PLAIN, ink, &line);
        }
    }
}
