//! The executor: for each worker the place where a task is polled, the LIFO slot, and the queue.

use executor::snapshot::{Holder, Snapshot, TaskState};
use executor::{Actor, ExecutorKind, Happening, TaskId, WorkerId};

use super::area::Area;
use super::sheet::style::{BOLD, END, MIDDLE, MONO, PLAIN, SMALL};
use super::sheet::{Sheet, Spot};
use super::verdict;
use crate::pages::executor::words;
use crate::stage::shapes::Ink;

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
    fn of(workers: usize, width: f32, u: f32) -> Form {
        Form {
            workers,
            columns: if workers > 1 && width > u * 46.0 { 2 } else { 1 },
            stacked: workers == 1 && width < u * 21.0,
        }
    }

    fn rows(&self) -> usize {
        self.workers.div_ceil(self.columns)
    }

    /// How high all lanes are, in sizes of the text.
    fn lanes(&self) -> f32 {
        match self.workers {
            1 if self.stacked => 6.75,
            1 => 3.5,
            _ => self.rows() as f32 * (2.5 + GAP) - GAP,
        }
    }
}

/// Between two lanes.
const GAP: f32 = 0.375;
/// What stands above the lanes: the heading, and what the parts of a lane are called.
const HEAD: f32 = 1.75;
const CAPTIONS: f32 = 1.25;

/// How high the executor is drawn.
#[inline(never)]
pub(crate) fn height(snapshot: &Snapshot, width: f32, u: f32) -> f32 {
    u * (HEAD + CAPTIONS + Form::of(snapshot.workers.len(), width, u).lanes())
}

/// Draws it.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area) {
    let (u, snapshot) = (sheet.u, sheet.snapshot);
    let form = Form::of(snapshot.workers.len(), area.w, u);
    heading(sheet, &area, form);
    area.cut_top(u * HEAD);
    area.h = u * (CAPTIONS + form.lanes());
    if verdict::is_final(snapshot) {
        let gap = if form.stacked { CAPTIONS } else { GAP };
        area.cut_top(u * gap);
        area.h = area.h.min(u * 5.25);
        return verdict::draw(sheet, area);
    }
    let captions = area.cut_top(u * CAPTIONS);
    let lanes: Vec<Area> = area.grid(form.columns, form.rows(), u * GAP).collect();
    for lane in lanes.iter().take(form.columns) {
        let parts = Parts::of(*lane, form, snapshot, u);
        let y = captions.bottom() - u * 0.375;
        let below = if form.stacked { parts.queue.y - u * 0.375 } else { y };
        sheet.say(parts.running.x, y, u * 5.0, SMALL, Ink::Muted, "is polled");
        if let Some(slot) = parts.slot {
            sheet.say(slot.x, below, u * 3.0, SMALL, Ink::Muted, "LIFO");
        }
        let next = match snapshot.executor {
            ExecutorKind::PollEverything => "left of this round",
            ExecutorKind::RunQueue { .. } => "run queue, next first",
        };
        sheet.say(parts.queue.x, below, parts.queue.w, SMALL, Ink::Muted, next);
    }
    for (index, lane) in lanes.into_iter().enumerate().take(form.workers) {
        draw_lane(sheet, WorkerId(index as u32), lane, form);
    }
}

fn heading(sheet: &mut Sheet<'_>, area: &Area, form: Form) {
    let (u, snapshot) = (sheet.u, sheet.snapshot);
    sheet.ground("executor", 0, area);
    let acts = matches!(snapshot.executing.actor, Actor::Worker(_)) && sheet.step.is_some();
    let (after, y) = sheet.heading(area, "EXECUTOR", acts);
    let totals = &snapshot.totals;
    let polls = format!("{}, {} useless", words::count(totals.polls, "poll"), totals.useless);
    let mut room = area.right() - after;
    if form.stacked {
        sheet.say(area.right(), y + u * 1.5625, area.w, SMALL | END, Ink::Text, &polls);
    } else {
        room -= sheet.say(area.right(), y, area.w, END, Ink::Text, &polls) + u;
    }
    let mut name = words::executor(snapshot.executor);
    if snapshot.round > 0 {
        name.push_str(&format!(", round {}", snapshot.round));
    }
    if room > u * 4.0 {
        sheet.say(after, y, room, BOLD, Ink::Text, &name);
    }
}

/// The parts of a lane.
struct Parts {
    number: Area,
    running: Area,
    slot: Option<Area>,
    queue: Area,
}

impl Parts {
    #[inline(never)]
    fn of(mut lane: Area, form: Form, snapshot: &Snapshot, u: f32) -> Parts {
        let number = lane.cut_left(if form.workers > 1 { u * 1.375 } else { 0.0 });
        let running = match form.stacked {
            true => {
                let running = lane.cut_top(u * 3.0);
                lane.cut_top(u * 1.5);
                running
            }
            false => {
                let least = if form.workers > 1 { u * 7.5 } else { u * 9.0 };
                let wide = lane.w * 0.3125 + u * 4.0;
                let running = lane.cut_left(wide.min(u * 19.0).max(least));
                lane.cut_left(u * 1.5);
                running
            }
        };
        let lifo = matches!(snapshot.executor, ExecutorKind::RunQueue { lifo: true, .. });
        let slot = lifo.then(|| {
            let slot = lane.cut_left(u * 2.625);
            lane.cut_left(u * 0.375);
            slot
        });
        Parts { number, running, slot, queue: lane }
    }
}

fn draw_lane(sheet: &mut Sheet<'_>, id: WorkerId, lane: Area, form: Form) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let worker = &snapshot.workers[id.index()];
    let parts = Parts::of(lane, form, snapshot, u);
    sheet.ground("lane", id.0, &lane);
    let (running, queue) = (parts.running, parts.queue);
    let (x, middle) = running.middle();
    let base = middle + s * 0.375;
    if parts.number.w > 0.0 {
        let number = (id.0 + 1).to_string();
        sheet.say(parts.number.x, base, u * 2.0, SMALL | MONO, Ink::Muted, &number);
    }
    sheet.note(Spot::Running(id), running);
    let size = (running.h * 0.625).min(u * 2.0);
    let polled = worker.running.or_else(|| taken(sheet, id));
    // From the queue to where it is polled.
    let (a, b) = (u * 0.25, u * 0.4375);
    let chevron = if form.stacked {
        let (x, y) = (running.right() - u * 1.25, running.bottom() + u * 0.75);
        [(x - b, y + a), (x, y - a), (x + b, y + a)]
    } else {
        let x = running.right() + u * 0.75;
        [(x + a, middle - b), (x - a, middle), (x + a, middle + b)]
    };
    sheet.line(&chevron, Ink::Muted, 1.5);
    if let Some(slot) = parts.slot {
        sheet.dashes(&slot, 8.0, Ink::Shade, Ink::Muted, 1.25);
    }
    sheet.fill(&queue, 8.0, Ink::Shade);
    if worker.queue.is_empty() {
        let y = queue.middle().1 + s * 0.375;
        sheet.say(queue.x + u / 2.0, y, queue.w - u, SMALL, Ink::Muted, "empty");
    }
    match polled {
        Some(task) => draw_polled(sheet, task, &running, size),
        None => {
            sheet.dashes(&running, 8.0, Ink::None, Ink::Muted, 1.0);
            sheet.say(x, base, running.w, SMALL | MIDDLE, Ink::Muted, "nobody");
        }
    }
    draw_queue(sheet, &worker.queue, &queue, size);
    if let Some(task) = polled {
        sheet.token(task, (running.x + u * 0.625 + size / 2.0, middle), size);
    }
    if let (Some(slot), Some(task)) = (parts.slot, worker.slot) {
        sheet.token(task, slot.middle(), size.min(slot.w * 0.75).min(slot.h * 0.8125));
    }
    if context_at(snapshot) == id {
        let bell = bell(&running, u);
        let mut place = running.inset(u * 0.625, 0.0);
        let (held, _) = sheet.held_by(Holder::Context);
        sheet.hang(&place.cut_right(bell * 1.375), &held, bell, true);
    }
}

fn bell(running: &Area, u: f32) -> f32 {
    (running.h * 0.5625).min(u * 1.5)
}

/// The task that is polled: its name, and which of its polls it is.
fn draw_polled(sheet: &mut Sheet<'_>, task: TaskId, area: &Area, size: f32) {
    let (u, snapshot) = (sheet.u, sheet.snapshot);
    let look = words::look(task);
    let (_, middle) = area.middle();
    sheet.frame(area, 8.0, Ink::ActorTint(look), Ink::Actor(look), 2.5);
    let left = area.x + u * 0.625 + size * 1.3125;
    let right = area.right() - u * 0.625 - bell(area, u) * 1.375;
    let name = words::task_name(snapshot, task);
    if area.h >= u * 3.0 {
        sheet.say(left, middle - u * 0.125, right - left, BOLD, Ink::Text, name);
        let y = middle + u * 1.0625;
        let cx = sheet.say(right, y, right - left, SMALL | MONO | END, Ink::Muted, "cx");
        let task = &snapshot.tasks[task.index()];
        let poll = match task.state {
            TaskState::Running { .. } => format!("poll {}", task.polls),
            _ => "taken".to_owned(),
        };
        sheet.say(left, y, right - left - cx - u * 0.375, SMALL, Ink::Muted, &poll);
    } else if right - left > u * 2.5 {
        sheet.say(left, middle + u * 0.375, right - left, BOLD, Ink::Text, name);
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
    let (u, s) = (sheet.u, sheet.s);
    let inner = area.inset(u / 2.0, 0.0);
    let (_, middle) = area.middle();
    let fitting = |size: f32| ((inner.w / (size * PITCH)) as usize).max(1);
    let mut size = size.min(area.h * 0.8125).min(inner.w);
    while size > u * 1.25 && fitting(size) < queue.len() {
        size *= 0.9375;
    }
    let shown = match fitting(size) {
        enough if enough >= queue.len() => queue.len(),
        // The last places are for the number of those that find none.
        fitting => fitting.saturating_sub(2),
    };
    if shown < queue.len() {
        let x = inner.x + size * PITCH * shown as f32;
        let more = format!("+{}", queue.len() - shown);
        sheet.say(x, middle + s * 0.375, inner.w, PLAIN | BOLD, Ink::Text, &more);
    }
    for (index, task) in queue.iter().take(shown).enumerate() {
        let x = inner.x + size * (0.5 + PITCH * index as f32);
        sheet.token(*task, (x, middle), size);
    }
}

/// From one token of a queue to the next, in sizes of a token.
const PITCH: f32 = 1.3125;
