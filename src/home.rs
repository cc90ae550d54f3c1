//! The home page: every demo, grouped by the book's chapters, each with a picture of a state in
//! which its machine really is.

use leptos::prelude::*;
use leptos::svg;
use web_sys::Element;

use crate::pages::{DEMOS, Entry, Kind};
use crate::stage::Modes;
use crate::stage::shapes::{Canvas, Painter};

/// The size at which a still is laid out; the card scales it.
const STILL: Canvas = Canvas { width: 760.0, height: 420.0, text: 14.0 };

/// The home page.
#[component]
pub(crate) fn Home(modes: Modes) -> impl IntoView {
    let mut chapters: Vec<_> = DEMOS.iter().map(|entry| entry.chapter).collect();
    chapters.dedup();
    view! {
        <div class="home">
            <header class="home-head">
                <p class="brand">"Oxido" <b>"scope"</b></p>
                <button
                    type="button"
                    class="quiet"
                    on:click=move |_| modes.next_theme()
                >
                    "Theme: " {move || modes.theme.get().name()}
                </button>
            </header>
            <main>
                <h1>"The hard parts of Rust, to operate"</h1>
                <p class="lead">
                    "Real Rust runs in this page, one step at a time. Step it forward and back, take another \
                     way at any point, and send somebody the link to the exact step."
                </p>
                {chapters
                    .into_iter()
                    .map(|chapter| {
                        let entries = DEMOS.iter().filter(move |entry| entry.chapter == chapter);
                        view! {
                            <section class="chapter">
                                <h2>
                                    <span>"Chapter " {chapter.number}</span>
                                    {chapter.title}
                                </h2>
                                <ul class="cards">{entries.map(card).collect_view()}</ul>
                            </section>
                        }
                    })
                    .collect_view()}
            </main>
        </div>
    }
}

fn card(entry: &'static Entry) -> impl IntoView {
    view! {
        <li class="card">
            <a href=format!("{}/", entry.route)>
                {still(entry)} <h3>{entry.title}</h3> <p>{entry.pitch}</p>
            </a>
        </li>
    }
}

fn still(entry: &'static Entry) -> Option<impl IntoView> {
    let Kind::Machine(page) = entry.kind else { return None };
    let picture = page.still(STILL)?;
    let node = NodeRef::<svg::Svg>::new();
    Effect::new(move || {
        if let Some(svg) = node.get() {
            let svg: &Element = svg.as_ref();
            Painter::new(svg.clone()).paint(&picture);
        }
    });
    Some(view! { <svg class="still" aria-hidden="true" node_ref=node></svg> })
}
