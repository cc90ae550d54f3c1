//! A source's text on the page, the bar over the line that is executing, and who stands beside it.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::{Element, Event};

use super::Source;
use super::text::BLOCK;
use crate::dom::{El, Html, after_effects, listener, markup};
use crate::stage::Actor;
use crate::stage::commands::badge;
use crate::stage::shapes::Px;

/// Pixels, as they were when the layout last changed: to ask for them at each step would have the
/// browser lay out the page twice.
#[derive(Clone, Copy, PartialEq, Default)]
pub(super) struct Room {
    /// Of a line.
    pub(super) line: f64,
    /// Of what is seen of a text.
    pub(super) height: f64,
}

/// Which part of a text is to be seen.
#[derive(Clone, Copy, PartialEq, Default)]
pub(super) struct Sight {
    /// The executing line in the middle.
    pub(super) centred: bool,
    pub(super) room: Room,
}

/// The text of a source on the page. Texts that were looked at stay laid out, one on top of the
/// other, so that changing from one to the other costs nothing; and what moves over a text is no part
/// of it, so that moving costs nothing of the text.
pub(super) struct Text {
    pub(super) lines: Rc<Lines>,
    _scrolled: EventListener,
    /// Marks the line that is executing.
    bar: El,
    marked: (Option<u32>, Sight),
    /// Who stands where in it.
    pins: El,
    pinned: Vec<(u32, Actor)>,
}

impl Text {
    pub(super) fn new(room: &El, source: &Source) -> Text {
        let (count, width) = source.size();
        let mut html = Html::new();
        html.raw("<div role=group aria-label=\"").text(source.name).raw(", ").text(source.file);
        html.raw("\"><div class=sheet data-part=sheet><div class=now data-part=now hidden></div>");
        html.raw("<div data-part=blocks>");
        for block in (0..count).step_by(BLOCK) {
            html.raw("<ol hidden start=").number(block + 1).raw("></ol>");
        }
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
            source: source.clone(),
            count,
            sight: Cell::default(),
            scrolled: Cell::default(),
        });
        let scrolls = lines.clone();
        let scrolled = Box::new(move |_: &Event| scrolls.follow());
        let _scrolled = listener(lines.pane.element(), "scroll", scrolled);
        Text { lines, _scrolled, bar, marked: Default::default(), pins, pinned: Vec::new() }
    }

    pub(super) fn set_shown(&self, shown: bool) {
        let pane = &self.lines.pane;
        pane.put("class", if shown { "file-text shown" } else { "file-text" });
        pane.put("tabindex", if shown { "0" } else { "-1" });
        pane.put_state("aria-hidden", !shown);
    }

    /// Marks a line as the one that is executing, and brings it into sight.
    pub(super) fn mark(&mut self, line: Option<u32>, sight: Sight) {
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
    pub(super) fn pin(&mut self, pins: Vec<(u32, Actor)>) {
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

/// The lines of a text, in blocks that are empty as long as they have not been seen.
pub(super) struct Lines {
    pub(super) pane: El,
    blocks: El,
    source: Source,
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
        for index in first..=last {
            if let Some(block) = blocks.item(index).filter(|block| block.has_attribute("hidden")) {
                self.fill(index, &block);
                _ = block.remove_attribute("hidden");
            }
        }
    }

    /// Has the rest of the text there too, for who looks for something in it; it is laid out when it
    /// is found.
    pub(super) fn complete(&self) {
        let blocks = self.blocks.element().children();
        for index in 0..blocks.length() {
            if let Some(block) = blocks.item(index)
                && block.get_attribute("hidden").as_deref() == Some("")
            {
                _ = block.set_attribute("hidden", "until-found");
                self.fill(index, &block);
            }
        }
    }

    fn fill(&self, index: u32, block: &Element) {
        if block.child_element_count() == 0 {
            block.set_inner_html(&self.source.block(index as usize));
        }
    }
}
