//! The Source region: the file that is executing, at the line that is executing.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use gloo::events::EventListener;
use web_sys::{Element, Event};

use super::text::BLOCK;
use super::{Place, Source};
use crate::dom::{El, Html, after_effects, listener, markup, observe, watch};
use crate::live::Live;
use crate::stage::commands::badge;
use crate::stage::shapes::Px;
use crate::stage::{Actor, Stage};

/// The sources of a run, shared by all who look at them.
pub(in crate::stage) type Sources = Arc<Vec<Source>>;

/// Keeps the tabs for the sources, and the text of the one that is shown.
pub(in crate::stage) fn sources(stage: Stage, root: &El) {
    let texts = root.part("files");
    let mut pane = Pane {
        file: root.part("file"),
        tab_bar: root.part("tabs"),
        room: texts.clone(),
        sources: Sources::default(),
        tabs: Vec::new(),
        texts: Vec::new(),
        shown: None,
    };
    let room = Rc::new(Live::new(Room::default()));
    let (ruler, measured) = (root.part("ruler"), room.clone());
    let (rule, files) = (ruler.clone(), texts.clone());
    let measure = move || {
        let line = f64::from(rule.html().offset_height()) / RULED;
        measured.set_other(Room { line, height: files.element().client_height().into() });
    };
    observe(&ruler, measure.clone());
    observe(&texts, measure);
    watch(move || {
        let (chosen, centred) = (stage.source.get(), stage.modes.present.get());
        let room = room.get();
        let seen = stage.read(|session| Seen {
            sources: session.sources(),
            place: session.place(session.cursor()),
            second: session.second_place(),
            pins: session.pins(),
            chosen,
        });
        pane.show(&seen, Sight { centred, room });
    });
}

/// Lines that the ruler is high, as in the style sheet.
const RULED: f64 = 100.0;

/// Pixels, as they were when the layout last changed: to ask for them at each step would have the
/// browser lay out the page twice.
#[derive(Clone, Copy, PartialEq, Default)]
struct Room {
    /// Of a line.
    line: f64,
    /// Of what is seen of a text.
    height: f64,
}

/// Which part of a text is to be seen.
#[derive(Clone, Copy, PartialEq, Default)]
struct Sight {
    /// The executing line in the middle.
    centred: bool,
    room: Room,
}

/// What the region shows of the run at a cursor.
struct Seen {
    sources: Sources,
    place: Option<Place>,
    second: Option<Place>,
    pins: Vec<(Place, Actor)>,
    /// The tab that was chosen; none follows.
    chosen: Option<usize>,
}

impl Seen {
    /// Which source is to be shown after `before`. Following keeps the last source that was executing
    /// while a step has no place of its own; a tab that was chosen follows among the files that share
    /// it.
    fn source(&self, before: Option<usize>) -> usize {
        let fits = |index: &usize| match self.chosen {
            Some(tab) => self.same_tab(tab, *index),
            None => *index < self.sources.len(),
        };
        let executing = self.place.map(|place| place.source);
        executing.filter(fits).or(before.filter(fits)).or(self.chosen).unwrap_or(0)
    }

    /// The line of a source that is executing.
    fn line(&self, source: usize) -> Option<u32> {
        let places = [self.place, self.second].into_iter().flatten();
        places.filter(|place| place.source == source).map(|place| place.line).next()
    }

    fn same_tab(&self, one: usize, other: usize) -> bool {
        let name = |index: usize| self.sources.get(index).map(|source| source.name);
        name(one).is_some() && name(one) == name(other)
    }
}

/// What stands in the region.
struct Pane {
    /// The name of the file that is shown.
    file: El,
    tab_bar: El,
    room: El,
    sources: Sources,
    tabs: Vec<Tab>,
    /// The text of each source, once it has been looked at.
    texts: Vec<Option<Text>>,
    shown: Option<usize>,
}

impl Pane {
    fn show(&mut self, seen: &Seen, sight: Sight) {
        if !Arc::ptr_eq(&self.sources, &seen.sources) {
            self.begin(seen);
        }
        let index = seen.source(self.shown);
        let Some(source) = seen.sources.get(index) else { return };
        if self.shown != Some(index) {
            self.file.say(source.file);
            if let Some(before) = self.shown.and_then(|before| self.texts[before].as_ref()) {
                before.set_shown(false);
            }
            let room = &self.room;
            self.texts[index].get_or_insert_with(|| Text::new(room, source)).set_shown(true);
            self.shown = Some(index);
        }
        if let Some(text) = &mut self.texts[index] {
            text.mark(seen.line(index), sight);
            let pins = seen.pins.iter().filter(|(place, _)| place.source == index);
            text.pin(pins.map(|(place, actor)| (place.line, actor.clone())).collect());
        }
        for tab in &mut self.tabs {
            tab.update(seen, index);
        }
    }

    /// Takes over other sources.
    fn begin(&mut self, seen: &Seen) {
        self.sources = seen.sources.clone();
        self.shown = None;
        for text in self.texts.drain(..).flatten() {
            text.lines.pane.remove();
        }
        self.texts.resize_with(self.sources.len(), || None);
        let is_first = |index: &usize| !(0..*index).any(|before| seen.same_tab(before, *index));
        let firsts = (0..self.sources.len()).filter(is_first).map(Some);
        self.tabs = [None].into_iter().chain(firsts).map(|tab| Tab::new(tab, seen)).collect();
        self.tab_bar.set_html("");
        for tab in &self.tabs {
            _ = self.tab_bar.clone().child(tab.button.clone());
        }
    }
}

/// A tab for all sources of one name.
struct Tab {
    button: El,
    /// What assistive technology is told besides its name.
    says: El,
    /// The first source of the name; none for the tab that follows what is executing.
    source: Option<usize>,
    /// Whether it was chosen, shows its file, has the line that is executing.
    state: Option<[bool; 3]>,
}

impl Tab {
    fn new(source: Option<usize>, seen: &Seen) -> Tab {
        let mut html = Html::new();
        html.raw("<button type=button data-do=source");
        match source {
            Some(index) => {
                html.raw(" data-source=").number(index).raw(">").text(seen.sources[index].name)
            }
            None => html.raw(" title=\"Show what is executing\">Follow"),
        };
        let button = markup(&html.raw("<span class=unseen data-part=says></span></button>").take());
        Tab { says: button.part("says"), button, source, state: None }
    }

    fn update(&mut self, seen: &Seen, shown: usize) {
        let has = |index: usize| self.source.is_some_and(|first| seen.same_tab(first, index));
        let executing = seen.place.is_some_and(|place| has(place.source));
        let state = [seen.chosen == self.source, has(shown), executing];
        if self.state == Some(state) {
            return;
        }
        self.state = Some(state);
        let [chosen, shown, executing] = state;
        self.button.put_state("aria-pressed", chosen);
        let class = match (shown, executing) {
            (true, true) => "shown executing",
            (true, false) => "shown",
            (false, true) => "executing",
            (false, false) => "",
        };
        self.button.put("class", class);
        self.says.say(if executing { " (executing)" } else { "" });
    }
}

/// The text of a source on the page. Texts that were looked at stay laid out, one on top of the
/// other, so that changing from one to the other costs nothing; and what moves over a text is no part
/// of it, so that moving costs nothing of the text.
struct Text {
    lines: Rc<Lines>,
    _scrolled: EventListener,
    /// Marks the line that is executing.
    bar: El,
    marked: (Option<u32>, Sight),
    /// Who stands where in it.
    pins: El,
    pinned: Vec<(u32, Actor)>,
}

impl Text {
    fn new(room: &El, source: &Source) -> Text {
        let (count, width) = source.size();
        let mut html = Html::new();
        html.raw("<div role=group aria-label=\"").text(source.name).raw(", ").text(source.file);
        html.raw("\"><div class=sheet data-part=sheet><div class=now data-part=now hidden></div>");
        html.raw("<div data-part=blocks>").raw(&source.to_html());
        html.raw("</div></div><div class=pins data-part=pins></div></div>");
        let pane = markup(&html.take());
        // As wide as its longest line and as high as all, also while they are not laid out.
        let sheet = pane.part("sheet");
        sheet.style("width", &format!("{}ch", width + 12));
        sheet.style("height", &format!("calc(var(--line-height) * {count})"));
        let (bar, blocks, pins) = (pane.part("now"), pane.part("blocks"), pane.part("pins"));
        _ = room.clone().child(pane.clone());
        let lines = Rc::new(Lines {
            pane,
            blocks,
            count,
            sight: Cell::default(),
            scrolled: Cell::default(),
        });
        let scrolls = lines.clone();
        let scrolled = Box::new(move |_: &Event| scrolls.follow());
        let _scrolled = listener(lines.pane.element(), "scroll", scrolled);
        Text { lines, _scrolled, bar, marked: Default::default(), pins, pinned: Vec::new() }
    }

    fn set_shown(&self, shown: bool) {
        let pane = &self.lines.pane;
        pane.put("class", if shown { "file-text shown" } else { "file-text" });
        pane.put("tabindex", if shown { "0" } else { "-1" });
        pane.put_state("aria-hidden", !shown);
    }

    /// Marks a line as the one that is executing, and brings it into sight.
    fn mark(&mut self, line: Option<u32>, sight: Sight) {
        let (before, seen) = std::mem::replace(&mut self.marked, (line, sight));
        if before != line {
            if let Some(element) = self.lines.line(before) {
                _ = element.remove_attribute("aria-current");
            }
            if let Some(element) = self.lines.line(line) {
                _ = element.set_attribute("aria-current", "true");
            }
            if let Some(line) = line {
                put_at_line(&self.bar, "transform", "translateY", line);
            }
            self.bar.show(line.is_some());
        }
        if before != line || seen != sight {
            self.lines.reveal(line, sight);
        }
    }

    /// Puts those who stand in the text beside their lines.
    fn pin(&mut self, pins: Vec<(u32, Actor)>) {
        if self.pinned == pins {
            return;
        }
        let mut html = Html::new();
        for (line, actor) in &pins {
            html.raw("<span title=\"").text(&actor.name).raw(" stands here\">");
            badge(&mut html, actor);
            html.raw("<span class=unseen>").text(&actor.name).raw(" stands at line ");
            html.number(*line as usize).raw("</span></span>");
        }
        self.pins.set_html(&html.take());
        let placed = self.pins.element().children();
        for (at, (line, _)) in pins.iter().enumerate() {
            let beside = pins[..at].iter().filter(|(other, _)| other == line).count();
            if let Some(pin) = placed.item(at as u32).map(El::from) {
                put_at_line(&pin, "top", "calc", *line);
                pin.style("right", &format!("{}em", Px(0.4 + 1.7 * beside as f32)));
            }
        }
        self.pinned = pins;
    }
}

/// Puts an element at the height of a line of its text.
fn put_at_line(el: &El, property: &str, function: &str, line: u32) {
    let value = format!("{function}(calc(var(--line-height) * {}))", line.saturating_sub(1));
    el.style(property, &value);
}

/// The lines of a text, in blocks that are folded as long as they have not been seen.
struct Lines {
    pane: El,
    blocks: El,
    /// How many there are.
    count: usize,
    sight: Cell<Sight>,
    /// How far it is scrolled, to the right and down.
    scrolled: Cell<(f64, f64)>,
}

impl Lines {
    fn line(&self, line: Option<u32>) -> Option<Element> {
        let index = line?.checked_sub(1)?;
        let block = self.blocks.element().children().item(index / BLOCK as u32)?;
        block.children().item(index % BLOCK as u32)
    }

    /// Brings a line into sight if it is not well in it; in presenter mode to the middle, because
    /// there is room only for the lines around it.
    fn reveal(&self, line: Option<u32>, sight: Sight) {
        self.sight.set(sight);
        let Room { line: height, height: room } = sight.room;
        if let Some(line) = line
            && height > 0.0
        {
            let top = height * f64::from(line - 1);
            let (left, seen) = self.scrolled.get();
            let margin = (2.0 * height).min(room / 4.0);
            let mut to = seen;
            if sight.centred {
                // Whole lines, the executing one a little above the middle.
                to = top - height * ((room / height - 1.0) / 2.0).floor();
            } else if top < seen + margin || top + height + margin > seen + room {
                to = top - room / 3.0;
            }
            let to = to.min(height * self.count as f64 - room).max(0.0);
            if (0.0, to) != (left, seen) {
                self.scrolled.set((0.0, to));
                let pane = self.pane.clone();
                after_effects(move || pane.element().scroll_to_with_x_and_y(0.0, to));
            }
        }
        self.unfold();
    }

    /// Takes note of how far it was scrolled.
    fn follow(&self) {
        let pane = self.pane.element();
        self.scrolled.set((pane.scroll_left().into(), pane.scroll_top().into()));
        self.unfold();
    }

    /// Lays out the blocks that are seen, and those beside them.
    fn unfold(&self) {
        let (top, Room { line, height }) = (self.scrolled.get().1, self.sight.get().room);
        let block = line * BLOCK as f64;
        if block == 0.0 {
            return;
        }
        let blocks = self.blocks.element().children();
        let first = (top / block - 0.5).max(0.0) as u32;
        let last = ((top + height) / block + 0.5) as u32;
        for block in (first..=last).filter_map(|index| blocks.item(index)) {
            if block.has_attribute("hidden") {
                _ = block.remove_attribute("hidden");
            }
        }
    }
}
