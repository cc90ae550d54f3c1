//! The picture of the executor: pure, from a snapshot to shapes.

mod arrows;
mod bells;
mod cards;
mod channels;
mod frame;
mod lanes;
mod reactor;
mod sheet;
mod signs;
#[cfg(test)]
mod tests;
mod tokens;
mod verdict;
mod vtable;

use executor::{Snapshot, Step};

use crate::stage::shapes::{Canvas, Picture};
use frame::Frame;
use sheet::Sheet;

/// The picture of a snapshot, and of the step that led to it.
pub(crate) fn picture(snapshot: &Snapshot, step: Option<&Step>, canvas: Canvas) -> Picture {
    let frame = Frame::fit(snapshot, canvas);
    let Frame { scale, height, .. } = frame;
    let items = draw(snapshot, step, frame).into_items();
    Picture { width: canvas.width, height: height * scale, scale, items }
}

fn draw<'a>(snapshot: &'a Snapshot, step: Option<&'a Step>, frame: Frame) -> Sheet<'a> {
    let mut sheet = Sheet::new(snapshot, step, frame.small);
    lanes::draw(&mut sheet, frame.lanes);
    vtable::draw(&mut sheet, frame.vtable, frame.form);
    cards::draw(&mut sheet, frame.tasks, frame.detail);
    reactor::draw(&mut sheet, frame.reactor);
    channels::draw(&mut sheet, frame.channels);
    arrows::draw(&mut sheet);
    sheet
}
