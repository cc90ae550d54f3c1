//! What a demo draws with: plain data in, the same SVG text out for the page and for a file.
//!
//! A demo's pure `layout.rs` turns a snapshot into a [`Picture`]. A picture is a list of [`Item`]s;
//! an item keeps its identity through its key, so that the page can move it instead of replacing it.
//! What is drawn in it is text from the first: two items look alike if their texts are equal.
//! Colours are named by what they mean ([`Ink`]), never by value.

mod area;
mod file;
mod ink;
mod item;
mod markup;
mod paint;
mod path;
mod px;
#[cfg(test)]
pub(crate) mod seen;
mod text;

pub(crate) use area::{Area, Bounds, grid_rows};
pub use file::to_svg;
pub use ink::{Ink, Look};
pub use item::{Item, Pen};
pub use paint::Painter;
pub use path::Path;
pub use px::{Px, number};
pub use text::{fit, style, text_width, wrap};

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
    /// CSS pixels of one of the lengths that the items are drawn with.
    pub scale: f32,
    /// Later ones lie above earlier ones.
    pub items: Vec<Item>,
}

impl Picture {
    /// What an `<svg>` shows of the lengths that the items are drawn with.
    fn view_box(&self) -> String {
        let mut out = String::new();
        markup::fill(&mut out, "0 0 @ @", &[self.width / self.scale, self.height / self.scale]);
        out
    }
}
