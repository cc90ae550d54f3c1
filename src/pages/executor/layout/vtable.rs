//! The waker's vtable with its counts, the call that was just made, and the wakers that stand in a
//! variable.

use executor::snapshot::{Holder, Totals};
use executor::{Happening, TaskId, WakerKind};

use super::area::Area;
use super::bells::{self, Kind, SPACING};
use super::sheet::{Block, Sheet, width};
use crate::stage::shapes::{Ink, Item, Pen, mono, text};

/// How the table lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// Its four functions under each other.
    Tall,
    /// In two rows of two.
    Square,
}

impl Form {
    fn rows(self) -> usize {
        match self {
            Form::Tall => 4,
            Form::Square => 2,
        }
    }

    /// How high it is.
    pub(crate) fn height(self, u: f64) -> f64 {
        u * match self {
            Form::Tall => 1.7 + 4.0 * 1.55 + TRAY,
            Form::Square => 1.8 + 2.0 * 1.55,
        }
    }

    /// How wide it is where it stands beside something else.
    pub(crate) fn width(self, u: f64) -> f64 {
        match self {
            Form::Tall => u * 14.5,
            Form::Square => u * 20.5,
        }
    }
}

/// What is said of wakers that no table of the world holds.
const LABEL: &str = "in variables";

/// How high the place for wakers in variables is.
const TRAY: f64 = 2.0;

const FUNCTIONS: [(Function, &str); 4] = [
    (Function::Clone, "clone"),
    (Function::WakeByRef, "wake_by_ref"),
    (Function::Wake, "wake"),
    (Function::Drop, "drop"),
];

/// How much of the width the first of two columns takes; the longest name stands in the second.
const FIRST: f64 = 0.4;

/// A function of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Function {
    Clone,
    Wake,
    WakeByRef,
    Drop,
}

impl Function {
    fn calls(self, totals: &Totals) -> u32 {
        match self {
            Function::Clone => totals.clones,
            Function::Wake => totals.wakes,
            Function::WakeByRef => totals.wakes_by_ref,
            Function::Drop => totals.drops,
        }
    }

    /// The one that was called in this step, and whose waker it was called with.
    fn called(happening: &Happening) -> Option<(Function, TaskId)> {
        Some(match *happening {
            Happening::WakerCloned { task, .. } => (Function::Clone, task),
            Happening::WakeCalled { task, by_ref: false, .. } => (Function::Wake, task),
            Happening::WakeCalled { task, by_ref: true, .. } => (Function::WakeByRef, task),
            Happening::WakerDropped { task, .. } => (Function::Drop, task),
            _ => return None,
        })
    }
}

/// Draws it.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area, form: Form) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let mut block = Block::new("vtable", area);
    let head = area.cut_top(u * 1.7);
    let (after, y) = sheet.heading(&mut block, head, "WAKER", false);
    let mut after = after;
    if snapshot.waker == WakerKind::DoNothing {
        let room = if form == Form::Tall { head.w } else { head.w - u * 10.0 };
        let empty = text(after, y, s, Ink::Fault, "wake is empty").bold();
        if after + width(&empty) < head.x + room {
            after += width(&empty) + u * 0.7;
            block.text(empty);
        }
    }
    let rows = form.rows();
    let table = area.cut_top(u * 1.55 * rows as f64);
    let called = sheet.step.and_then(|step| Function::called(&step.happening));
    for (index, (function, name)) in FUNCTIONS.into_iter().enumerate() {
        let mut cell = table;
        cell.h /= rows as f64;
        cell.y += cell.h * if rows == 4 { index } else { index / 2 } as f64;
        if rows == 2 {
            let first = cell.cut_left(table.w * FIRST);
            cell = if index % 2 == 0 { Area { w: first.w - u * 0.3, ..first } } else { cell };
        }
        let calls = function.calls(&snapshot.totals);
        let now = called.filter(|(called, _)| *called == function).map(|(_, task)| task);
        row(sheet, &mut block, cell, (function, name), calls, now);
    }
    let held = sheet.held_by(Holder::Elsewhere);
    let mut tray = match form {
        Form::Tall => area.cut_top(u * TRAY),
        // In the heading's line, and as far to the right as there are wakers.
        Form::Square => {
            let bells: u32 = held.iter().map(|held| held.count).sum();
            let label = width(&text(0.0, 0.0, s, Ink::Muted, LABEL)) + u * 0.6;
            let wanted = label + u * 1.4 * SPACING * f64::from(bells.max(1));
            let least = label + u * 2.0;
            let room = (head.right() - after).max(least);
            Area { x: head.right() - wanted.min(room), w: wanted.min(room), ..head }
        }
    };
    let y = if form == Form::Tall { tray.y + tray.h / 2.0 + s * 0.35 } else { y };
    let label = text(tray.x, y, s, Ink::Muted, LABEL);
    tray.cut_left(width(&label) + u * 0.6);
    if held.is_empty() {
        block.text(text(tray.x, y, s, Ink::Muted, "–"));
    }
    block.text(label);
    sheet.put(block);
    sheet.hang(Area { y: y - s * 0.35 - u * 0.95, h: u * 1.9, ..tray }, &held, u * 1.4, false);
}

fn row(
    sheet: &mut Sheet<'_>,
    block: &mut Block,
    cell: Area,
    (function, name): (Function, &str),
    calls: u32,
    now: Option<TaskId>,
) {
    let (u, s) = (sheet.u, sheet.s);
    let middle = cell.y + cell.h / 2.0;
    let bell = u * 1.02;
    if now.is_some() {
        let lit = cell.inset(0.0, u * 0.06);
        block.rect(lit, 5.0, Ink::AccentTint, Some(Pen::new(Ink::Accent, 1.4)));
    }
    let broken = sheet.snapshot.waker == WakerKind::DoNothing
        && matches!(function, Function::Wake | Function::WakeByRef);
    let ink = if broken { Ink::Fault } else { Ink::Text };
    let right = cell.right() - bell * 1.7;
    let number = mono(right, middle + s * 0.35, s, ink, calls.to_string()).end().bold();
    let limit = right - width(&number) - u * 0.5 - cell.x;
    block.text(mono(cell.x + u * 0.4, middle + s * 0.35, s, ink, name).within(limit));
    block.text(number);
    if let Some(task) = now {
        let consumed = matches!(function, Function::Wake | Function::Drop);
        let kind = if consumed { Kind::Gone } else { Kind::Called };
        let item = Item::new("called", cell.right() - bell * 0.9, middle);
        sheet.put_token(bells::draw(item, bell, task, kind));
    }
}
