//! The sheet that the regions draw on: items in three layers, and where everything lies, so that
//! arrows find their ends and tests find what is drawn.

use executor::snapshot::{Holder, Snapshot};
use executor::{ChannelId, Names, SourceId, Step, TaskId, WorkerId};

use super::area::Area;
use crate::stage::shapes::{Ink, Item, Pen, Picture, Shape, Text, text, text_width};

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

/// A drawing that comes into being.
pub(crate) struct Sheet<'a> {
    pub(crate) snapshot: &'a Snapshot,
    /// What things are called.
    pub(crate) names: Names,
    /// What led to the snapshot.
    pub(crate) step: Option<&'a Step>,
    /// The size of ordinary text.
    pub(crate) u: f64,
    /// The size of small text.
    pub(crate) s: f64,
    ground: Vec<Item>,
    tokens: Vec<Item>,
    above: Vec<Item>,
    spots: Vec<(Spot, Area)>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, step: Option<&'a Step>, u: f64, s: f64) -> Self {
        let (ground, tokens, above) = (Vec::new(), Vec::new(), Vec::new());
        let names = Names::new(snapshot);
        Sheet { snapshot, names, step, u, s, ground, tokens, above, spots: Vec::new() }
    }

    /// Writes the heading of a part; it is marked while that part acts. Gives where a text after it
    /// can begin, and its baseline.
    pub(crate) fn heading(
        &self,
        block: &mut Block,
        area: Area,
        title: &str,
        acts: bool,
    ) -> (f64, f64) {
        let (u, s) = (self.u, self.s);
        let y = area.y + u * 1.05;
        let ink = if acts { Ink::Accent } else { Ink::Muted };
        let title = text(area.x, y, s, ink, title).bold();
        let end = area.x + width(&title);
        if acts {
            let y = y + s * 0.36;
            block.line(&[(area.x, y), (end, y)], Ink::None, Some(Pen::new(Ink::Accent, 2.6)));
        }
        let after = end + u * 0.7;
        block.text(title);
        (after, y)
    }

    /// Adds what lies at the bottom: areas and texts.
    pub(crate) fn put(&mut self, block: Block) {
        if !block.item.shapes.is_empty() {
            self.ground.push(block.item);
        }
    }

    /// Adds a token or bell, which moves from place to place.
    pub(crate) fn put_token(&mut self, item: Item) {
        self.tokens.push(item);
    }

    /// Adds what lies above everything.
    pub(crate) fn put_above(&mut self, block: Block) {
        self.above.push(block.item);
    }

    /// Notes where something lies.
    pub(crate) fn note(&mut self, spot: Spot, area: Area) {
        self.spots.push((spot, area));
    }

    /// Where something lies.
    pub(crate) fn find(&self, spot: Spot) -> Option<Area> {
        self.spots.iter().find(|(other, _)| *other == spot).map(|(_, area)| *area)
    }

    /// Where everything lies.
    #[cfg(test)]
    pub(crate) fn spots(&self) -> &[(Spot, Area)] {
        &self.spots
    }

    pub(crate) fn into_picture(self, width: f64, height: f64) -> Picture {
        let items = [self.ground, self.tokens, self.above].concat();
        Picture { width, height, items }
    }
}

/// An item that is filled in the coordinates of the sheet.
pub(crate) struct Block {
    item: Item,
}

impl Block {
    /// An empty one whose zero point is the corner of `area`.
    pub(crate) fn new(key: impl Into<String>, area: Area) -> Self {
        Block { item: Item::new(key, area.x, area.y) }
    }

    /// What a pointer that rests on it is told.
    pub(crate) fn hint(&mut self, hint: impl Into<String>) {
        self.item.hint = Some(hint.into());
    }

    /// A rectangle with rounded corners.
    pub(crate) fn rect(&mut self, area: Area, round: f64, fill: Ink, pen: Option<Pen>) {
        let (x, y) = (area.x - self.item.x, area.y - self.item.y);
        self.item.shapes.push(Shape::Rect { x, y, w: area.w, h: area.h, round, fill, pen });
    }

    /// A text.
    pub(crate) fn text(&mut self, mut text: Text) {
        if text.text.is_empty() {
            return;
        }
        text.x -= self.item.x;
        text.y -= self.item.y;
        self.item.shapes.push(text.into());
    }

    /// A line through these points.
    pub(crate) fn line(&mut self, points: &[(f64, f64)], fill: Ink, pen: Option<Pen>) {
        let mut d = String::new();
        for (i, (x, y)) in points.iter().enumerate() {
            d.push(if i == 0 { 'M' } else { 'L' });
            d.push_str(&format!("{:.1} {:.1}", x - self.item.x, y - self.item.y));
        }
        self.item.shapes.push(Shape::Path { d, fill, pen });
    }

    /// A dot.
    pub(crate) fn dot(&mut self, x: f64, y: f64, r: f64, fill: Ink, pen: Option<Pen>) {
        let d = 2.0 * r;
        let (x, y) = (x - self.item.x - r, y - self.item.y);
        let d =
            format!("M{x:.1} {y:.1}a{r:.1} {r:.1} 0 1 1 {d:.1} 0a{r:.1} {r:.1} 0 1 1 {:.1} 0z", -d);
        self.item.shapes.push(Shape::Path { d, fill, pen });
    }

    /// A shape in the block's own coordinates.
    pub(crate) fn shape(&mut self, shape: Shape) {
        self.item.shapes.push(shape);
    }
}

/// How wide a text that is ready to be drawn is.
pub(crate) fn width(text: &Text) -> f64 {
    text_width(&text.text, text.size, text.bold, text.mono)
}
