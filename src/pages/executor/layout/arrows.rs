//! Who woke whom in the command that is going on.

use executor::snapshot::WakeArrow;
use executor::{Actor, Happening, WakeEffect, WorkerId};

use super::sheet::{Layer, Sheet, Spot, U};
use crate::pages::executor::words;
use crate::stage::shapes::{Area, Bounds, Ink, Pen};

/// Draws an arrow for each wake: from who called, to the task and its place in the queue.
pub(crate) fn draw(sheet: &mut Sheet<'_>) {
    let wakes = &sheet.snapshot.wakes;
    let newest = match sheet.step.map(|step| &step.happening) {
        Some(Happening::Wake { .. }) => wakes.len(),
        _ => 0,
    };
    for (index, wake) in wakes.iter().enumerate() {
        draw_one(sheet, index, wake, newest == index + 1);
    }
}

fn draw_one(sheet: &mut Sheet<'_>, index: usize, wake: &WakeArrow, newest: bool) -> Option<()> {
    let card = sheet.find(Spot::Card(wake.task))?;
    let home = sheet.find(Spot::Home(wake.task)).unwrap_or(card);
    let queued = sheet
        .find(Spot::Token(wake.task))
        .filter(|token| matches!(wake.effect, WakeEffect::Enqueued(..)) && !inside(token, &card));
    let to = queued.unwrap_or(home);
    let works = matches!(wake.effect, WakeEffect::Enqueued(..) | WakeEffect::WhilePolled);
    let (ink, width) = if newest { (Ink::ACCENT, 2.625) } else { (Ink::MUTED, 1.375) };
    let pen = if works { Pen::new(ink, width) } else { Pen::dashed(ink, width) };
    sheet.begin(Layer::Above, "wake", index as u32, 0.0, 0.0);
    sheet.words.put("Woken by ").actor(wake.by).put(": ").task(wake.task).put(" ");
    sheet.words.put(words::effect(wake.effect));
    sheet.hint();
    match wake.by {
        // Whoever wakes himself only asks to be queued again.
        Actor::Task(task) if task == wake.task => {}
        Actor::Task(_) | Actor::Worker(_) => match running(sheet, wake.by) {
            // Under the lane, straight into the queue.
            Some(from) if queued.is_some() && (from.y - to.y).abs() < from.h => {
                let start = (from.x + from.w * 0.6875, from.bottom() + 1.0);
                let end = (to.x + to.w / 2.0, to.bottom() + 2.0);
                sheet.arrow(start, end, U * -0.8125, pen);
            }
            Some(from) => between(sheet, &from, &to, U * 0.5, pen),
            None => {
                let Actor::Task(task) = wake.by else { return None };
                let from = sheet.find(Spot::Home(task))?;
                between(sheet, &from, &to, U * 0.8125, pen);
            }
        },
        // From the reactor: to the card, and from there into the queue.
        Actor::Reactor => {
            let from = sheet.find(Spot::Reactor)?;
            between(sheet, &from, &card, 0.0, pen);
            if queued.is_some() {
                between(sheet, &home, &to, U * 0.5, pen);
            }
        }
        Actor::Person | Actor::Drop => {}
    }
    Some(())
}

/// The place at a worker where who acts is polled, or polls.
fn running(sheet: &Sheet<'_>, by: Actor) -> Option<Area> {
    let mut workers = (0..).map(WorkerId).zip(&sheet.snapshot.workers);
    let worker = match by {
        Actor::Worker(worker) => worker,
        Actor::Task(task) => workers.find(|(_, worker)| worker.running == Some(task))?.0,
        _ => return None,
    };
    sheet.find(Spot::Running(worker))
}

#[inline(never)]
fn between(sheet: &mut Sheet<'_>, from: &Area, to: &Area, bend: f32, pen: Pen) {
    let (start, end) = (edge(from, to.middle()), edge(to, from.middle()));
    sheet.arrow(start, end, bend, pen);
}

fn inside(inner: &Area, outer: &Area) -> bool {
    let (x, y) = inner.middle();
    (outer.x..outer.right()).contains(&x) && (outer.y..outer.bottom()).contains(&y)
}

/// Where the way from an area's middle to a point crosses its edge, a little outside.
#[inline(never)]
fn edge(area: &Area, (x, y): (f32, f32)) -> (f32, f32) {
    let (cx, cy) = area.middle();
    let (dx, dy) = (x - cx, y - cy);
    let across = if dx == 0.0 { f32::INFINITY } else { area.w / 2.0 / dx.abs() };
    let down = if dy == 0.0 { f32::INFINITY } else { area.h / 2.0 / dy.abs() };
    let length = dx.hypot(dy).at_least(1.0);
    let part = across.at_most(down).at_most(1.0) + 2.0 / length;
    (cx + dx * part, cy + dy * part)
}
