//! A task's token: its shape with its number. There is one of each task, and it wanders: it is at
//! home on the task's card, in a queue, or where it is polled.

use executor::TaskId;

use super::sheet::{Layer, Sheet, Spot};
use crate::pages::executor::words;
use crate::stage::shapes::{Area, Ink, Pen};

impl Sheet<'_> {
    /// Draws the token with its middle here.
    #[inline(never)]
    pub(crate) fn token(&mut self, task: TaskId, (x, y): (f32, f32), size: f32) {
        self.begin(Layer::Tokens, "task", task.0, x, y);
        let look = words::look(task);
        self.outline(x, y, size, look, Ink::actor(look), Pen::NONE);
        self.number(x, y, size, task, Ink::ON_ACTOR);
        if let Some(it) = self.snapshot.tasks.get(task.index()) {
            self.words.state_of(task, it);
            self.hint();
        }
        self.end();
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
        let look = words::look(task);
        self.outline(x, y, size, look, Ink::NONE, Pen::dashed(Ink::actor(look), 1.5));
        self.number(x, y, size * 0.84, task, Ink::TEXT);
        self.end();
    }
}
