//! A picture on the page: items are kept by their key, so only what changed is touched, and what
//! moved is moved.

use std::collections::{HashMap, HashSet};

use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};

use super::svg::{contents, page_palette, patterns};
use super::{Item, Picture};

/// Keeps an `<svg>` element equal to a picture.
pub struct Painter {
    svg: Element,
    painted: HashMap<String, (SvgElement, Item)>,
    order: Vec<String>,
    /// Width and height of the picture that is there.
    size: (f64, f64),
}

impl Painter {
    /// Takes over an empty `<svg>`.
    pub fn new(svg: Element) -> Self {
        let mut defs = String::new();
        patterns(&mut defs, &page_palette);
        svg.set_inner_html(&defs);
        Painter { svg, painted: HashMap::new(), order: Vec::new(), size: (0.0, 0.0) }
    }

    /// Makes the element show `picture`.
    pub fn paint(&mut self, picture: &Picture) {
        if self.size != (picture.width, picture.height) {
            self.size = (picture.width, picture.height);
            let view_box = format!("0 0 {:.1} {:.1}", picture.width, picture.height);
            _ = self.svg.set_attribute("viewBox", &view_box);
        }
        let same_keys = self.order.len() == picture.items.len()
            && self.order.iter().zip(&picture.items).all(|(key, item)| *key == item.key);
        if !same_keys {
            self.order = picture.items.iter().map(|item| item.key.clone()).collect();
            let stays: HashSet<&str> = self.order.iter().map(String::as_str).collect();
            self.painted.retain(|key, (element, _)| {
                let stays = stays.contains(key.as_str());
                if !stays {
                    element.remove();
                }
                stays
            });
        }
        // The element at which the next item belongs; what is there already is not moved, because
        // moving an element in the document ends its transition.
        let mut next = self.svg.first_element_child().and_then(|defs| defs.next_element_sibling());
        for item in &picture.items {
            let Some(element) = self.paint_item(item) else { continue };
            if same_keys {
                continue;
            }
            if next.as_ref() == Some(element.as_ref()) {
                next = element.next_element_sibling();
            } else {
                _ = self.svg.insert_before(&element, next.as_deref());
            }
        }
    }

    /// Brings one item's element up to date, which may not be in the document yet.
    fn paint_item(&mut self, item: &Item) -> Option<SvgElement> {
        if let Some((element, painted)) = self.painted.get_mut(&item.key) {
            if painted != item {
                if (painted.x, painted.y) != (item.x, item.y) {
                    place(element, item);
                }
                if painted.shapes != item.shapes || painted.hint != item.hint {
                    element.set_inner_html(&inside(item));
                }
                *painted = item.clone();
            }
            return Some(element.clone());
        }
        let element = group()?;
        place(&element, item);
        element.set_inner_html(&inside(item));
        self.painted.insert(item.key.clone(), (element.clone(), item.clone()));
        Some(element)
    }
}

fn inside(item: &Item) -> String {
    let mut out = String::new();
    contents(&mut out, item, &page_palette);
    out
}

/// A new group.
pub(in crate::stage) fn group() -> Option<SvgElement> {
    let document = web_sys::window()?.document()?;
    let group = document.create_element_ns(Some("http://www.w3.org/2000/svg"), "g").ok()?;
    _ = group.set_attribute("class", "item");
    group.dyn_into().ok()
}

/// Through the style object, which the page's content security policy lets pass and which CSS can
/// animate.
fn place(element: &SvgElement, item: &Item) {
    let transform = format!("translate({:.1}px,{:.1}px)", item.x, item.y);
    _ = element.style().set_property("transform", &transform);
}
