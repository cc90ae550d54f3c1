//! The sheet that the regions draw on: items in three layers, and where everything lies, so that
//! arrows find their ends and tests find what is drawn.
//!
//! All that is drawn goes through a few functions that are not inlined: a picture is made of hundreds
//! of calls, and each would be a hundred bytes of the page's first load otherwise.

use std::fmt::Write;

use executor::snapshot::{HeldWakers, Holder, Snapshot};
use executor::{ChannelId, Names, SourceId, Step, TaskId, WorkerId};

use super::area::Area;
use crate::stage::shapes::{Anchor, Ink, Item, Pen, Picture, Px, Shape, Text, fit_as, text_width};

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
    /// So many wakers of one task.
    Bell {
        /// Whom they wake.
        task: TaskId,
        /// Who holds them.
        holder: Holder,
        /// How many this bell stands for.
        count: u32,
    },
    /// A channel.
    Channel(ChannelId),
    /// A source.
    Source(SourceId),
}

/// How a text is written: the sum of these.
pub(crate) mod style {
    /// Of the ordinary size, from its left end, in ordinary letters.
    pub(crate) const PLAIN: u8 = 0;
    /// Of the small size.
    pub(crate) const SMALL: u8 = 1;
    /// In half-bold letters.
    pub(crate) const BOLD: u8 = 2;
    /// In letters of equal width.
    pub(crate) const MONO: u8 = 4;
    /// Up to its right end.
    pub(crate) const END: u8 = 8;
    /// Around its middle.
    pub(crate) const MIDDLE: u8 = 16;
}

use style::{BOLD, END, MIDDLE, MONO, SMALL};

/// Room that no text needs.
pub(crate) const ANY: f32 = f32::INFINITY;

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

/// A drawing that comes into being. What is drawn belongs to the item that was begun last; its
/// places are those of the sheet.
pub(crate) struct Sheet<'a> {
    pub(crate) snapshot: &'a Snapshot,
    /// What things are called.
    pub(crate) names: Names,
    /// What led to the snapshot.
    pub(crate) step: Option<&'a Step>,
    /// The size of ordinary text.
    pub(crate) u: f32,
    /// The size of small text.
    pub(crate) s: f32,
    layers: [Vec<Item>; 3],
    open: Layer,
    spots: Vec<(Spot, Area)>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, step: Option<&'a Step>, u: f32, s: f32) -> Self {
        let names = Names::new(snapshot);
        let layers = [const { Vec::new() }; 3];
        let open = Layer::Ground;
        Sheet { snapshot, names, step, u, s, layers, open, spots: Vec::new() }
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

    /// Whose wakers `holder` has, and how many they are.
    #[inline(never)]
    pub(crate) fn held_by(&self, holder: Holder) -> (Vec<HeldWakers>, u32) {
        let held = self.snapshot.wakers.iter();
        let held: Vec<HeldWakers> =
            held.filter(|held| held.holder == holder && held.count > 0).copied().collect();
        let count = held.iter().map(|held| held.count).sum();
        (held, count)
    }

    pub(crate) fn into_picture(self, width: f32, height: f32) -> Picture {
        let mut items = Vec::new();
        for layer in self.layers {
            items.extend(layer.into_iter().filter(|item| !item.shapes.is_empty()));
        }
        Picture { width, height, items }
    }

    /// Begins an item, with its zero point here.
    #[inline(never)]
    pub(crate) fn begin(&mut self, layer: Layer, key: &str, number: u32, x: f32, y: f32) {
        self.open = layer;
        self.layers[layer as usize].push(Item::new(format!("{key}-{number}"), x, y));
    }

    /// Begins an item of the lowest layer.
    pub(crate) fn ground(&mut self, key: &str, number: u32, area: &Area) {
        self.begin(Layer::Ground, key, number, area.x, area.y);
    }

    fn item(&mut self) -> &mut Item {
        let layer = &mut self.layers[self.open as usize];
        if layer.is_empty() {
            layer.push(Item::new("picture", 0.0, 0.0));
        }
        layer.last_mut().expect("one is there now")
    }

    /// The item's zero point.
    pub(crate) fn zero(&mut self) -> (f32, f32) {
        let item = self.item();
        (item.x, item.y)
    }

    /// What a pointer that rests on the item is told.
    #[inline(never)]
    pub(crate) fn hint(&mut self, hint: String) {
        self.item().hint = Some(hint);
    }

    /// Adds a shape in the item's own coordinates.
    #[inline(never)]
    pub(crate) fn shape(&mut self, shape: Shape) {
        self.item().shapes.push(shape);
    }

    #[inline(never)]
    fn rect(&mut self, area: &Area, round: f32, fill: Ink, pen: Option<Pen>) {
        let item = self.item();
        let (x, y) = (area.x - item.x, area.y - item.y);
        item.shapes.push(Shape::Rect { x, y, w: area.w, h: area.h, round, fill, pen });
    }

    /// A filled rectangle with rounded corners.
    #[inline(never)]
    pub(crate) fn fill(&mut self, area: &Area, round: f32, fill: Ink) {
        self.rect(area, round, fill, None);
    }

    /// One with an outline.
    #[inline(never)]
    pub(crate) fn frame(&mut self, area: &Area, round: f32, fill: Ink, ink: Ink, width: f32) {
        self.rect(area, round, fill, Some(Pen::new(ink, width)));
    }

    /// One with a dashed outline.
    #[inline(never)]
    pub(crate) fn dashes(&mut self, area: &Area, round: f32, fill: Ink, ink: Ink, width: f32) {
        self.rect(area, round, fill, Some(Pen::dashed(ink, width)));
    }

    /// Writes a text on the baseline `y`, cut with an ellipsis if it needs more than `room`. Gives
    /// how wide it is then.
    #[inline(never)]
    pub(crate) fn say(
        &mut self,
        x: f32,
        y: f32,
        room: f32,
        style: u8,
        ink: Ink,
        text: &str,
    ) -> f32 {
        let size = if style & SMALL > 0 { self.s } else { self.u };
        self.write(x, y, room, size, style, ink, text)
    }

    /// The same in another size.
    #[inline(never)]
    #[expect(clippy::too_many_arguments, reason = "they are what a text consists of")]
    pub(crate) fn write(
        &mut self,
        x: f32,
        y: f32,
        room: f32,
        size: f32,
        style: u8,
        ink: Ink,
        text: &str,
    ) -> f32 {
        let (bold, mono) = (style & BOLD > 0, style & MONO > 0);
        if text.is_empty() || room < size {
            return 0.0;
        }
        let text = fit_as(text, size, bold, mono, room);
        let width = text_width(&text, size, bold, mono);
        let anchor = match style {
            style if style & END > 0 => Anchor::End,
            style if style & MIDDLE > 0 => Anchor::Middle,
            _ => Anchor::Start,
        };
        let item = self.item();
        let (x, y) = (x - item.x, y - item.y);
        item.shapes.push(Shape::Text(Text { x, y, text, size, ink, bold, mono, anchor }));
        width
    }

    /// How wide a text would be.
    #[inline(never)]
    pub(crate) fn width(&self, style: u8, text: &str) -> f32 {
        let size = if style & SMALL > 0 { self.s } else { self.u };
        text_width(text, size, style & BOLD > 0, style & MONO > 0)
    }

    /// A line through these points.
    #[inline(never)]
    pub(crate) fn line(&mut self, points: &[(f32, f32)], ink: Ink, width: f32) {
        let d = self.path(points);
        self.shape(Shape::Path { d, fill: Ink::None, pen: Some(Pen::new(ink, width)) });
    }

    /// The area between these points.
    #[inline(never)]
    pub(crate) fn polygon(&mut self, points: &[(f32, f32)], ink: Ink) {
        let d = self.path(points);
        self.shape(Shape::Path { d, fill: ink, pen: None });
    }

    fn path(&mut self, points: &[(f32, f32)]) -> String {
        let (dx, dy) = (self.item().x, self.item().y);
        let mut d = String::new();
        for (index, (x, y)) in points.iter().enumerate() {
            d.push(if index == 0 { 'M' } else { 'L' });
            push_point(&mut d, x - dx, y - dy);
        }
        d
    }

    /// The outline of a circle.
    #[inline(never)]
    pub(crate) fn ring(&mut self, x: f32, y: f32, r: f32, pen: Pen) {
        let mut d = String::from("M");
        let r = Px::written(r);
        let item = self.item();
        push_point(&mut d, x - item.x - r, y - item.y);
        for way in [2.0 * r, -2.0 * r] {
            d.push('a');
            push_point(&mut d, r, r);
            d.push_str(" 0 1 1 ");
            push_point(&mut d, way, 0.0);
        }
        self.shape(Shape::Path { d, fill: Ink::None, pen: Some(pen) });
    }

    /// Writes the heading of a part; it is underlined while that part acts. Gives where a text after
    /// it can begin, and its baseline.
    #[inline(never)]
    pub(crate) fn heading(&mut self, area: &Area, title: &str, acts: bool) -> (f32, f32) {
        let y = area.y + self.u * 1.0625;
        let ink = if acts { Ink::Accent } else { Ink::Muted };
        let end = area.x + self.say(area.x, y, ANY, SMALL | BOLD, ink, title);
        if acts {
            let y = y + self.s * 0.375;
            self.line(&[(area.x, y), (end, y)], Ink::Accent, 2.5);
        }
        (end + self.u * 0.75, y)
    }
}

/// A point in SVG's path language.
#[inline(never)]
pub(crate) fn push_point(d: &mut String, x: f32, y: f32) {
    _ = write!(d, " {} {}", Px(x), Px(y));
}
