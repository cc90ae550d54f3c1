//! What a pointer and a wheel do on the picture of memory.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, PointerEvent, WheelEvent};

use super::View;
use crate::dom::El;
use crate::pages::arena::layout::Spot;

/// So far a wheel turns for one step of the zoom, in pixels.
const TURN: f32 = 60.0;

/// What is done with a pointer that is down.
#[derive(Clone, Copy, Default)]
pub(super) enum Drag {
    #[default]
    Nothing,
    /// It is on a map, so far down, and has moved it or not.
    Map { lane: usize, y: f32, moved: bool },
    /// It is on the strip of a lane.
    Strip(usize),
}

/// Takes over what is done with pointer and wheel on the picture.
pub(super) fn listen(view: &Rc<View>, picture: &El) {
    let drawing = picture.clone();
    let (down, moves, up, left) = (view.clone(), view.clone(), view.clone(), view.clone());
    let (wheel, ended) = (view.clone(), view.clone());
    let (room, over, there, wheeled) = {
        let room = || drawing.clone();
        (room(), room(), room(), room())
    };
    _ = drawing
        .on("pointerdown", move |event| press(&down, &room, event.unchecked_ref()))
        .on("pointermove", move |event| go_over(&moves, &over, event.unchecked_ref()))
        .on("pointerup", move |event| release(&up, &there, event.unchecked_ref()))
        .on("pointercancel", move |_| ended.drag.set(Drag::Nothing))
        .on("pointerleave", move |_| left.pointed.set_other(None))
        .on("wheel", move |event| turn(&wheel, &wheeled, event));
}

/// A pointer goes down.
fn press(view: &View, room: &El, event: &PointerEvent) {
    if event.button() != 0 {
        return;
    }
    let y = event.client_y() as f32;
    match view.spot(room, event) {
        Some(Spot::Strip(lane, place)) => {
            event.prevent_default();
            _ = room.element().set_pointer_capture(event.pointer_id());
            view.drag.set(Drag::Strip(lane));
            view.go(lane, place);
        }
        Some(Spot::Byte(lane, _)) => {
            // A finger scrolls the page, and selects what it taps.
            if event.pointer_type() != "touch" {
                _ = room.element().set_pointer_capture(event.pointer_id());
            }
            view.drag.set(Drag::Map { lane, y, moved: false });
        }
        Some(Spot::Head(lane)) => view.look_at(lane),
        None => {}
    }
}

/// A pointer moves, down or not.
fn go_over(view: &View, room: &El, event: &PointerEvent) {
    let at = view.spot(room, event);
    match view.drag.get() {
        Drag::Strip(lane) => {
            if let Some(Spot::Strip(same, place)) = at
                && same == lane
            {
                view.go(lane, place);
            }
        }
        Drag::Map { lane, y, .. } if event.pointer_type() != "touch" => {
            let pitch = view.pitch(lane);
            let rows = ((y - event.client_y() as f32) / pitch) as i32;
            if rows != 0 {
                view.drag.set(Drag::Map { lane, y: y - rows as f32 * pitch, moved: true });
                view.scroll(lane, rows);
            }
        }
        _ => {
            let pointed = match at {
                Some(Spot::Byte(lane, place)) => Some((lane, place)),
                _ => None,
            };
            view.pointed.set_other(pointed);
        }
    }
}

/// A pointer goes up: if it has moved nothing, it selects what it is on.
fn release(view: &View, room: &El, event: &PointerEvent) {
    if let Drag::Map { moved: false, .. } = view.drag.take()
        && let Some(Spot::Byte(lane, place)) = view.spot(room, event)
    {
        let mut window = view.window.borrow_mut();
        window.lane = lane;
        let same = window.selected == Some((lane, place));
        window.selected = if same { None } else { Some((lane, place)) };
        drop(window);
        view.asked.set_other(None);
        view.redraw();
    }
}

/// The wheel turns: the map moves, with Ctrl it is zoomed.
fn turn(view: &View, room: &El, event: &Event) {
    let event: &WheelEvent = event.unchecked_ref();
    let canvas = view.ctx.stage.canvas.now();
    let mut far = event.delta_y() as f32;
    far *= match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => canvas.text * 2.0,
        WheelEvent::DOM_DELTA_PAGE => canvas.height,
        _ => 1.0,
    };
    let at = view.spot(room, event);
    let around = match at {
        Some(Spot::Byte(lane, place)) => Some((lane, place)),
        _ => None,
    };
    let lane = match at {
        Some(Spot::Byte(lane, _) | Spot::Strip(lane, _) | Spot::Head(lane)) => lane,
        None => view.window.borrow().lane,
    };
    let zoom = event.ctrl_key();
    let step = if zoom { TURN } else { view.pitch(lane) };
    if !zoom && !view.can_scroll(lane, far) {
        // The page scrolls.
        return;
    }
    event.prevent_default();
    let turned = view.turned.get() + far;
    let steps = (turned / step) as i32;
    view.turned.set(turned - steps as f32 * step);
    if steps == 0 {
        return;
    }
    match zoom {
        true => view.zoom(-steps.clamp(-20, 20) as i8, around),
        false => view.scroll(lane, steps),
    }
}
