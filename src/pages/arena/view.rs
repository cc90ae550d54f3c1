//! The picture of memory as something to go about in: zoomed and moved by wheel, pointer and buttons;
//! below it what is to be said of the byte that is pointed at, and what each figure means.

mod pointer;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use arena::memory::Place;
use arena::{Snapshot, Step};
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, MouseEvent};

use super::figures::{self, FIGURES};
use super::layout::{self, Spot, Window};
use super::{Page, inspect, link, words};
use crate::dom::{El, Html, Written, before_paint, markup, set_value, value, watch};
use crate::live::Live;
use crate::stage::Ctx;
use crate::stage::shapes::Canvas;

/// All but the picture and what stands in it.
const VIEW: &str = include_str!("view.html");

/// What is said while nothing else is.
const HINT: &str = "Point at a byte, or go from block to block: here stands whose it is and why it is \
    there.";

/// The picture with all that is around it.
struct View {
    ctx: Ctx<Page>,
    window: RefCell<Window>,
    /// Set when the picture is to be drawn again because the window is another.
    moved: Rc<Live<()>>,
    /// Whether that will be done before the next frame.
    moves: Rc<Cell<bool>>,
    /// The byte that is pointed at.
    pointed: Live<Option<(usize, Place)>>,
    /// The figure that was asked for.
    asked: Live<Option<usize>>,
    /// What is done with the pointer while it is down.
    drag: Cell<pointer::Drag>,
    /// How far the wheel has turned without effect.
    turned: Cell<f32>,
}

/// The view of the demo.
pub(crate) fn view(ctx: Ctx<Page>) -> El {
    let view = Rc::new(View {
        ctx,
        window: RefCell::default(),
        moved: Rc::default(),
        moves: Rc::default(),
        pointed: Live::new(None),
        asked: Live::new(None),
        drag: Cell::default(),
        turned: Cell::new(0.0),
    });
    let root = markup(VIEW);
    root.part("figures").set_html(&figure_buttons());
    let (follow, lanes) = (root.part("follow"), root.part("lane"));
    let mut several = 0;
    let mut told = String::new();
    let painted = view.clone();
    let picture = ctx.diagram_of(move |canvas| {
        painted.moved.track();
        let snapshot = ctx.snapshot();
        let step = ctx.step_now();
        let mut window = painted.window.borrow_mut();
        let looks = &ctx.stage.view;
        if *looks.peek() != told {
            // A link was opened. Who looks at the window besides may have done so already.
            *window = link::read(&looks.peek());
            painted.redraw();
        }
        window.settle(&snapshot, step.as_ref(), canvas);
        told = link::text(&window);
        looks.set_other(told.clone());
        follow.put_state("aria-pressed", window.follow);
        if several != snapshot.lanes.len() {
            several = snapshot.lanes.len();
            lanes.set_html(&lane_options(&snapshot));
        }
        lanes.show(!layout::shows_all_lanes(&snapshot, step.as_ref(), &window, canvas));
        set_value(lanes.element(), &window.lane.to_string());
        layout::picture(&snapshot, step.as_ref(), &window, canvas)
    });
    pointer::listen(&view, &picture);
    tell(&view, &root);
    _ = root.element().insert_before(picture.element(), root.element().first_child().as_ref());
    let (clicked, chosen, pressed) = (view.clone(), view.clone(), view);
    root.on_each("click", "data-do", move |what, element| click(&clicked, what, element))
        .on_each("change", "data-set", move |_, select| {
            if let Ok(lane) = value(select.element()).parse() {
                chosen.look_at(lane);
            }
        })
        .on("keydown", move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            if key.key() == "Escape" {
                pressed.window.borrow_mut().selected = None;
                pressed.asked.set(None);
                pressed.redraw();
            }
        })
}

/// A button for each figure, with a sample of its curve.
#[inline(never)]
fn figure_buttons() -> String {
    let mut html = Html::new();
    for (index, figure) in FIGURES.iter().enumerate() {
        html.raw("<button type=button class=figure aria-pressed=false data-do=figure data-index=");
        html.number(index).raw(" aria-label=\"").text(figure.name).raw("\"><i class=\"curve ");
        html.raw(figure.curve).raw("\"></i>").text(figure.short).raw("</button>");
    }
    html.take()
}

/// The lanes to choose from.
#[inline(never)]
fn lane_options(snapshot: &Snapshot) -> String {
    let mut html = Html::new();
    for (index, lane) in snapshot.lanes.iter().enumerate() {
        html.raw("<option value=").number(index).raw(">");
        html.text(words::allocator(lane.allocator)).raw("</option>");
    }
    html.take()
}

/// Keeps the sentence below the picture as it should be.
fn tell(view: &Rc<View>, root: &El) {
    let place = root.part("inspector");
    let buttons = root.part("figures");
    let mut inspector = Written::new(place.clone());
    let view = view.clone();
    watch(move || {
        view.moved.track();
        let snapshot = view.ctx.snapshot();
        let pointed = view.pointed.get();
        let asked = view.asked.get();
        let selected = view.window.borrow().selected;
        let about = |byte: Option<(usize, Place)>| {
            let (lane, place) = byte?;
            inspect::about(&snapshot, lane, place, address(view.ctx, lane, place))
        };
        let figure = asked.and_then(|index| FIGURES.get(index));
        let told = about(pointed)
            .or_else(|| figure.map(|figure| figures::told(&snapshot, figure)))
            .or_else(|| about(selected));
        place.flag("data-hint", told.is_none());
        inspector.write_prose(told.as_deref().unwrap_or(HINT));
        let buttons = buttons.element().children();
        for index in 0..FIGURES.len() {
            if let Some(button) = buttons.item(index as u32) {
                El::from(button).put_state("aria-pressed", asked == Some(index));
            }
        }
    });
}

/// The address in this visit of the piece of memory in which a byte is, as long as the run stands at its
/// end. It is no part of the snapshot.
fn address(ctx: Ctx<Page>, lane: usize, place: Place) -> Option<usize> {
    ctx.machine_now(|memory| memory.addresses().get(lane)?.get(place.piece as usize).copied())
}

/// Does what a button asks for.
fn click(view: &View, what: &str, element: &El) {
    match what {
        "nearer" => view.zoom(1, None),
        "further" => view.zoom(-1, None),
        "previous" => view.select_beside(false),
        "next" => view.select_beside(true),
        "follow" => {
            let mut window = view.window.borrow_mut();
            window.follow = !window.follow;
            drop(window);
            view.redraw();
        }
        "figure" => {
            let index = element.says("data-index").parse().ok();
            let asked = if view.asked.now() == index { None } else { index };
            view.asked.set(asked);
        }
        _ => {}
    }
}

impl View {
    /// Draws the picture again, once before the next frame, however often the window has moved until
    /// then.
    fn redraw(&self) {
        if !self.moves.replace(true) {
            let (moved, moves) = (self.moved.clone(), self.moves.clone());
            before_paint(move || {
                moves.set(false);
                moved.set(());
            });
        }
    }

    /// Does something to the window, with all that it depends on, and draws the picture again.
    fn change<T>(
        &self,
        change: impl FnOnce(&mut Window, &Snapshot, Option<&Step>, Canvas) -> T,
    ) -> T {
        let (snapshot, step) = (self.ctx.snapshot_now(), self.ctx.step_now());
        let canvas = self.ctx.stage.canvas.now();
        let mut window = self.window.borrow_mut();
        let changed = change(&mut window, &snapshot, step.as_ref(), canvas);
        // So that the next change begins at what will be seen.
        window.settle(&snapshot, step.as_ref(), canvas);
        drop(window);
        self.redraw();
        changed
    }

    fn scroll(&self, lane: usize, rows: i32) {
        self.change(|window, snapshot, _, _| window.scroll(snapshot, lane, rows));
    }

    fn zoom(&self, nearer: i8, around: Option<(usize, Place)>) {
        self.change(|window, snapshot, step, canvas| {
            window.zoom_by(snapshot, step, nearer, around, canvas);
        });
    }

    fn select_beside(&self, forward: bool) {
        self.asked.set_other(None);
        self.change(|window, snapshot, step, canvas| {
            window.select_beside(snapshot, step, forward, canvas)
        });
    }

    /// Chooses the lane that has a map where there is room for one alone, and whose blocks one goes
    /// along.
    fn look_at(&self, lane: usize) {
        let mut window = self.window.borrow_mut();
        window.lane = lane;
        if window.selected.is_some_and(|(selected, _)| selected != lane) {
            window.selected = None;
        }
        drop(window);
        self.redraw();
    }

    /// Brings a byte to the middle of its lane's map.
    fn go(&self, lane: usize, place: Place) {
        self.change(|window, snapshot, step, canvas| {
            window.lane = lane;
            window.go(snapshot, step, (lane, place), canvas);
        });
    }

    /// What lies under a pointer.
    fn spot(&self, room: &El, event: &MouseEvent) -> Option<Spot> {
        let (snapshot, step) = (self.ctx.snapshot_now(), self.ctx.step_now());
        let place = room.element().get_bounding_client_rect();
        let at = [
            event.client_x() as f32 - place.left() as f32,
            event.client_y() as f32 - place.top() as f32,
        ];
        let canvas = self.ctx.stage.canvas.now();
        layout::spot(&snapshot, step.as_ref(), &self.window.borrow(), canvas, at.into())
    }

    /// From one row of a map to the next, in pixels.
    fn pitch(&self, lane: usize) -> f32 {
        let (snapshot, step) = (self.ctx.snapshot_now(), self.ctx.step_now());
        let canvas = self.ctx.stage.canvas.now();
        layout::pitch(&snapshot, step.as_ref(), &self.window.borrow(), canvas, lane)
    }

    /// Whether there is more of a lane in this direction.
    fn can_scroll(&self, lane: usize, far: f32) -> bool {
        let (snapshot, step) = (self.ctx.snapshot_now(), self.ctx.step_now());
        let canvas = self.ctx.stage.canvas.now();
        let now = self.window.borrow();
        let mut moved = now.clone();
        moved.scroll(&snapshot, lane, if far > 0.0 { 1 } else { -1 });
        moved.settle(&snapshot, step.as_ref(), canvas);
        moved.from != now.from
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_buttons_say_is_done() {
        let code = include_str!("view.rs");
        let names = VIEW.split("data-do=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let names: Vec<&str> = names.chain(["figure"]).collect();
        assert_eq!(names.len(), 6);
        for name in names {
            assert!(code.contains(&format!("        \"{name}\" =>")), "nothing is done by {name}");
        }
    }
}
