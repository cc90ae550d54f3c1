//! The Source region: the file that is executing, at the line that is executing.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Place, Source};
use crate::stage::Stage;
use crate::stage::commands::badge;
use crate::stage::region::Region;

/// Tabs for the sources, and the text of the one that is shown.
#[component]
pub(in crate::stage) fn SourceRegion(stage: Stage) -> impl IntoView {
    let sources = Memo::new(move |_| stage.read(|session| session.sources()));
    let place = Memo::new(move |_| stage.read(|session| session.place(session.cursor())));
    // Following keeps the last source that was executing while a step has no place of its own.
    let followed = Memo::new(move |before: Option<&usize>| {
        place.get().map(|place| place.source).or(before.copied()).unwrap_or(0)
    });
    let shown = Memo::new(move |_| {
        let last = sources.with(|sources| sources.len()).saturating_sub(1);
        stage.source.get().unwrap_or(followed.get()).min(last)
    });
    let file = move || {
        let name = sources.with(|sources| sources.get(shown.get()).map(|source| source.file));
        view! { <span class="file">{name}</span> }
    };
    view! {
        <Region name="Source" class="source" aside=file>
            <div class="tabs" role="group" aria-label="Which source">
                <button
                    type="button"
                    aria-pressed=move || stage.source.get().is_none().to_string()
                    title="Show what is executing"
                    on:click=move |_| stage.source.set(None)
                >
                    "Follow"
                </button>
                {move || {
                    sources
                        .get()
                        .iter()
                        .enumerate()
                        .map(|(index, source)| tab(stage, index, source.name, place, shown))
                        .collect_view()
                }}
            </div>
            <div class="files">
                {move || {
                    sources
                        .get()
                        .iter()
                        .enumerate()
                        .map(|(index, source)| text(stage, index, source, place, shown))
                        .collect_view()
                }}
            </div>
        </Region>
    }
}

fn tab(
    stage: Stage,
    index: usize,
    name: &'static str,
    place: Memo<Option<Place>>,
    shown: Memo<usize>,
) -> impl IntoView {
    let executing = move || place.get().is_some_and(|place| place.source == index);
    view! {
        <button
            type="button"
            aria-pressed=move || (stage.source.get() == Some(index)).to_string()
            class:shown=move || shown.get() == index
            class:executing=executing
            on:click=move |_| stage.source.set(Some(index))
        >
            {name}
            {move || executing().then(|| view! { <span class="unseen">" (executing)"</span> })}
        </button>
    }
}

/// All files stay laid out, one on top of the other, so that changing from one to the other costs
/// nothing but paint.
fn text(
    stage: Stage,
    index: usize,
    source: &Source,
    place: Memo<Option<Place>>,
    shown: Memo<usize>,
) -> impl IntoView + use<> {
    let scroller = NodeRef::<html::Div>::new();
    let list = NodeRef::<html::Ol>::new();
    let is_shown = move || shown.get() == index;
    let here = Memo::new(move |_| place.get().filter(|place| place.source == index));
    let marked = StoredValue::new_local(None::<web_sys::Element>);
    Effect::new(move || {
        let (Some(scroller), Some(list)) = (scroller.get(), list.get()) else { return };
        marked.update_value(|marked| {
            if let Some(line) = marked.take() {
                _ = line.remove_attribute("aria-current");
            }
        });
        let Some(place) = here.get() else { return };
        let Some(line) = list.children().item(place.line.saturating_sub(1)) else { return };
        _ = line.set_attribute("aria-current", "true");
        if let Some(line) = line.dyn_ref::<HtmlElement>() {
            reveal(&scroller, line, stage.modes.present.get());
        }
        marked.set_value(Some(line));
    });
    let pins = Memo::new(move |_| {
        stage.read(|session| {
            let pins = session.pins();
            pins.into_iter().filter(|(place, _)| place.source == index).collect::<Vec<_>>()
        })
    });
    let label = format!("{}, {}", source.name, source.file);
    view! {
        <div
            class="file-text"
            class:shown=is_shown
            tabindex=move || if is_shown() { "0" } else { "-1" }
            role="group"
            aria-label=label
            node_ref=scroller
        >
            <ol node_ref=list inner_html=source.to_html()></ol>
            <div class="pins">
                {move || {
                    let mut beside = std::collections::BTreeMap::<u32, usize>::new();
                    pins.get()
                        .iter()
                        .map(|(place, actor)| {
                            let nth = beside.entry(place.line).or_default();
                            let right = format!("{:.2}em", 0.4 + 1.7 * *nth as f64);
                            *nth += 1;
                            let top = format!("calc(var(--line-height) * {})", place.line - 1);
                            let says = format!("{} stands here", actor.name);
                            view! {
                                <span style:top=top style:right=right title=says.clone()>
                                    {badge(actor)}
                                    <span class="unseen">{says.clone()} ", line " {place.line}</span>
                                </span>
                            }
                        })
                        .collect_view()
                }}
            </div>
        </div>
    }
}

/// Brings a line into sight if it is not well in it; in presenter mode to the middle, because there
/// is room only for the lines around it.
fn reveal(scroller: &HtmlElement, line: &HtmlElement, centre: bool) {
    let (top, height) = (line.offset_top(), line.offset_height());
    let (seen, room) = (scroller.scroll_top(), scroller.client_height());
    let margin = (2 * height).min(room / 4);
    if centre {
        scroller.set_scroll_top(top - (room - height) / 2);
    } else if top < seen + margin || top + height + margin > seen + room {
        scroller.set_scroll_top(top - room / 3);
    }
    scroller.set_scroll_left(0);
}

/// The sources of a run, which a memo can hold.
pub(in crate::stage) type Sources = Arc<Vec<Source>>;
