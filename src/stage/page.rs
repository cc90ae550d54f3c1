//! A demo's page: all parts of the stage in their places.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use machine::Player;
use web_sys::HtmlInputElement;

use super::Chapter;
use super::caption::Caption;
use super::commands::Commands;
use super::help::Help;
use super::notices::Notices;
use super::region::Region;
use super::shapes::{Canvas, Picture};
use super::source::SourceRegion;
use super::steps::Steps;
use super::transport::Transport;
use super::{Ctx, Demo, Modes, Move, Playing, Session, Stage, diagram, export, keys};
use crate::address;
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
    view: Box<dyn Fn(Stage) -> AnyView>,
    editor: Box<dyn Fn(Stage) -> AnyView>,
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

/// The page of a machine.
#[component]
pub fn StagePage(
    /// What is shown.
    page: MachinePage,
    /// Its route.
    route: &'static str,
    /// The chapter it belongs to.
    chapter: Chapter,
    /// Its title.
    title: &'static str,
    /// How it is looked at.
    modes: Modes,
) -> impl IntoView {
    let opened = match (page.open)(route) {
        Ok(opened) => opened,
        Err(what) => {
            return view! {
                <main class="plain">
                    <h1>{title}</h1>
                    <p>"This demo cannot start: " {what}</p>
                </main>
            }
            .into_any();
        }
    };
    let stage = Stage::new(opened.session, modes);
    let asked = address::fragment();
    if !asked.is_empty() {
        stage.open(&asked);
    }
    let root = NodeRef::<html::Div>::new();
    keys::listen(stage, root);
    export::follow_address(stage);
    export::accept_drops(stage);
    let (view, editor) = (opened.view, opened.editor);
    view! {
        <div
            class="stage"
            tabindex="-1"
            node_ref=root
            class:editing=stage.editing
            data-demo=route
        >
            <Head stage chapter title editor />
            <Caption stage />
            <main class="places">
                {state(stage, view)} <SourceRegion stage />
                <section class="region steps">
                    <header class="region-head">
                        <h2>"Steps"</h2>
                    </header>
                    <Steps stage />
                </section>
            </main>
            <Commands stage />
            <Transport stage />
            <Help stage />
        </div>
    }
    .into_any()
}

fn state(stage: Stage, view: Box<dyn Fn(Stage) -> AnyView>) -> impl IntoView {
    let room = NodeRef::<html::Div>::new();
    diagram::measure(stage, room);
    let place = move || {
        let (cursor, len) = stage.read(|session| (session.cursor(), session.len()));
        view! { <span>{format!("Step {cursor} of {len}")}</span> }
    };
    let view = view(stage);
    view! {
        <Region name="State" class="state" aside=place>
            <p class="unseen">{move || stage.read(|session| session.describe())}</p>
            <div class="room" node_ref=room>
                {view}
            </div>
            <Notices stage />
        </Region>
    }
}

#[component]
fn Head(
    stage: Stage,
    chapter: Chapter,
    title: &'static str,
    editor: Box<dyn Fn(Stage) -> AnyView>,
) -> impl IntoView {
    let modes = stage.modes;
    let editor = StoredValue::new_local(editor);
    view! {
        <header class="bar">
            <a class="brand" href="./" title="All demos">
                "Oxido"
                <b>"scope"</b>
            </a>
            <p class="crumb">{chapter.number} " " {chapter.title} <span aria-hidden="true">"›"</span></p>
            <h1>{title}</h1>
            <section class="scenario" aria-label="Scenario">
                <select
                    aria-label="Scene"
                    prop:value=move || {
                        stage
                            .read(|session| session.scene())
                            .map_or("own".to_owned(), |scene| scene.to_string())
                    }
                    on:change=move |event| {
                        if let Ok(scene) = event_target_value(&event).parse() {
                            stage.go(Move::Scene(scene));
                        }
                    }
                >
                    {stage
                        .peek(|session| session.scenes())
                        .into_iter()
                        .enumerate()
                        .map(|(index, (title, _))| {
                            view! { <option value=index.to_string()>{format!("{}  {title}", index + 1)}</option> }
                        })
                        .collect_view()}
                    <option value="own" disabled hidden>
                        "Your own scenario"
                    </option>
                </select>
                <button
                    type="button"
                    aria-expanded=move || stage.editing.get().to_string()
                    on:click=move |_| stage.editing.update(|open| *open = !*open)
                >
                    "Edit"
                </button>
                {move || {
                    stage
                        .editing
                        .get()
                        .then(|| view! { <div class="editor">{editor.with_value(|editor| editor(stage))}</div> })
                }}
            </section>
            <div class="tools">
                <button
                    type="button"
                    class="icon"
                    aria-label=move || format!("Theme: {}", modes.theme.get().name())
                    title=move || format!("Theme: {}", modes.theme.get().name())
                    on:click=move |_| modes.next_theme()
                >
                    <svg viewBox="0 0 16 16" aria-hidden="true">
                        <path d="M8 1.5a6.5 6.5 0 1 0 0 13zM8 1.5a6.5 6.5 0 0 1 0 13v-1.4a5.1 5.1 0 0 0 0-10.2z"></path>
                    </svg>
                </button>
                <button
                    type="button"
                    class="icon"
                    aria-label="Help"
                    title="Keys and signs (?)"
                    on:click=move |_| stage.help.set(true)
                >
                    "?"
                </button>
                <details class="menu">
                    <summary>"Save"</summary>
                    <div>
                        <button type="button" on:click=move |event| {
                            close_menu(&event);
                            export::save_svg(stage);
                        }>
                            "Diagram as SVG"
                        </button>
                        <button type="button" on:click=move |event| {
                            close_menu(&event);
                            export::save_json(stage);
                        }>
                            "Run as JSON"
                        </button>
                        <label class="pick">
                            "Open a saved run"
                            <input
                                type="file"
                                accept=".json,application/json"
                                on:change=move |event| {
                                    close_menu(&event);
                                    let input = event_target::<HtmlInputElement>(&event);
                                    if let Some(file) = input.files().and_then(|files| files.item(0)) {
                                        export::open_file(stage, file);
                                    }
                                    input.set_value("");
                                }
                            />
                        </label>
                    </div>
                </details>
                <button
                    type="button"
                    class="present"
                    aria-pressed=move || modes.present.get().to_string()
                    on:click=move |_| modes.toggle_present()
                >
                    "Present"
                    <kbd aria-hidden="true">"P"</kbd>
                </button>
                <button type="button" on:click=move |_| export::copy_link(stage)>
                    "Copy link"
                </button>
            </div>
        </header>
    }
}

fn close_menu(event: &leptos::ev::Event) {
    let target = event_target::<web_sys::Element>(event);
    if let Ok(Some(menu)) = target.closest("details") {
        _ = menu.remove_attribute("open");
    }
}
