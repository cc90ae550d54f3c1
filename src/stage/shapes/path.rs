//! Many shapes as one element.

use super::markup::fill;

/// A path in the making, in SVG's path language. Shapes that look alike are one path: a browser draws
/// a thousand of them as quickly as one.
#[derive(Default)]
pub struct Path(String);

impl Path {
    /// Adds a piece of it, with a length in the place of each `@`.
    #[inline(never)]
    pub fn add(&mut self, template: &str, lengths: &[f32]) {
        fill(&mut self.0, template, lengths);
    }

    /// Adds a rectangle: its left and its upper edge, its width and its height.
    pub fn rect(&mut self, [x, y, w, h]: [f32; 4]) {
        self.add("M@ @h@v@h@z", &[x, y, w, h, -w]);
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The path as text.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}
