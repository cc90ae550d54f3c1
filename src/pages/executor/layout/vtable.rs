//! The waker's vtable with its counts, the call that was just made, and the wakers that stand in a
//! variable.

use executor::snapshot::{Holder, Totals};
use executor::{Happening, TaskId, WakerKind};

use super::area::Area;
use super::bells::{Kind, SPACING};
use super::sheet::style::{BOLD, END, MONO, SMALL};
use super::sheet::{ANY, Layer, Sheet};
use crate::stage::shapes::Ink;

/// How the table lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// Its four functions under each other.
    Tall,
    /// In two rows of two.
    Square,
}

/// How high a row is, the heading, and the place for wakers in variables.
const ROW: f32 = 1.5625;
const HEAD: f32 = 1.75;
const TRAY: f32 = 2.0;

impl Form {
    fn rows(self) -> usize {
        match self {
            Form::Tall => 4,
            Form::Square => 2,
        }
    }

    /// How high it is.
    pub(crate) fn height(self, u: f32) -> f32 {
        let tray = if self == Form::Tall { TRAY } else { 0.0 };
        u * (HEAD + self.rows() as f32 * ROW + tray)
    }

    /// How wide it is where it stands beside something else.
    pub(crate) fn width(self, u: f32) -> f32 {
        match self {
            Form::Tall => u * 14.5,
            Form::Square => u * 20.5,
        }
    }
}

/// What is said of wakers that no table of the world holds.
const LABEL: &str = "in variables";

/// In the order in which they are drawn.
const FUNCTIONS: [(Function, &str); 4] = [
    (Function::Clone, "clone"),
    (Function::WakeByRef, "wake_by_ref"),
    (Function::Wake, "wake"),
    (Function::Drop, "drop"),
];

/// How much of the width the first of two columns takes; the longest name stands in the second.
const FIRST: f32 = 0.40625;

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

    /// Whether it does what its name says.
    fn is_empty(self, waker: WakerKind) -> bool {
        waker == WakerKind::DoNothing && matches!(self, Function::Wake | Function::WakeByRef)
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
    sheet.ground("vtable", 0, &area);
    let head = area.cut_top(u * HEAD);
    let (mut after, y) = sheet.heading(&head, "WAKER", false);
    if snapshot.waker == WakerKind::DoNothing {
        let says = "wake is empty";
        let taken = if form == Form::Tall { 0.0 } else { u * 10.0 };
        let width = sheet.width(SMALL | BOLD, says);
        if after + width < head.right() - taken {
            after += u * 0.75 + sheet.say(after, y, ANY, SMALL | BOLD, Ink::Fault, says);
        }
    }
    let (held, bells) = sheet.held_by(Holder::Elsewhere);
    let label = sheet.width(SMALL, LABEL) + u * 0.625;
    let rows = form.rows();
    let table = area.cut_top(u * ROW * rows as f32);
    let (mut tray, y) = match form {
        Form::Tall => {
            let tray = area.cut_top(u * TRAY);
            (tray, tray.middle().1 + s * 0.375)
        }
        // In the heading's line, and as far to the right as there are wakers.
        Form::Square => {
            let wanted = label + u * 1.375 * SPACING * bells.max(1) as f32;
            let room = (head.right() - after).max(label + u * 2.0).min(wanted);
            (Area { x: head.right() - room, w: room, ..head }, y)
        }
    };
    sheet.say(tray.x, y, ANY, SMALL, Ink::Muted, LABEL);
    tray.cut_left(label);
    if bells == 0 {
        sheet.say(tray.x, y, ANY, SMALL, Ink::Muted, "–");
    }
    let called = sheet.step.and_then(|step| Function::called(&step.happening));
    let mut now = None;
    for (index, (function, name)) in FUNCTIONS.into_iter().enumerate() {
        let mut cell = table;
        cell.h = u * ROW;
        cell.y += cell.h * if rows == 4 { index } else { index / 2 } as f32;
        if rows == 2 {
            let first = cell.cut_left(table.w * FIRST);
            if index % 2 == 0 {
                cell = Area { w: first.w - u * 0.3125, ..first };
            }
        }
        let middle = cell.middle().1;
        if let Some((_, task)) = called.filter(|(called, _)| *called == function) {
            let lit = cell.inset(0.0, u / 16.0);
            sheet.frame(&lit, 5.0, Ink::AccentTint, Ink::Accent, 1.5);
            now = Some((function, task, cell.right() - u * 0.9375, middle));
        }
        let ink = if function.is_empty(snapshot.waker) { Ink::Fault } else { Ink::Text };
        let (base, right) = (middle + s * 0.375, cell.right() - u * 1.75);
        let calls = function.calls(&snapshot.totals).to_string();
        let number = sheet.say(right, base, ANY, SMALL | MONO | BOLD | END, ink, &calls);
        let left = cell.x + u * 0.375;
        sheet.say(left, base, right - number - u * 0.25 - left, SMALL | MONO, ink, name);
    }
    if let Some((function, task, x, y)) = now {
        let consumed = matches!(function, Function::Wake | Function::Drop);
        sheet.begin(Layer::Tokens, "called", 0, x, y);
        sheet.draw_bell(u, task, if consumed { Kind::Gone } else { Kind::Called });
    }
    tray.y = y - s * 0.375 - u;
    tray.h = u * 2.0;
    sheet.hang(&tray, &held, u * 1.375, false);
}
