//! The run from its first step to its last: a lane an actor, marks, and the cursor to drag.

mod draw;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::commands::badge;
use super::diagram::observe;
use super::prose::plain;
use super::shapes::{Look, Px};
use super::{Actor, Move, Session, Stage};
use crate::dom::{El, el, memo, set_value, svg, value, watch, watch_for};
use draw::{Rows, Scale, chunk};

/// The slider "Timeline", whose value is the cursor, over the drawing of the run.
pub(super) fn timeline(stage: Stage) -> El {
    let cursor = memo(move || stage.read(|session| session.cursor()));
    let len = memo(move || stage.read(|session| session.len()));
    let lanes = move || stage.read(|session| session.lanes());
    let goes_on = memo(move || stage.read(|session| session.goes_on()));
    let width = RwSignal::new(0);
    let scale = move || Scale::new(width.get() as f32, len.get(), goes_on.get());
    let rows = move || Rows::new(stage.read(|session| session.trace().lanes()));

    let slider = slider(stage, cursor, len);
    let focus = slider.html().clone();
    let moved = move || format!("translateX({}px)", Px(scale().x(cursor.get())));
    let room = el("div")
        .class("track")
        .child(drawing(stage, scale, rows, len))
        .child(el("div").class("ahead").child(el("i").live_style("transform", moved)))
        .child(slider);
    observe(&room, move |element| width.set(element.client_width()));

    let track = room.element().clone();
    let point = move |event: &PointerEvent| {
        let x = event.client_x() as f32 - track.get_bounding_client_rect().left() as f32;
        let to = untrack(scale).cursor(x, len.get_untracked());
        if to != cursor.get_untracked() {
            stage.go(Move::Seek(to));
        }
    };
    let drag = point.clone();
    let track = room.element().clone();
    let room = room
        .on("pointerdown", move |event| {
            let event: PointerEvent = event.unchecked_into();
            if event.button() == 0 {
                event.prevent_default();
                _ = track.set_pointer_capture(event.pointer_id());
                _ = focus.focus();
                point(&event);
            }
        })
        .on("pointermove", move |event| {
            let event: PointerEvent = event.unchecked_into();
            if event.buttons() & 1 == 1 {
                drag(&event);
            }
        });
    let legend = el("div").class("legend").attr("aria-hidden", "true");
    let legend = legend.live_for(lanes, move |lanes| {
        let rows = Rows::new(lanes.len());
        let sign = |(lane, actor): (usize, &Actor)| {
            let sign = el("span").attr("title", &actor.name).child(badge(actor));
            _ = sign.html().style().set_property("top", &format!("{}px", Px(rows.y(lane))));
            sign
        };
        lanes.iter().take(rows.shown).enumerate().map(sign).collect()
    });
    el("div")
        .class("timeline")
        .live_style("height", move || format!("{}px", Px(rows().height())))
        .child(legend)
        .child(room)
}

fn slider(stage: Stage, cursor: Memo<usize>, len: Memo<usize>) -> El {
    let said = move || {
        stage.read(|session| {
            let (cursor, len) = (session.cursor(), session.len());
            let sentence = session.sentence(cursor).map_or(String::new(), |text| plain(&text));
            format!("Step {cursor} of {len}. {sentence}")
        })
    };
    let slider = el("input")
        .attr("type", "range")
        .attr("aria-label", "Timeline")
        .attr("min", "0")
        .live_attr("aria-valuenow", move || cursor.get().to_string())
        .live_attr("aria-valuetext", said);
    let (shown, slid) = (slider.element().clone(), slider.element().clone());
    watch(move || {
        // In this order, because a value beyond the end is not taken.
        let max = len.get().to_string();
        if shown.get_attribute("max").as_ref() != Some(&max) {
            _ = shown.set_attribute("max", &max);
        }
        set_value(&shown, &cursor.get().to_string());
    });
    slider.on("input", move |_| {
        if let Ok(cursor) = value(&slid).parse() {
            stage.go(Move::Seek(cursor));
        }
    })
}

fn drawing(
    stage: Stage,
    scale: impl Fn() -> Scale + 'static,
    rows: impl Fn() -> Rows + 'static,
    len: Memo<usize>,
) -> El {
    let svg = svg("svg").attr("aria-hidden", "true");
    let edition = memo(move || stage.read(|session| session.edition()));
    let element = svg.element().clone();
    let mut drawn = Drawn::default();
    let what = move || ((scale(), rows(), edition.get()), len.get());
    watch_for(what, move |(what, len)| {
        if what.0.x(1) > 0.0 {
            stage.peek(|session| drawn.update(&element, session, *what, *len));
        }
    });
    svg
}

/// What stands drawn, and for what.
#[derive(Default)]
struct Drawn {
    chunks: Vec<El>,
    looks: Vec<Look>,
    what: Option<(Scale, Rows, u32)>,
    len: usize,
}

impl Drawn {
    /// Draws what is new: the last chunk that was drawn may have grown, those before it are finished.
    fn update(
        &mut self,
        element: &Element,
        session: &dyn Session,
        what: (Scale, Rows, u32),
        len: usize,
    ) {
        let (scale, rows, _) = what;
        if self.what != Some(what) || len < self.len {
            self.what = Some(what);
            self.looks = session.lanes().iter().map(|actor| actor.look).collect();
            self.len = 0;
            self.chunks.clear();
            element.set_inner_html(&draw::ground(scale, rows));
        }
        for index in self.len / scale.chunk()..=len / scale.chunk() {
            if self.chunks.len() <= index {
                let chunk = svg("g");
                _ = element.append_child(chunk.element());
                self.chunks.push(chunk);
            }
            let markup = chunk(session.trace(), session.marks(), &self.looks, scale, rows, index);
            self.chunks[index].element().set_inner_html(&markup);
        }
        self.len = len;
    }
}
