//! Short ways to say the common shapes.

use super::{Anchor, Ink, Look, Pen, Px, Shape, Text};

/// A rectangle with rounded corners.
pub fn rect(x: f32, y: f32, w: f32, h: f32, fill: Ink, pen: Option<Pen>) -> Shape {
    Shape::Rect { x, y, w, h, round: 6.0_f32.min(h / 2.0), fill, pen }
}

/// A text that begins at `x` on the baseline `y`.
pub fn text(x: f32, y: f32, size: f32, ink: Ink, text: impl Into<String>) -> Text {
    Text { x, y, text: text.into(), size, ink, bold: false, mono: false, anchor: Anchor::Start }
}

/// The same in letters of equal width, for what is code.
pub fn mono(x: f32, y: f32, size: f32, ink: Ink, content: impl Into<String>) -> Text {
    Text { mono: true, ..text(x, y, size, ink, content) }
}

impl Text {
    /// In half-bold letters.
    pub fn bold(self) -> Self {
        Text { bold: true, ..self }
    }

    /// With its middle at `x`.
    pub fn middle(self) -> Self {
        Text { anchor: Anchor::Middle, ..self }
    }

    /// Ending at `x`.
    pub fn end(self) -> Self {
        Text { anchor: Anchor::End, ..self }
    }

    /// Cut with an ellipsis so that it is at most `width` wide.
    pub fn within(mut self, width: f32) -> Self {
        self.text = super::text::fit_as(&self.text, self.size, self.bold, self.mono, width);
        self
    }
}

impl From<Text> for Shape {
    fn from(text: Text) -> Self {
        Shape::Text(text)
    }
}

/// An actor's shape with its number in it.
pub fn badge(x: f32, y: f32, size: f32, look: Look, text: impl Into<String>) -> Shape {
    Shape::Badge { x, y, size, look, text: text.into() }
}

/// A straight line.
pub fn line(from: (f32, f32), to: (f32, f32), pen: Pen) -> Shape {
    let d = format!("M{}L{}", at(from), at(to));
    Shape::Path { d, fill: Ink::None, pen: Some(pen) }
}

/// An arrow with a filled head. `bend` pushes its middle to the left of the way (seen in the
/// direction of the arrow, y pointing down), in pixels; 0 is straight.
pub fn arrow(from: (f32, f32), to: (f32, f32), bend: f32, pen: Pen) -> [Shape; 2] {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1e-6);
    let middle = (
        (from.0 + to.0) / 2.0 + dy / length * bend * 2.0,
        (from.1 + to.1) / 2.0 - dx / length * bend * 2.0,
    );
    // The direction in which a quadratic curve arrives is that from its control point.
    let (ax, ay) = (to.0 - middle.0, to.1 - middle.1);
    let a = ax.hypot(ay).max(1e-6);
    let (ux, uy) = (ax / a, ay / a);
    let head = 4.5 + 2.5 * pen.width;
    let half = head * 0.45;
    let neck = (to.0 - ux * head, to.1 - uy * head);
    let shaft = format!("M{}Q{} {}", at(from), at(middle), at(neck));
    let left = (neck.0 - uy * half, neck.1 + ux * half);
    let right = (neck.0 + uy * half, neck.1 - ux * half);
    let tip = format!("M{}L{}L{}z", at(to), at(left), at(right));
    [
        Shape::Path { d: shaft, fill: Ink::None, pen: Some(pen) },
        Shape::Path { d: tip, fill: pen.ink, pen: None },
    ]
}

/// A point in SVG's path language.
fn at((x, y): (f32, f32)) -> String {
    format!("{} {}", Px(x), Px(y))
}
