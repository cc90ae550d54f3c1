//! The run from its first step to its last: a lane an actor, marks, and the cursor to drag.

mod draw;

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, PointerEvent};

use super::commands::badge;
use super::prose::plain;
use super::shapes::Px;
use super::{Actor, Move, Session, Stage};
use crate::dom::{El, Html, observe, set_value, svg, value, watch};
use crate::live::Live;
use draw::{Rows, Scale, chunk};

/// Keeps the slider "Timeline", whose value is the cursor, over the drawing of the run.
pub(super) fn timeline(stage: Stage, root: &El) {
    let (track, slider) = (root.part("track"), root.part("slider"));
    let (timeline, legend) = (root.part("timeline"), root.part("legend"));
    let (drawing, ahead) = (root.part("lanes"), root.part("ahead"));
    let width = Rc::new(Live::new(0));
    let (measured, room) = (width.clone(), track.clone());
    observe(&track, move || measured.set_other(room.element().client_width()));
    point(stage, &track, &slider, width.clone());
    slide(stage, &slider);

    let mut drawn = Drawn::default();
    watch(move || {
        let width = width.get() as f32;
        stage.read(|session| {
            let (cursor, len) = (session.cursor(), session.len());
            let scale = scale(width, session);
            ahead.style("transform", &format!("translateX({}px)", Px(scale.x(cursor))));
            // In this order, because a value beyond the end is not taken.
            slider.put("max", &len.to_string());
            set_value(slider.element(), &cursor.to_string());
            slider.put("aria-valuenow", &cursor.to_string());
            let sentence = session.sentence(cursor).map_or(String::new(), |text| plain(&text));
            slider.put("aria-valuetext", &format!("Step {cursor} of {len}. {sentence}"));
            if width > 0.0 {
                drawn.update(&drawing, &timeline, &legend, session, scale);
            }
        });
    });
}

fn scale(width: f32, session: &dyn Session) -> Scale {
    Scale::new(width, session.len(), session.goes_on())
}

/// Moves with the slider.
fn slide(stage: Stage, slider: &El) {
    let slid = slider.element().clone();
    _ = slider.clone().on("input", move |_| {
        if let Ok(cursor) = value(&slid).parse() {
            stage.go(Move::Seek(cursor));
        }
    });
}

/// Goes to where a pointer is pressed, and follows it.
fn point(stage: Stage, track: &El, slider: &El, width: Rc<Live<i32>>) {
    let (room, focus) = (track.clone(), slider.html().clone());
    let act = move |event: &Event| {
        let event: &PointerEvent = event.unchecked_ref();
        let room = room.element();
        if event.type_() == "pointerdown" {
            if event.button() != 0 {
                return;
            }
            event.prevent_default();
            _ = room.set_pointer_capture(event.pointer_id());
            _ = focus.focus();
        } else if event.buttons() & 1 == 0 {
            return;
        }
        let x = event.client_x() as f32 - room.get_bounding_client_rect().left() as f32;
        let (from, to) = stage.peek(|session| {
            (session.cursor(), scale(width.now() as f32, session).cursor(x, session.len()))
        });
        if to != from {
            stage.go(Move::Seek(to));
        }
    };
    _ = track.clone().on("pointerdown", act.clone()).on("pointermove", act);
}

/// What stands drawn, and for what.
#[derive(Default)]
struct Drawn {
    chunks: Vec<El>,
    lanes: Vec<Actor>,
    what: Option<(Scale, usize, u32)>,
    len: usize,
}

impl Drawn {
    /// Draws what is new: the last chunk that was drawn may have grown, those before it are finished.
    fn update(
        &mut self,
        drawing: &El,
        timeline: &El,
        legend: &El,
        session: &dyn Session,
        scale: Scale,
    ) {
        let (len, lanes) = (session.len(), session.trace().lanes());
        let rows = Rows::new(lanes);
        let what = Some((scale, lanes, session.edition()));
        if self.what != what || len < self.len {
            let lanes = session.lanes();
            if self.lanes != lanes {
                timeline.style("height", &format!("{}px", Px(rows.height())));
                show_legend(legend, &lanes[..rows.shown], rows);
            }
            self.lanes = lanes;
            self.what = what;
            self.len = 0;
            self.chunks.clear();
            drawing.set_html(&draw::ground(scale, rows));
        } else if len == self.len {
            return;
        }
        for index in self.len / scale.chunk()..=len / scale.chunk() {
            if self.chunks.len() <= index {
                let chunk = svg("g");
                _ = drawing.clone().child(chunk.clone());
                self.chunks.push(chunk);
            }
            let markup = chunk(session.trace(), session.marks(), &self.lanes, scale, rows, index);
            self.chunks[index].set_html(&markup);
        }
        self.len = len;
    }
}

/// Each lane's actor beside it.
fn show_legend(legend: &El, lanes: &[Actor], rows: Rows) {
    let mut html = Html::new();
    for actor in lanes {
        html.raw("<span title=\"").text(&actor.name).raw("\">");
        badge(&mut html, actor);
        html.raw("</span>");
    }
    legend.set_html(&html.take());
    let signs = legend.element().children();
    for lane in 0..lanes.len() {
        if let Some(sign) = signs.item(lane as u32) {
            El::from(sign).style("top", &format!("{}px", Px(rows.y(lane))));
        }
    }
}
