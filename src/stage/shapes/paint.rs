//! A picture on the page: items are kept by their key, so only what changed is touched, and what
//! moved is moved.

use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};

use super::markup::{PATTERNS, fill};
use super::{Item, Picture};

/// Keeps an `<svg>` element equal to a picture.
pub struct Painter {
    svg: Element,
    /// The items that are there, in their order, each with its group.
    painted: Vec<(Item, SvgElement)>,
    view_box: String,
}

impl Painter {
    /// Takes over an empty `<svg>`.
    pub fn new(svg: Element) -> Self {
        svg.set_inner_html(PATTERNS);
        Painter { svg, painted: Vec::new(), view_box: String::new() }
    }

    /// Makes the element show `picture`. What is there already is not moved in the document unless
    /// it must be, because that would end its transition.
    pub fn paint(&mut self, picture: &Picture) {
        let view_box = picture.view_box();
        if self.view_box != view_box {
            _ = self.svg.set_attribute("viewBox", &view_box);
            self.view_box = view_box;
        }
        for (at, item) in picture.items.iter().enumerate() {
            // Nearly always it is where it was.
            while let Some((painted, group)) = self.painted.get(at)
                && painted.key != item.key
                && picture.items[at..].iter().all(|later| later.key != painted.key)
            {
                group.remove();
                self.painted.remove(at);
            }
            let mut there = self.painted.iter().skip(at);
            match there.position(|(painted, _)| painted.key == item.key) {
                Some(0) => {}
                Some(further) => {
                    let moved = self.painted.remove(at + further);
                    self.insert(at, moved);
                }
                // Without a place and without shapes, so that both are filled in below.
                None => {
                    let Some(group) = group() else { return };
                    let blank = Item::new(item.key.clone(), f32::NAN, f32::NAN);
                    self.insert(at, (blank, group));
                }
            }
            let Some((painted, group)) = self.painted.get_mut(at) else { return };
            if painted == item {
                continue;
            }
            if (painted.x, painted.y) != (item.x, item.y) {
                place(group, item);
            }
            if painted.svg() != item.svg() {
                draw(group, painted.svg(), item.svg());
            }
            *painted = item.clone();
        }
        for (_, gone) in self.painted.drain(picture.items.len().min(self.painted.len())..) {
            gone.remove();
        }
    }

    /// Before the one that is there at this place, on the page as in the list.
    fn insert(&mut self, at: usize, item: (Item, SvgElement)) {
        let before = self.painted.get(at).map(|(_, group)| group.as_ref());
        _ = self.svg.insert_before(&item.1, before);
        self.painted.insert(at, item);
    }
}

/// Replaces the elements of a group from the first to the last that is another now.
fn draw(group: &SvgElement, before: &str, now: &str) {
    let (head, tail) = alike(before.as_bytes(), now.as_bytes());
    let lines = |text: &str| text.lines().count() as u32;
    let children = group.children();
    let first = lines(before.get(..head).unwrap_or_default());
    for _ in 0..lines(before.get(head..before.len() - tail).unwrap_or_default()) {
        if let Some(gone) = children.item(first) {
            gone.remove();
        }
    }
    let drawn = now.get(head..now.len() - tail).unwrap_or_default().replace('\n', "");
    _ = match children.item(first) {
        Some(next) => next.insert_adjacent_html("beforebegin", &drawn),
        None => group.insert_adjacent_html("beforeend", &drawn),
    };
}

/// How many bytes two texts have in common at their beginning and at their end, in whole lines.
fn alike(one: &[u8], other: &[u8]) -> (usize, usize) {
    let (mut head, mut tail) = (0, 0);
    for (at, (a, b)) in one.iter().zip(other).enumerate() {
        if a != b {
            break;
        }
        if *a == b'\n' {
            head = at + 1;
        }
    }
    for (at, (a, b)) in one[head..].iter().rev().zip(other[head..].iter().rev()).enumerate() {
        if a != b {
            break;
        }
        if *a == b'\n' {
            tail = at;
        }
    }
    (head, tail)
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
    let mut transform = String::new();
    fill(&mut transform, "translate(@px,@px)", &[item.x, item.y]);
    _ = element.style().set_property("transform", &transform);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_are_others_are_not_alike() {
        let alike = |one: &str, other: &str| alike(one.as_bytes(), other.as_bytes());
        assert_eq!(alike("", "a\n"), (0, 0));
        assert_eq!(alike("a\n", ""), (0, 0));
        assert_eq!(alike("a\nb\nc\n", "a\nd\nc\n"), (2, 2));
        assert_eq!(alike("a\nb\nc\n", "a\nc\n"), (2, 0));
        assert_eq!(alike("a1\nb\nc1\n", "a2\nb\nc1\n"), (0, 5));
        assert_eq!(alike("a\nb1\n", "a\nb2\n"), (2, 0));
        assert_eq!(alike("a\na\n", "a\na\na\n"), (4, 0));
    }
}
