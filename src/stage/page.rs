//! A demo's page: all parts of the stage in their places.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use machine::Player;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

use super::caption::caption;
use super::commands::commands;
use super::help::help;
use super::notices::notices;
use super::region::region;
use super::shapes::{Canvas, Picture};
use super::source::{Files, source_region};
use super::steps::steps;
use super::transport::transport;
use super::{Chapter, Ctx, Demo, Modes, Move, Playing, Session, Stage, export, keys};
use crate::address;
use crate::dom::{El, button, el, icon_button, set_value, value, watch};
use crate::worker::{Begin, begin};

/// The functions of a demo of which everything else follows, so that a registry can hold it.
#[derive(Clone, Copy)]
pub struct MachinePage {
    open: fn(&'static str) -> Result<Opened, String>,
    still: fn(Canvas) -> Option<Picture>,
    begin: Begin,
}

/// A session with the two components that only its demo knows.
struct Opened {
    session: Rc<RefCell<dyn Session>>,
    view: Box<dyn Fn(Stage) -> El>,
    editor: Box<dyn Fn(Stage) -> El>,
}

impl MachinePage {
    /// The page of a demo.
    pub const fn of<D: Demo>() -> MachinePage {
        MachinePage { open: open::<D>, still: still::<D>, begin: begin::<D::Machine> }
    }

    /// What begins to play a run of the demo to its end.
    pub const fn begin(&self) -> Begin {
        self.begin
    }

    /// The first scene where its picture says most, drawn from the state in which the machine really
    /// is then.
    pub fn still(&self, canvas: Canvas) -> Option<Picture> {
        (self.still)(canvas)
    }

    /// A run of the demo, without a page.
    pub fn session(&self, route: &'static str) -> Result<Rc<RefCell<dyn Session>>, String> {
        (self.open)(route).map(|opened| opened.session)
    }
}

fn open<D: Demo>(route: &'static str) -> Result<Opened, String> {
    let playing = Rc::new(RefCell::new(Playing::<D>::new(route)?));
    let (viewed, edited) = (playing.clone(), playing.clone());
    Ok(Opened {
        session: playing,
        view: Box::new(move |stage| D::view(Ctx::new(stage, viewed.clone()))),
        editor: Box::new(move |stage| D::editor(Ctx::new(stage, edited.clone()))),
    })
}

fn still<D: Demo>(canvas: Canvas) -> Option<Picture> {
    let scene = D::scenes().into_iter().next()?;
    let mut player = Player::open(scene.run).ok()?;
    while player.cursor() < scene.telling {
        let before = player.cursor();
        player.forward().ok()?;
        if player.cursor() == before {
            break;
        }
    }
    let step = player.cursor().checked_sub(1).and_then(|index| player.step(index));
    Some(D::picture(player.scenario(), player.snapshot(), step, canvas))
}

/// The page of a machine. Must be built while an owner is there, with which it ends.
pub fn stage_page(
    page: MachinePage,
    route: &'static str,
    chapter: Chapter,
    title: &'static str,
    modes: Modes,
) -> El {
    let opened = match (page.open)(route) {
        Ok(opened) => opened,
        Err(what) => {
            let what = format!("This demo cannot start: {what}");
            return el("main")
                .class("plain")
                .child(el("h1").text(title))
                .child(el("p").text(&what));
        }
    };
    let stage = Stage::new(opened.session, modes);
    let asked = address::fragment();
    if !asked.is_empty() {
        stage.open(&asked);
    }
    let steps_head = el("header").class("region-head").child(el("h2").text("Steps"));
    let places = el("div")
        .class("places")
        .child(state(stage, (opened.view)(stage)))
        .child(source_region(stage))
        .child(el("section").class("region steps").child(steps_head).child(steps(stage)));
    let root = el("div")
        .class("stage")
        .attr("tabindex", "-1")
        .attr("data-demo", route)
        .live_class("editing", move || stage.editing.get())
        .child(head(stage, chapter, title, opened.editor))
        .child(el("main").child(caption(stage)).child(places))
        .child(el("footer").class("dock").child(commands(stage)).child(transport(stage)))
        .child(help(stage));
    keys::listen(stage, &root);
    fetch_sources(stage, route);
    export::follow_address(stage);
    export::accept_drops(stage);
    root
}

/// Fetches the texts of the sources, and shows them if the page is still open then.
fn fetch_sources(stage: Stage, route: &'static str) {
    spawn_local(async move {
        let files = Files::fetch(route).await;
        if let Some(session) = stage.session.try_get_value() {
            session.borrow_mut().take_files(files);
            stage.touched();
        }
    });
}

fn state(stage: Stage, view: El) -> El {
    let place = el("span").live_text(move || {
        let (cursor, len) = stage.read(|session| (session.cursor(), session.len()));
        format!("Step {cursor} of {len}")
    });
    let words = el("p").class("unseen").live_text(move || stage.read(|session| session.describe()));
    let room = el("div").class("room").child(view);
    region("State", "state", place).child(words).child(room).child(notices(stage))
}

fn head(stage: Stage, chapter: Chapter, title: &str, editor: Box<dyn Fn(Stage) -> El>) -> El {
    let brand = el("a")
        .class("brand")
        .attr("href", "./")
        .attr("title", "All demos")
        .text("Oxido")
        .child(el("b").text("scope"));
    let crumb = el("p").class("crumb").text(&format!("{} {} ›", chapter.number, chapter.title));
    el("header")
        .class("bar")
        .child(brand)
        .child(crumb)
        .child(el("h1").text(title))
        .child(scenario(stage, editor))
        .child(tools(stage))
}

/// Which scene, and the editor of what is set up.
fn scenario(stage: Stage, editor: Box<dyn Fn(Stage) -> El>) -> El {
    let scenes = stage.peek(|session| session.scenes());
    let options = scenes.into_iter().enumerate().map(|(index, (title, _))| {
        let text = format!("{}  {title}", index + 1);
        el("option").attr("value", &index.to_string()).text(&text)
    });
    let own = el("option").attr("value", "own").attr("disabled", "").text("Your own scenario");
    let select = el("select").attr("aria-label", "Scene").with(options).child(own);
    let (shown, chosen) = (select.element().clone(), select.element().clone());
    watch(move || {
        let scene = stage.read(|session| session.scene());
        set_value(&shown, &scene.map_or("own".to_owned(), |scene| scene.to_string()));
    });
    let select = select.on("change", move |_| {
        if let Ok(scene) = value(&chosen).parse() {
            stage.go(Move::Scene(scene));
        }
    });
    let edit = button("Edit")
        .live_state("aria-expanded", move || stage.editing.get())
        .click(move || stage.editing.update(|open| *open = !*open));
    let editor = el("div").class("editing").live(move || match stage.editing.get() {
        true => vec![el("div").class("editor").child(untrack(|| editor(stage)))],
        false => Vec::new(),
    });
    el("section")
        .class("scenario")
        .attr("aria-label", "Scenario")
        .child(select)
        .child(edit)
        .child(editor)
}

fn tools(stage: Stage) -> El {
    let modes = stage.modes;
    let theme = move || format!("Theme: {}", modes.theme.get().name());
    let theme = icon_button("Theme", "", THEME)
        .class("icon")
        .live_attr("aria-label", theme)
        .live_attr("title", theme)
        .click(move || modes.next_theme());
    let help = button("?")
        .class("icon")
        .attr("aria-label", "Help")
        .attr("title", "Keys and signs (?)")
        .click(move || stage.help.set(true));
    let present = button("Present")
        .class("present")
        .live_state("aria-pressed", move || modes.present.get())
        .child(el("kbd").attr("aria-hidden", "true").text("P"))
        .click(move || modes.toggle_present());
    let link = button("Copy link").click(move || export::copy_link(stage));
    el("div")
        .class("tools")
        .child(theme)
        .child(help)
        .child(save_menu(stage))
        .child(present)
        .child(link)
}

fn save_menu(stage: Stage) -> El {
    let menu = el("details").class("menu");
    let details = menu.element().clone();
    let close = move || _ = details.remove_attribute("open");
    let (closes, picked) = (close.clone(), close.clone());
    let svg = button("Diagram as SVG").click(move || {
        close();
        export::save_svg(stage);
    });
    let json = button("Run as JSON").click(move || {
        closes();
        export::save_json(stage);
    });
    let file = el("input").attr("type", "file").attr("accept", ".json,application/json");
    let input = file.cast::<HtmlInputElement>().clone();
    let file = file.on("change", move |_| {
        picked();
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            export::open_file(stage, file);
        }
        input.set_value("");
    });
    let open = el("label").class("pick").text("Open a saved run").child(file);
    menu.child(el("summary").text("Save")).child(el("div").child(svg).child(json).child(open))
}

const THEME: &str =
    "M8 1.5a6.5 6.5 0 1 0 0 13zM8 1.5a6.5 6.5 0 0 1 0 13v-1.4a5.1 5.1 0 0 0 0-10.2z";
