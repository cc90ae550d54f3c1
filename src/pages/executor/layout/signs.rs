//! A small sign for each state of a task, so that a row of cards is read at a glance and never by
//! its colour.

use executor::snapshot::TaskState;

use super::sheet::Block;
use crate::stage::shapes::{Ink, Pen};

/// Draws the sign with its middle here, `r` in each direction.
pub(crate) fn state(block: &mut Block, state: TaskState, (x, y): (f64, f64), r: f64) {
    let strong = |ink| Some(Pen::new(ink, 2.0));
    match state {
        TaskState::Running { .. } => {
            let corners = [(x - r * 0.8, y - r), (x + r, y), (x - r * 0.8, y + r)];
            block.line(&corners, Ink::Text, None);
        }
        TaskState::Queued => {
            for row in [-1.0, 0.0, 1.0] {
                let y = y + row * r * 0.8;
                block.line(&[(x - r, y), (x + r, y)], Ink::None, strong(Ink::Text));
            }
        }
        TaskState::Waiting => {
            let pen = Some(Pen::new(Ink::Muted, 1.6));
            block.dot(x, y, r * 0.95, Ink::None, pen);
            block.line(&[(x, y - r * 0.5), (x, y), (x + r * 0.4, y)], Ink::None, pen);
        }
        TaskState::NeverWoken => {
            block.line(&[(x - r, y - r), (x + r, y + r)], Ink::None, strong(Ink::Fault));
            block.line(&[(x - r, y + r), (x + r, y - r)], Ink::None, strong(Ink::Fault));
        }
        TaskState::Finished => {
            let points = [(x - r, y), (x - r * 0.25, y + r * 0.8), (x + r, y - r * 0.8)];
            block.line(&points, Ink::None, strong(Ink::Muted));
        }
        TaskState::Dropped => {
            block.line(&[(x - r, y), (x + r, y)], Ink::None, strong(Ink::Muted));
        }
    }
}
