//! The demo's picture of the snapshot, and how much room there is for it.

use super::Stage;
use super::shapes::{Canvas, Painter, Picture, Px};
use super::work::now;
use crate::dom::{El, markup, observe, watch};

/// What moves in the picture takes about so long; steps that follow each other faster are shown
/// without motion.
const QUICK_MS: f64 = 200.0;

/// An `<svg>` that always shows what `picture` makes of the room that it has, and is painted again when a
/// value changes that `picture` has read. What it shows is said in words beside it, so it is hidden
/// from assistive technology.
pub(super) fn diagram(stage: Stage, mut picture: Box<dyn FnMut(Canvas) -> Picture>) -> El {
    let room = markup("<div class=drawing><svg class=diagram aria-hidden=true></svg></div>");
    let svg = room.element().first_element_child().expect("it is in the markup");
    measure(stage, &room);
    let mut painter = Painter::new(svg.clone());
    let (svg, drawing) = (El::from(svg), room.clone());
    let (mut width, mut last) = (0.0, 0.0);
    watch(move || {
        let canvas = stage.canvas.get();
        if canvas.width < 1.0 || canvas.height < 1.0 {
            return;
        }
        let picture = picture(canvas);
        // Where the page scrolls, a picture that is higher than its room gets more.
        if width != canvas.width {
            width = canvas.width;
            drawing.style("--high", "");
        }
        if picture.height > canvas.height + 1.0 {
            drawing.style("--high", &format!("{}px", Px(picture.height.ceil())));
        }
        let now = now();
        svg.flag("data-quick", now - last < QUICK_MS);
        last = now;
        painter.paint(&picture);
        stage.painted.replace(Some(picture));
    });
    room
}

/// Keeps `stage.canvas` equal to the room that an element has.
fn measure(stage: Stage, room: &El) {
    let element = room.clone();
    let look = move || {
        let (width, height) = (element.element().client_width(), element.element().client_height());
        let text = if stage.modes.present.now() { 20.0 } else { 14.0 };
        stage.canvas.set_other(Canvas { width: width as f32, height: height as f32, text });
    };
    observe(room, look.clone());
    watch(move || {
        stage.modes.present.track();
        look();
    });
}
