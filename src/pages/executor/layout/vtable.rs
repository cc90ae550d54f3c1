//! The waker's vtable with its counts, the call that was just made, and the wakers that stand in a
//! variable.

use executor::snapshot::Holder;
use executor::{Happening, TaskId, WakerKind};

use super::bells::{Kind, SPACING};
use super::sheet::style::{BOLD, END, MONO, SMALL};
use super::sheet::{HEAD, Layer, Sheet, U};
use crate::stage::shapes::{Area, Bounds, Ink};

/// How the table lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// Its four functions under each other.
    Tall,
    /// In two rows of two.
    Square,
}

/// How high a row is, and the place for wakers in variables.
const ROW: f32 = U * 1.5625;
const TRAY: f32 = U * 2.0;

impl Form {
    /// How high it is.
    pub(crate) fn height(self) -> f32 {
        match self {
            Form::Tall => HEAD + ROW * 4.0 + TRAY,
            Form::Square => HEAD + ROW * 2.0,
        }
    }

    /// How wide it is where it stands beside something else.
    pub(crate) fn width(self) -> f32 {
        match self {
            Form::Tall => U * 14.5,
            Form::Square => U * 20.5,
        }
    }
}

/// What is said of wakers that no table of the world holds.
const LABEL: &str = "in variables";

/// How much of the width the first of two columns takes; the longest name stands in the second.
const FIRST: f32 = 0.40625;

/// The functions, in the order in which they are drawn.
const FUNCTIONS: &[&str] = &["clone", "wake_by_ref", "wake", "drop"];
const CLONE: usize = 0;
const WAKE_BY_REF: usize = 1;
const WAKE: usize = 2;
const DROP: usize = 3;

/// The one that was called in this step, and whose waker it was called with.
fn called(happening: &Happening) -> Option<(usize, TaskId)> {
    Some(match *happening {
        Happening::WakerCloned { task, .. } => (CLONE, task),
        Happening::WakeCalled { task, by_ref, .. } => {
            (if by_ref { WAKE_BY_REF } else { WAKE }, task)
        }
        Happening::WakerDropped { task, .. } => (DROP, task),
        _ => return None,
    })
}

/// Draws it.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area, form: Form) {
    let snapshot = sheet.snapshot;
    sheet.ground("vtable", 0, &area);
    let square = form == Form::Square;
    let mut row = sheet.heading(&mut area, "WAKER", false);
    let empty = snapshot.waker == WakerKind::DoNothing;
    if empty {
        let says = "wake is empty";
        if sheet.width(SMALL | BOLD, says) < row.w - if square { U * 10.0 } else { 0.0 } {
            sheet.say(&mut row, SMALL | BOLD, Ink::FAULT, says);
        }
    }
    let table = area.cut_top(if square { ROW * 2.0 } else { ROW * 4.0 });
    tray(sheet, if square { row } else { area.cut_top(TRAY) }, square);
    let totals = &snapshot.totals;
    let counts = [totals.clones, totals.wakes_by_ref, totals.wakes, totals.drops];
    let called = sheet.step.and_then(|step| called(&step.happening));
    for (index, (name, calls)) in FUNCTIONS.iter().zip(&counts).enumerate() {
        let down = if square { index / 2 } else { index };
        let mut cell = Area { y: table.y + ROW * down as f32, h: ROW, ..table };
        if square {
            let mut first = cell.cut_left(table.w * FIRST);
            if index % 2 == 0 {
                first.cut_right(U * 0.3125);
                cell = first;
            }
        }
        if let Some((_, task)) = called.filter(|(called, _)| *called == index) {
            let lit = cell.inset(0.0, U / 16.0);
            sheet.frame(&lit, 5.0, Ink::ACCENT_TINT, Ink::ACCENT, 1.5);
            let (x, y) = (cell.right() - U * 0.9375, cell.middle().1);
            sheet.begin(Layer::Tokens, "called", 0, x, y);
            let consumed = index == WAKE || index == DROP;
            sheet.draw_bell(x, y, U, task, if consumed { Kind::Gone } else { Kind::Called });
            sheet.end();
        }
        let nothing = empty && (index == WAKE || index == WAKE_BY_REF);
        let ink = if nothing { Ink::FAULT } else { Ink::TEXT };
        let mut row = cell.inset(U * 0.375, 0.0);
        row.cut_right(U * 1.375);
        sheet.words.number(*calls);
        sheet.tell(&mut row, SMALL | MONO | BOLD | END, ink);
        row.w += U * 0.375;
        sheet.say(&mut row, SMALL | MONO, ink, name);
    }
}

/// The wakers in variables: in a row of their own, or in the heading's, as far to the right as there
/// are wakers.
fn tray(sheet: &mut Sheet<'_>, mut row: Area, beside: bool) {
    let bells = sheet.held(Holder::Elsewhere);
    if beside {
        let label = sheet.width(SMALL, LABEL) + U * 0.625;
        let wanted = label + U * 1.375 * SPACING * bells.max(1) as f32;
        row = row.cut_right(wanted.at_most(row.w.at_least(label + U * 2.0)));
    }
    sheet.say(&mut row, SMALL, Ink::MUTED, LABEL);
    if bells == 0 {
        return sheet.say(&mut row, SMALL, Ink::MUTED, "–");
    }
    let (_, y) = row.middle();
    let tray = Area { y: y - U, h: U * 2.0, ..row };
    sheet.hang(&tray, Holder::Elsewhere, U * 1.375, false);
}
