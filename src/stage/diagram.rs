//! The demo's picture of the snapshot, and how much room there is for it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

use super::Stage;
use super::shapes::{Canvas, Painter, Px};
use super::work::now;
use crate::dom::{El, el, svg, watch};

/// What moves in the picture takes about so long; steps that follow each other faster are shown
/// without motion.
const QUICK_MS: f64 = 200.0;

/// An `<svg>` that always shows the snapshot at the cursor, in the room that it has. What it shows is
/// said in words beside it, so it is hidden from assistive technology.
pub(super) fn diagram(stage: Stage) -> El {
    let room = el("div").class("drawing");
    measure(stage, &room);
    let style = room.html().style();
    let svg = svg("svg").class("diagram").attr("aria-hidden", "true");
    let mut painter = Painter::new(svg.element().clone());
    let element = svg.element().clone();
    let (mut width, mut last) = (0.0, 0.0);
    watch(move || {
        let canvas = stage.canvas.get();
        if canvas.width < 1.0 || canvas.height < 1.0 {
            return;
        }
        let picture = stage.read(|session| session.picture(canvas));
        // Where the page scrolls, a picture that is higher than its room gets more.
        if width != canvas.width {
            width = canvas.width;
            _ = style.remove_property("--high");
        }
        if picture.height > canvas.height + 1.0 {
            _ = style.set_property("--high", &format!("{}px", Px(picture.height.ceil())));
        }
        let now = now();
        _ = element.toggle_attribute_with_force("data-quick", now - last < QUICK_MS);
        last = now;
        painter.paint(&picture);
    });
    room.child(svg)
}

/// Keeps `stage.canvas` equal to the room that an element has.
fn measure(stage: Stage, room: &El) {
    let present = stage.modes.present;
    let look = move |element: &Element| {
        let (width, height) = (element.client_width(), element.client_height());
        let text = if present.get_untracked() { 20.0 } else { 14.0 };
        let canvas = Canvas { width: width as f32, height: height as f32, text };
        if stage.canvas.get_untracked() != canvas {
            stage.canvas.set(canvas);
        }
    };
    observe(room, look);
    let element = room.element().clone();
    watch(move || {
        present.track();
        look(&element);
    });
}

/// Calls `look` with the element whenever its size has changed, the first time included.
pub(super) fn observe(el: &El, look: impl Fn(&Element) + 'static) {
    let element = el.element().clone();
    let seen = Closure::<dyn FnMut()>::new(move || look(&element));
    if let Ok(observer) = ResizeObserver::new(seen.as_ref().unchecked_ref()) {
        observer.observe(el.element());
        let kept = StoredValue::new_local((observer, seen));
        on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
    }
}
