//! What can be taken out and brought back: link, diagram, run.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::{Array, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, DragEvent, File, Url};

use super::prose::{plain, quote};
use super::shapes::{Canvas, Picture, to_svg};
use super::{Move, Offer, Remark, Session, Stage, work};
use crate::address;
use crate::dom::{at_end, el, listen_to, message, watch};

/// A link longer than this is cut or refused by many programs.
const LONG_LINK: usize = 30 * 1024;
/// The run rests when nothing happened for so long. Browsers refuse an address that changes too often.
const REST_MS: u32 = 450;
/// Up to so many steps, a link is made before every new step, for the case that it goes wrong.
const QUICK: usize = 20_000;

thread_local! {
    /// The link of the run as it last was, for the overlay that tells of a panic.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The address of the run as it was before the last move.
pub(crate) fn last_address() -> Option<String> {
    LAST.with(|last| {
        let last = last.try_borrow().ok()?;
        (!last.is_empty()).then(|| address::with_fragment(&last))
    })
}

/// Remembers a link, of a page that has no run until it is forgotten with an empty one.
pub(crate) fn remember_link(link: String) {
    LAST.with(|last| *last.borrow_mut() = link);
}

/// Remembers where the run was before a move that takes a new command.
pub(super) fn remember(stage: Stage, to: Move) {
    let (cursor, len) = stage.peek(|session| (session.cursor(), session.len()));
    let new = match to {
        Move::Forward => cursor == len,
        Move::Command(_) => true,
        _ => false,
    };
    if new && len < QUICK {
        remember_link(link(stage));
    }
}

/// The run with its cursor, and behind it how the demo's view is set, if that is not as it is at first.
fn link(stage: Stage) -> String {
    let mut link = stage.peek(|session| session.link());
    let view = stage.view.peek();
    if !view.is_empty() {
        link.push('&');
        link.push_str(&view);
    }
    link
}

/// When the run last moved, and the clock that waits until it has rested.
#[derive(Default)]
struct Resting {
    moved: Cell<f64>,
    clock: RefCell<Option<Timeout>>,
}

/// Keeps the address equal to the run and the view whenever they rest, and both equal to the address
/// when the person changes it.
pub(super) fn follow_address(stage: Stage) {
    let resting = Rc::new(Resting::default());
    let mut first = true;
    watch(move || {
        stage.track();
        stage.view.track();
        let busy = stage.playing.get() || stage.running.read().is_some();
        resting.moved.set(work::now());
        // The first time nothing has happened yet.
        if busy || first {
            resting.clock.take();
        } else if resting.clock.borrow().is_none() {
            wait(stage, &resting, REST_MS);
        }
        first = false;
    });
    listen_to(&window(), "hashchange", move |_| {
        let text = address::fragment();
        if !text.is_empty() && text != link(stage) {
            stage.open(&text);
        }
    });
    at_end(|| LAST.with(|last| last.borrow_mut().clear()));
}

/// Writes the address once the run has rested. A clock that is set once in a while costs less than
/// one that every step sets anew.
fn wait(stage: Stage, resting: &Rc<Resting>, ms: u32) {
    let then = Rc::downgrade(resting);
    let clock = Timeout::new(ms, move || {
        let Some(resting) = then.upgrade() else { return };
        let rested = work::now() - resting.moved.get();
        resting.clock.take();
        match REST_MS.saturating_sub(rested as u32) {
            0 => {
                write_address(stage);
                stage.rested.set(());
            }
            more => wait(stage, &resting, more),
        }
    });
    resting.clock.replace(Some(clock));
}

fn write_address(stage: Stage) {
    let link = link(stage);
    let fragment = (link.len() <= LONG_LINK).then_some(link.as_str());
    address::replace(address::query(), fragment);
    remember_link(link);
}

fn say(stage: Stage, text: impl Into<String>, refused: bool, offer: Offer) {
    stage.remark.set(Some(Remark { text: text.into(), refused, offer }));
}

/// Copies the link, or says why that makes no sense.
pub(super) fn copy_link(stage: Stage) {
    let link = link(stage);
    if link.len() > LONG_LINK {
        let size = link.len().div_ceil(1024);
        let text = format!(
            "The link would have {size} KB, more than many programs keep whole. The run as JSON \
             holds the same and can be opened here again."
        );
        return say(stage, text, true, Offer::Json);
    }
    address::replace(address::query(), Some(&link));
    let address = address::with_fragment(&link);
    spawn_local(async move {
        match copy(&address).await {
            true => say(stage, "Link copied. It opens this very step.", false, Offer::Nothing),
            false => say(stage, NOT_COPIED, true, Offer::Nothing),
        }
    });
}

/// What is said when an address cannot be copied.
pub(crate) const NOT_COPIED: &str =
    "The browser does not let this page copy; the link stands in the address bar.";

/// Copies a text; whether the browser let it.
pub(crate) async fn copy(text: &str) -> bool {
    match clipboard() {
        Some(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}

/// None outside a secure context, which web-sys does not expect.
fn clipboard() -> Option<web_sys::Clipboard> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    (!clipboard.is_undefined()).then(|| clipboard.unchecked_into())
}

/// Saves the picture that is on the screen as a file.
pub(super) fn save_svg(stage: Stage) {
    let (name, title) = stage.peek(|session| {
        let cursor = session.cursor();
        let sentence = session.sentence(cursor).unwrap_or_else(|| session.describe());
        (format!("{}-step-{cursor}.svg", session.route()), plain(&sentence))
    });
    match &*stage.painted.borrow() {
        Some(picture) => save_picture(&name, picture, &title),
        None => {
            // There was no room to paint it.
            let canvas = Canvas { width: 960.0, height: 600.0, text: 14.0 };
            save_picture(&name, &stage.peek(|session| session.picture(canvas)), &title);
        }
    }
}

/// Saves a picture as a file, in the colours that the page has now.
#[inline(never)]
pub(crate) fn save_picture(name: &str, picture: &Picture, title: &str) {
    let style = document()
        .document_element()
        .and_then(|root| window().get_computed_style(&root).ok().flatten());
    let colour = |token: &str| {
        let value = style.as_ref().and_then(|style| style.get_property_value(token).ok());
        value.map_or("#000".to_owned(), |value| value.trim().to_owned())
    };
    save(name, "image/svg+xml", &to_svg(picture, title, &colour));
}

/// Saves the run as JSON: its link for the machine, its sentences for people.
pub(super) fn save_json(stage: Stage) {
    let (name, text) = stage.peek(|session| {
        let name = format!("{}-{}-steps.json", session.route(), session.len());
        (name, to_json(session))
    });
    save(&name, "application/json", &text);
}

fn to_json(session: &dyn Session) -> String {
    let mut out = String::from("{\n  \"oxidoscope\": 1,\n  \"demo\": ");
    quote(&mut out, session.route());
    out.push_str(",\n  \"run\": ");
    quote(&mut out, &session.link());
    out.push_str(&format!(",\n  \"cursor\": {},\n  \"steps\": [", session.cursor()));
    for cursor in 1..=session.len() {
        out.push_str(if cursor == 1 { "\n    " } else { ",\n    " });
        quote(&mut out, &plain(&session.sentence(cursor).unwrap_or_default()));
    }
    out.push_str("\n  ]\n}\n");
    out
}

/// Saves a text as a file.
pub(crate) fn save(name: &str, kind: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&text.into());
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    let anchor = el("a");
    anchor.put("href", &address);
    anchor.put("download", name);
    anchor.html().click();
    // The browser has taken hold of the data by then.
    Timeout::new(10_000, move || _ = Url::revoke_object_url(&address)).forget();
}

/// Opens a file that the person picked or dropped.
pub(super) fn open_file(stage: Stage, file: File) {
    spawn_local(async move {
        let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        let route = stage.peek(|session| session.route());
        match text
            .ok_or("The file cannot be read.".to_owned())
            .and_then(|text| run_of(&text, route))
        {
            Ok(run) => stage.open(&run),
            Err(what) => say(stage, format!("{}: {what}", file.name()), true, Offer::Nothing),
        }
    });
}

/// The link text in a run that was saved as JSON.
fn run_of(text: &str, route: &str) -> Result<String, String> {
    let json = js_sys::JSON::parse(text)
        .map_err(|error| format!("This is not JSON. {}", message(&error).unwrap_or_default()))?;
    let field = |name: &str| {
        Reflect::get(&json, &JsValue::from_str(name)).ok().and_then(|value| value.as_string())
    };
    match field("demo") {
        Some(demo) if demo != route => {
            return Err(format!("This run belongs to the demo “{demo}”; open it there."));
        }
        _ => {}
    }
    field("run").ok_or("There should be a field “run” with the text of a link.".to_owned())
}

/// Lets a file be dropped anywhere on the page.
pub(super) fn accept_drops(stage: Stage) {
    listen_to(&window(), "dragover", |event| event.prevent_default());
    listen_to(&window(), "drop", move |event| {
        let event: &DragEvent = event.unchecked_ref();
        event.prevent_default();
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.item(0)) {
            open_file(stage, file);
        }
    });
}
