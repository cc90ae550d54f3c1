//! The app: which page stands at which address.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use crate::address;
use crate::home::Home;
use crate::pages::{self, Entry, Kind};
use crate::stage::{Modes, StagePage};
use crate::update::Update;

/// What stands at an address.
#[derive(Clone, Copy)]
enum Page {
    Home,
    Demo(&'static Entry),
    NotFound,
}

impl Page {
    fn at(route: &str) -> Page {
        match route {
            "" => Page::Home,
            _ => pages::find(route).map_or(Page::NotFound, Page::Demo),
        }
    }

    fn title(self) -> String {
        match self {
            Page::Home => "Oxidoscope: the hard parts of Rust, to operate".to_owned(),
            Page::Demo(entry) => format!("{} · Oxidoscope", entry.title),
            Page::NotFound => "No such page · Oxidoscope".to_owned(),
        }
    }
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    take_over_body();
    let base = StoredValue::new(address::pin_base());
    let here = move || base.with_value(|base| address::route(base, &address::path()).to_owned());
    let route = RwSignal::new(here());
    let modes = Modes::new();
    let go = move || {
        modes.reread();
        let now = here();
        if route.with_untracked(|route| *route != now) {
            route.set(now);
        }
    };
    let listeners =
        [EventListener::new(&window(), "popstate", move |_| go()), follow_links(base, go)];
    let listeners = StoredValue::new_local(Some(listeners));
    on_cleanup(move || listeners.set_value(None));
    Effect::new(move || document().set_title(&Page::at(&route.get()).title()));
    view! {
        {move || match Page::at(&route.get()) {
            Page::Home => view! { <Home modes /> }.into_any(),
            Page::NotFound => view! { <NotFound route=route.get() /> }.into_any(),
            Page::Demo(entry) => demo(entry, modes),
        }}
        <Update />
    }
}

fn demo(entry: &'static Entry, modes: Modes) -> AnyView {
    match entry.kind {
        Kind::Instrument(page) => page(),
        Kind::Machine(page) => {
            let Entry { route, chapter, title, .. } = *entry;
            view! { <StagePage page route chapter title modes /> }.into_any()
        }
    }
}

#[component]
fn NotFound(route: String) -> impl IntoView {
    view! {
        <main class="plain">
            <h1>"There is no page “" {route} "” here"</h1>
            <p>"The address may be cut, or from a newer build. These pages there are:"</p>
            <ul>
                <li>
                    <a href="./">"Home: all demos"</a>
                </li>
                {pages::DEMOS
                    .iter()
                    .map(|entry| {
                        view! {
                            <li>
                                <a href=format!("{}/", entry.route)>{entry.title}</a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </main>
    }
}

/// Links within the base change the page without loading it anew.
fn follow_links(base: StoredValue<String>, go: impl Fn() + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "click", options, move |event| {
        let Some(click) = event.dyn_ref::<MouseEvent>() else { return };
        let held = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
        if click.default_prevented() || click.button() != 0 || held {
            return;
        }
        let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else {
            return;
        };
        let ours = link.origin() == location().origin().unwrap_or_default()
            && base.with_value(|base| link.pathname().starts_with(base.as_str()))
            && !link.has_attribute("download")
            && link.target().is_empty();
        if ours && link.pathname() != address::path() {
            click.prevent_default();
            address::push(&link.href());
            go();
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    })
}

/// The sentence that said that the page is loading has done its work.
fn take_over_body() {
    if let Some(loading) = document().get_element_by_id("loading") {
        loading.remove();
    }
}
