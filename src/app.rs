//! The app: which page stands at which address.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use crate::address;
use crate::dom::{El, el, listen_to};
use crate::home::home;
use crate::pages::{self, Entry, Kind};
use crate::stage::{Modes, stage_page};
use crate::update::update;

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

/// The whole page, at the end of the document's body.
#[component]
pub fn App() -> impl IntoView {
    if let Some(body) = document().body() {
        _ = body.append_child(app().element());
    }
}

/// The whole page. Lives as long as the current owner.
pub fn app() -> El {
    // The sentence that said that the page is loading has done its work.
    if let Some(loading) = document().get_element_by_id("loading") {
        loading.remove();
    }
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
    listen_to(&window(), "popstate", move |_| go());
    follow_links(base, go);
    el("div")
        .class("app")
        .child(el("div").live_for(
            move || route.get(),
            move |route| {
                let page = Page::at(route);
                document().set_title(&page.title());
                vec![build(page, route, modes)]
            },
        ))
        .child(update())
}

fn build(page: Page, route: &str, modes: Modes) -> El {
    match page {
        Page::Home => home(modes),
        Page::NotFound => not_found(route),
        Page::Demo(entry) => match entry.kind {
            Kind::Instrument(page) => page(),
            Kind::Machine(page) => stage_page(page, entry.route, entry.chapter, entry.title, modes),
        },
    }
}

fn not_found(route: &str) -> El {
    let link = |address: &str, text: &str| el("li").child(el("a").attr("href", address).text(text));
    let demos = pages::DEMOS.iter().map(|entry| link(&format!("{}/", entry.route), entry.title));
    el("main")
        .class("plain")
        .child(el("h1").text(&format!("There is no page “{route}” here")))
        .child(
            el("p").text("The address may be cut, or from a newer build. These pages there are:"),
        )
        .child(el("ul").child(link("./", "Home: all demos")).with(demos))
}

/// Links within the base change the page without loading it anew.
fn follow_links(base: StoredValue<String>, go: impl Fn() + 'static) {
    listen_to(&document(), "click", move |event| {
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
    });
}
