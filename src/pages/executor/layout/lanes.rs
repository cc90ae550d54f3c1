//! The executor: for each worker the place where a task is polled, the LIFO slot, and the queue.

use executor::snapshot::{Holder, Snapshot};
use executor::{Actor, ExecutorKind, Happening, TaskId, WorkerId};

use super::area::Area;
use super::sheet::{Block, Sheet, Spot, width};
use super::tokens::token;
use super::verdict;
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, Pen, mono, text};

/// How the lanes are drawn, which depends on their number and on the width.
#[derive(Clone, Copy)]
struct Form {
    workers: usize,
    /// How many lanes stand beside each other.
    columns: usize,
    /// Whether the queue stands under the task that is polled, and not beside it.
    stacked: bool,
    /// Whether the polls find no room beside the executor's name.
    narrow: bool,
}

impl Form {
    fn of(workers: usize, width: f64, u: f64) -> Form {
        Form {
            workers,
            columns: if workers > 1 && width > u * 46.0 { 2 } else { 1 },
            stacked: workers == 1 && width < u * 21.0,
            narrow: workers == 1 && width < u * 21.0,
        }
    }

    fn rows(&self) -> usize {
        self.workers.div_ceil(self.columns)
    }

    fn lane(&self, u: f64) -> f64 {
        match self.workers {
            1 if self.stacked => u * 6.8,
            1 => u * 3.5,
            _ => u * 2.5,
        }
    }
}

/// How high the executor is drawn.
pub(crate) fn height(snapshot: &Snapshot, width: f64, u: f64) -> f64 {
    let form = Form::of(snapshot.workers.len(), width, u);
    let rows = form.rows() as f64;
    u * 3.0 + rows * form.lane(u) + (rows - 1.0) * u * 0.35
}

/// Draws it.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let form = Form::of(snapshot.workers.len(), area.w, u);
    heading(sheet, area, form);
    area.cut_top(u * 1.7);
    if verdict::is_final(snapshot) {
        let rows = form.rows() as f64;
        let high = u * 1.3 + rows * form.lane(u) + (rows - 1.0) * u * 0.35;
        let gap = if form.narrow { u * 1.3 } else { u * 0.3 };
        area.cut_top(gap);
        return verdict::draw(sheet, Area { h: (high - gap).min(u * 5.2), ..area });
    }
    let captions = area.cut_top(u * 1.3);
    area.h = area.h.min(form.rows() as f64 * (form.lane(u) + u * 0.35) - u * 0.35);
    let lanes: Vec<Area> = area.grid(form.columns, form.rows(), u * 0.35).collect();
    let mut block = Block::new("lane-captions", captions);
    for lane in lanes.iter().take(form.columns) {
        let parts = Parts::of(*lane, form, snapshot, u);
        let y = captions.bottom() - u * 0.35;
        block.text(text(parts.running.x, y, s, Ink::Muted, "is polled").within(u * 5.0));
        if let Some(slot) = parts.slot {
            let y = if form.stacked { slot.y - u * 0.35 } else { y };
            block.text(text(slot.x, y, s, Ink::Muted, "LIFO"));
        }
        let next = match snapshot.executor {
            ExecutorKind::PollEverything => "left of this round",
            ExecutorKind::RunQueue { .. } => "run queue, next first",
        };
        let y = if form.stacked { parts.queue.y - u * 0.35 } else { y };
        block.text(text(parts.queue.x, y, s, Ink::Muted, next).within(parts.queue.w));
    }
    sheet.put(block);
    for (index, lane) in lanes.into_iter().enumerate().take(form.workers) {
        draw_lane(sheet, WorkerId(index as u32), lane, form);
    }
}

fn heading(sheet: &mut Sheet<'_>, area: Area, form: Form) {
    let (u, snapshot) = (sheet.u, sheet.snapshot);
    let mut block = Block::new("executor", area);
    let acts = matches!(snapshot.executing.actor, Actor::Worker(_)) && sheet.step.is_some();
    let (after, y) = sheet.heading(&mut block, area, "EXECUTOR", acts);
    let totals = &snapshot.totals;
    let polls = format!("{}, {} useless", words::count(totals.polls, "poll"), totals.useless);
    let polls = match form.narrow {
        true => text(area.right(), y + u * 1.6, sheet.s, Ink::Text, polls).end(),
        false => text(area.right(), y, u, Ink::Text, polls).end(),
    };
    let taken = if form.narrow { 0.0 } else { width(&polls) + u };
    let mut name = words::executor(snapshot.executor);
    if snapshot.round > 0 {
        name.push_str(&format!(", round {}", snapshot.round));
    }
    let room = area.right() - taken - after;
    if room > u * 4.0 {
        block.text(text(after, y, u, Ink::Text, name).bold().within(room));
    }
    block.text(polls.within(area.w));
    sheet.put(block);
}

/// The parts of a lane.
struct Parts {
    number: Option<Area>,
    running: Area,
    slot: Option<Area>,
    queue: Area,
}

impl Parts {
    fn of(mut lane: Area, form: Form, snapshot: &Snapshot, u: f64) -> Parts {
        let number = (form.workers > 1).then(|| lane.cut_left(u * 1.4));
        let running = match form.stacked {
            true => {
                let running = lane.cut_top(u * 3.0);
                lane.cut_top(u * 1.5);
                running
            }
            false => {
                let least = if form.workers > 1 { u * 7.5 } else { u * 9.0 };
                let running = lane.cut_left((lane.w * 0.3 + u * 4.0).clamp(least, u * 19.0));
                lane.cut_left(u * 1.5);
                running
            }
        };
        let lifo = matches!(snapshot.executor, ExecutorKind::RunQueue { lifo: true, .. });
        let slot = lifo.then(|| {
            let slot = lane.cut_left(u * 2.6);
            lane.cut_left(u * 0.4);
            slot
        });
        Parts { number, running, slot, queue: lane }
    }
}

fn draw_lane(sheet: &mut Sheet<'_>, id: WorkerId, lane: Area, form: Form) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let worker = &snapshot.workers[id.index()];
    let parts = Parts::of(lane, form, snapshot, u);
    let mut block = Block::new(format!("lane-{}", id.0), lane);
    let (running, queue) = (parts.running, parts.queue);
    let (_, middle) = running.middle();
    if let Some(number) = parts.number {
        let number = mono(number.x, middle + s * 0.35, s, Ink::Muted, (id.0 + 1).to_string());
        block.text(number);
    }
    sheet.note(Spot::Running(id), running);
    let size = (running.h * 0.62).min(u * 2.0);
    match worker.running.or_else(|| taken(sheet, id)) {
        Some(task) => draw_running(sheet, &mut block, task, running, size),
        None => {
            block.rect(running, 8.0, Ink::None, Some(Pen::dashed(Ink::Muted, 1.0)));
            let (x, _) = running.middle();
            block.text(text(x, middle + s * 0.35, s, Ink::Muted, "nobody").middle());
        }
    }
    if context_at(snapshot) == id {
        let bell = (running.h * 0.55).min(u * 1.5);
        let mut place = running.inset(u * 0.6, 0.0);
        let held = sheet.held_by(Holder::Context);
        sheet.hang(place.cut_right(bell * 1.4), &held, bell, true);
    }
    // From the queue to where it is polled.
    let (a, b) = (u * 0.28, u * 0.42);
    let pen = Pen::new(Ink::Muted, 1.6);
    let points = if form.stacked {
        let (x, y) = (running.right() - u * 1.2, running.bottom() + u * 0.75);
        [(x - b, y + a), (x, y - a), (x + b, y + a)]
    } else {
        let x = running.right() + u * 0.75;
        [(x + a, middle - b), (x - a, middle), (x + a, middle + b)]
    };
    block.line(&points, Ink::None, Some(pen));
    if let Some(slot) = parts.slot {
        block.rect(slot, 8.0, Ink::Shade, Some(Pen::dashed(Ink::Muted, 1.2)));
        if let Some(task) = worker.slot {
            token(sheet, task, slot.middle(), size.min(slot.w * 0.75).min(slot.h * 0.8));
        }
    }
    block.rect(queue, 8.0, Ink::Shade, None);
    draw_queue(sheet, &mut block, &worker.queue, queue, size);
    sheet.put(block);
}

/// The task that is polled, with the waker in the poll's `Context`.
fn draw_running(sheet: &mut Sheet<'_>, block: &mut Block, task: TaskId, area: Area, size: f64) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let look = words::look(task);
    let (_, middle) = area.middle();
    block.rect(area, 8.0, Ink::ActorTint(look), Some(Pen::new(Ink::Actor(look), 2.4)));
    let inner = area.inset(u * 0.6, 0.0);
    let left = inner.x + size * 1.3;
    let bell = (area.h * 0.55).min(u * 1.5);
    let right = inner.right() - bell * 1.4;
    let name = words::task_name(snapshot, task);
    if area.h >= u * 3.0 {
        let name = text(left, middle - u * 0.12, u, Ink::Text, name).bold();
        block.text(name.within(right - left));
        let y = middle + u * 1.05;
        let cx = mono(right - u * 0.1, y, s, Ink::Muted, "cx").end();
        let poll = format!("poll {}", snapshot.tasks[task.index()].polls);
        let poll = text(left, y, s, Ink::Muted, poll);
        block.text(poll.within(right - left - width(&cx) - u * 0.3));
        block.text(cx);
    } else {
        let name = text(left, middle + u * 0.35, u, Ink::Text, name).bold().within(right - left);
        if name.text.chars().count() > 2 {
            block.text(name);
        }
    }
    token(sheet, task, (inner.x + size * 0.5, middle), size);
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

fn draw_queue(sheet: &mut Sheet<'_>, block: &mut Block, queue: &[TaskId], area: Area, size: f64) {
    let (u, s) = (sheet.u, sheet.s);
    let inner = area.inset(u * 0.5, 0.0);
    let (_, middle) = area.middle();
    let fitting = |size: f64| (inner.w / (size * 1.3)).floor().max(1.0) as usize;
    let mut size = size.min(area.h * 0.8).min(inner.w);
    while size > u * 1.2 && fitting(size) < queue.len() {
        size *= 0.95;
    }
    let shown = match fitting(size) {
        enough if enough >= queue.len() => queue.len(),
        // The last places are for the number of those that find none.
        fitting => fitting.saturating_sub(2),
    };
    for (i, task) in queue.iter().take(shown).enumerate() {
        token(sheet, *task, (inner.x + size * (0.5 + 1.3 * i as f64), middle), size);
    }
    if shown < queue.len() {
        let x = inner.x + size * 1.3 * shown as f64;
        let more = format!("+{}", queue.len() - shown);
        block.text(text(x, middle + s * 0.35, s, Ink::Text, more).bold());
    }
    if queue.is_empty() {
        block.text(text(inner.x, middle + s * 0.35, s, Ink::Muted, "empty").within(inner.w));
    }
}
