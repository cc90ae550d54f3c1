//! A demo's page: all parts of the stage in their places.

use std::cell::RefCell;
use std::rc::Rc;

use machine::Player;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlDialogElement, KeyboardEvent};

use super::actions::{choose, click};
use super::caption::caption;
use super::commands::commands;
use super::notices::notices;
use super::shapes::{Canvas, Picture};
use super::source::{Files, sources};
use super::steps::steps;
use super::timeline::timeline;
use super::transport::transport;
use super::{Chapter, Ctx, Demo, Modes, Playing, Session, Stage, export, keys};
use crate::address;
use crate::dom::{El, Html, Written, el, markup, set_value, watch, watch_for};

/// Everything on a stage that stands still.
const STAGE: &str = include_str!("stage.html");

/// The functions of a demo of which everything else follows, so that a registry can hold it.
#[derive(Clone, Copy)]
pub struct MachinePage {
    open: fn(&'static str) -> Result<Opened, String>,
    view: fn(Stage) -> El,
    editor: fn(Stage) -> El,
    still: fn(Canvas) -> Option<Picture>,
}

/// A run that is open.
type Opened = Rc<RefCell<dyn Session>>;

impl MachinePage {
    /// The page of a demo.
    pub const fn of<D: Demo>() -> MachinePage {
        MachinePage {
            open: open::<D>,
            view: |stage| D::view(Ctx::new(stage)),
            editor: |stage| D::editor(Ctx::new(stage)),
            still: still::<D>,
        }
    }

    /// The first scene where its picture says most, drawn from the state in which the machine really
    /// is then.
    pub fn still(&self, canvas: Canvas) -> Option<Picture> {
        (self.still)(canvas)
    }

    /// A run of the demo, without a page.
    pub fn session(&self, route: &'static str) -> Result<Opened, String> {
        (self.open)(route)
    }
}

fn open<D: Demo>(route: &'static str) -> Result<Opened, String> {
    Ok(Rc::new(RefCell::new(Playing::<D>::new(route)?)))
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
    let session = match (page.open)(route) {
        Ok(session) => session,
        Err(what) => {
            let mut html = Html::new();
            html.raw("<main class=plain><h1>").text(title);
            html.raw("</h1><p>This demo cannot start: ").text(&what).raw("</p></main>");
            return markup(&html.take());
        }
    };
    let stage = Stage::new(session, modes);
    let asked = address::fragment();
    if !asked.is_empty() {
        stage.open(&asked);
    }
    let root = markup(STAGE);
    root.put("data-demo", route);
    root.part("crumb").say(&format!("{} {} ›", chapter.number, chapter.title));
    root.part("title").say(title);
    _ = root.part("room").child((page.view)(stage));
    stage.modes.follow(&root);
    scenario(stage, &root, page.editor);
    caption(stage, &root);
    state(stage, &root);
    notices(stage, &root);
    sources(stage, &root);
    steps(stage, &root);
    commands(stage, &root);
    transport(stage, &root);
    timeline(stage, &root);
    help(stage, &root);
    keys::listen(stage, &root);
    fetch_sources(stage, route);
    export::follow_address(stage);
    export::accept_drops(stage);
    root.on_each("click", "data-do", move |what, element| click(stage, what, element)).on_each(
        "change",
        "data-set",
        move |what, element| choose(stage, what, element),
    )
}

/// Fetches the texts of the sources, and shows them if the page is still open then.
fn fetch_sources(stage: Stage, route: &'static str) {
    spawn_local(async move {
        let files = Files::fetch(route).await;
        if let Some(session) = stage.try_session() {
            session.borrow_mut().take_files(files);
            stage.touched();
        }
    });
}

/// Where one is, and the state in words.
fn state(stage: Stage, root: &El) {
    let (place, mut words) = (root.part("place"), Written::new(root.part("words")));
    watch(move || {
        let (at, state) = stage.read(|session| {
            let at = format!("Step {} of {}", session.cursor(), session.len());
            (at, session.describe())
        });
        place.say(&at);
        words.write_text(&state);
    });
}

/// Which scene, and the editor of what is set up.
fn scenario(stage: Stage, root: &El, editor: fn(Stage) -> El) {
    let mut html = Html::new();
    for (index, (title, _)) in stage.peek(|session| session.scenes()).into_iter().enumerate() {
        html.raw("<option value=").number(index).raw(">").number(index + 1);
        html.raw("  ").text(title).raw("</option>");
    }
    html.raw("<option value=own disabled>Your own scenario</option>");
    let select = root.part("scene");
    select.set_html(&html.take());
    watch(move || {
        let scene = stage.read(|session| session.scene());
        let scene = scene.map_or("own".to_owned(), |scene| scene.to_string());
        set_value(select.element(), &scene);
    });
    let (edit, place) = (root.part("edit"), root.part("editor"));
    let opener = edit.clone();
    _ = place.clone().on("keydown", move |event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        if key.key() == "Escape" {
            stage.editing.set(false);
            _ = opener.html().focus();
        }
    });
    watch_for(
        move || stage.editing.get(),
        move |editing| {
            edit.put_state("aria-expanded", *editing);
            place.set_html("");
            if *editing {
                let opened = el("div").child(editor(stage));
                opened.put("class", "editor");
                _ = place.clone().child(opened);
            }
        },
    );
}

/// A dialog that the browser itself keeps focus in, and closes on Escape.
fn help(stage: Stage, root: &El) {
    let help = root.part("help");
    let dialog = help.cast::<HtmlDialogElement>().clone();
    watch(move || match (stage.help.get(), dialog.open()) {
        (true, false) => _ = dialog.show_modal(),
        (false, true) => dialog.close(),
        _ => {}
    });
    _ = help.on("close", move |_| stage.help.set_other(false));
}
