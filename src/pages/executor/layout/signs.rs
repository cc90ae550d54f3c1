//! A small sign for each state of a task, so that a row of cards is read at a glance and never by
//! its colour.

use executor::snapshot::TaskState;

use super::sheet::Sheet;
use crate::stage::shapes::{Ink, Pen};

/// Draws the sign with its middle here, `r` in each direction.
#[inline(never)]
pub(crate) fn state(sheet: &mut Sheet<'_>, state: TaskState, (x, y): (f32, f32), r: f32) {
    let (left, right, up, down) = (x - r, x + r, y - r, y + r);
    match state {
        TaskState::Running { .. } => {
            sheet.triangle((left, up), (right, y), (left, down), Ink::TEXT);
        }
        TaskState::Taken => sheet.angle((left, up), (right, y), (left, down), Ink::TEXT, 2.0),
        TaskState::Queued => {
            sheet.line((left, up), (right, up), Ink::TEXT, 2.0);
            sheet.line((left, y), (right, y), Ink::TEXT, 2.0);
            sheet.line((left, down), (right, down), Ink::TEXT, 2.0);
        }
        TaskState::Waiting => {
            sheet.ring(x, y, r, Pen::new(Ink::MUTED, 1.5));
            sheet.angle((x, y - r / 2.0), (x, y), (x + r / 2.0, y), Ink::MUTED, 1.5);
        }
        TaskState::NeverWoken => {
            sheet.line((left, up), (right, down), Ink::FAULT, 2.0);
            sheet.line((left, down), (right, up), Ink::FAULT, 2.0);
        }
        TaskState::Finished => {
            sheet.angle((left, y), (x - r / 4.0, down), (right, up), Ink::MUTED, 2.0);
        }
        TaskState::Dropped => sheet.line((left, y), (right, y), Ink::MUTED, 2.0),
    }
}
