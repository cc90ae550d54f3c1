//! The Source region: the file that is executing, at the line that is executing.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::sheet::{Room, Sight, Text};
use super::{Place, Source};
use crate::dom::{El, Html, markup, observe, watch};
use crate::live::Live;
use crate::stage::{Actor, Stage};

/// The sources of a run, shared by all who look at them.
pub(in crate::stage) type Sources = Arc<Vec<Source>>;

/// Keeps the tabs for the sources, and the text of the one that is shown.
pub(in crate::stage) fn sources(stage: Stage, root: &El) {
    let texts = root.part("files");
    let pane = Pane {
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
    let pane = Rc::new(RefCell::new(pane));
    let rested = pane.clone();
    watch(move || {
        stage.rested.track();
        rested.borrow().complete();
    });
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
        pane.borrow_mut().show(&seen, Sight { centred, room });
    });
}

/// Lines that the ruler is high, as in the style sheet.
const RULED: f64 = 100.0;

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

    /// Has all of the text that is shown in the page.
    fn complete(&self) {
        if let Some(text) = self.shown.and_then(|shown| self.texts[shown].as_ref()) {
            text.lines.complete();
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
