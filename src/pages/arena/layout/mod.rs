//! The picture of memory: pure, from a snapshot to shapes.
//!
//! Read in this order: `window.rs` and `follow.rs` (what a person looks at), `frame.rs` and `grid.rs` (how the lanes
//! share the canvas, and how bytes are drawn at a zoom), `rows.rs` (which bytes the map shows, and
//! where); then what is drawn: `strip.rs`, `cells.rs`, `texts.rs`, `marks.rs`, `curves.rs`,
//! `legend.rs`. What lies under a pointer is told by `spot.rs`.
//!
//! The cost depends on what is shown, not on what there is: a map looks at the pages in its window, and
//! where a column stands for many bytes, at some of them.

mod bars;
mod cells;
mod curves;
mod follow;
mod frame;
mod grid;
mod legend;
mod marks;
mod rows;
mod spot;
mod strip;
#[cfg(test)]
mod tests;
mod texts;
mod window;

use arena::{Snapshot, Step};

use crate::stage::shapes::{Canvas, Item, Look, Picture};
use frame::Frame;
pub(crate) use spot::{Spot, pitch, shows_all_lanes, spot};
pub(crate) use texts::{elements, name, what};
pub(crate) use window::Window;

/// The picture of a snapshot and of the step that led to it, as far as the window shows it.
pub(crate) fn picture(
    snapshot: &Snapshot,
    step: Option<&Step>,
    window: &Window,
    canvas: Canvas,
) -> Picture {
    let scene = Scene { snapshot, step, window, frame: Frame::new(snapshot, step, window, canvas) };
    let items = scene.draw();
    Picture { width: canvas.width, height: scene.frame.height, scale: 1.0, items }
}

/// The picture for who has not chosen what to look at.
pub(crate) fn still(snapshot: &Snapshot, step: Option<&Step>, canvas: Canvas) -> Picture {
    let mut window = Window::default();
    window.settle(snapshot, step, canvas);
    picture(snapshot, step, &window, canvas)
}

/// What is drawn, and where.
struct Scene<'a> {
    snapshot: &'a Snapshot,
    step: Option<&'a Step>,
    window: &'a Window,
    frame: Frame,
}

impl Scene<'_> {
    fn draw(&self) -> Vec<Item> {
        let mut items = Vec::new();
        strip::draw(self, &mut items);
        let mut shown = legend::Shown::default();
        for map in &self.frame.maps {
            cells::draw(self, map, &mut items, &mut shown);
            texts::draw(self, map, &mut items);
        }
        for map in &self.frame.maps {
            marks::draw(self, map, &mut items);
        }
        curves::draw(self, &mut items);
        legend::draw(self, &shown, &mut items);
        items
    }
}

/// An item that stays where it is.
fn fixed(kind: &str, lane: usize) -> Item {
    placed(kind, lane, 0.0, 0.0)
}

/// An item with its zero point here.
#[inline(never)]
fn placed(kind: &str, lane: usize, x: f32, y: f32) -> Item {
    let mut key = String::from(kind);
    key.push('-');
    crate::stage::shapes::number(&mut key, lane as u32);
    Item::new(key, x, y)
}

/// The hue of a value: neighbours differ.
fn look_of(owner: u32) -> Look {
    Look((owner % u32::from(Look::HUES)) as u8 + 1)
}
