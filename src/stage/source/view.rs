//! The Source region: the file that is executing, at the line that is executing.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::{Element, HtmlElement};

use super::{Place, Source};
use crate::dom::{El, button, el, memo, watch};
use crate::stage::commands::badge;
use crate::stage::region::region;
use crate::stage::{Actor, Stage};

/// The sources of a run, which a memo can hold.
pub(in crate::stage) type Sources = Arc<Vec<Source>>;

/// The sources are the same as long as nobody has made new ones.
struct Same(Sources);

impl PartialEq for Same {
    fn eq(&self, other: &Same) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What of the run the region shows.
#[derive(Clone, Copy)]
struct Seen {
    stage: Stage,
    place: Memo<Option<Place>>,
    /// The index of the source that is shown.
    shown: Memo<usize>,
}

/// Tabs for the sources, and the text of the one that is shown.
pub(in crate::stage) fn source_region(stage: Stage) -> El {
    let sources = move || Same(stage.read(|session| session.sources()));
    let place = memo(move || stage.read(|session| session.place(session.cursor())));
    // Following keeps the last source that was executing while a step has no place of its own; a
    // tab that was chosen follows among the files that share it.
    let shown = Memo::new(move |before: Option<&usize>| {
        let Same(sources) = sources();
        let chosen = stage.source.get();
        let fits = |index: &usize| match (sources.get(*index), chosen) {
            (Some(source), Some(tab)) => {
                sources.get(tab).is_some_and(|tab| tab.name == source.name)
            }
            (source, None) => source.is_some(),
            (None, _) => false,
        };
        let executing = place.get().map(|place| place.source);
        executing.filter(fits).or(before.copied().filter(fits)).or(chosen).unwrap_or(0)
    });
    let seen = Seen { stage, place, shown };
    let file = el("span").class("file").live_text(move || {
        sources().0.get(shown.get()).map_or("", |source| source.file).to_owned()
    });
    let follow = move || {
        button("Follow")
            .attr("title", "Show what is executing")
            .live_state("aria-pressed", move || stage.source.get().is_none())
            .click(move || stage.source.set(None))
    };
    let tabs = el("div").class("tabs").attr("role", "group").attr("aria-label", "Which source");
    let tabs = tabs.live_for(sources, move |sources| {
        let first = |(index, source): &(usize, &Source)| {
            sources.0.iter().position(|other| other.name == source.name) == Some(*index)
        };
        let tabs = sources.0.iter().enumerate().filter(first);
        let tabs = tabs.map(|(index, source)| tab(seen, sources, index, source.name));
        std::iter::once(follow()).chain(tabs).collect()
    });
    let files = el("div").class("files").live_for(sources, move |sources| {
        sources.0.iter().enumerate().map(|(index, source)| text(seen, index, source)).collect()
    });
    region("Source", "source", file).child(tabs).child(files)
}

/// A tab for all sources of this name, of which `index` is the first.
fn tab(Seen { stage, place, shown }: Seen, sources: &Same, index: usize, name: &'static str) -> El {
    let Same(sources) = sources;
    let (all, same) = (sources.clone(), sources.clone());
    let named = move |sources: &Sources, at: usize| sources.get(at).is_some_and(|s| s.name == name);
    let executing = move || place.get().is_some_and(|place| named(&all, place.source));
    let says = executing.clone();
    button(name)
        .live_state("aria-pressed", move || stage.source.get() == Some(index))
        .live_class("shown", move || named(&same, shown.get()))
        .live_class("executing", executing)
        .child(el("span").class("unseen").live_text(move || match says() {
            true => " (executing)".to_owned(),
            false => String::new(),
        }))
        .click(move || stage.source.set(Some(index)))
}

/// All files stay laid out, one on top of the other, so that changing from one to the other costs
/// nothing but paint.
fn text(Seen { stage, place, shown }: Seen, index: usize, source: &Source) -> El {
    let is_shown = move || shown.get() == index;
    let lines = el("ol");
    lines.element().set_inner_html(&source.to_html());
    let list = lines.element().clone();
    let scroller = el("div")
        .class("file-text")
        .attr("role", "group")
        .attr("aria-label", &format!("{}, {}", source.name, source.file))
        .live_class("shown", is_shown)
        .live_attr("tabindex", move || if is_shown() { "0" } else { "-1" }.to_owned())
        .child(lines);
    let here = memo(move || {
        let second = || stage.read(|session| session.second_place());
        let here = |place: &Place| place.source == index;
        place.get().filter(here).or_else(|| second().filter(here))
    });
    let pane = scroller.html().clone();
    let mut marked = None::<Element>;
    watch(move || {
        if let Some(line) = marked.take() {
            _ = line.remove_attribute("aria-current");
        }
        let Some(place) = here.get() else { return };
        let Some(line) = list.children().item(place.line.saturating_sub(1)) else { return };
        _ = line.set_attribute("aria-current", "true");
        reveal(&pane, El::from(line.clone()).html(), stage.modes.present.get());
        marked = Some(line);
    });
    scroller.child(pins(stage, index))
}

/// Who stands where in this source.
fn pins(stage: Stage, index: usize) -> El {
    let pins = move || {
        stage.read(|session| {
            let pins = session.pins();
            pins.into_iter().filter(|(place, _)| place.source == index).collect::<Vec<_>>()
        })
    };
    el("div").class("pins").live_for(pins, |pins| {
        let mut beside = BTreeMap::<u32, usize>::new();
        let pin = |(place, actor): &(Place, Actor)| {
            let nth = beside.entry(place.line).or_default();
            let pin = el("span").attr("title", &format!("{} stands here", actor.name));
            let style = pin.html().style();
            let top = format!("calc(var(--line-height) * {})", place.line.saturating_sub(1));
            _ = style.set_property("top", &top);
            _ = style.set_property("right", &format!("calc(0.4em + 1.7em * {nth})"));
            *nth += 1;
            let words = format!("{} stands at line {}", actor.name, place.line);
            pin.child(badge(actor)).child(el("span").class("unseen").text(&words))
        };
        pins.iter().map(pin).collect()
    })
}

/// Brings a line into sight if it is not well in it; in presenter mode to the middle, because there
/// is room only for the lines around it.
fn reveal(pane: &HtmlElement, line: &HtmlElement, centre: bool) {
    let (top, height) = (line.offset_top(), line.offset_height());
    let (seen, room) = (pane.scroll_top(), pane.client_height());
    let margin = (2 * height).min(room / 4);
    if centre {
        // Whole lines, the executing one a little above the middle.
        pane.set_scroll_top(top - height * ((room / height.max(1) - 1) / 2));
    } else if top < seen + margin || top + height + margin > seen + room {
        pane.set_scroll_top(top - room / 3);
    }
    if pane.scroll_left() > 0 {
        pane.set_scroll_left(0);
    }
}
