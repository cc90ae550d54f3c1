//! The run from its first step to its last: a lane an actor, marks, and the cursor to drag.

mod draw;

use leptos::html;
use leptos::prelude::*;
use leptos::svg;
use web_sys::{Element, SvgElement};

use super::commands::badge;
use super::diagram::observe;
use super::prose::plain;
use super::shapes::Look;
use super::{Move, Session, Stage};
use draw::{Rows, Scale, chunk};

/// The slider "Timeline", whose value is the cursor.
#[component]
pub(super) fn Timeline(stage: Stage) -> impl IntoView {
    let cursor = Memo::new(move |_| stage.read(|session| session.cursor()));
    let len = Memo::new(move |_| stage.read(|session| session.len()));
    let width = RwSignal::new(0.0);
    let lanes = Memo::new(move |_| stage.read(|session| session.lanes()));
    let goes_on = Memo::new(move |_| stage.read(|session| session.goes_on()));
    let scale = Memo::new(move |_| Scale::new(width.get(), len.get(), goes_on.get()));
    let rows = Memo::new(move |_| Rows::new(lanes.with(Vec::len)));

    let room = NodeRef::<html::Div>::new();
    observe(room, move |element| {
        let room = f64::from(element.client_width());
        if width.get_untracked() != room {
            width.set(room);
        }
    });
    let slider = NodeRef::<html::Input>::new();
    let canvas = NodeRef::<svg::Svg>::new();
    paint(stage, canvas, scale, rows, len);

    let said = move || {
        stage.read(|session| {
            let (cursor, len) = (session.cursor(), session.len());
            let sentence = session.sentence(cursor).map_or(String::new(), |text| plain(&text));
            format!("Step {cursor} of {len}. {sentence}")
        })
    };
    let slid = move |event: leptos::ev::Event| {
        if let Ok(cursor) = event_target_value(&event).parse() {
            stage.go(Move::Seek(cursor));
        }
    };
    let pointed = move |event: leptos::ev::PointerEvent| {
        if event.buttons() & 1 == 0 {
            return;
        }
        let Some(room) = room.get_untracked() else { return };
        let x = f64::from(event.client_x()) - room.get_bounding_client_rect().left();
        let to = scale.get_untracked().cursor(x, len.get_untracked());
        if to != cursor.get_untracked() {
            stage.go(Move::Seek(to));
        }
    };
    let grabbed = move |event: leptos::ev::PointerEvent| {
        event.prevent_default();
        if let Some(room) = room.get_untracked() {
            _ = room.set_pointer_capture(event.pointer_id());
        }
        if let Some(slider) = slider.get_untracked() {
            _ = slider.focus();
        }
        pointed(event);
    };
    view! {
        <div class="timeline" style:height=move || format!("{}px", rows.get().height())>
            <div class="legend" aria-hidden="true">
                {move || {
                    let rows = rows.get();
                    lanes
                        .get()
                        .iter()
                        .take(rows.shown)
                        .enumerate()
                        .map(|(lane, actor)| {
                            let top = format!("{}px", rows.y(lane));
                            view! {
                                <span style:top=top title=actor.name.clone()>
                                    {badge(actor)}
                                </span>
                            }
                        })
                        .collect_view()
                }}
            </div>
            <div class="track" node_ref=room on:pointerdown=grabbed on:pointermove=pointed>
                <svg aria-hidden="true" node_ref=canvas></svg>
                <div
                    class="veil"
                    style:transform=move || format!("translateX({:.1}px)", scale.get().x(cursor.get()))
                ></div>
                <div
                    class="playhead"
                    style:transform=move || format!("translateX({:.1}px)", scale.get().x(cursor.get()))
                ></div>
                <input
                    type="range"
                    aria-label="Timeline"
                    min="0"
                    max=move || len.get().to_string()
                    aria-valuenow=move || cursor.get().to_string()
                    aria-valuetext=said
                    prop:value=move || {
                        len.track();
                        cursor.get().to_string()
                    }
                    node_ref=slider
                    on:input=slid
                />
            </div>
        </div>
    }
}

/// What stands drawn, and for what.
#[derive(Default)]
struct Drawn {
    chunks: Vec<SvgElement>,
    looks: Vec<Look>,
    scale: Option<(Scale, Rows, u32)>,
    len: usize,
}

fn paint(
    stage: Stage,
    canvas: NodeRef<svg::Svg>,
    scale: Memo<Scale>,
    rows: Memo<Rows>,
    len: Memo<usize>,
) {
    let drawn = StoredValue::new_local(Drawn::default());
    let edition = Memo::new(move |_| stage.read(|session| session.edition()));
    Effect::new(move || {
        let Some(svg) = canvas.get() else { return };
        let (scale, rows, edition, len) = (scale.get(), rows.get(), edition.get(), len.get());
        if scale.x(1) <= 0.0 {
            return;
        }
        drawn.update_value(|drawn| {
            stage.peek(|session| drawn.update(&svg, session, scale, rows, edition, len));
        });
    });
}

impl Drawn {
    fn update(
        &mut self,
        svg: &Element,
        session: &dyn Session,
        scale: Scale,
        rows: Rows,
        edition: u32,
        len: usize,
    ) {
        if self.scale != Some((scale, rows, edition)) {
            self.scale = Some((scale, rows, edition));
            self.looks = session.lanes().iter().map(|actor| actor.look).collect();
            self.len = 0;
            for chunk in self.chunks.drain(..) {
                chunk.remove();
            }
        }
        let last = len / scale.chunk();
        // The last chunk that was drawn may have grown; those before it are finished.
        for index in self.len / scale.chunk()..=last {
            if self.chunks.len() <= index {
                let Some(group) = super::shapes::group() else { return };
                _ = svg.append_child(&group);
                self.chunks.push(group);
            }
            let markup = chunk(session.trace(), session.marks(), &self.looks, scale, rows, index);
            self.chunks[index].set_inner_html(&markup);
        }
        self.len = len;
    }
}
