//! The app: which page stands at which address.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlAnchorElement, MouseEvent};

use crate::address;
use crate::dom::{El, Html, el, listen_to, markup, target, watch_for};
use crate::home::home;
use crate::live::Live;
use crate::pages::{self, Entry, Kind, instrument_page};
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
    let base: Rc<str> = address::pin_base().into();
    let here = {
        let base = base.clone();
        move || address::route(&base, &address::path()).to_owned()
    };
    let route = Rc::new(Live::new(here()));
    let modes = Modes::new();
    let shown = route.clone();
    let go = Rc::new(move || {
        modes.reread();
        route.set_other(here());
    });
    let went = go.clone();
    listen_to(&window(), "popstate", move |_| went());
    follow_links(base, go);
    let place = el("div");
    let app = el("div").child(place.clone()).child(update());
    app.put("class", "app");
    watch_for(
        move || shown.read().clone(),
        move |route| {
            let page = Page::at(route);
            document().set_title(&page.title());
            place.set_html("");
            _ = place.clone().child(build(page, route, modes));
        },
    );
    app
}

fn build(page: Page, route: &str, modes: Modes) -> El {
    match page {
        Page::Home => home(modes),
        Page::NotFound => not_found(route),
        Page::Demo(entry) => match entry.kind {
            Kind::Instrument(page) => instrument_page(page, entry.route, entry.title, modes),
            Kind::Machine(page) => stage_page(page, entry.route, entry.chapter, entry.title, modes),
        },
    }
}

#[inline(never)]
fn not_found(route: &str) -> El {
    let mut html = Html::new();
    html.raw("<main class=plain><h1>There is no page “").text(route).raw("” here</h1>");
    html.raw("<p>The address may be cut, or from a newer build. These pages there are:</p><ul>");
    html.raw("<li><a href=\"./\">Home: all demos</a></li>");
    for entry in pages::DEMOS {
        html.raw("<li><a href=\"").raw(entry.route).raw("/\">").text(entry.title).raw("</a></li>");
    }
    markup(&html.raw("</ul></main>").take())
}

/// Links within the base change the page without loading it anew.
fn follow_links(base: Rc<str>, go: Rc<dyn Fn()>) {
    listen_to(&document(), "click", move |event| {
        let click: &MouseEvent = event.unchecked_ref();
        let held = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
        if click.default_prevented() || click.button() != 0 || held {
            return;
        }
        let link = target(event).and_then(|target| target.closest("a[href]").ok().flatten());
        if let Some(link) = link {
            follow(click, link.unchecked_ref(), &base, &*go);
        }
    });
}

#[inline(never)]
fn follow(click: &MouseEvent, link: &HtmlAnchorElement, base: &str, go: &dyn Fn()) {
    let elsewhere = link.has_attribute("download") || link.has_attribute("target");
    let path = address::path_here(&link.href()).filter(|path| path.starts_with(base));
    if !elsewhere && path.is_some_and(|path| path != address::path()) {
        click.prevent_default();
        address::push(&link.href());
        go();
        if let Some(root) = document().document_element() {
            root.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }
}
