//! A task's token: its shape with its number. There is one of each task, and it wanders: it is at
//! home on the task's card, in a queue, or where it is polled.

use executor::TaskId;

use super::area::Area;
use super::sheet::{Sheet, Spot};
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, Item, Pen, Shape, badge, text};

/// Draws the token with its middle here.
pub(crate) fn token(sheet: &mut Sheet<'_>, task: TaskId, at: (f64, f64), size: f64) {
    let number = words::number(task).to_string();
    let mut item = Item::new(format!("task-{}", task.0), at.0, at.1);
    item.shapes.push(badge(0.0, 0.0, size, words::look(task), number));
    let state = words::state(sheet.snapshot.tasks[task.index()].state);
    item.hint = Some(format!("Task {}, {}: {state}", words::number(task), sheet.names.task(task)));
    sheet.put_token(item);
    sheet.note(Spot::Token(task), Area::around(at.0, at.1, size));
}

/// Draws the token at home, or the outline that it leaves there while it is away.
pub(crate) fn home(sheet: &mut Sheet<'_>, task: TaskId, at: (f64, f64), size: f64) {
    sheet.note(Spot::Home(task), Area::around(at.0, at.1, size));
    if sheet.find(Spot::Token(task)).is_none() {
        return token(sheet, task, at, size);
    }
    let look = words::look(task);
    let mut item = Item::new(format!("home-{}", task.0), at.0, at.1);
    item.shapes.push(Shape::Path {
        d: look.outline(size),
        fill: Ink::None,
        pen: Some(Pen::dashed(Ink::Actor(look), 1.4)),
    });
    let drop = if look.hue() == 3 { 0.33 } else { 0.2 };
    let number = words::number(task).to_string();
    let font = size * if number.len() > 1 { 0.46 } else { 0.58 };
    item.shapes.push(text(0.0, size * drop, font, Ink::Text, number).bold().middle().into());
    sheet.put_token(item);
}
