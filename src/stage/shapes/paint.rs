//! A picture on the page: items are kept by their key, so only what changed is touched, and what
//! moved is moved.

use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};

use super::svg::{contents, page_palette, patterns};
use super::{Item, Picture, Px};

/// Keeps an `<svg>` element equal to a picture.
pub struct Painter {
    svg: Element,
    /// The items that are there, in their order, each with its group.
    painted: Vec<(Item, SvgElement)>,
    /// Width and height of the picture that is there.
    size: (f32, f32),
}

impl Painter {
    /// Takes over an empty `<svg>`.
    pub fn new(svg: Element) -> Self {
        let mut defs = String::new();
        patterns(&mut defs, &page_palette);
        svg.set_inner_html(&defs);
        Painter { svg, painted: Vec::new(), size: (0.0, 0.0) }
    }

    /// Makes the element show `picture`. What is there already is not moved in the document, because
    /// that would end its transition.
    pub fn paint(&mut self, picture: &Picture) {
        if self.size != (picture.width, picture.height) {
            self.size = (picture.width, picture.height);
            let view_box = format!("0 0 {} {}", Px(picture.width), Px(picture.height));
            _ = self.svg.set_attribute("viewBox", &view_box);
        }
        for (at, item) in picture.items.iter().enumerate() {
            // Nearly always it is where it was.
            let found = self.painted[at.min(self.painted.len())..]
                .iter()
                .position(|(painted, _)| painted.key == item.key);
            match found {
                Some(0) => {}
                Some(further) => self.bring_here(at, further, picture),
                None => self.insert(at, item),
            }
            self.update(at, item);
        }
        for (_, gone) in self.painted.drain(picture.items.len().min(self.painted.len())..) {
            gone.remove();
        }
    }

    /// The item that belongs at `at` stands `further` behind: those between that are not in the
    /// picture any more go, the others make room.
    fn bring_here(&mut self, at: usize, mut further: usize, picture: &Picture) {
        for between in (at..at + further).rev() {
            let key = &self.painted[between].0.key;
            if !picture.items[at..].iter().any(|item| item.key == *key) {
                self.painted.remove(between).1.remove();
                further -= 1;
            }
        }
        if further > 0 {
            let moved = self.painted.remove(at + further);
            _ = self.svg.insert_before(&moved.1, Some(&self.painted[at].1));
            self.painted.insert(at, moved);
        }
    }

    fn insert(&mut self, at: usize, item: &Item) {
        let Some(element) = group() else { return };
        let before = self.painted.get(at).map(|(_, element)| element.as_ref());
        _ = self.svg.insert_before(&element, before);
        // Without a place and without shapes, so that updating fills both in.
        let blank = Item::new(item.key.clone(), f32::NAN, f32::NAN);
        self.painted.insert(at, (blank, element));
    }

    fn update(&mut self, at: usize, item: &Item) {
        let Some((painted, element)) = self.painted.get_mut(at) else { return };
        if painted == item {
            return;
        }
        if (painted.x, painted.y) != (item.x, item.y) {
            place(element, item);
        }
        if painted.shapes != item.shapes || painted.hint != item.hint {
            element.set_inner_html(&inside(item));
        }
        *painted = item.clone();
    }
}

fn inside(item: &Item) -> String {
    let mut out = String::new();
    contents(&mut out, item, &page_palette);
    out
}

/// A new group.
fn group() -> Option<SvgElement> {
    let document = web_sys::window()?.document()?;
    let group = document.create_element_ns(Some("http://www.w3.org/2000/svg"), "g").ok()?;
    _ = group.set_attribute("class", "item");
    group.dyn_into().ok()
}

/// Through the style object, which the page's content security policy lets pass and which CSS can
/// animate.
fn place(element: &SvgElement, item: &Item) {
    let transform = format!("translate({}px,{}px)", Px(item.x), Px(item.y));
    _ = element.style().set_property("transform", &transform);
}
