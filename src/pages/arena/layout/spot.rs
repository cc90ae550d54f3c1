//! What lies under a pointer.

use arena::memory::Place;
use arena::{Snapshot, Step};

use super::Window;
use super::frame::Frame;
use super::strip::Strip;
use crate::stage::shapes::{Area, Canvas};

/// What lies somewhere in the picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Spot {
    /// A byte on the map of a lane.
    Byte(usize, Place),
    /// A place on the strip of a lane.
    Strip(usize, Place),
    /// The head of a lane.
    Head(usize),
}

/// What lies at a point of the picture.
pub(crate) fn spot(
    snapshot: &Snapshot,
    step: Option<&Step>,
    window: &Window,
    canvas: Canvas,
    (x, y): (f32, f32),
) -> Option<Spot> {
    let frame = Frame::new(snapshot, step, window, canvas);
    let is_in =
        |area: &Area| (area.x..area.right()).contains(&x) && (area.y..area.bottom()).contains(&y);
    for (index, head) in frame.heads.iter().enumerate() {
        if is_in(&head.name) || is_in(&head.note) {
            return Some(Spot::Head(index));
        }
        if is_in(&head.strip) {
            let lane = snapshot.lanes.get(index)?;
            return Strip::new(lane, head.strip).place(x).map(|place| Spot::Strip(index, place));
        }
    }
    for map in &frame.maps {
        for row in &map.rows {
            let top = row.y - map.grid.above;
            let column = (x - map.area.x) / map.grid.cell;
            if (top..top + map.grid.pitch).contains(&y) && column >= 0.0 {
                let offset = row.from.saturating_add(column as u32);
                return (offset < row.to)
                    .then_some(Spot::Byte(map.lane, Place { piece: row.piece, offset }));
            }
        }
    }
    None
}

/// Whether each lane has a map.
pub(crate) fn shows_all_lanes(
    snapshot: &Snapshot,
    step: Option<&Step>,
    window: &Window,
    canvas: Canvas,
) -> bool {
    Frame::new(snapshot, step, window, canvas).maps.len() == snapshot.lanes.len()
}

/// From one row of a lane's map to the next, in pixels.
pub(crate) fn pitch(
    snapshot: &Snapshot,
    step: Option<&Step>,
    window: &Window,
    canvas: Canvas,
    lane: usize,
) -> f32 {
    let frame = Frame::new(snapshot, step, window, canvas);
    frame.map(lane).or(frame.maps.first()).map_or(canvas.text, |map| map.grid.pitch)
}
