//! A task's token: its shape with its number. There is one of each task, and it wanders: it is at
//! home on the task's card, in a queue, or where it is polled.

use executor::TaskId;

use super::area::Area;
use super::sheet::style::{BOLD, MIDDLE};
use super::sheet::{ANY, Layer, Sheet, Spot};
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, Pen, Shape};

impl Sheet<'_> {
    /// Draws the token with its middle here.
    #[inline(never)]
    pub(crate) fn token(&mut self, task: TaskId, (x, y): (f32, f32), size: f32) {
        self.begin(Layer::Tokens, "task", task.0, x, y);
        let text = words::number(task).to_string();
        self.shape(Shape::Badge { x: 0.0, y: 0.0, size, look: words::look(task), text });
        self.hint(words::of_task(self.snapshot, task));
        self.note(Spot::Token(task), Area::around(x, y, size));
    }

    /// Draws the token at home, or the outline that it leaves there while it is away.
    #[inline(never)]
    pub(crate) fn home(&mut self, task: TaskId, (x, y): (f32, f32), size: f32) {
        self.note(Spot::Home(task), Area::around(x, y, size));
        if self.find(Spot::Token(task)).is_none() {
            return self.token(task, (x, y), size);
        }
        self.begin(Layer::Tokens, "home", task.0, x, y);
        let pen = Pen::dashed(Ink::Actor(words::look(task)), 1.5);
        self.outline(task, size, Ink::None, pen);
    }

    /// A task's shape as an outline around the item's zero point, with the task's number in it.
    #[inline(never)]
    pub(crate) fn outline(&mut self, task: TaskId, size: f32, fill: Ink, pen: Pen) {
        let look = words::look(task);
        self.shape(Shape::Path { d: look.outline(size), fill, pen: Some(pen) });
        // A triangle has its weight below its middle.
        let drop = if look.hue() == 3 { 0.34375 } else { 0.1875 };
        let number = words::number(task).to_string();
        let font = size * if number.len() > 1 { 0.4375 } else { 0.5625 };
        let (x, y) = self.zero();
        self.write(x, y + size * drop, ANY, font, BOLD | MIDDLE, Ink::Text, &number);
    }
}
