//! The executor: for each worker the place where a task is polled, the LIFO slot, and the queue.

use executor::snapshot::{Holder, Snapshot, TaskState, Worker};
use executor::{Actor, ExecutorKind, Happening, TaskId, WorkerId};

use super::sheet::style::{BOLD, END, MIDDLE, MONO, SMALL};
use super::sheet::{HEAD, Sheet, Spot, U};
use super::verdict;
use crate::pages::executor::words;
use crate::stage::shapes::{Area, Bounds, Ink, grid_rows};

/// How the lanes are drawn, which depends on their number and on the width.
#[derive(Clone, Copy)]
struct Form {
    workers: usize,
    /// How many lanes stand beside each other.
    columns: usize,
    /// Whether the queue stands under the task that is polled, and not beside it, and the polls find
    /// no room beside the executor's name.
    stacked: bool,
}

impl Form {
    fn of(workers: usize, width: f32) -> Form {
        Form {
            workers,
            columns: if workers > 1 && width > U * 46.0 { 2 } else { 1 },
            stacked: workers == 1 && width < U * 21.0,
        }
    }

    fn rows(&self) -> usize {
        grid_rows(self.workers, self.columns)
    }

    /// How high all lanes are.
    fn lanes(&self) -> f32 {
        match self.workers {
            1 if self.stacked => U * 6.75,
            1 => U * 3.5,
            _ => self.rows() as f32 * (U * 2.5 + GAP) - GAP,
        }
    }
}

/// Between two lanes.
const GAP: f32 = U * 0.375;
/// What the parts of a lane are called stands over the first ones.
const CAPTIONS: f32 = U * 1.25;

/// How high the executor is drawn.
#[inline(never)]
pub(crate) fn height(snapshot: &Snapshot, width: f32) -> f32 {
    HEAD + CAPTIONS + Form::of(snapshot.workers.len(), width).lanes()
}

/// Draws it.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area) {
    let snapshot = sheet.snapshot;
    let form = Form::of(snapshot.workers.len(), area.w);
    heading(sheet, &mut area, form);
    area.h = CAPTIONS + form.lanes();
    if verdict::is_final(snapshot) {
        area.cut_top(if form.stacked { CAPTIONS } else { GAP });
        area.h = area.h.at_most(U * 5.25);
        return verdict::draw(sheet, area);
    }
    area.cut_top(CAPTIONS);
    for (id, worker) in (0..).map(WorkerId).zip(&snapshot.workers) {
        let lane = area.cell(id.index(), form.columns, form.rows(), GAP);
        draw_lane(sheet, id, worker, lane, form);
    }
}

fn heading(sheet: &mut Sheet<'_>, area: &mut Area, form: Form) {
    let snapshot = sheet.snapshot;
    sheet.ground("executor", 0, area);
    let acts = matches!(snapshot.executing.actor, Actor::Worker(_)) && sheet.step.is_some();
    let mut row = sheet.heading(area, "EXECUTOR", acts);
    let totals = &snapshot.totals;
    sheet.words.count(totals.polls, "poll").put(", ").number(totals.useless).put(" useless");
    if form.stacked {
        let mut below = Area { y: row.y + U * 1.5625, ..*area };
        below.h = row.h;
        sheet.tell(&mut below, SMALL | END, Ink::TEXT);
    } else {
        sheet.tell(&mut row, END, Ink::TEXT);
    }
    if row.w > U * 4.0 {
        sheet.words.executor(snapshot.executor);
        if snapshot.round > 0 {
            sheet.words.put(", round ").number(snapshot.round);
        }
        sheet.tell(&mut row, BOLD, Ink::TEXT);
    }
}

fn draw_lane(sheet: &mut Sheet<'_>, id: WorkerId, worker: &Worker, mut lane: Area, form: Form) {
    let snapshot = sheet.snapshot;
    sheet.ground("lane", id.0, &lane);
    let first = id.index() < form.columns;
    if form.workers > 1 {
        sheet.words.number(id.0 + 1);
        sheet.tell(&mut lane.cut_left(U * 1.375), SMALL | MONO, Ink::MUTED);
    }
    let mut running = match form.stacked {
        true => lane.cut_top(U * 3.0),
        false => {
            let least = if form.workers > 1 { U * 7.5 } else { U * 9.0 };
            let wide = lane.w * 0.3125 + U * 4.0;
            lane.cut_left(wide.at_most(U * 19.0).at_least(least))
        }
    };
    sheet.note(Spot::Running(id), running);
    // From the queue to where it is polled.
    let (a, b) = (U * 0.25, U * 0.4375);
    if form.stacked {
        let (x, y) = (running.right() - U * 1.25, lane.cut_top(U * 1.5).middle().1);
        sheet.angle((x - b, y + a), (x, y - a), (x + b, y + a), Ink::MUTED, 1.5);
    } else {
        let (x, y) = lane.cut_left(U * 1.5).middle();
        sheet.angle((x + a, y - b), (x - a, y), (x + a, y + b), Ink::MUTED, 1.5);
    }
    if first {
        sheet.caption(&running, "is polled");
    }
    let size = (running.h * 0.625).at_most(U * 2.0);
    if matches!(snapshot.executor, ExecutorKind::RunQueue { lifo: true, .. }) {
        let slot = lane.cut_left(U * 2.625);
        lane.cut_left(U * 0.375);
        sheet.dashes(&slot, 8.0, Ink::SHADE, 1.25);
        if first {
            sheet.caption(&slot, "LIFO");
        }
        if let Some(task) = worker.slot {
            sheet.token(task, slot.middle(), size.at_most(slot.w * 0.75).at_most(slot.h * 0.8125));
        }
    }
    if first {
        let next = match snapshot.executor {
            ExecutorKind::PollEverything => "left of this round",
            ExecutorKind::RunQueue { .. } => "run queue, next first",
        };
        sheet.caption(&lane, next);
    }
    draw_queue(sheet, &worker.queue, &lane, size);
    match worker.running.or_else(|| taken(sheet, id)) {
        Some(task) => draw_polled(sheet, task, running, size),
        None => {
            sheet.dashes(&running, 8.0, Ink::NONE, 1.0);
            sheet.say(&mut running.clone(), SMALL | MIDDLE, Ink::MUTED, "nobody");
        }
    }
    if context_at(snapshot) == id {
        running.w -= U * 0.625;
        let bell = bell(&running);
        sheet.hang(&running.cut_right(bell * 1.375), Holder::Context, bell, true);
    }
}

fn bell(running: &Area) -> f32 {
    (running.h * 0.5625).at_most(U * 1.5)
}

/// The task that is polled: its name, and which of its polls it is.
fn draw_polled(sheet: &mut Sheet<'_>, id: TaskId, area: Area, size: f32) {
    let Some(task) = sheet.snapshot.tasks.get(id.index()) else { return };
    let look = words::look(id);
    sheet.frame(&area, 8.0, Ink::actor_tint(look), Ink::actor(look), 2.5);
    let mut row = area.inset(U * 0.625, 0.0);
    sheet.token(id, (row.x + size / 2.0, row.middle().1), size);
    row.cut_left(size * 1.3125);
    row.cut_right(bell(&area) * 1.375);
    if area.h >= U * 3.0 {
        row = row.inset(0.0, (area.h - U * 2.375) / 2.0);
        let mut below = row.cut_bottom(row.h / 2.0);
        sheet.say(&mut below, SMALL | MONO | END, Ink::MUTED, "cx");
        match task.state {
            TaskState::Running { .. } => _ = sheet.words.put("poll ").number(task.polls),
            _ => _ = sheet.words.put("taken"),
        }
        sheet.tell(&mut below, SMALL, Ink::MUTED);
    }
    if row.w > U * 2.5 {
        sheet.say(&mut row, BOLD, Ink::TEXT, &task.name);
    }
}

/// The task that a worker has taken out of its queue and not yet begun to poll.
fn taken(sheet: &Sheet<'_>, id: WorkerId) -> Option<TaskId> {
    let step = sheet.step.filter(|step| step.actor == Actor::Worker(id))?;
    match step.happening {
        Happening::Took { task, .. } | Happening::WakerMade { task, .. } => Some(task),
        _ => None,
    }
}

/// The worker that has the `Context`: it polls, or is about to, or has just done it.
fn context_at(snapshot: &Snapshot) -> WorkerId {
    let mut workers = (0..).map(WorkerId).zip(&snapshot.workers);
    match (workers.find(|(_, worker)| worker.running.is_some()), snapshot.executing.actor) {
        (Some((id, _)), _) | (None, Actor::Worker(id)) => id,
        _ => WorkerId(0),
    }
}

fn draw_queue(sheet: &mut Sheet<'_>, queue: &[TaskId], area: &Area, size: f32) {
    sheet.fill(area, 8.0, Ink::SHADE);
    let mut row = area.inset(U / 2.0, 0.0);
    if queue.is_empty() {
        return sheet.say(&mut row, SMALL, Ink::MUTED, "empty");
    }
    let fitting = |size: f32| ((row.w / (size * PITCH)) as usize).max(1);
    let mut size = size.at_most(area.h * 0.8125).at_most(row.w);
    while size > U * 1.25 && fitting(size) < queue.len() {
        size *= 0.9375;
    }
    let shown = match fitting(size) {
        enough if enough >= queue.len() => queue.len(),
        // The last places are for the number of those that find none.
        fitting => fitting.saturating_sub(2),
    };
    for task in queue.iter().take(shown) {
        let (x, y) = row.cut_left(size * PITCH).middle();
        sheet.token(*task, (x - size * (PITCH - 1.0) / 2.0, y), size);
    }
    if shown < queue.len() {
        sheet.words.put("+").number((queue.len() - shown) as u32);
        sheet.tell(&mut row, BOLD, Ink::TEXT);
    }
}

/// From one token of a queue to the next, in sizes of a token.
const PITCH: f32 = 1.3125;
