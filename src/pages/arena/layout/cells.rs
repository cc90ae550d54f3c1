//! The bytes of a map, each as what it is: a value in its owner's tint, everything else in a pattern.

use std::ops::Range;

use arena::memory::{Block, Byte, Piece};

use super::bars::Bars;
use super::grid::Form;
use super::legend::Shown;
use super::rows::Map;
use super::{Scene, fixed, look_of};
use crate::pages::arena::timeline;
use crate::stage::shapes::{Bounds, Ink, Item, Look, Path, Pen};

/// The kinds of bytes that a cell tells by its pattern, in the order of the legend.
pub(crate) const KINDS: [Byte; 5] =
    [Byte::Padding, Byte::Unwritten, Byte::Own, Byte::Lost, Byte::Stale];

/// How a byte is painted that is no part of a value.
pub(crate) fn ink(kind: Byte) -> Ink {
    match kind {
        Byte::Padding => Ink::DOTS,
        Byte::Unwritten => Ink::DASHES,
        Byte::Own => Ink::WEAVE,
        Byte::Lost => Ink::HATCH,
        Byte::Stale => Ink::STROKES,
        Byte::Fresh | Byte::Value => Ink::PAPER,
    }
}

/// What lies under its pattern.
fn ground(kind: Byte) -> Ink {
    match kind {
        Byte::Padding => Ink::NONE,
        Byte::Lost => Ink::SHADE,
        _ => Ink::PAPER,
    }
}

/// A column is at least so wide, and there are not many more than so many in a map; each has one of so
/// many heights.
const COLUMN: f32 = 4.0;
const COLUMNS: f32 = 4000.0;
const LEVELS: u32 = 5;
/// So many blocks, and so many rows of bytes of one kind, are few; and so many bytes are looked at.
const FEW: usize = 1500;
const LOOKED_AT: u32 = 1 << 19;

/// Draws the bytes of a map; notes what is there.
pub(crate) fn draw(scene: &Scene<'_>, map: &Map, items: &mut Vec<Item>, shown: &mut Shown) {
    let Some(lane) = scene.snapshot.lanes.get(map.lane) else { return };
    let mut item = fixed("map", map.lane);
    let mut paper = Path::default();
    for row in &map.rows {
        // What lies behind the end of the book's buffer is no memory.
        let size = lane.pieces.get(row.piece as usize).map_or(0, Piece::size);
        let wide = row.to.min(size).saturating_sub(row.from) as f32 * map.grid.cell;
        paper.rect([map.area.x, row.y, wide, map.grid.high]);
    }
    item.draw(&paper, Ink::PAPER, Pen::new(Ink::LINE, 1.0));
    // Where a byte has no cell, blocks are drawn to scale as long as they are few.
    let most = if map.grid.form == Form::Bars { FEW } else { usize::MAX };
    let shapes = few_blocks(scene, map, most).then(|| kinds(scene, map, most, shown)).flatten();
    let Some(shapes) = shapes else {
        let mut bars = Bars::default();
        let column = (map.area.w * map.rows.len() as f32 / COLUMNS).at_least(COLUMN);
        for row in &map.rows {
            if let Some(piece) = lane.pieces.get(row.piece as usize) {
                let mut area = map.area;
                area.w = (row.to - row.from) as f32 * map.grid.cell;
                (area.y, area.h) = (row.y, map.grid.high);
                bars.add(piece, (row.from, row.to), area, (column, LEVELS));
            }
        }
        let look = timeline::look(map.lane as u16);
        shown.shares(bars.draw(&mut item, look));
        items.push(item);
        return;
    };
    guides(map, &mut item);
    tints(scene, map, &mut item, shown);
    for (kind, path) in KINDS.into_iter().zip(shapes) {
        if ground(kind) != Ink::NONE {
            item.draw(&path, ground(kind), Pen::NONE);
        }
        item.draw(&path, ink(kind), Pen::NONE);
    }
    outlines(scene, map, &mut item);
    items.push(item);
}

/// Thin lines at multiples of eight, by which one sees how something is aligned.
fn guides(map: &Map, item: &mut Item) {
    const EVERY: u32 = 8;
    if map.grid.form != Form::Digits {
        return;
    }
    let mut path = Path::default();
    for row in &map.rows {
        for offset in (row.from + EVERY..row.to).step_by(EVERY as usize) {
            path.add("M@ @v@", &[map.x(row, offset), row.y, map.grid.high]);
        }
    }
    item.draw(&path, Ink::NONE, Pen::new(Ink::LINE, 1.0));
}

/// The blocks that a map shows a byte of, with their pieces.
pub(crate) fn blocks<'a>(
    scene: &'a Scene<'_>,
    map: &'a Map,
) -> impl Iterator<Item = (u32, &'a Block)> {
    let lane = scene.snapshot.lanes.get(map.lane);
    map.pieces().into_iter().flat_map(move |(number, bytes)| {
        let piece = lane.and_then(|lane| lane.pieces.get(number as usize));
        piece
            .into_iter()
            .flat_map(move |piece| piece.blocks(bytes.clone()))
            .map(move |block| (number, block))
    })
}

/// The bytes of a block.
pub(crate) fn bytes(block: &Block) -> Range<u32> {
    block.offset..block.offset.saturating_add(block.size)
}

/// A path for each hue.
type Hues = [Path; Look::HUES as usize];

/// The live blocks in the tints of their owners.
fn tints(scene: &Scene<'_>, map: &Map, item: &mut Item, shown: &mut Shown) {
    let mut hues = Hues::default();
    for (piece, block) in blocks(scene, map).filter(|(_, block)| block.live) {
        let look = look_of(block.owner);
        for part in map.parts(piece, bytes(block)) {
            let area = part.area;
            hues[usize::from(look.hue()) - 1].rect([area.x, area.y, area.w, area.h]);
        }
        shown.value(look);
    }
    for (hue, path) in (1..).zip(&hues) {
        item.draw(path, Ink::actor_tint(Look(hue)), Pen::NONE);
    }
}

/// The outlines of the live blocks in the hues of their owners, and thin ones of the dead.
fn outlines(scene: &Scene<'_>, map: &Map, item: &mut Item) {
    let mut hues = Hues::default();
    let mut dead = Path::default();
    let inset = if map.grid.cell > 6.0 { 0.8 } else { 0.4 };
    for (piece, block) in blocks(scene, map) {
        let path = match block.live {
            true => &mut hues[usize::from(look_of(block.owner).hue()) - 1],
            false => &mut dead,
        };
        map.parts(piece, bytes(block)).for_each(|part| part.outline(path, inset));
    }
    item.draw(&dead, Ink::NONE, Pen::new(Ink::MUTED, 0.8));
    let width = if map.grid.form == Form::Digits { 1.5 } else { 1.0 };
    for (hue, path) in (1..).zip(&hues) {
        item.draw(path, Ink::NONE, Pen::new(Ink::actor(Look(hue)), width));
    }
}

/// Whether a map shows at most so many blocks, and not too many bytes to look at each.
fn few_blocks(scene: &Scene<'_>, map: &Map, most: usize) -> bool {
    let bytes: u32 = map.pieces().iter().map(|(_, bytes)| bytes.end - bytes.start).sum();
    most == usize::MAX || bytes <= LOOKED_AT && blocks(scene, map).nth(most).is_none()
}

/// A path for each kind that has a pattern: bytes of one kind beside each other are one rectangle. None
/// if there would be more of them than `most`.
fn kinds(
    scene: &Scene<'_>,
    map: &Map,
    most: usize,
    shown: &mut Shown,
) -> Option<[Path; KINDS.len()]> {
    let mut paths: [Path; KINDS.len()] = Default::default();
    let mut left = most;
    let lane = scene.snapshot.lanes.get(map.lane)?;
    for row in &map.rows {
        let Some(piece) = lane.pieces.get(row.piece as usize) else { continue };
        for (start, _, kinds) in piece.slices(row.from..row.to) {
            let mut start = start;
            for run in kinds.chunk_by(|one, other| one == other) {
                let Some(kind) = run.first() else { continue };
                let wide = run.len() as f32 * map.grid.cell;
                if let Some(index) = KINDS.iter().position(|it| it == kind) {
                    left = left.checked_sub(1)?;
                    paths[index].rect([map.x(row, start), row.y, wide, map.grid.high]);
                }
                shown.kind(*kind);
                start += run.len() as u32;
            }
        }
    }
    Some(paths)
}
