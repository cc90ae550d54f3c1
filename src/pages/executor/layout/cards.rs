//! The tasks: a card each, or a line each when they are many.

use executor::snapshot::{Holder, Task, TaskState};
use executor::{Actor, TaskId, Waitlist};

use super::area::Area;
use super::sheet::{Block, Sheet, Spot, width};
use super::signs;
use super::tokens::home;
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, Pen, Text, mono, text, wrap};

/// How much a card tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Detail {
    /// One line.
    Line,
    /// State, and the most important line.
    Short,
    /// State, what is waited for, and what was printed.
    Medium,
    /// All.
    Full,
}

/// From the fullest to the least.
pub(crate) const DETAILS: [Detail; 4] = [Detail::Full, Detail::Medium, Detail::Short, Detail::Line];

/// How much higher than at least a card may be.
pub(crate) const STRETCH: f64 = 1.4;

/// From one line of a card to the next.
const LEADING: f64 = 1.42;

impl Detail {
    fn height(self, u: f64) -> f64 {
        match self {
            Detail::Full => u * 8.8,
            Detail::Medium => u * 5.9,
            Detail::Short => u * 4.4,
            Detail::Line => u * 2.1,
        }
    }

    fn narrowest(self, u: f64) -> f64 {
        match self {
            Detail::Full | Detail::Medium | Detail::Short => u * 14.0,
            Detail::Line => u * 9.2,
        }
    }

    fn gap(self, u: f64) -> f64 {
        if self == Detail::Line { u * 0.4 } else { u * 0.8 }
    }
}

/// In how many columns and rows the cards stand.
fn shape(tasks: usize, detail: Detail, width: f64, u: f64) -> (usize, usize) {
    let most = ((width + detail.gap(u)) / (detail.narrowest(u) + detail.gap(u))).floor();
    let rows = tasks.div_ceil((most as usize).max(1)).max(1);
    (tasks.div_ceil(rows).max(1), rows)
}

/// How high the cards are at least.
pub(crate) fn height(tasks: usize, detail: Detail, width: f64, u: f64) -> f64 {
    let (_, rows) = shape(tasks, detail, width, u);
    rows as f64 * detail.height(u) + (rows - 1) as f64 * detail.gap(u)
}

/// Draws them.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area, detail: Detail) {
    let u = sheet.u;
    let tasks = sheet.snapshot.tasks.len();
    let gap = detail.gap(u);
    let (columns, rows) = shape(tasks, detail, area.w, u);
    let room = (area.h - (rows - 1) as f64 * gap) / rows as f64;
    let high = room.min(detail.height(u) * STRETCH);
    area.h = high * rows as f64 + gap * (rows - 1) as f64;
    for (index, cell) in area.grid(columns, rows, gap).enumerate().take(tasks) {
        let id = TaskId(index as u32);
        sheet.note(Spot::Card(id), cell);
        match detail {
            Detail::Line => draw_line(sheet, id, cell),
            _ => draw_card(sheet, id, cell, detail),
        }
    }
}

fn draw_card(sheet: &mut Sheet<'_>, id: TaskId, card: Area, detail: Detail) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let task = &snapshot.tasks[id.index()];
    let mut block = Block::new(format!("card-{}", id.0), card);
    frame(&mut block, id, task, card, 9.0);
    let mut inner = card.inset(u * 0.8, u * 0.45);
    let told = headline(sheet, &mut block, id, task, inner.cut_top(u * 2.1));
    let mut foot = inner.cut_bottom(u * 1.5);
    if detail != Detail::Full {
        // Who waits for its end hangs in the corner, and the last line goes on beside it.
        let held = sheet.held_by(Holder::Waitlist(Waitlist::Joiners(id)));
        let bells: u32 = held.iter().map(|held| held.count).sum();
        let corner = foot.cut_right((f64::from(bells) * u * 1.7).min(foot.w * 0.4));
        sheet.hang(corner, &held, u * 1.2, true);
    }
    let fitting = (inner.h / (u * LEADING) + 0.15).floor() as usize;
    let more = usize::from(detail != Detail::Full);
    let mut lines = about(sheet, id, task, told, inner.w, fitting + more);
    if let Some(place) = task.place.filter(|_| alive(task)) {
        lines.push(mono(0.0, 0.0, s, Ink::Muted, words::place(place)));
    }
    if let Some(line) = snapshot.output.iter().rev().find(|line| line.task == id) {
        lines.push(mono(0.0, 0.0, s, Ink::Text, format!("> {}", line.text)));
    }
    // When there is no room for all, what was printed matters more than where that was.
    if lines.len() > fitting.max(1) && lines.len() >= 2 {
        let place = lines.len() - 2;
        if lines[place].mono && lines[place + 1].mono {
            lines.remove(place);
        }
    }
    for (i, line) in lines.into_iter().take(fitting + more).enumerate() {
        let y = inner.y + u * LEADING * i as f64 + u * 0.95;
        let room = if y > inner.bottom() { foot.w } else { inner.w };
        block.text(Text { x: inner.x, y, ..line }.within(room));
    }
    if detail == Detail::Full {
        feet(sheet, &mut block, id, task, foot);
    }
    sheet.put(block);
}

/// Token, name, state. Gives whether there was room to say the state.
fn headline(
    sheet: &mut Sheet<'_>,
    block: &mut Block,
    id: TaskId,
    task: &Task,
    mut head: Area,
) -> bool {
    let (u, s) = (sheet.u, sheet.s);
    let size = u * 1.65;
    let middle = head.y + head.h / 2.0;
    home(sheet, id, (head.x + size * 0.6, middle), size);
    head.cut_left(size * 1.2 + u * 0.5);
    let (ink, bold) = state_ink(task.state);
    let state = text(head.right(), middle + s * 0.35, s, ink, words::state(task.state)).end();
    let state = if bold { state.bold() } else { state };
    let name = text(head.x, middle + u * 0.36, u * 1.05, quiet(task), task.name.as_ref()).bold();
    let room = head.w - width(&state) - u * 1.6;
    let told = width(&name) <= room;
    let x = head.right() - if told { width(&state) + u * 0.65 } else { u * 0.5 };
    signs::state(block, task.state, (x, middle), u * 0.42);
    if told {
        block.text(state);
    }
    block.text(name.within(if told { room } else { head.w - u * 1.4 }));
    told
}

/// What a card says about its task, in at most so many lines. `told` is whether the state was said
/// already.
fn about(
    sheet: &Sheet<'_>,
    id: TaskId,
    task: &Task,
    told: bool,
    room: f64,
    most: usize,
) -> Vec<Text> {
    let (s, snapshot) = (sheet.s, sheet.snapshot);
    let ink = if task.state == TaskState::NeverWoken { Ink::Fault } else { Ink::Text };
    let mut sentences: Vec<String> = Vec::new();
    let state = words::state(task.state);
    match task.state {
        TaskState::Queued => {
            let why = match task.woken_by {
                Some(Actor::Task(by)) if by == id => "asked for another turn".to_owned(),
                Some(by) => format!("woken by {}", words::actor(&sheet.names, by)),
                None => "new".to_owned(),
            };
            sentences.push(if told { why } else { format!("{state}, {why}") });
        }
        TaskState::Waiting | TaskState::NeverWoken | TaskState::Running { .. } => {
            let waits: Vec<String> =
                task.waits.iter().map(|waiting| sheet.names.wait(waiting.wait)).collect();
            let waits = (!waits.is_empty()).then(|| format!("waits {}", waits.join(", ")));
            let waiting = task.state == TaskState::Waiting;
            match waits {
                Some(waits) if told || waiting => sentences.push(waits),
                Some(waits) => sentences.extend([state.to_owned(), waits]),
                None if !told => sentences.push(state.to_owned()),
                None => {}
            }
        }
        TaskState::Finished | TaskState::Dropped => {
            sentences.extend((!told).then(|| state.to_owned()));
        }
    }
    if task.state == TaskState::NeverWoken {
        let live = snapshot.wakers_of(id).map(|held| held.count).sum::<u32>();
        let why = if live == 0 { "nobody has a waker of it" } else { "nobody will call its waker" };
        sentences.push(why.to_owned());
    }
    let mut lines: Vec<String> = Vec::new();
    for sentence in sentences {
        let mut wrapped = wrap(&sentence, s, room);
        let left = most.saturating_sub(lines.len()).max(1);
        if wrapped.len() > left {
            // The last line is longer than the room then, and is cut with an ellipsis.
            let rest = wrapped.split_off(left - 1).join(" ");
            wrapped.push(rest);
        }
        lines.extend(wrapped);
    }
    lines.truncate(most);
    lines.into_iter().map(|line| text(0.0, 0.0, s, ink, line)).collect()
}

/// The last line of a card: its wakers and its polls as numbers, and who waits for its end.
fn feet(sheet: &mut Sheet<'_>, block: &mut Block, id: TaskId, task: &Task, mut foot: Area) {
    let (u, s) = (sheet.u, sheet.s);
    let y = foot.y + foot.h / 2.0 + s * 0.35;
    let held = sheet.held_by(Holder::Waitlist(Waitlist::Joiners(id)));
    if !held.is_empty() {
        let bells: u32 = held.iter().map(|held| held.count).sum();
        let place = foot.cut_right((f64::from(bells) * u * 1.7).min(foot.w * 0.5));
        sheet.hang(place, &held, u * 1.2, true);
        let label = text(foot.right(), y, s, Ink::Muted, "joined by").end();
        if width(&label) < foot.w * 0.4 {
            foot.cut_right(width(&label) + u * 0.6);
            block.text(label);
        }
    }
    let lost = task.state == TaskState::NeverWoken;
    let ink = if lost { Ink::Fault } else { quiet(task) };
    let wakers = text(foot.x, y, s, ink, words::count(task.live, "waker")).bold();
    let after = foot.x + width(&wakers) + u * 0.9;
    block.text(wakers.within(foot.w));
    if after > foot.right() {
        return;
    }
    let polls = match task.useless {
        0 => words::count(task.polls, "poll"),
        useless => format!("{}, {useless} useless", words::count(task.polls, "poll")),
    };
    let polls = text(after, y, s, Ink::Muted, polls).within(foot.right() - after);
    let end = polls.x + width(&polls) + u * 0.6;
    block.text(polls);
    meter(block, id, task, Area::new(end, y - s * 0.62, foot.right() - end, s * 0.55), u);
}

/// What part of the polls was useless.
fn meter(block: &mut Block, id: TaskId, task: &Task, area: Area, u: f64) {
    if area.w < u * 3.0 || task.polls == 0 {
        return;
    }
    let bar = Area { w: area.w.min(u * 6.0), ..area };
    let useful = bar.w * f64::from(task.polls - task.useless) / f64::from(task.polls);
    let pen = Pen::new(Ink::Actor(words::look(id)), 1.0);
    block.rect(bar, 2.0, Ink::Hatch, Some(pen));
    if useful > 0.0 {
        block.rect(Area { w: useful, ..bar }, 2.0, pen.ink, None);
    }
}

fn draw_line(sheet: &mut Sheet<'_>, id: TaskId, cell: Area) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let task = &snapshot.tasks[id.index()];
    let mut block = Block::new(format!("card-{}", id.0), cell);
    frame(&mut block, id, task, cell, 5.0);
    let (_, middle) = cell.middle();
    let size = (cell.h * 0.7).min(u * 1.5);
    home(sheet, id, (cell.x + u * 0.4 + size * 0.6, middle), size);
    let mut inner = cell.inset(u * 0.4, 0.0);
    inner.cut_left(size * 1.2 + u * 0.4);
    let held = sheet.held_by(Holder::Waitlist(Waitlist::Joiners(id)));
    if !held.is_empty() {
        let corner = inner.cut_right(u * 1.7);
        sheet.hang(corner, &held, u * 1.1, true);
    }
    let (ink, _) = state_ink(task.state);
    signs::state(&mut block, task.state, (inner.right() - u * 0.4, middle), u * 0.36);
    inner.cut_right(u);
    let what = match (task.state, task.waits.as_slice()) {
        (TaskState::Waiting | TaskState::NeverWoken, [one]) => sheet.names.wait(one.wait),
        (TaskState::Waiting | TaskState::NeverWoken, [_, _, ..]) => {
            format!("for {} things", task.waits.len())
        }
        (TaskState::Queued, _) => String::new(),
        (state, _) => words::state(state).to_owned(),
    };
    let name = text(inner.x, middle + s * 0.35, s, quiet(task), task.name.as_ref()).bold();
    let end = inner.x + width(&name) + u * 0.5;
    let room = inner.right() - end;
    let what = text(end, middle + s * 0.35, s, ink, what);
    let short = what.clone().within(room);
    // A few letters of it would say nothing; the sign says it then.
    if short.text.chars().count() >= 6 || short.text == what.text {
        block.text(short);
    }
    block.text(name.within(inner.w));
    let state = words::state(task.state);
    block.hint(format!("Task {}, {}: {state}", words::number(id), sheet.names.task(id)));
    sheet.put(block);
}

/// The card's paper and its edge.
fn frame(block: &mut Block, id: TaskId, task: &Task, area: Area, round: f64) {
    let look = words::look(id);
    match task.state {
        TaskState::Finished | TaskState::Dropped => {
            block.rect(area, round, Ink::Paper, Some(Pen::new(Ink::Line, 1.4)));
        }
        TaskState::NeverWoken => {
            block.rect(area, round, Ink::FaultTint, Some(Pen::new(Ink::Fault, 2.4)));
            let high = (area.h * 0.14).min(7.0);
            let strip = Area::new(area.x, area.bottom() - high - 2.0, area.w, high);
            block.rect(strip.inset(round, 0.0), 0.0, Ink::FaultHatch, None);
        }
        TaskState::Running { .. } => {
            block.rect(area, round, Ink::ActorTint(look), Some(Pen::new(Ink::Actor(look), 3.0)));
        }
        TaskState::Queued | TaskState::Waiting => {
            block.rect(area, round, Ink::ActorTint(look), Some(Pen::new(Ink::Actor(look), 1.4)));
        }
    }
}

fn alive(task: &Task) -> bool {
    !matches!(task.state, TaskState::Finished | TaskState::Dropped)
}

/// Names of tasks that are over step back.
fn quiet(task: &Task) -> Ink {
    if alive(task) { Ink::Text } else { Ink::Muted }
}

fn state_ink(state: TaskState) -> (Ink, bool) {
    match state {
        TaskState::NeverWoken => (Ink::Fault, true),
        TaskState::Running { .. } | TaskState::Queued => (Ink::Text, true),
        TaskState::Waiting => (Ink::Text, false),
        TaskState::Finished | TaskState::Dropped => (Ink::Muted, false),
    }
}
