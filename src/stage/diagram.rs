//! The demo's picture of the snapshot, and how much room there is for it.

use leptos::html;
use leptos::prelude::*;
use leptos::svg;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

use super::Stage;
use super::shapes::{Canvas, Painter};

/// An `<svg>` that always shows the snapshot at the cursor. What it shows is said in words beside
/// it, so it is hidden from assistive technology.
pub(super) fn diagram(stage: Stage) -> impl IntoView {
    let node = NodeRef::<svg::Svg>::new();
    let painter = StoredValue::new_local(None::<Painter>);
    Effect::new(move || {
        let Some(svg) = node.get() else { return };
        let canvas = stage.canvas.get();
        if canvas.width < 1.0 || canvas.height < 1.0 {
            return;
        }
        let picture = stage.read(|session| session.picture(canvas));
        painter.update_value(|painter| {
            let svg: &Element = svg.as_ref();
            painter.get_or_insert_with(|| Painter::new(svg.clone())).paint(&picture);
        });
    });
    view! { <svg class="diagram" aria-hidden="true" preserveAspectRatio="xMidYMid meet" node_ref=node></svg> }
}

/// Keeps `stage.canvas` equal to the room that an element has.
pub(super) fn measure(stage: Stage, node: NodeRef<html::Div>) {
    let present = stage.modes.present;
    let look = move |element: &Element| {
        let (width, height) = (element.client_width(), element.client_height());
        let text = if present.get_untracked() { 20.0 } else { 14.0 };
        let canvas = Canvas { width: width.into(), height: height.into(), text };
        if stage.canvas.get_untracked() != canvas {
            stage.canvas.set(canvas);
        }
    };
    observe(node, look);
    Effect::new(move || {
        present.track();
        if let Some(element) = node.get() {
            look(&element);
        }
    });
}

/// Calls `look` with the element when it is there and whenever its size has changed.
pub(super) fn observe(node: NodeRef<html::Div>, look: impl Fn(&Element) + Clone + 'static) {
    let kept = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move || {
        let Some(element) = node.get() else { return };
        let seen = {
            let (element, look) = (element.clone(), look.clone());
            Closure::new(move || look(&element))
        };
        if let Ok(observer) = ResizeObserver::new(seen.as_ref().unchecked_ref()) {
            observer.observe(&element);
            kept.set_value(Some((observer, seen)));
        }
    });
    on_cleanup(move || {
        kept.update_value(|kept| {
            if let Some((observer, _)) = kept.take() {
                observer.disconnect();
            }
        });
    });
}
