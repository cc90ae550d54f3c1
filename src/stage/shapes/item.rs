//! A thing with an identity, and what is drawn for it.

use super::markup::{fill, title};
use super::style::{BOLD, END, MIDDLE, MONO};
use super::{Ink, Look, Path};
use crate::html::escape;

/// A thing with an identity. All places in it are seen from its own zero point.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// Unique in the picture; the same thing has the same key in the next picture.
    pub key: String,
    /// Where its own zero point lies.
    pub x: f32,
    /// Where its own zero point lies.
    pub y: f32,
    svg: String,
}

/// How an outline is drawn.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pen {
    /// With which ink.
    pub ink: Ink,
    /// How wide.
    pub width: f32,
    /// Whether it is broken into dashes: something that is not there yet, or no more.
    pub dashed: bool,
}

impl Pen {
    /// No outline.
    pub const NONE: Pen = Pen { ink: Ink::NONE, width: 0.0, dashed: false };

    /// An unbroken line.
    pub fn new(ink: Ink, width: f32) -> Self {
        Pen { ink, width, dashed: false }
    }

    /// A dashed line.
    pub fn dashed(ink: Ink, width: f32) -> Self {
        Pen { ink, width, dashed: true }
    }
}

impl Item {
    /// An item with nothing in it yet.
    pub fn new(key: String, x: f32, y: f32) -> Self {
        Item { key, x, y, svg: String::new() }
    }

    /// What is drawn, as SVG: an element a line.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// What a pointer that rests on it is told.
    pub fn hint(&mut self, hint: &str) {
        title(&mut self.svg, hint);
        self.svg.push('\n');
    }

    /// A rectangle: its left and its upper edge, its width and its height. `round` is the radius of
    /// its corners.
    #[inline(never)]
    pub fn rect(&mut self, [x, y, w, h]: [f32; 4], round: f32, inside: Ink, pen: Pen) {
        let template = r#"<rect x="@" y="@" width="@" height="@" rx="@""#;
        fill(&mut self.svg, template, &[x, y, w, h, round]);
        self.painted(inside, pen);
    }

    /// A path in SVG's path language, with a length in the place of each `@`.
    #[inline(never)]
    pub fn path(&mut self, template: &str, lengths: &[f32], inside: Ink, pen: Pen) {
        self.svg.push_str("<path d=\"");
        fill(&mut self.svg, template, lengths);
        self.svg.push('"');
        self.painted(inside, pen);
    }

    /// Many shapes that look alike; nothing, if there is none.
    #[inline(never)]
    pub fn draw(&mut self, path: &Path, inside: Ink, pen: Pen) {
        if !path.is_empty() {
            self.svg.push_str("<path d=\"");
            self.svg.push_str(path.text());
            self.svg.push('"');
            self.painted(inside, pen);
        }
    }

    /// A text on the baseline `y`, in any [`style`](super::style).
    #[inline(never)]
    pub fn text(&mut self, x: f32, y: f32, size: f32, style: u8, ink: Ink, text: &str) {
        self.letters(&[x], y, size, style, ink, text);
    }

    /// A text of which the first letters have places of their own, the others follow the last of them.
    #[inline(never)]
    pub fn letters(&mut self, xs: &[f32], y: f32, size: f32, style: u8, ink: Ink, text: &str) {
        self.svg.push_str("<text x=\"");
        for (index, x) in xs.iter().enumerate() {
            fill(&mut self.svg, if index > 0 { " @" } else { "@" }, &[*x]);
        }
        fill(&mut self.svg, r#"" y="@" font-size="@""#, &[y, size]);
        for (bit, attribute) in [
            (BOLD, r#" font-weight="600""#),
            (MONO, r#" font-family="var(--mono)""#),
            (MIDDLE, r#" text-anchor="middle""#),
            (END, r#" text-anchor="end""#),
        ] {
            if style & bit > 0 {
                self.svg.push_str(attribute);
            }
        }
        self.ink(" fill", ink);
        self.svg.push('>');
        escape(&mut self.svg, text);
        self.svg.push_str("</text>\n");
    }

    /// An actor's shape around a point, of a height.
    #[inline(never)]
    pub fn outline(&mut self, [x, y, size]: [f32; 3], look: Look, inside: Ink, pen: Pen) {
        self.svg.push_str("<path d=\"");
        look.trace(&mut self.svg, x, y, size);
        self.svg.push('"');
        self.painted(inside, pen);
    }

    /// A short text as it stands in such a shape.
    #[inline(never)]
    pub fn sign(&mut self, [x, y, size]: [f32; 3], look: Look, ink: Ink, text: &str) {
        // A triangle and a pentagon have their weight below their middle.
        let drop = match look.hue() {
            3 => 0.36,
            5 => 0.26,
            _ => 0.23,
        };
        let font = size * if text.len() > 1 { 0.54 } else { 0.66 };
        self.text(x, y + size * drop, font, BOLD | MIDDLE, ink, text);
    }

    /// An actor's shape in its colour, with a short text in it.
    pub fn badge(&mut self, place: [f32; 3], look: Look, text: &str) {
        self.outline(place, look, Ink::actor(look), Pen::NONE);
        self.sign(place, look, Ink::ON_ACTOR, text);
    }

    /// An arrow with a filled head. `bend` pushes its middle to the left of the way (seen in the
    /// direction of the arrow, y pointing down); 0 is straight.
    pub fn arrow(&mut self, from: (f32, f32), to: (f32, f32), bend: f32, pen: Pen) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let bend = bend * 2.0 / dx.hypot(dy).max(1e-6);
        let middle = ((from.0 + to.0) / 2.0 + dy * bend, (from.1 + to.1) / 2.0 - dx * bend);
        // The direction in which a quadratic curve arrives is that from its control point.
        let (ax, ay) = (to.0 - middle.0, to.1 - middle.1);
        let head = (4.5 + 2.5 * pen.width) / ax.hypot(ay).max(1e-6);
        let (hx, hy) = (ax * head, ay * head);
        let neck = (to.0 - hx, to.1 - hy);
        let shaft = [from.0, from.1, middle.0, middle.1, neck.0, neck.1];
        self.path("M@ @Q@ @ @ @", &shaft, Ink::NONE, pen);
        let (wx, wy) = (hx * 0.45, hy * 0.45);
        let tip = [to.0, to.1, neck.0 - wy, neck.1 + wx, neck.0 + wy, neck.1 - wx];
        self.path("M@ @L@ @L@ @z", &tip, pen.ink, Pen::NONE);
    }

    fn painted(&mut self, inside: Ink, pen: Pen) {
        self.ink(" fill", inside);
        if pen.width > 0.0 {
            self.ink(" stroke", pen.ink);
            fill(&mut self.svg, r#" stroke-width="@""#, &[pen.width]);
            if pen.dashed {
                let dashes = [pen.width * 3.0, pen.width * 2.5];
                fill(&mut self.svg, r#" stroke-dasharray="@ @""#, &dashes);
            }
        }
        self.svg.push_str("/>\n");
    }

    #[inline(never)]
    fn ink(&mut self, attribute: &str, ink: Ink) {
        self.svg.push_str(attribute);
        self.svg.push_str("=\"");
        ink.push(&mut self.svg);
        self.svg.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_arrow_ends_with_its_tip_at_its_target() {
        let mut item = Item::new(String::new(), 0.0, 0.0);
        item.arrow((0.0, 0.0), (30.0, 0.0), 0.0, Pen::new(Ink::TEXT, 1.0));
        assert!(item.svg.starts_with(r#"<path d="M0 0Q15 0 23 0" fill="none" stroke="#));
        assert!(item.svg.contains(r#"<path d="M30 0L"#));
    }

    #[test]
    fn what_looks_alike_is_one_element() {
        let mut item = Item::new(String::new(), 0.0, 0.0);
        let mut path = Path::default();
        item.draw(&path, Ink::DOTS, Pen::NONE);
        assert_eq!(item.svg, "", "nothing of nothing");
        path.rect([1.0, 2.0, 3.0, 4.0]);
        path.rect([5.0, 2.0, 3.0, 4.0]);
        item.draw(&path, Ink::DOTS, Pen::NONE);
        assert_eq!(item.svg, "<path d=\"M1 2h3v4h-3zM5 2h3v4h-3z\" fill=\"url(#dots)\"/>\n");
    }

    #[test]
    fn letters_can_have_places_of_their_own() {
        let mut item = Item::new(String::new(), 0.0, 0.0);
        item.letters(&[1.0, 9.0], 2.0, 10.0, MONO, Ink::TEXT, "ff");
        assert!(item.svg.starts_with(r#"<text x="1 9" y="2" font-size="10" font-family="#));
    }
}
