//! Of what a map shows.

use std::collections::BTreeMap;

use arena::memory::{Byte, Place};

use super::super::grid::Form;
use super::super::rows::Map;
use super::super::{Scene, Spot, cells, spot, texts};
use super::{for_every_state, for_every_window};
use crate::pages::arena::said::Said;
use crate::stage::shapes::Canvas;
use crate::stage::shapes::seen::texts_of;

#[test]
fn rows_follow_each_other_and_stay_in_their_map() {
    let check = |scene: &Scene<'_>, canvas: Canvas| {
        for map in &scene.frame.maps {
            let grid = &map.grid;
            for row in &map.rows {
                assert!(row.from % grid.row == 0 && row.from < row.to);
                assert!(row.to - row.from <= grid.row);
                assert!(row.y + grid.high + grid.below <= map.area.bottom() + 4.1, "{canvas:?}");
            }
            for pair in map.rows.windows(2) {
                let [one, next] = pair else { unreachable!() };
                assert!(one.y + grid.high < next.y);
                let follows = (one.piece, one.to) == (next.piece, next.from);
                assert!(follows || (one.piece + 1, 0) == (next.piece, next.from));
            }
            let memory = scene.snapshot.lanes[map.lane].pieces.iter().any(|it| it.size() > 0);
            assert_eq!(!map.rows.is_empty(), memory, "{:?} on {canvas:?}", map.lane);
        }
        assert!(!scene.frame.maps.is_empty());
    };
    for_every_state(check);
    for_every_window(check);
}

#[test]
fn every_live_block_in_the_window_is_there_with_all_of_its_bytes() {
    let mut seen = 0;
    for_every_window(|scene, _| {
        for map in &scene.frame.maps {
            let mut wanted = BTreeMap::new();
            let pieces = &scene.snapshot.lanes[map.lane].pieces;
            for (number, piece) in (0..).zip(pieces) {
                for block in piece.blocks(0..piece.size()).filter(|block| block.live) {
                    let end = block.offset + block.size;
                    let count: u32 = map
                        .rows
                        .iter()
                        .filter(|row| row.piece == number)
                        .map(|row| row.to.min(end).saturating_sub(row.from.max(block.offset)))
                        .sum();
                    if count > 0 {
                        wanted.insert((number, block.offset), count);
                    }
                }
            }
            let drawn: BTreeMap<(u32, u32), u32> = cells::blocks(scene, map)
                .filter(|(_, block)| block.live)
                .map(|(piece, block)| {
                    let parts = map.parts(piece, cells::bytes(block));
                    let wide: f32 = parts.map(|part| part.area.w).sum();
                    ((piece, block.offset), (wide / map.grid.cell).round() as u32)
                })
                .collect();
            assert_eq!(drawn, wanted);
            seen += drawn.len();
        }
    });
    assert!(seen > 1000, "{seen} blocks were looked at");
}

#[test]
fn the_digits_are_those_of_the_memory() {
    let mut seen = 0;
    for_every_state(|scene, _| {
        for map in scene.frame.maps.iter().filter(|map| map.grid.form == Form::Digits) {
            let mut items = Vec::new();
            texts::draw(scene, map, &mut items);
            let mut read: BTreeMap<(i32, i32), String> = BTreeMap::new();
            for text in items.iter().flat_map(texts_of) {
                // Those of the bytes are the ones with places of their own, within a row.
                let row =
                    map.rows.iter().find(|row| (row.y..row.y + map.grid.high).contains(&text.y));
                let (Some(row), true) = (row, text.xs.len() > 1) else { continue };
                for (x, c) in text.xs.iter().zip(text.text.chars()) {
                    let column = ((x - map.area.x) / map.grid.cell) as i32;
                    read.entry((row.y as i32, column)).or_default().push(c);
                }
            }
            for row in &map.rows {
                let piece = &scene.snapshot.lanes[map.lane].pieces[row.piece as usize];
                for offset in row.from..row.to {
                    let shown = read.remove(&(row.y as i32, (offset - row.from) as i32));
                    let written = match piece.byte(offset) {
                        Some((byte, Byte::Value | Byte::Own | Byte::Stale)) => {
                            Some(format!("{byte:02x}"))
                        }
                        _ => None,
                    };
                    assert_eq!(shown, written, "{offset:#x}");
                    seen += usize::from(written.is_some());
                }
            }
            assert_eq!(read, BTreeMap::new());
        }
    });
    assert!(seen > 10_000, "{seen} bytes were looked at");
}

#[test]
fn the_names_and_values_of_a_program_are_there() {
    use arena::{Program, Scenario};
    let text =
        "p = Point 1.5 -2\ns = \"hello\"\nv = vec u32 4\npush v 7\npush v 9\nl = list\npush l";
    let scenario = Scenario::new(Program::Text(text.to_owned()));
    let mut shown = Vec::new();
    super::walk(scenario, 1, |snapshot, step| {
        let canvas = super::CANVASES[0];
        let picture = super::super::still(snapshot, step, canvas);
        shown = picture.items.iter().flat_map(texts_of).map(|text| text.text).collect();
    });
    for wanted in [
        "p: Point",
        "x 1.5",
        "y -2",
        "s: str",
        "hello",
        "v: Vec<u32>, 2 of 4",
        "7",
        "9",
        "l: node 1",
        "value 1",
        "0x0",
    ] {
        assert!(shown.iter().any(|it| it == wanted), "{wanted} in {shown:?}");
    }
}

#[test]
fn under_a_pointer_lies_what_is_drawn_there() {
    for_every_window(|scene, canvas| {
        let at = |x, y| spot(scene.snapshot, scene.step, scene.window, canvas, (x, y));
        for map in &scene.frame.maps {
            for row in &map.rows {
                for offset in [row.from, (row.from + row.to) / 2, row.to - 1] {
                    let x = map.x(row, offset) + map.grid.cell / 2.0;
                    let place = Place { piece: row.piece, offset };
                    let found = at(x, row.y + 1.0);
                    let Some(Spot::Byte(lane, found)) = found else { panic!("{found:?}") };
                    assert_eq!((lane, found.piece), (map.lane, place.piece));
                    // A hair's breadth is many bytes where a column stands for thousands.
                    let slack = (0.05 / map.grid.cell) as u32;
                    assert!(found.offset.abs_diff(offset) <= slack, "{found:?} for {offset}");
                }
            }
        }
        for (lane, head) in scene.frame.heads.iter().enumerate() {
            assert_eq!(at(head.name.middle().0, head.name.middle().1), Some(Spot::Head(lane)));
            let drawn = head.strip.w > 1.0 && head.strip.h > 1.0;
            let memory = drawn && !scene.snapshot.lanes[lane].pieces.is_empty();
            let found = at(head.strip.middle().0, head.strip.middle().1);
            assert_eq!(matches!(found, Some(Spot::Strip(it, _)) if it == lane), memory);
        }
    });
}

#[test]
fn each_row_tells_its_offset_where_there_is_room() {
    for_every_state(|scene, _| {
        for map in scene.frame.maps.iter().filter(|map| map.grid.form == Form::Digits) {
            let mut items = Vec::new();
            texts::draw(scene, map, &mut items);
            let told: Vec<String> = items.iter().flat_map(texts_of).map(|text| text.text).collect();
            let wanted = |map: &Map| {
                map.rows.iter().map(|row| Said::default().hex(row.from).take()).collect::<Vec<_>>()
            };
            for offset in wanted(map) {
                assert!(told.contains(&offset), "{offset} in {told:?}");
            }
        }
    });
}
