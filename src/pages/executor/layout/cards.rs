//! The tasks: a card each, or a line each when they are many.

use executor::snapshot::{Holder, Task, TaskState};
use executor::{Actor, TaskId, Waitlist};

use super::area::Area;
use super::sheet::style::{BOLD, END, MONO, SMALL};
use super::sheet::{Sheet, Spot};
use super::signs;
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, wrap};

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
pub(crate) const STRETCH: f32 = 1.4;

/// From one line of a card to the next.
const LEADING: f32 = 1.4375;

impl Detail {
    fn height(self, u: f32) -> f32 {
        match self {
            Detail::Full => u * 8.75,
            Detail::Medium => u * 5.875,
            Detail::Short => u * 4.375,
            Detail::Line => u * 2.125,
        }
    }

    fn narrowest(self, u: f32) -> f32 {
        match self {
            Detail::Full | Detail::Medium | Detail::Short => u * 14.0,
            Detail::Line => u * 9.25,
        }
    }

    fn gap(self, u: f32) -> f32 {
        if self == Detail::Line { u * 0.375 } else { u * 0.8125 }
    }
}

/// In how many columns and rows the cards stand.
#[inline(never)]
fn shape(tasks: usize, detail: Detail, width: f32, u: f32) -> (usize, usize) {
    let most = ((width + detail.gap(u)) / (detail.narrowest(u) + detail.gap(u))).floor();
    let rows = tasks.div_ceil((most as usize).max(1)).max(1);
    (tasks.div_ceil(rows).max(1), rows)
}

/// How high the cards are at least.
#[inline(never)]
pub(crate) fn height(tasks: usize, detail: Detail, width: f32, u: f32) -> f32 {
    let (_, rows) = shape(tasks, detail, width, u);
    rows as f32 * detail.height(u) + (rows - 1) as f32 * detail.gap(u)
}

/// Draws them.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area, detail: Detail) {
    let u = sheet.u;
    let tasks = sheet.snapshot.tasks.len();
    let gap = detail.gap(u);
    let (columns, rows) = shape(tasks, detail, area.w, u);
    let room = (area.h - (rows - 1) as f32 * gap) / rows as f32;
    let high = room.min(detail.height(u) * STRETCH);
    area.h = high * rows as f32 + gap * (rows - 1) as f32;
    for (index, cell) in area.grid(columns, rows, gap).enumerate().take(tasks) {
        let id = TaskId(index as u32);
        sheet.note(Spot::Card(id), cell);
        match detail {
            Detail::Line => draw_line(sheet, id, cell),
            _ => draw_card(sheet, id, cell, detail),
        }
    }
}

/// A line of a card: how it is written, and what it says.
type Line = (u8, Ink, String);

fn draw_card(sheet: &mut Sheet<'_>, id: TaskId, card: Area, detail: Detail) {
    let (u, snapshot) = (sheet.u, sheet.snapshot);
    let task = &snapshot.tasks[id.index()];
    sheet.ground("card", id.0, &card);
    frame(sheet, id, task, &card, 9.0);
    let mut inner = card.inset(u * 0.8125, u * 0.4375);
    let head = inner.cut_top(u * 2.125);
    let told = headline(sheet, id, task, &head);
    let mut foot = inner.cut_bottom(u * 1.5);
    let (held, bells) = sheet.held_by(Holder::Waitlist(Waitlist::Joiners(id)));
    // Who waits for its end hangs at the right of the foot.
    let most = if detail == Detail::Full { 0.5 } else { 0.375 };
    let corner = foot.cut_right((bells as f32 * u * 1.6875).min(foot.w * most));
    if detail == Detail::Full {
        feet(sheet, id, task, foot, bells > 0);
    }
    let more = usize::from(detail != Detail::Full);
    let fitting = (inner.h / (u * LEADING) + 0.125) as usize;
    let mut lines = about(sheet, id, task, told, inner.w, fitting + more);
    let printed = snapshot.output.iter().rev().find(|line| line.task == id);
    // When there is no room for both, what was printed matters more than where that was.
    let both = lines.len() + 1 < fitting.max(1) || printed.is_none();
    if let Some(place) = task.place.filter(|_| both && words::unfinished(task.state)) {
        lines.push((SMALL | MONO, Ink::Muted, words::place(place)));
    }
    if let Some(line) = printed {
        lines.push((SMALL | MONO, Ink::Text, format!("> {}", line.text)));
    }
    let mut y = inner.y + u * 0.9375;
    for (style, ink, line) in lines.iter().take(fitting + more) {
        let room = if y > inner.bottom() { foot.w } else { inner.w };
        sheet.say(inner.x, y, room, *style, *ink, line);
        y += u * LEADING;
    }
    sheet.home(id, (head.x + u, head.middle().1), u * 1.625);
    sheet.hang(&corner, &held, u * 1.1875, true);
}

/// Name and state. Gives whether there was room to say the state.
fn headline(sheet: &mut Sheet<'_>, id: TaskId, task: &Task, head: &Area) -> bool {
    let (u, s) = (sheet.u, sheet.s);
    let middle = head.middle().1;
    let left = head.x + u * 2.5;
    let (ink, style) = state_ink(task.state);
    let state = words::state(task.state);
    let width = sheet.width(style, state);
    let name = words::task_name(sheet.snapshot, id);
    let room = head.right() - left - width - u * 1.625;
    let told = sheet.width(BOLD, name) <= room;
    let x = head.right() - if told { width + u * 0.625 } else { u * 0.5 };
    signs::state(sheet, task.state, (x, middle), u * 0.375);
    if told {
        sheet.say(head.right(), middle + s * 0.375, width, style | END, ink, state);
    }
    sheet.say(left, middle + u * 0.375, x - left - u * 0.5, BOLD, quiet(task), name);
    told
}

/// What a card says about its task, in at most so many lines. `told` is whether the state was said
/// already.
fn about(
    sheet: &Sheet<'_>,
    id: TaskId,
    task: &Task,
    told: bool,
    room: f32,
    most: usize,
) -> Vec<Line> {
    let mut sentences: Vec<String> = Vec::new();
    let state = words::state(task.state);
    let lost = task.state == TaskState::NeverWoken;
    if !told && task.state != TaskState::Waiting {
        sentences.push(state.to_owned());
    }
    match task.state {
        TaskState::Queued => {
            let why = match task.woken_by {
                Some(Actor::Task(by)) if by == id => "asked for another turn".to_owned(),
                Some(by) => format!("woken by {}", words::actor(&sheet.names, by)),
                None => "new".to_owned(),
            };
            match sentences.last_mut() {
                Some(state) => {
                    state.push_str(", ");
                    state.push_str(&why);
                }
                None => sentences.push(why),
            }
        }
        TaskState::Finished | TaskState::Dropped => {}
        _ => sentences.extend(words::waits(&sheet.names, task)),
    }
    if lost {
        let why = match task.live {
            0 => "nobody has a waker of it",
            _ => "nobody will call its waker",
        };
        sentences.push(why.to_owned());
    }
    let ink = if lost { Ink::Fault } else { Ink::Text };
    let mut lines: Vec<Line> = Vec::new();
    for sentence in sentences {
        let mut wrapped = wrap(&sentence, sheet.s, room);
        let left = most.saturating_sub(lines.len()).max(1);
        if wrapped.len() > left {
            // The last line is longer than the room then, and is cut with an ellipsis.
            let rest = wrapped.split_off(left - 1).join(" ");
            wrapped.push(rest);
        }
        lines.extend(wrapped.into_iter().map(|line| (SMALL, ink, line)));
    }
    lines.truncate(most);
    lines
}

/// The last line of a card: its wakers and its polls as numbers.
fn feet(sheet: &mut Sheet<'_>, id: TaskId, task: &Task, mut foot: Area, joined: bool) {
    let (u, s) = (sheet.u, sheet.s);
    let y = foot.middle().1 + s * 0.375;
    if joined && foot.w > u * 12.0 {
        let width = sheet.say(foot.right(), y, foot.w, SMALL | END, Ink::Muted, "joined by");
        foot.cut_right(width + u * 0.625);
    }
    let ink = if task.state == TaskState::NeverWoken { Ink::Fault } else { quiet(task) };
    let wakers = words::count(task.live, "waker");
    let mut x = foot.x;
    x += sheet.say(x, y, foot.w, SMALL | BOLD, ink, &wakers) + u * 0.875;
    let mut polls = words::count(task.polls, "poll");
    if task.useless > 0 {
        polls.push_str(&format!(", {} useless", task.useless));
    }
    x += sheet.say(x, y, foot.right() - x, SMALL, Ink::Muted, &polls) + u * 0.625;
    // What part of the polls was useless.
    let mut bar = Area::new(x, y - s * 0.625, (foot.right() - x).min(u * 6.0), s * 0.5625);
    if bar.w >= u * 3.0 && task.polls > 0 {
        let ink = Ink::Actor(words::look(id));
        sheet.frame(&bar, 2.0, Ink::Hatch, ink, 1.0);
        bar.w *= (task.polls - task.useless) as f32 / task.polls as f32;
        sheet.fill(&bar, 2.0, ink);
    }
}

fn draw_line(sheet: &mut Sheet<'_>, id: TaskId, cell: Area) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let task = &snapshot.tasks[id.index()];
    sheet.ground("card", id.0, &cell);
    frame(sheet, id, task, &cell, 5.0);
    sheet.hint(words::of_task(snapshot, id));
    let (_, middle) = cell.middle();
    let base = middle + s * 0.375;
    let size = (cell.h * 0.6875).min(u * 1.5);
    let mut inner = cell.inset(u * 0.375, 0.0);
    let home = inner.cut_left(size * 1.1875 + u * 0.375).x + size * 0.625;
    let (held, bells) = sheet.held_by(Holder::Waitlist(Waitlist::Joiners(id)));
    let corner = inner.cut_right(if bells > 0 { u * 1.6875 } else { 0.0 });
    let sign = inner.cut_right(u).x + u * 0.625;
    signs::state(sheet, task.state, (sign, middle), u * 0.375);
    let name = words::task_name(snapshot, id);
    let end = sheet.say(inner.x, base, inner.w, SMALL | BOLD, quiet(task), name);
    let what = match (task.state, task.waits.as_slice()) {
        (TaskState::Waiting | TaskState::NeverWoken, [one]) => sheet.names.wait(one.wait),
        (TaskState::Waiting | TaskState::NeverWoken, [_, _, ..]) => {
            format!("for {} things", task.waits.len())
        }
        (TaskState::Queued, _) => String::new(),
        (state, _) => words::state(state).to_owned(),
    };
    // A few letters of it would say nothing; the sign says it then.
    let (x, room) = (inner.x + end + u * 0.5, inner.w - end - u * 0.5);
    if room > u * 4.0 || sheet.width(SMALL, &what) <= room {
        let (ink, _) = state_ink(task.state);
        sheet.say(x, base, room, SMALL, ink, &what);
    }
    sheet.home(id, (home, middle), size);
    sheet.hang(&corner, &held, u * 1.0625, true);
}

/// The card's paper and its edge.
fn frame(sheet: &mut Sheet<'_>, id: TaskId, task: &Task, area: &Area, round: f32) {
    let look = words::look(id);
    let (fill, ink, width) = match task.state {
        TaskState::Finished | TaskState::Dropped => (Ink::Paper, Ink::Line, 1.5),
        TaskState::NeverWoken => (Ink::FaultTint, Ink::Fault, 2.5),
        TaskState::Running { .. } => (Ink::ActorTint(look), Ink::Actor(look), 3.0),
        TaskState::Queued | TaskState::Waiting => (Ink::ActorTint(look), Ink::Actor(look), 1.5),
    };
    sheet.frame(area, round, fill, ink, width);
    if task.state == TaskState::NeverWoken {
        let high = (area.h / 8.0).min(7.0);
        let strip = Area { y: area.bottom() - high - 2.0, h: high, ..*area };
        sheet.fill(&strip.inset(round, 0.0), 0.0, Ink::FaultHatch);
    }
}

/// Names of tasks that are over step back.
fn quiet(task: &Task) -> Ink {
    if words::unfinished(task.state) { Ink::Text } else { Ink::Muted }
}

fn state_ink(state: TaskState) -> (Ink, u8) {
    match state {
        TaskState::NeverWoken => (Ink::Fault, SMALL | BOLD),
        TaskState::Running { .. } | TaskState::Queued => (Ink::Text, SMALL | BOLD),
        TaskState::Waiting => (Ink::Text, SMALL),
        TaskState::Finished | TaskState::Dropped => (Ink::Muted, SMALL),
    }
}
