//! What happens: what the last step touched, where it went wrong, where the bump pointer stands; and
//! what is selected.

use std::ops::Range;

use arena::memory::{Byte, Place};
use arena::step::Event;

use super::rows::{Map, Part};
use super::window::touched;
use super::{Scene, fixed, placed};
use crate::stage::shapes::{Ink, Item, Path, Pen};

/// Draws the marks of a map.
pub(crate) fn draw(scene: &Scene<'_>, map: &Map, items: &mut Vec<Item>) {
    let mut item = fixed("marks", map.lane);
    if let Some(step) = scene.step
        && usize::from(step.lane) == map.lane
        && let Some((place, size)) = touched(step)
    {
        let range = place.offset..place.offset.saturating_add(size);
        match step.event {
            Event::Naive { .. } => wrong(map, place.piece, range, &mut item),
            Event::Used { .. } => {
                let pen = Pen::dashed(Ink::ACCENT, 2.0);
                item.draw(&outline(map, place.piece, range, -0.5), Ink::NONE, pen);
            }
            _ => {
                let pen = Pen::new(Ink::ACCENT, 2.4);
                item.draw(&outline(map, place.piece, range, -0.5), Ink::NONE, pen);
            }
        }
        if let Event::Resized { from, old, place, size } = step.event
            && from != place
        {
            moved(map, (from, old), (place, size), &mut item);
        }
    }
    if let Some((lane, place)) = scene.window.selected
        && lane == map.lane
    {
        let range = selected(scene, lane, place);
        let path = outline(map, place.piece, range, -1.2);
        item.draw(&path, Ink::NONE, Pen::new(Ink::TEXT, 2.4));
    }
    items.push(item);
    pointer(scene, map, items);
}

/// The outlines of bytes, so much within or around them.
fn outline(map: &Map, piece: u32, range: Range<u32>, inset: f32) -> Path {
    let mut path = Path::default();
    map.parts(piece, range).for_each(|part| part.outline(&mut path, inset));
    path
}

/// Where the book's arena would write, or read.
fn wrong(map: &Map, piece: u32, range: Range<u32>, item: &mut Item) {
    let mut cells = Path::default();
    for Part { area, .. } in map.parts(piece, range.clone()) {
        cells.rect([area.x, area.y, area.w, area.h]);
    }
    item.draw(&cells, Ink::FAULT_HATCH, Pen::NONE);
    let pen = Pen::dashed(Ink::FAULT, 2.0);
    item.draw(&outline(map, piece, range, -0.5), Ink::NONE, pen);
}

/// From where a block was to where it is.
fn moved(map: &Map, (from, old): (Place, u32), (to, size): (Place, u32), item: &mut Item) {
    let first = |place: Place, size: u32| {
        map.parts(place.piece, place.offset..place.offset.saturating_add(size)).next()
    };
    if let (Some(from), Some(to)) = (first(from, old), first(to, size)) {
        let bend = if from.area.y == to.area.y { map.grid.high } else { 0.0 };
        item.arrow(from.area.middle(), to.area.middle(), bend, Pen::new(Ink::ACCENT, 2.0));
    }
}

/// The bytes that are selected with a byte: those of its block; if it is in none, those beside it that
/// are of its kind.
pub(crate) fn selected(scene: &Scene<'_>, lane: usize, place: Place) -> Range<u32> {
    let one = place.offset..place.offset.saturating_add(1);
    let piece = scene.snapshot.lanes.get(lane).and_then(|it| it.pieces.get(place.piece as usize));
    let Some(piece) = piece else { return one };
    if let Some(block) = piece.block_at(place.offset) {
        return block.offset..block.offset.saturating_add(block.size);
    }
    /// Nobody needs to see the ends of more than that.
    const MOST: u32 = 4096;
    let kind = |offset: u32| piece.byte(offset).map(|(_, kind)| kind);
    let alike = |offset: &u32| {
        kind(*offset).is_some_and(|it| Some(it) == kind(place.offset))
            && (is_in_no_value(kind(*offset)) && piece.block_at(*offset).is_none())
    };
    let from = (place.offset.saturating_sub(MOST)..place.offset).rev().take_while(alike).last();
    let to = (place.offset..place.offset.saturating_add(MOST)).take_while(alike).last();
    from.unwrap_or(place.offset)..to.map_or(one.end, |last| last + 1)
}

fn is_in_no_value(kind: Option<Byte>) -> bool {
    !matches!(kind, None | Some(Byte::Value | Byte::Padding | Byte::Unwritten))
}

/// The bump pointer, between the last byte that is taken and the next one.
fn pointer(scene: &Scene<'_>, map: &Map, items: &mut Vec<Item>) {
    let Some(bump) = scene.snapshot.lanes.get(map.lane).and_then(|lane| lane.bump) else { return };
    let before = Place { offset: bump.offset.saturating_sub(1), ..bump };
    let Some(row) = map.row_of(bump).or_else(|| map.row_of(before)) else { return };
    let grid = map.grid;
    let mut item = placed("bump", map.lane, map.x(row, bump.offset), row.y);
    item.hint("The bump pointer: what is allocated next begins here, or a little further.");
    let wide = grid.high * 0.28;
    item.path("M0 @V@", &[-2.0, grid.high + 2.0], Ink::NONE, Pen::new(Ink::TEXT, 2.0));
    let tip = [grid.high, -wide, grid.high + wide * 1.4, wide];
    item.path("M0 @L@ @H@z", &tip, Ink::TEXT, Pen::NONE);
    items.push(item);
}
