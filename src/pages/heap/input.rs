//! What a person does on the page: clicks, keys, and the pointer over the map.

use std::rc::Rc;

use arena_report::map::Grid;
use arena_watch::HEAP;
use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::event_target;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, PointerEvent};

use super::Heap;
use crate::dom::{El, keep, observe, target, value};
use crate::stage::{full_screen, hear};

impl Heap {
    #[inline(never)]
    pub(super) fn listen(self: Rc<Self>) {
        let capture = EventListenerOptions::run_in_capture_phase();
        let heap = self.clone();
        // Before anything else hears of a click: what it costs to hear of it is counted too.
        keep(EventListener::new_with_options(
            self.root.element(),
            "click",
            capture,
            move |event| {
                let act = target(event).and_then(|it| it.closest("[data-do=act]").ok().flatten());
                if act.is_some() {
                    if !HEAP.is_watched() {
                        heap.begin();
                    }
                    HEAP.begin_calls();
                    heap.click.set(Some(HEAP.tally()));
                }
            },
        ));
        let heap = self.clone();
        let root = self.root.clone();
        let root = root.on_each("click", "data-do", move |what, element| heap.click(what, element));
        let heap = self.clone();
        let root = root.on_each("input", "data-set", move |what, element| match what {
            "own" => {
                let own = element.cast::<HtmlInputElement>().checked();
                heap.set(|settings| settings.own = own);
            }
            "block" => heap.slide(element),
            _ => {}
        });
        let heap = self.clone();
        _ = root.on("submit", move |event| {
            event.prevent_default();
            let form: Element = event_target(event);
            if let Ok(Some(input)) = form.query_selector("input") {
                heap.open(value(&input).trim());
            }
        });
        let heap = self.clone();
        hear(&self.root, self.modes, Box::new(move |key, again| heap.key(key, again)));
        let cells = self.root.part("cells");
        let heap = self.clone();
        let _ =
            cells.clone().on("pointermove", move |event| heap.point(event.unchecked_ref(), false));
        let heap = self.clone();
        let _ =
            cells.clone().on("pointerdown", move |event| heap.point(event.unchecked_ref(), true));
        let heap = self.clone();
        let _ = cells.clone().on("pointerleave", move |_| heap.aside(Heap::draw));
        let heap = self.clone();
        observe(&cells, move || heap.aside(Heap::draw));
    }

    /// What a key does; whether it does something here.
    fn key(self: &Rc<Self>, key: &str, again: bool) -> bool {
        let actions = self.root.part("actions").element().children();
        let digit = match key.as_bytes() {
            [digit @ b'1'..=b'9'] => Some(u32::from(digit - b'1')),
            _ => None,
        };
        if let Some(button) = digit.and_then(|digit| actions.item(digit)) {
            // As if it were clicked, so that the same is counted.
            if !again {
                El::from(button).html().click();
            }
            return true;
        }
        match key {
            "ArrowLeft" => self.step(-1),
            "ArrowRight" => self.step(1),
            _ if again => return matches!(key, " " | "r" | "t" | "p" | "f" | "?"),
            " " => self.toggle(),
            "r" | "R" => self.click_beside("read"),
            "t" | "T" => self.set(|settings| settings.tracer = !settings.tracer),
            "p" | "P" => self.click_beside("present"),
            "f" | "F" => full_screen(),
            "?" => self.click_beside("help"),
            _ => return false,
        }
        true
    }

    /// The slider over the map was moved to a piece.
    fn slide(&self, slider: &El) {
        let address = {
            let reading = self.reading.borrow();
            let at: usize = value(slider.element()).parse().unwrap_or(0);
            reading.used().nth(at).map(|index| reading.pieces[index].address())
        };
        if let Some(address) = address {
            self.look_at(address);
        }
    }

    /// A pointer is over the map: what is there is told, or chosen if it was pressed.
    fn point(&self, event: &PointerEvent, pressed: bool) {
        let cells = self.root.part("cells");
        let room = cells.element().get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - room.left()) / room.width();
        let y = (f64::from(event.client_y()) - room.top()) / room.height();
        let address = {
            let panel = self.panel.borrow();
            let Some(address) = panel.grid().and_then(|grid| address_at(grid, x, y)) else {
                return;
            };
            address
        };
        if pressed {
            event.prevent_default();
            _ = self.root.part("slider").html().focus();
            self.look_at(address);
        } else {
            self.aside(|heap| heap.panel.borrow_mut().hover(&heap.reading.borrow(), address));
        }
    }
}

/// The address at a place of the map, whose sides are 1.
fn address_at(grid: &Grid, x: f64, y: f64) -> Option<usize> {
    let (rows, columns) = (grid.rows(), grid.columns);
    let (column, row) = ((x * columns as f64) as usize, (y * rows as f64) as usize);
    let inside = x >= 0.0 && y >= 0.0 && column < columns && row < rows;
    inside.then(|| grid.address(row * columns + column))
}
