//! How the run has come to rest: the one thing to see then.

use executor::Verdict;
use executor::snapshot::{Holder, Snapshot, TaskState, Worker};

use super::area::Area;
use super::sheet::{Block, Sheet};
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, Pen, text, wrap};

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
    let lost = snapshot.tasks.iter().filter(|task| task.state == TaskState::NeverWoken).count();
    let left = snapshot
        .tasks
        .iter()
        .filter(|task| !matches!(task.state, TaskState::Finished | TaskState::Dropped))
        .count() as u32;
    let (title, sentence, fault) = match verdict {
        Verdict::Finished => ("Finished", "Every task has returned Ready.".to_owned(), false),
        Verdict::NeedsPerson => {
            ("Your move", "Nothing goes on by itself: make a source readable.".to_owned(), false)
        }
        Verdict::Stuck => (
            "Stuck",
            format!("{} will never be woken again.", words::count(lost as u32, "task")),
            true,
        ),
        Verdict::Spinning => (
            "Spinning",
            format!(
                "{} polled for ever, and never any further.",
                match left {
                    1 => "1 task is".to_owned(),
                    left => format!("{left} tasks are"),
                }
            ),
            true,
        ),
        Verdict::Dropped => {
            ("Dropped", "The executor is gone, and every future with it.".to_owned(), false)
        }
    };
    let mut block = Block::new("verdict", area);
    let (ink, tint) = if fault { (Ink::Fault, Ink::FaultTint) } else { (Ink::Text, Ink::Shade) };
    block.rect(area, 9.0, tint, Some(Pen::new(ink, if fault { 2.4 } else { 1.4 })));
    let mut inner = area.inset(u, u * 0.3);
    if fault {
        let strip = inner.cut_left(u * 1.1);
        let strip = Area::new(area.x + 3.0, area.y + 3.0, strip.w, area.h - 6.0);
        block.rect(strip, 6.0, Ink::FaultHatch, None);
        inner.cut_left(u * 0.4);
    }
    let size = (u * 1.5).min(inner.h * 0.42);
    let lines = wrap(&sentence, u, inner.w);
    let high = size * 1.2 + lines.len() as f64 * u * 1.35;
    let mut y = inner.y + (inner.h - high).max(0.0) / 2.0 + size * 0.95;
    block.text(text(inner.x, y, size, ink, title).bold().within(inner.w));
    y += u * 1.6;
    for line in lines {
        if y > area.bottom() - u * 0.2 {
            break;
        }
        block.text(text(inner.x, y, u, ink, line));
        y += u * 1.35;
    }
    sheet.put(block);
}
