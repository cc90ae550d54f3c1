//! The sheet that the regions draw on: items in three layers, and where everything lies, so that
//! arrows find their ends.
//!
//! Everything is drawn as if ordinary text had the size [`U`]; whoever shows the picture makes it
//! larger or smaller. All that is drawn goes through a few functions that are not inlined: a picture
//! is made of hundreds of calls, and each would be a hundred bytes of the page's first load otherwise.

#[cfg(test)]
use executor::snapshot::HeldWakers;
use executor::snapshot::{Holder, Snapshot};
use executor::{Step, TaskId, WorkerId};

use crate::pages::executor::words::{self, Words};
use crate::stage::shapes::{Area, Bounds, Ink, Item, Look, Pen, fit, text_width};

/// The size of ordinary text.
pub(crate) const U: f32 = 14.0;

/// What lies somewhere on the sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Spot {
    /// The place of a worker where a task is polled.
    Running(WorkerId),
    /// The part of the picture that tells of the reactor.
    Reactor,
    /// A task's card.
    Card(TaskId),
    /// Where a token is at home, on its card.
    Home(TaskId),
    /// A task's token: at home on its card, in a queue, or where it is polled.
    Token(TaskId),
}

/// How a text is written: the sum of these.
pub(crate) mod style {
    pub(crate) use crate::stage::shapes::style::{BOLD, END, MIDDLE, MONO, PLAIN};

    /// Of the small size.
    pub(crate) const SMALL: u8 = 1;
}

use style::{BOLD, END, MIDDLE, SMALL};

/// Which things lie on which.
#[derive(Clone, Copy)]
pub(crate) enum Layer {
    /// Areas and texts.
    Ground,
    /// What moves from place to place.
    Tokens,
    /// What lies above everything.
    Above,
}

/// A place on the sheet: to the right, and down.
type Point = (f32, f32);

/// Between a text and the next one of its row.
const SPACE: f32 = U * 0.625;
/// The row of a heading.
const HEADING: f32 = U * 1.5;

/// A drawing that comes into being. What is drawn belongs to the item that was begun last in the
/// layer that is open; its places are those of the sheet.
pub(crate) struct Sheet<'a> {
    pub(crate) snapshot: &'a Snapshot,
    /// What led to the snapshot.
    pub(crate) step: Option<&'a Step>,
    /// The size of small text.
    pub(crate) small: f32,
    /// What will be written next.
    pub(crate) words: Words,
    layers: [Vec<Item>; 3],
    open: Layer,
    spots: Vec<(Spot, Area)>,
    /// Where wakers hang, for the tests.
    #[cfg(test)]
    pub(crate) bells: Vec<(HeldWakers, Area)>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, step: Option<&'a Step>, small: f32) -> Self {
        Sheet {
            snapshot,
            step,
            small,
            words: Words::of(snapshot),
            layers: [const { Vec::new() }; 3],
            open: Layer::Ground,
            spots: Vec::new(),
            #[cfg(test)]
            bells: Vec::new(),
        }
    }

    /// Notes where something lies.
    #[inline(never)]
    pub(crate) fn note(&mut self, spot: Spot, area: Area) {
        self.spots.push((spot, area));
    }

    /// Where something lies.
    #[inline(never)]
    pub(crate) fn find(&self, spot: Spot) -> Option<Area> {
        self.spots.iter().find(|(other, _)| *other == spot).map(|(_, area)| *area)
    }

    /// Where everything lies.
    #[cfg(test)]
    pub(crate) fn spots(&self) -> &[(Spot, Area)] {
        &self.spots
    }

    /// How many wakers `holder` has.
    #[inline(never)]
    pub(crate) fn held(&self, holder: Holder) -> u32 {
        let held = self.snapshot.wakers.iter().filter(|held| held.holder == holder);
        held.map(|held| held.count).sum()
    }

    /// What was drawn, from below to above.
    pub(crate) fn into_items(self) -> Vec<Item> {
        let [mut items, tokens, above] = self.layers;
        items.extend(tokens);
        items.extend(above);
        items
    }

    /// Begins an item, with its zero point here.
    #[inline(never)]
    pub(crate) fn begin(&mut self, layer: Layer, kind: &str, number: u32, x: f32, y: f32) {
        let key = self.words.put(kind).put("-").number(number).take();
        self.open = layer;
        self.layers[layer as usize].push(Item::new(key, x, y));
    }

    /// Begins an item of the lowest layer.
    #[inline(never)]
    pub(crate) fn ground(&mut self, kind: &str, number: u32, area: &Area) {
        self.begin(Layer::Ground, kind, number, area.x, area.y);
    }

    /// What is drawn belongs to the item of the lowest layer again.
    pub(crate) fn end(&mut self) {
        self.open = Layer::Ground;
    }

    /// The item that is drawn. One is begun before anything else.
    fn item(&mut self) -> Option<&mut Item> {
        self.layers[self.open as usize].last_mut()
    }

    /// Tells what was put into words to a pointer that rests on the item.
    #[inline(never)]
    pub(crate) fn hint(&mut self) {
        let hint = self.words.take();
        if let Some(item) = self.item() {
            item.hint(&hint);
        }
    }

    #[inline(never)]
    fn rect(&mut self, area: &Area, round: f32, inside: Ink, pen: Pen) {
        if let Some(item) = self.item() {
            item.rect([area.x - item.x, area.y - item.y, area.w, area.h], round, inside, pen);
        }
    }

    /// A filled rectangle with rounded corners.
    #[inline(never)]
    pub(crate) fn fill(&mut self, area: &Area, round: f32, inside: Ink) {
        self.rect(area, round, inside, Pen::NONE);
    }

    /// One with an outline.
    #[inline(never)]
    pub(crate) fn frame(&mut self, area: &Area, round: f32, inside: Ink, ink: Ink, width: f32) {
        self.rect(area, round, inside, Pen::new(ink, width));
    }

    /// One with a dashed outline.
    #[inline(never)]
    pub(crate) fn dashes(&mut self, area: &Area, round: f32, inside: Ink, width: f32) {
        self.rect(area, round, inside, Pen::dashed(Ink::MUTED, width));
    }

    fn size(&self, style: u8) -> f32 {
        if style & SMALL > 0 { self.small } else { U }
    }

    /// How wide a text would be.
    #[inline(never)]
    pub(crate) fn width(&self, style: u8, text: &str) -> f32 {
        text_width(text, self.size(style), style)
    }

    /// Writes a text into a row, see [`tell`](Sheet::tell).
    #[inline(never)]
    pub(crate) fn say(&mut self, row: &mut Area, style: u8, ink: Ink, text: &str) {
        self.words.put(text);
        self.tell(row, style, ink);
    }

    /// Writes what was put into words into a row, cut with an ellipsis if it needs more room than
    /// there is. It takes its place off the row, with some space: from the left, in the style `END`
    /// from the right, in the style `MIDDLE` nothing.
    #[inline(never)]
    pub(crate) fn tell(&mut self, row: &mut Area, style: u8, ink: Ink) {
        let size = self.size(style);
        // Of a single letter nobody would learn anything.
        if self.words.text.is_empty() || row.w < size * 1.25 {
            return self.words.text.clear();
        }
        let y = row.middle().1 + self.small * 0.375;
        let x = match style {
            style if style & END > 0 => row.right(),
            style if style & MIDDLE > 0 => row.middle().0,
            _ => row.x,
        };
        let width = fit(&mut self.words.text, size, style, row.w);
        self.write(x, y, size, style, ink);
        match style {
            style if style & END > 0 => row.w -= width + SPACE,
            style if style & MIDDLE > 0 => {}
            _ => _ = row.cut_left(width + SPACE),
        }
        row.w = row.w.at_least(0.0);
    }

    /// Writes a text at a point of the baseline, whatever room there is.
    #[inline(never)]
    pub(crate) fn label(&mut self, x: f32, y: f32, style: u8, ink: Ink, text: &str) {
        self.words.put(text);
        self.write(x, y, self.size(style), style, ink);
    }

    /// Writes what was put into words at a point of the baseline.
    #[inline(never)]
    pub(crate) fn write(&mut self, x: f32, y: f32, size: f32, style: u8, ink: Ink) {
        let text = self.words.take();
        if let Some(item) = self.item() {
            item.text(x - item.x, y - item.y, size, style, ink, &text);
        }
    }

    /// Names what stands in an area, over it.
    #[inline(never)]
    pub(crate) fn caption(&mut self, area: &Area, text: &str) {
        let mut row = Area { y: area.y - U * 1.3125, h: U * 1.25, ..*area };
        self.say(&mut row, SMALL, Ink::MUTED, text);
    }

    /// A line from one point to another.
    #[inline(never)]
    pub(crate) fn line(&mut self, from: Point, to: Point, ink: Ink, width: f32) {
        self.path("M@ @L@ @", [from, to, to], Ink::NONE, Pen::new(ink, width));
    }

    /// A line around a corner.
    #[inline(never)]
    pub(crate) fn angle(&mut self, from: Point, corner: Point, to: Point, ink: Ink, width: f32) {
        self.path("M@ @L@ @L@ @", [from, corner, to], Ink::NONE, Pen::new(ink, width));
    }

    /// The area between three points.
    #[inline(never)]
    pub(crate) fn triangle(&mut self, a: Point, b: Point, c: Point, ink: Ink) {
        self.path("M@ @L@ @L@ @", [a, b, c], ink, Pen::NONE);
    }

    #[inline(never)]
    fn path(&mut self, template: &str, points: [Point; 3], inside: Ink, pen: Pen) {
        if let Some(item) = self.item() {
            let lengths = points.map(|(x, y)| [x - item.x, y - item.y]);
            item.path(template, lengths.as_flattened(), inside, pen);
        }
    }

    /// A path in the item's own places, see [`Item::path`].
    #[inline(never)]
    pub(crate) fn own_path(&mut self, template: &str, lengths: &[f32], inside: Ink, pen: Pen) {
        if let Some(item) = self.item() {
            item.path(template, lengths, inside, pen);
        }
    }

    /// The outline of a circle.
    #[inline(never)]
    pub(crate) fn ring(&mut self, x: f32, y: f32, r: f32, pen: Pen) {
        self.outline(x, y, r * 2.0, Look(1), Ink::NONE, pen);
    }

    /// The outline of an actor's shape.
    #[inline(never)]
    pub(crate) fn outline(&mut self, x: f32, y: f32, size: f32, look: Look, inside: Ink, pen: Pen) {
        if let Some(item) = self.item() {
            item.outline([x - item.x, y - item.y, size], look, inside, pen);
        }
    }

    /// A task's number, as it stands in its shape.
    #[inline(never)]
    pub(crate) fn number(&mut self, x: f32, y: f32, size: f32, task: TaskId, ink: Ink) {
        let number = self.words.number(words::number(task)).take();
        if let Some(item) = self.item() {
            item.sign([x - item.x, y - item.y, size], words::look(task), ink, &number);
        }
    }

    /// An arrow, see [`Item::arrow`].
    #[inline(never)]
    pub(crate) fn arrow(&mut self, from: (f32, f32), to: (f32, f32), bend: f32, pen: Pen) {
        if let Some(item) = self.item() {
            let own = |(x, y)| (x - item.x, y - item.y);
            let (from, to) = (own(from), own(to));
            item.arrow(from, to, bend, pen);
        }
    }

    /// Writes the heading of a part, which is underlined while that part acts, and cuts its row off
    /// the part. Gives the rest of the row.
    #[inline(never)]
    pub(crate) fn heading(&mut self, area: &mut Area, title: &str, acts: bool) -> Area {
        let mut row = area.cut_top(HEADING);
        area.cut_top(HEAD - HEADING);
        let from = row.x;
        let ink = if acts { Ink::ACCENT } else { Ink::MUTED };
        self.say(&mut row, SMALL | BOLD, ink, title);
        if acts {
            let y = row.bottom();
            self.line((from, y), (row.x - SPACE, y), Ink::ACCENT, 2.5);
        }
        row
    }
}

/// How high the heading of a part is.
pub(crate) const HEAD: f32 = U * 1.75;
