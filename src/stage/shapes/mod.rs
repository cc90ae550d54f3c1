//! What a demo draws with: plain data in, the same SVG text out for the page and for a file.
//!
//! A demo's pure `layout.rs` turns a snapshot into a [`Picture`]. A picture is a list of [`Item`]s;
//! an item keeps its identity through its key, so that the page can move it instead of replacing it.
//! Colours are named by what they mean ([`Ink`]), never by value.

mod build;
mod ink;
mod paint;
mod px;
mod svg;
mod text;

pub use build::{arrow, badge, line, mono, rect, text};
pub use ink::{Ink, Look};
pub use paint::Painter;
pub use px::Px;
pub use svg::to_svg;
pub use text::{fit, fit_as, text_width, wrap};

/// How much room there is to draw, and for whom.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Canvas {
    /// In CSS pixels.
    pub width: f32,
    /// In CSS pixels.
    pub height: f32,
    /// The size of ordinary text, in CSS pixels: 14 on a desk, 20 or more for the last row.
    pub text: f32,
}

/// A drawing.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Picture {
    /// In CSS pixels; the picture is centred if the canvas is larger, scaled down if it is smaller.
    pub width: f32,
    /// In CSS pixels.
    pub height: f32,
    /// Later ones lie above earlier ones.
    pub items: Vec<Item>,
}

/// A thing with an identity.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// Unique in the picture; the same thing has the same key in the next picture.
    pub key: String,
    /// Where its own zero point lies.
    pub x: f32,
    /// Where its own zero point lies.
    pub y: f32,
    /// What is drawn, around the item's zero point.
    pub shapes: Vec<Shape>,
    /// What a pointer that rests on it is told.
    pub hint: Option<String>,
}

impl Item {
    /// An item with nothing in it yet.
    pub fn new(key: impl Into<String>, x: f32, y: f32) -> Self {
        Item { key: key.into(), x, y, shapes: Vec::new(), hint: None }
    }

    /// Adds a shape on top.
    pub fn with(mut self, shape: Shape) -> Self {
        self.shapes.push(shape);
        self
    }

    /// Sets the hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// How an outline is drawn.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pen {
    /// With which ink.
    pub ink: Ink,
    /// How wide, in pixels.
    pub width: f32,
    /// Whether it is broken into dashes: something that is not there yet, or no more.
    pub dashed: bool,
}

impl Pen {
    /// An unbroken line.
    pub fn new(ink: Ink, width: f32) -> Self {
        Pen { ink, width, dashed: false }
    }

    /// A dashed line.
    pub fn dashed(ink: Ink, width: f32) -> Self {
        Pen { ink, width, dashed: true }
    }
}

/// Which end of a text stands at its position.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Anchor {
    /// The text begins there.
    #[default]
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A text on one line.
#[derive(Clone, PartialEq, Debug)]
pub struct Text {
    /// Where, see `anchor`.
    pub x: f32,
    /// Where its baseline is.
    pub y: f32,
    /// What it says.
    pub text: String,
    /// In pixels.
    pub size: f32,
    /// With which ink.
    pub ink: Ink,
    /// In half-bold letters.
    pub bold: bool,
    /// In letters of equal width.
    pub mono: bool,
    /// Which end stands at `x`.
    pub anchor: Anchor,
}

/// The primitives.
#[derive(Clone, PartialEq, Debug)]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Left edge.
        x: f32,
        /// Upper edge.
        y: f32,
        /// Width.
        w: f32,
        /// Height.
        h: f32,
        /// Radius of the corners.
        round: f32,
        /// What it is filled with.
        fill: Ink,
        /// Its outline.
        pen: Option<Pen>,
    },
    /// A text.
    Text(Text),
    /// An open or closed path, in SVG's path language.
    Path {
        /// The path.
        d: String,
        /// What it is filled with.
        fill: Ink,
        /// Its outline.
        pen: Option<Pen>,
    },
    /// An actor's shape with a short text in it.
    Badge {
        /// Its middle.
        x: f32,
        /// Its middle.
        y: f32,
        /// Its height.
        size: f32,
        /// Whose it is.
        look: Look,
        /// At most two characters.
        text: String,
    },
}
