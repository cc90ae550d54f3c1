//! What the home page shows: this module's memory as it is at that moment.

use arena_report::hex;
use arena_watch::{PAGE, places};

use crate::stage::shapes::{Canvas, Ink, Item, Look, Pen, Picture, style};

/// The parts of the memory one below the other, to scale, each with its first address.
#[inline(never)]
pub(super) fn still(canvas: Canvas) -> Picture {
    let places = places();
    let Canvas { width, height, text } = canvas;
    let mut item = Item::new("memory".to_owned(), 0.0, 0.0);
    let (left, wide) = (text * 8.0, width - text * 8.0 - 1.0);
    // Its edge is as wide as a line.
    let high = height - 2.0;
    let y = |address: usize| 1.0 + address as f32 / places.end.max(1) as f32 * high;
    let edge = Pen::new(Ink::TEXT, 1.2);
    for (name, start, end, inside) in [
        ("stack", places.stack_end, places.stack_start, Ink::PAPER),
        ("data", places.data, places.heap, Ink::actor_tint(Look(4))),
        ("heap", places.heap, places.end, Ink::actor_tint(Look(1))),
    ] {
        let (top, bottom) = (y(start), y(end));
        item.rect([left, top, wide, bottom - top], 0.0, inside, edge);
        if name == "stack" {
            let now = y(places.stack_now);
            item.rect([left, top, wide, now - top], 0.0, Ink::HATCH, Pen::NONE);
        }
        let (size, middle) = (text * 1.4, (top + bottom) / 2.0 + text * 0.5);
        item.text(left + text, middle, size, style::BOLD, Ink::TEXT, name);
        item.text(0.0, top + text, text * 1.2, style::MONO, Ink::MUTED, &hex(start));
    }
    // A page of memory a line.
    for page in 1..places.end / PAGE {
        let y = y(page * PAGE);
        item.path("M@ @H@", &[left, y, left + text * 0.5], Ink::NONE, Pen::new(Ink::MUTED, 1.0));
    }
    Picture { width, height, scale: 1.0, items: vec![item] }
}
