//! A lane's head: its name and figures, and below it a strip of all its memory to scale, with what the
//! map shows of it.

use arena::Step;
use arena::memory::Place;
use arena::naive::Fault;
use arena::snapshot::Lane;
use arena::step::Event;

use super::bars::Bars;
use super::frame::Head;
use super::rows::Map;
use super::{Scene, fixed, placed};
use crate::pages::arena::said::Said;
use crate::pages::arena::{timeline, words};
use crate::stage::shapes::style::{BOLD, END, PLAIN};
use crate::stage::shapes::{Area, Bounds, Ink, Item, Pen, fit, text_width};

/// Between two chunks.
const GAP: f32 = 4.0;
/// How wide a column is.
const COLUMN: f32 = 2.0;

/// The pieces of a lane beside each other, to scale.
#[derive(Clone, Debug)]
pub(crate) struct Strip {
    pub(crate) area: Area,
    /// From where on, how wide, how many bytes.
    pieces: Vec<(f32, f32, u32)>,
}

impl Strip {
    /// The strip of a lane, in the room that there is for it.
    pub(crate) fn new(lane: &Lane, room: Area) -> Strip {
        // The bump pointer stands above it.
        let mut area = room;
        area.cut_top(room.h * 0.3);
        let area = area.inset(1.0, 0.0);
        let count = lane.pieces.len().saturating_sub(1) as f32;
        let gap = if count * GAP * 2.0 < area.w { GAP } else { 0.0 };
        let all: u64 = lane.pieces.iter().map(|piece| u64::from(piece.size())).sum();
        let scale = (area.w - count * gap) / all.max(1) as f32;
        let mut x = area.x;
        let mut pieces = Vec::new();
        for piece in &lane.pieces {
            let w = piece.size() as f32 * scale;
            pieces.push((x, w, piece.size()));
            x += w + gap;
        }
        Strip { area, pieces }
    }

    /// How far to the right a byte is.
    pub(crate) fn x(&self, place: Place) -> Option<f32> {
        let (x, w, size) = *self.pieces.get(place.piece as usize)?;
        Some(x + w * (place.offset as f32 / size.max(1) as f32).at_most(1.0))
    }

    /// The byte that is so far to the right, or the nearest one.
    pub(crate) fn place(&self, x: f32) -> Option<Place> {
        let mut nearest = None;
        for (piece, (from, w, size)) in (0..).zip(&self.pieces) {
            if piece == 0 || x >= *from {
                let share = ((x - from) / w.at_least(0.1)).at_least(0.0);
                let offset = (share * *size as f32) as u32;
                nearest = Some(Place { piece, offset: offset.min(size.saturating_sub(1)) });
            }
        }
        nearest
    }
}

/// Draws the heads and strips of all lanes.
pub(crate) fn draw(scene: &Scene<'_>, items: &mut Vec<Item>) {
    let lanes = scene.snapshot.lanes.iter().zip(&scene.frame.heads);
    for (index, (lane, head)) in lanes.enumerate() {
        items.push(self::head(scene, index, lane, head));
        if head.strip.w < 1.0 || head.strip.h < 1.0 {
            continue;
        }
        let strip = Strip::new(lane, head.strip);
        let mut item = fixed("strip", index);
        let mut bars = Bars::default();
        let area = strip.area;
        for (piece, (x, w, size)) in lane.pieces.iter().zip(&strip.pieces) {
            let own = Area::new(*x, area.y, *w, area.h);
            item.rect([own.x, own.y, own.w, own.h], 0.0, Ink::PAPER, Pen::new(Ink::LINE, 1.0));
            bars.add(piece, (0, *size), own, (COLUMN, (area.h as u32).max(1)));
        }
        bars.draw(&mut item, timeline::look(index as u16));
        items.push(item);
        if let Some(bump) = lane.bump
            && let Some(x) = strip.x(bump)
        {
            let mut item = placed("pointer", index, x, area.y);
            let w = head.strip.h * 0.2;
            item.path("M0 0L@ @H@z", &[-w, -w * 1.3, w], Ink::TEXT, Pen::NONE);
            items.push(item);
        }
        if let Some(map) = scene.frame.map(index) {
            shown(index, &strip, map, items);
        }
    }
}

/// A frame around what the map shows, if that is not all.
fn shown(index: usize, strip: &Strip, map: &Map, items: &mut Vec<Item>) {
    let (Some(first), Some(last)) = (map.rows.first(), map.rows.last()) else { return };
    let from = strip.x(Place { piece: first.piece, offset: first.from });
    let to = strip.x(Place { piece: last.piece, offset: last.to });
    let (Some(from), Some(to)) = (from, to) else { return };
    if to - from > strip.area.w - 2.0 {
        return;
    }
    let from = from.at_most(strip.area.right() - 3.0);
    let mut item = placed("window", index, from, strip.area.y);
    let wide = (to - from).at_least(3.0);
    let pen = Pen::new(Ink::TEXT, 1.5);
    item.rect([-1.0, -2.0, wide + 2.0, strip.area.h + 4.0], 2.0, Ink::NONE, pen);
    items.push(item);
}

/// The name, and the figures in words; or what is wrong.
fn head(scene: &Scene<'_>, index: usize, lane: &Lane, Head { name, note, .. }: &Head) -> Item {
    let (text, small) = (scene.frame.text, scene.frame.small);
    let mut item = fixed("head", index);
    let look = timeline::look(index as u16);
    let baseline = name.y + name.h * 0.72;
    let middle = [name.x + text * 0.5, baseline - text * 0.34, text * 0.72];
    item.outline(middle, look, Ink::actor(look), Pen::NONE);
    let mut called = words::allocator(lane.allocator).to_owned();
    let x = name.x + text * 1.35;
    fit(&mut called, text, BOLD, name.right() - x + 0.1);
    item.text(x, baseline, text, BOLD, Ink::TEXT, &called);
    let (told, ink, style): (&dyn Fn(bool) -> String, _, _) = match faults(scene.step, index) {
        [] => (&|short| figures(lane, short), Ink::MUTED, PLAIN),
        faults => (&|short| wrong(faults, short), Ink::FAULT, BOLD),
    };
    if note.w > small * 4.0 {
        let mut text = told(false);
        if text_width(&text, small, style) > note.w {
            text = told(true);
            fit(&mut text, small, style, note.w);
        }
        item.text(note.right(), baseline, small, style | END, ink, &text);
    }
    item
}

fn figures(lane: &Lane, short: bool) -> String {
    let mut said = Said::default();
    let figures = lane.figures;
    if lane.pieces.is_empty() {
        return "no memory yet".to_owned();
    }
    said.number(figures.used).put(" of ").number(figures.reserved).put(" B");
    if !short {
        said.put(" used, ").number(figures.requested).put(" asked for");
    }
    said.text
}

/// What is wrong with the step that has just been taken, if that was in this lane.
pub(crate) fn faults(step: Option<&Step>, index: usize) -> &[Fault] {
    match step {
        Some(Step { lane, event: Event::Naive { faults, .. }, .. })
            if usize::from(*lane) == index =>
        {
            faults
        }
        _ => &[],
    }
}

/// Faults with their numbers.
fn wrong(faults: &[Fault], short: bool) -> String {
    let mut said = Said::default();
    for (index, fault) in faults.iter().enumerate() {
        said.put(if index > 0 { ", " } else { "" });
        match *fault {
            Fault::PointerOutside { beyond, .. } => {
                said.put("pointer ").number(beyond).put(" past the end")
            }
            Fault::Misaligned { by, .. } if short => said.put("misaligned by ").number(by),
            Fault::Misaligned { address, align, by } => {
                said.hex(address).put(" is no multiple of ").number(align).put(": ");
                said.number(by).put(" too far")
            }
            Fault::PastEnd { bytes } if short => said.number(bytes).put(" B past the end"),
            Fault::PastEnd { bytes } => said.bytes(bytes).put(" past the end"),
            Fault::Overwritten { bytes, .. } => said.bytes(bytes).put(" are another’s now"),
        };
    }
    said.text
}
