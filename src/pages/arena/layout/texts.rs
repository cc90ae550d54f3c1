//! What is written on a map: offsets and names of chunks at its edge; over the bytes whose they are, in
//! them their digits, under them what they mean.

use arena::Snapshot;
use arena::lang::Sort;
use arena::memory::{Block, Byte, Holds, Piece, Place};
use arena::step::Event;
use arena::types::{self, TYPES, Type};

use super::cells::{blocks, bytes};
use super::grid::Form;
use super::rows::{Map, Row};
use super::{Scene, fixed, look_of};
use crate::pages::arena::said::Said;
use crate::stage::shapes::style::{BOLD, END, MIDDLE, MONO, PLAIN};
use crate::stage::shapes::{Ink, Item, Path, Pen, fit, text_width};

/// How far a letter of equal width is from the next one, in its size.
const ADVANCE: f32 = 0.602;

/// Writes on a map.
pub(crate) fn draw(scene: &Scene<'_>, map: &Map, items: &mut Vec<Item>) {
    let mut item = fixed("text", map.lane);
    edge(scene, map, &mut item);
    if map.grid.form == Form::Digits {
        digits(scene, map, &mut item);
    }
    if map.grid.above > 0.0 {
        names(scene, map, &mut item);
    }
    if map.grid.below > 0.0 {
        values(scene, map, &mut item);
    }
    items.push(item);
}

/// The offsets, and the names of the chunks.
fn edge(scene: &Scene<'_>, map: &Map, item: &mut Item) {
    let small = scene.frame.small;
    let mut said = Said::default();
    let mut free = f32::MIN;
    for row in &map.rows {
        let baseline = row.y + map.grid.high / 2.0 + small * 0.36;
        if baseline - small < free {
            continue;
        }
        free = baseline + small * 0.15;
        let text = said.hex(row.from).take();
        let x = map.area.x - small * 0.4;
        item.text(x, baseline, small, MONO | END, Ink::MUTED, &text);
    }
    let lane = scene.snapshot.lanes.get(map.lane);
    for (piece, y) in &map.headings {
        let size = lane.and_then(|lane| lane.pieces.get(*piece as usize)).map_or(0, Piece::size);
        let text = said.put("chunk ").number(piece + 1).put(", ").number(size).put(" B").take();
        let baseline = y + map.grid.heading * 0.68;
        item.text(map.area.x, baseline, small, BOLD, Ink::MUTED, &text);
    }
}

/// The digits of what was written. Padding, and what nobody has, is left blank: its pattern tells.
fn digits(scene: &Scene<'_>, map: &Map, item: &mut Item) {
    let Some(lane) = scene.snapshot.lanes.get(map.lane) else { return };
    let size = map.grid.digits;
    let letter = size * ADVANCE;
    let inset = map.grid.cell / 2.0 - letter;
    for row in &map.rows {
        let Some(piece) = lane.pieces.get(row.piece as usize) else { continue };
        // What is alive, and what only lies there.
        let mut lines = [(Vec::new(), String::new()), (Vec::new(), String::new())];
        for (start, bytes, kinds) in piece.slices(row.from..row.to) {
            for (offset, (byte, kind)) in (start..).zip(bytes.iter().zip(kinds)) {
                let (xs, text) = match kind {
                    Byte::Value => &mut lines[0],
                    Byte::Own | Byte::Stale => &mut lines[1],
                    Byte::Padding | Byte::Unwritten | Byte::Lost | Byte::Fresh => continue,
                };
                let x = map.x(row, offset) + inset;
                for (index, digit) in [byte >> 4, byte & 15].into_iter().enumerate() {
                    xs.push(x + index as f32 * letter);
                    text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
                }
            }
        }
        let baseline = row.y + map.grid.high / 2.0 + size * 0.36;
        for ((xs, text), ink) in lines.iter().zip([Ink::TEXT, Ink::MUTED]) {
            if !text.is_empty() {
                item.letters(xs, baseline, size, MONO, ink, text);
            }
        }
    }
}

/// A name over the first byte of what it names.
struct Name {
    x: f32,
    y: f32,
    style: u8,
    ink: Ink,
    /// All of it.
    long: String,
    /// What it is cut to, if there is no more room.
    short: String,
}

/// Writes the names of the blocks over them.
fn names(scene: &Scene<'_>, map: &Map, item: &mut Item) {
    let small = scene.frame.small;
    let mut names: Vec<Name> = Vec::new();
    names.extend(fault(scene, map));
    for (piece, block) in blocks(scene, map) {
        let Some(part) = map.parts(piece, bytes(block)).next() else { continue };
        let mut said = Said::default();
        if !part.starts {
            said.put("… ");
        }
        name(&mut said, scene.snapshot, block.owner);
        let short = said.text.clone();
        what(&mut said, scene.snapshot, block);
        let ink = if block.live { Ink::actor(look_of(block.owner)) } else { Ink::MUTED };
        let (x, y) = (part.area.x, part.area.y);
        // The first one that begins here is the one that matters: what is wrong, then what is live.
        let mut there = names.first().into_iter().chain(names.last());
        if !there.any(|name| (name.x, name.y) == (x, y)) {
            names.push(Name { x, y, style: PLAIN, ink, long: said.text, short });
        }
    }
    names.sort_by(|one, other| one.y.total_cmp(&other.y).then(one.x.total_cmp(&other.x)));
    for (index, name) in names.iter().enumerate() {
        let next = names.get(index + 1).filter(|next| next.y == name.y);
        let end = next.map_or(map.area.right(), |next| next.x - small * 0.5);
        let room = end - name.x - 1.0;
        let fits = |text: &str| text_width(text, small, name.style) <= room;
        let mut text = if fits(&name.long) { name.long.clone() } else { name.short.clone() };
        if !fits(&text) {
            // Of a name, two letters at least.
            if room < small * 2.2 {
                continue;
            }
            fit(&mut text, small, name.style, room);
        }
        let baseline = name.y - small * 0.3;
        item.text(name.x + 1.0, baseline, small, name.style, name.ink, &text);
    }
}

/// The name of what the book's arena would write, over where that would be.
fn fault(scene: &Scene<'_>, map: &Map) -> Option<Name> {
    let step = scene.step.filter(|step| usize::from(step.lane) == map.lane)?;
    let Event::Naive { offset, .. } = step.event else { return None };
    let row = map.row_of(Place { piece: 0, offset })?;
    let mut said = Said::default();
    name(&mut said, scene.snapshot, step.subject.map_or(u32::MAX, |subject| subject.value));
    let short = said.text.clone();
    said.put(", if it were done");
    let (x, y) = (map.x(row, offset), row.y);
    Some(Name { x, y, style: BOLD, ink: Ink::FAULT, long: said.text, short })
}

/// Says whose a block is.
pub(crate) fn name(said: &mut Said, snapshot: &Snapshot, owner: u32) {
    let Some(value) = snapshot.values.get(owner as usize) else { return };
    said.put(snapshot.names.get(value.name as usize).map_or("", |name| name));
    if value.number > 1 {
        said.put(" ").number(value.number);
    }
}

/// Says what a block holds.
pub(crate) fn what(said: &mut Said, snapshot: &Snapshot, block: &Block) {
    if !block.live {
        said.put(", freed");
        return;
    }
    said.put(": ");
    if let Holds::Node(index) = block.holds {
        said.put("node ").number(index + 1);
        return;
    }
    if let Some(value) = snapshot.values.get(block.owner as usize) {
        said.sort(value.sort);
    }
    match block.holds {
        Holds::All | Holds::Node(_) => said,
        Holds::Elements { len, capacity } => {
            said.put(", ").number(len).put(" of ").number(capacity)
        }
        Holds::Table { len } => said.put(", ").number(len).put(" in it"),
    };
}

/// Of which type the values in a block are, how many there are, and whether their fields are named.
pub(crate) fn elements(snapshot: &Snapshot, block: &Block) -> Option<(&'static Type, u32, bool)> {
    let sort = snapshot.values.get(block.owner as usize)?.sort;
    let of = |index: usize| TYPES.get(index).filter(|of| of.size > 0);
    match (sort, block.holds) {
        (Sort::Value(index), _) => of(index).map(|of| (of, 1, true)),
        (Sort::Array(index), _) => of(index).map(|of| (of, block.size / of.size, false)),
        (Sort::Vec(index), Holds::Elements { len, .. }) => of(index).map(|of| (of, len, false)),
        (Sort::List, _) => types::find("Node").map(|of| (of, 1, true)),
        _ => None,
    }
}

/// Writes what the bytes mean under them: numbers under all of theirs, letters under each.
fn values(scene: &Scene<'_>, map: &Map, item: &mut Item) {
    let Some(lane) = scene.snapshot.lanes.get(map.lane) else { return };
    let mut brackets = Path::default();
    for (number, block) in blocks(scene, map).filter(|(_, block)| block.live) {
        let Some(piece) = lane.pieces.get(number as usize) else { continue };
        let value = scene.snapshot.values.get(block.owner as usize);
        let is_text = value.is_some_and(|value| value.sort == Sort::Text);
        for row in map.rows.iter().filter(|row| row.piece == number) {
            let from = row.from.max(block.offset);
            let to = row.to.min(bytes(block).end);
            if from >= to {
                continue;
            }
            if is_text {
                letters(scene, map, row, (piece, from, to), item);
            } else if let Some((of, count, named)) = elements(scene.snapshot, block) {
                let first = (from - block.offset) / of.size;
                let last = ((to - 1 - block.offset) / of.size).saturating_add(1).min(count);
                for index in first..last {
                    let at = block.offset + index * of.size;
                    let mut put = |of: &'static Type, at: u32, field: &str| {
                        if at >= from && at + of.size <= to {
                            let field = if named { field } else { "" };
                            leaf(scene, map, (row, piece, at), of, field, item, &mut brackets);
                        }
                    };
                    leaves(of, at, "", &mut put);
                }
            }
        }
    }
    item.draw(&brackets, Ink::NONE, Pen::new(Ink::MUTED, 1.0));
}

/// Calls `put` with each part of a value that has no parts itself, its place and the name of its field.
fn leaves(of: &'static Type, at: u32, name: &str, put: &mut dyn FnMut(&'static Type, u32, &str)) {
    if of.fields.is_empty() {
        put(of, at, name);
    }
    for field in of.fields {
        leaves(field.ty(), at + field.offset, field.name, put);
    }
}

/// Writes a value under its bytes, with the name of its field if there is room. A number is never cut:
/// that would be another number.
fn leaf(
    scene: &Scene<'_>,
    map: &Map,
    (row, piece, at): (&Row, &Piece, u32),
    of: &Type,
    field: &str,
    item: &mut Item,
    brackets: &mut Path,
) {
    let read: Vec<(u8, Byte)> = (at..at + of.size).filter_map(|at| piece.byte(at)).collect();
    if read.iter().any(|(_, kind)| *kind != Byte::Value) {
        return;
    }
    let bytes: Vec<u8> = read.iter().map(|(byte, _)| *byte).collect();
    let small = scene.frame.small;
    let value = types::show(of, &bytes);
    let mut said = Said::default();
    if !field.is_empty() {
        said.put(field).put(" ");
    }
    said.put(&value);
    let (x, wide) = (map.x(row, at), of.size as f32 * map.grid.cell);
    let fits = |text: &str| text_width(text, small, PLAIN) <= wide - 2.0;
    let text = if fits(&said.text) { said.text } else { value };
    if !fits(&text) {
        return;
    }
    let under = row.y + map.grid.high;
    if of.size > 1 {
        brackets.add("M@ @v@h@v@", &[x + 3.0, under + 1.0, 2.5, wide - 6.0, -2.5]);
    }
    let baseline = under + map.grid.below - small * 0.16;
    item.text(x + wide / 2.0, baseline, small, MIDDLE, Ink::MUTED, &text);
}

/// Writes the letters of a text under its bytes.
fn letters(
    scene: &Scene<'_>,
    map: &Map,
    row: &Row,
    (piece, from, to): (&Piece, u32, u32),
    item: &mut Item,
) {
    let small = scene.frame.small;
    let mut xs = Vec::new();
    let mut text = String::new();
    for at in from..to {
        let Some((byte, Byte::Value)) = piece.byte(at) else { continue };
        xs.push(map.x(row, at) + (map.grid.cell - small * ADVANCE) / 2.0);
        text.push(if byte.is_ascii_graphic() { char::from(byte) } else { '·' });
    }
    if !text.is_empty() {
        let baseline = row.y + map.grid.high + map.grid.below - small * 0.16;
        item.letters(&xs, baseline, small, MONO, Ink::MUTED, &text);
    }
}
