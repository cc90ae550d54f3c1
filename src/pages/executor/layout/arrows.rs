//! Who woke whom in the command that is going on.

use executor::snapshot::WakeArrow;
use executor::{Actor, Happening, WakeEffect, WorkerId};

use super::area::Area;
use super::sheet::{Block, Sheet, Spot};
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, Pen, arrow};

/// Draws an arrow for each wake: from who called, to the task and its place in the queue.
pub(crate) fn draw(sheet: &mut Sheet<'_>) {
    let wakes = &sheet.snapshot.wakes;
    let newest = match sheet.step.map(|step| &step.happening) {
        Some(Happening::Wake { .. }) => wakes.len().checked_sub(1),
        _ => None,
    };
    for (index, wake) in wakes.iter().enumerate() {
        if let Some(block) = draw_one(sheet, index, wake, newest == Some(index)) {
            sheet.put_above(block);
        }
    }
}

fn draw_one(sheet: &Sheet<'_>, index: usize, wake: &WakeArrow, newest: bool) -> Option<Block> {
    let card = sheet.find(Spot::Card(wake.task))?;
    let home = sheet.find(Spot::Home(wake.task)).unwrap_or(card);
    let queued = sheet
        .find(Spot::Token(wake.task))
        .filter(|token| matches!(wake.effect, WakeEffect::Enqueued(..)) && !inside(*token, card));
    let works = matches!(wake.effect, WakeEffect::Enqueued(..) | WakeEffect::WhilePolled);
    let ink = if newest { Ink::Accent } else { Ink::Muted };
    let wide = if newest { 2.6 } else { 1.4 };
    let pen = if works { Pen::new(ink, wide) } else { Pen::dashed(ink, wide) };
    let mut block = Block::new(format!("wake-{index}"), Area::default());
    let u = sheet.u;
    match wake.by {
        // Whoever wakes himself only asks to be queued again.
        Actor::Task(task) if task == wake.task => return None,
        Actor::Task(_) | Actor::Worker(_) => match (running(sheet, wake.by), queued) {
            // Under the lane, straight into the queue.
            (Some(from), Some(to)) if (from.y - to.y).abs() < from.h => {
                let start = (from.x + from.w * 0.7, from.bottom() + 1.0);
                let end = (to.x + to.w / 2.0, to.bottom() + 2.0);
                arrows(&mut block, start, end, -u * 0.8, pen);
            }
            (Some(from), to) => between(&mut block, from, to.unwrap_or(home), u * 0.5, pen),
            (None, to) => {
                let Actor::Task(task) = wake.by else { return None };
                let from = sheet.find(Spot::Home(task))?;
                between(&mut block, from, to.unwrap_or(home), u * 0.8, pen);
            }
        },
        // From the reactor: to the card, and from there into the queue.
        Actor::Reactor => {
            between(&mut block, sheet.find(Spot::Reactor)?, card, 0.0, pen);
            if let Some(token) = queued {
                between(&mut block, home, token, u * 0.5, pen);
            }
        }
        Actor::Person | Actor::Drop => return None,
    }
    let by = words::actor(&sheet.names, wake.by);
    let task = sheet.names.task(wake.task);
    block.hint(format!("Woken by {by}: {task} {}", words::effect(wake.effect)));
    Some(block)
}

/// The place at a worker where who acts is polled, or polls.
fn running(sheet: &Sheet<'_>, by: Actor) -> Option<Area> {
    let workers = (0..).map(WorkerId).zip(&sheet.snapshot.workers);
    let worker = match by {
        Actor::Worker(worker) => worker,
        Actor::Task(task) => {
            workers.into_iter().find(|(_, worker)| worker.running == Some(task))?.0
        }
        _ => return None,
    };
    sheet.find(Spot::Running(worker))
}

fn between(block: &mut Block, from: Area, to: Area, bend: f64, pen: Pen) {
    arrows(block, edge(from, to.middle()), edge(to, from.middle()), bend, pen);
}

fn arrows(block: &mut Block, start: (f64, f64), end: (f64, f64), bend: f64, pen: Pen) {
    for shape in arrow(start, end, bend, pen) {
        block.shape(shape);
    }
}

fn inside(inner: Area, outer: Area) -> bool {
    let (x, y) = inner.middle();
    (outer.x..outer.right()).contains(&x) && (outer.y..outer.bottom()).contains(&y)
}

/// Where the way from an area's middle to a point crosses its edge, a little outside.
fn edge(area: Area, (x, y): (f64, f64)) -> (f64, f64) {
    let (cx, cy) = area.middle();
    let (dx, dy) = (x - cx, y - cy);
    let across = if dx == 0.0 { f64::INFINITY } else { area.w / 2.0 / dx.abs() };
    let down = if dy == 0.0 { f64::INFINITY } else { area.h / 2.0 / dy.abs() };
    let part = across.min(down).min(1.0);
    let length = dx.hypot(dy).max(1e-6);
    (cx + dx * part + dx / length * 2.0, cy + dy * part + dy / length * 2.0)
}
