//! The tasks: a card each, or a line each when they are many.

use executor::snapshot::{Holder, Task, TaskState};
use executor::{Actor, TaskId, Waitlist};

use super::sheet::style::{BOLD, END, MONO, SMALL};
use super::sheet::{Sheet, Spot, U};
use super::signs;
use crate::pages::executor::words;
use crate::stage::shapes::{Area, Bounds, Ink, grid_rows, wrap};

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
pub(crate) const DETAILS: &[Detail] = &[Detail::Full, Detail::Medium, Detail::Short, Detail::Line];

/// How much higher than at least a card may be.
pub(crate) const STRETCH: f32 = 1.4;

/// From one line of a card to the next.
const LEADING: f32 = U * 1.4375;

impl Detail {
    fn height(self) -> f32 {
        match self {
            Detail::Full => U * 8.75,
            Detail::Medium => U * 5.875,
            Detail::Short => U * 4.375,
            Detail::Line => U * 2.125,
        }
    }

    fn narrowest(self) -> f32 {
        if self == Detail::Line { U * 9.25 } else { U * 14.0 }
    }

    fn gap(self) -> f32 {
        if self == Detail::Line { U * 0.375 } else { U * 0.8125 }
    }
}

/// In how many columns and rows the cards stand.
#[inline(never)]
fn shape(tasks: usize, detail: Detail, width: f32) -> (usize, usize) {
    let most = (width + detail.gap()) / (detail.narrowest() + detail.gap());
    let rows = grid_rows(tasks, (most as usize).max(1)).max(1);
    (grid_rows(tasks, rows).max(1), rows)
}

/// How high the cards are at least.
#[inline(never)]
pub(crate) fn height(tasks: usize, detail: Detail, width: f32) -> f32 {
    let (_, rows) = shape(tasks, detail, width);
    rows as f32 * (detail.height() + detail.gap()) - detail.gap()
}

/// Draws them.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area, detail: Detail) {
    let tasks = &sheet.snapshot.tasks;
    let gap = detail.gap();
    let (columns, rows) = shape(tasks.len(), detail, area.w);
    area.h = area.h.at_most(rows as f32 * (detail.height() * STRETCH + gap) - gap);
    for (id, task) in (0..).map(TaskId).zip(tasks) {
        let cell = area.cell(id.index(), columns, rows, gap);
        sheet.note(Spot::Card(id), cell);
        sheet.ground("card", id.0, &cell);
        match detail {
            Detail::Line => draw_line(sheet, id, task, cell),
            _ => draw_card(sheet, id, task, cell, detail),
        }
    }
}

fn draw_card(sheet: &mut Sheet<'_>, id: TaskId, task: &Task, card: Area, detail: Detail) {
    frame(sheet, id, task, &card, 9.0);
    let mut inner = card.inset(U * 0.8125, U * 0.4375);
    let head = inner.cut_top(U * 2.125);
    let told = headline(sheet, task, head);
    let mut foot = inner.cut_bottom(U * 1.5);
    // Who waits for its end hangs at the right of the foot.
    let joiners = Holder::Waitlist(Waitlist::Joiners(id));
    let bells = sheet.held(joiners) as f32 * U * 1.6875;
    let most = if detail == Detail::Full { 0.5 } else { 0.375 };
    let corner = foot.cut_right(bells.at_most(foot.w * most));
    let fitting = (inner.h / LEADING + 0.125) as usize;
    let row = Area { y: inner.y - U * 0.125, h: LEADING, ..inner };
    let mut lines = Lines { row, foot, fitting };
    if detail == Detail::Full {
        feet(sheet, id, task, foot, bells > 0.0);
    } else {
        lines.fitting += 1;
    }
    about(sheet, id, task, told, &mut lines);
    let printed = sheet.snapshot.output.iter().rev().find(|line| line.task == id);
    // When there is no room for both, what was printed matters more than where that was.
    let both = lines.fitting > if detail == Detail::Full { 1 } else { 2 } || printed.is_none();
    if let Some(place) = task.place.filter(|_| both && words::unfinished(task.state)) {
        sheet.words.place(place);
        lines.line(sheet, SMALL | MONO, Ink::MUTED);
    }
    if let Some(line) = printed {
        sheet.words.put("> ").put(&line.text);
        lines.line(sheet, SMALL | MONO, Ink::TEXT);
    }
    sheet.home(id, (head.x + U, head.middle().1), U * 1.625);
    sheet.hang(&corner, joiners, U * 1.1875, true);
}

/// The lines of a card that are still free.
struct Lines {
    /// Where the next one is.
    row: Area,
    /// Where the last one may have to share its place with what hangs there.
    foot: Area,
    /// How many they are.
    fitting: usize,
}

impl Lines {
    /// Writes what was put into words into the next line, if there is one.
    #[inline(never)]
    fn line(&mut self, sheet: &mut Sheet<'_>, style: u8, ink: Ink) {
        if self.fitting == 0 {
            return sheet.words.text.clear();
        }
        let mut row = self.row;
        if row.y + U > self.foot.y {
            row.w = self.foot.w;
        }
        sheet.tell(&mut row, style, ink);
        self.row.y += LEADING;
        self.fitting -= 1;
    }

    /// Writes what was put into words, if anything, into as many lines as it takes.
    #[inline(never)]
    fn sentence(&mut self, sheet: &mut Sheet<'_>, ink: Ink) {
        let said = sheet.words.take();
        if !said.is_empty() {
            for line in &wrap(&said, sheet.small, self.row.w, self.fitting.max(1)) {
                sheet.words.put(line);
                self.line(sheet, SMALL, ink);
            }
        }
    }
}

/// Name and state. Gives whether there was room to say the state.
fn headline(sheet: &mut Sheet<'_>, task: &Task, mut head: Area) -> bool {
    head.cut_left(U * 2.5);
    let (ink, style) = state_ink(task.state);
    let state = words::state(task.state);
    let room = head.w - sheet.width(style, state) - U * 1.625;
    let told = sheet.width(BOLD, &task.name) <= room;
    if told {
        sheet.say(&mut head, style | END, ink, state);
    } else {
        head.cut_right(U * 0.5);
    }
    signs::state(sheet, task.state, (head.right(), head.middle().1), U * 0.375);
    head.cut_right(U * 0.5);
    sheet.say(&mut head, BOLD, quiet(task), &task.name);
    told
}

/// What a card says about its task, in its first lines. `told` is whether the state was said already.
fn about(sheet: &mut Sheet<'_>, id: TaskId, task: &Task, told: bool, lines: &mut Lines) {
    let state = task.state;
    let lost = state == TaskState::NeverWoken;
    let ink = if lost { Ink::FAULT } else { Ink::TEXT };
    if !told && state != TaskState::Waiting {
        sheet.words.put(words::state(state));
    }
    if matches!(state, TaskState::Queued | TaskState::Taken) {
        let said = &mut sheet.words;
        said.put(if told { "" } else { ", " });
        match task.woken_by {
            Some(Actor::Task(by)) if by == id => said.put("asked for another turn"),
            Some(by) => said.put("woken by ").actor(by),
            None => said.put("new"),
        };
    } else if words::unfinished(state) {
        lines.sentence(sheet, ink);
        let mut before = "waits ";
        for it in &task.waits {
            sheet.words.put(before).wait(it.wait);
            before = " and ";
        }
    }
    lines.sentence(sheet, ink);
    if lost {
        sheet.words.put(match task.live {
            0 => "nobody has a waker of it",
            _ => "nobody will call its waker",
        });
        lines.sentence(sheet, ink);
    }
}

/// The last line of a card: its wakers and its polls as numbers.
fn feet(sheet: &mut Sheet<'_>, id: TaskId, task: &Task, mut foot: Area, joined: bool) {
    if joined && foot.w > U * 12.0 {
        sheet.say(&mut foot, SMALL | END, Ink::MUTED, "joined by");
    }
    let ink = if task.state == TaskState::NeverWoken { Ink::FAULT } else { quiet(task) };
    sheet.words.count(task.live, "waker");
    sheet.tell(&mut foot, SMALL | BOLD, ink);
    sheet.words.count(task.polls, "poll");
    if task.useless > 0 {
        sheet.words.put(", ").number(task.useless).put(" useless");
    }
    sheet.tell(&mut foot, SMALL, Ink::MUTED);
    // What part of the polls was useless.
    if foot.w >= U * 3.0 && task.polls > 0 {
        let mut bar = foot.inset(0.0, (foot.h - U * 0.5) / 2.0);
        bar.w = bar.w.at_most(U * 6.0);
        let ink = Ink::actor(words::look(id));
        sheet.frame(&bar, 2.0, Ink::HATCH, ink, 1.0);
        bar.w *= (task.polls - task.useless) as f32 / task.polls as f32;
        sheet.fill(&bar, 2.0, ink);
    }
}

fn draw_line(sheet: &mut Sheet<'_>, id: TaskId, task: &Task, cell: Area) {
    frame(sheet, id, task, &cell, 5.0);
    sheet.words.state_of(id, task);
    sheet.hint();
    let middle = cell.middle().1;
    let size = (cell.h * 0.6875).at_most(U * 1.5);
    let mut row = cell.inset(U * 0.375, 0.0);
    let home = row.cut_left(size * 1.1875 + U * 0.375).x + size * 0.625;
    let joiners = Holder::Waitlist(Waitlist::Joiners(id));
    let corner = row.cut_right(if sheet.held(joiners) > 0 { U * 1.6875 } else { 0.0 });
    let sign = row.cut_right(U).x + U * 0.625;
    signs::state(sheet, task.state, (sign, middle), U * 0.375);
    sheet.say(&mut row, SMALL | BOLD, quiet(task), &task.name);
    match (task.state, task.waits.as_slice()) {
        (TaskState::Waiting | TaskState::NeverWoken, [one]) => _ = sheet.words.wait(one.wait),
        (TaskState::Waiting | TaskState::NeverWoken, [_, _, ..]) => {
            sheet.words.put("for ").number(task.waits.len() as u32).put(" things");
        }
        (TaskState::Queued, _) => {}
        (state, _) => _ = sheet.words.put(words::state(state)),
    }
    // A few letters of it would say nothing; the sign says it then.
    if row.w < U * 4.0 && sheet.width(SMALL, &sheet.words.text) > row.w {
        sheet.words.text.clear();
    }
    sheet.tell(&mut row, SMALL, state_ink(task.state).0);
    sheet.home(id, (home, middle), size);
    sheet.hang(&corner, joiners, U * 1.0625, true);
}

/// The card's paper and its edge.
fn frame(sheet: &mut Sheet<'_>, id: TaskId, task: &Task, area: &Area, round: f32) {
    let look = words::look(id);
    let (inside, ink, width) = match task.state {
        TaskState::Finished | TaskState::Dropped => (Ink::PAPER, Ink::LINE, 1.5),
        TaskState::NeverWoken => (Ink::FAULT_TINT, Ink::FAULT, 2.5),
        TaskState::Running { .. } => (Ink::actor_tint(look), Ink::actor(look), 3.0),
        TaskState::Queued | TaskState::Taken | TaskState::Waiting => {
            (Ink::actor_tint(look), Ink::actor(look), 1.5)
        }
    };
    sheet.frame(area, round, inside, ink, width);
    if task.state == TaskState::NeverWoken {
        let high = (area.h / 8.0).at_most(7.0);
        let strip = Area { y: area.bottom() - high - 2.0, h: high, ..*area };
        sheet.fill(&strip.inset(round, 0.0), 0.0, Ink::FAULT_HATCH);
    }
}

/// Names of tasks that are over step back.
fn quiet(task: &Task) -> Ink {
    if words::unfinished(task.state) { Ink::TEXT } else { Ink::MUTED }
}

fn state_ink(state: TaskState) -> (Ink, u8) {
    match state {
        TaskState::NeverWoken => (Ink::FAULT, SMALL | BOLD),
        TaskState::Running { .. } | TaskState::Taken | TaskState::Queued => {
            (Ink::TEXT, SMALL | BOLD)
        }
        TaskState::Waiting => (Ink::TEXT, SMALL),
        TaskState::Finished | TaskState::Dropped => (Ink::MUTED, SMALL),
    }
}
