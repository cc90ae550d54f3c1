//! Of how a window moves.

use arena::memory::Place;
use arena::{Snapshot, scenes};

use super::super::window::touched;
use super::super::{Window, frame::Frame, picture};
use super::{CANVASES, SCREENS, scenarios, walk};
use crate::stage::shapes::seen::texts;

#[test]
fn a_window_that_follows_shows_what_happens_and_moves_only_for_that() {
    let (mut moves, mut zooms, mut states) = (0, 0, 0);
    for (index, scenario) in scenarios().into_iter().enumerate() {
        let canvas = CANVASES[index % CANVASES.len()];
        let mut window = Window::default();
        let mut before: Option<(Window, Vec<Vec<u32>>)> = None;
        walk(scenario, 1, |snapshot, step| {
            window.settle(snapshot, step, canvas);
            states += 1;
            let sizes = sizes(snapshot);
            let frame = Frame::new(snapshot, step, &window, canvas);
            if let Some(step) = step
                && let Some((place, size)) = touched(step)
                && let Some(map) = frame.map(usize::from(step.lane))
                && snapshot.lanes[map.lane]
                    .pieces
                    .get(place.piece as usize)
                    .is_some_and(|piece| size > 0 && place.offset < piece.size())
            {
                assert!(map.shows(place), "{place:?} of {:?} on {canvas:?}", map.rows);
            }
            if let Some((last, last_sizes)) = &before
                && let Some(step) = step
                && *last_sizes == sizes
                && last.zoom == window.zoom
                && let Some((place, size)) = touched(step)
            {
                let lane = usize::from(step.lane);
                let frame = Frame::new(snapshot, Some(step), last, canvas);
                let end = place.offset.saturating_add(size.saturating_sub(1));
                let shown = frame.map(lane).is_none_or(|map| {
                    map.shows(place) && map.shows(Place { offset: end, ..place })
                });
                if shown {
                    assert_eq!(last.from, window.from, "it could stay");
                }
                moves += usize::from(last.from != window.from);
            }
            zooms += usize::from(before.as_ref().is_some_and(|(last, _)| last.zoom != window.zoom));
            before = Some((window.clone(), sizes));
        });
    }
    assert!(moves * 3 < states, "{moves} moves in {states} states");
    assert!(zooms * 50 < states, "{zooms} zooms in {states} states");
}

fn sizes(snapshot: &Snapshot) -> Vec<Vec<u32>> {
    let sizes = |lane: &arena::snapshot::Lane| lane.pieces.iter().map(|it| it.size()).collect();
    snapshot.lanes.iter().map(sizes).collect()
}

#[test]
fn the_dead_copies_of_a_growing_vec_are_seen_at_once() {
    let scene = scenes::find("vec").expect("it is there");
    for canvas in SCREENS.into_iter().chain(CANVASES) {
        let mut stepped = Window::default();
        let mut last = None;
        walk(scene.scenario(), 1, |snapshot, step| {
            stepped.settle(snapshot, step, canvas);
            last = Some((snapshot.clone(), step.cloned()));
        });
        let (snapshot, step) = last.expect("it has steps");
        let mut opened = Window::default();
        opened.settle(&snapshot, step.as_ref(), canvas);
        for window in [stepped, opened] {
            let frame = Frame::new(&snapshot, step.as_ref(), &window, canvas);
            let mut dead = 0;
            for map in &frame.maps {
                let piece = &snapshot.lanes[map.lane].pieces[0];
                for block in piece.blocks(0..piece.size()) {
                    for offset in [block.offset, block.offset + block.size - 1] {
                        assert!(map.shows(Place { piece: 0, offset }), "{block:?} on {canvas:?}");
                    }
                    dead += usize::from(!block.live);
                }
            }
            assert!(dead >= 2 * frame.maps.len(), "{dead} on {canvas:?}");
            if SCREENS.contains(&canvas) {
                let texts = texts(&picture(&snapshot, step.as_ref(), &window, canvas));
                let named = texts.iter().filter(|(text, _)| text.ends_with(", freed")).count();
                assert!(named >= 6, "{named} dead copies are named on {canvas:?}");
            }
        }
    }
}

#[test]
fn one_can_go_from_block_to_block_through_all_of_them_and_back() {
    let canvas = CANVASES[0];
    let mut longest = 0;
    for scenario in scenarios().into_iter().step_by(3) {
        walk(scenario, 101, |snapshot, step| {
            let mut all = Vec::new();
            for (lane, shown) in snapshot.lanes.iter().enumerate() {
                for (piece, memory) in (0..).zip(&shown.pieces) {
                    let blocks = memory.blocks(0..memory.size());
                    let place = |offset| Place { piece, offset };
                    all.extend(blocks.map(|block| (lane, place(block.offset))));
                }
            }
            longest = longest.max(all.len());
            let mut window = Window::default();
            window.settle(snapshot, step, canvas);
            for forward in [true, false] {
                window = Window::default();
                window.settle(snapshot, step, canvas);
                let mut found = Vec::new();
                while window.select_beside(snapshot, step, forward, canvas) {
                    let (lane, place) = window.selected.expect("it is selected");
                    window.settle(snapshot, step, canvas);
                    let frame = Frame::new(snapshot, step, &window, canvas);
                    assert!(frame.map(lane).expect("it has a map").shows(place));
                    found.push((lane, place));
                    assert!(found.len() <= all.len(), "it ends");
                }
                if !forward {
                    found.reverse();
                }
                assert_eq!(found, all);
            }
        });
    }
    assert!(longest > 20);
}

#[test]
fn zooming_keeps_in_sight_what_one_points_at() {
    let canvas = CANVASES[1];
    let mut player = super::open(super::scenarios().pop().expect("there is one"));
    while player.next().is_some() {
        player.forward().expect("it goes on");
    }
    let snapshot = player.snapshot();
    for lane in 0..snapshot.lanes.len() {
        let last = (0..).zip(&snapshot.lanes[lane].pieces).last().expect("it has memory");
        let end = Place { piece: last.0, offset: last.1.size() - 1 };
        for place in [Place::default(), Place { offset: 400, ..end.min(Place::default()) }, end] {
            let mut window = Window { lane, ..Window::default() };
            window.settle(snapshot, None, canvas);
            for nearer in [-1, -1, -1, -1, 1, 1, -1, 1, 1, 1, 1, 1] {
                window.zoom_by(snapshot, None, nearer, Some((lane, place)), canvas);
                window.settle(snapshot, None, canvas);
                let frame = Frame::new(snapshot, None, &window, canvas);
                let map = frame.map(lane).expect("it is looked at");
                assert!(map.shows(place), "{place:?} at zoom {}: {:?}", window.zoom, map.from);
            }
        }
    }
}

#[test]
fn scrolling_comes_to_the_first_and_the_last_byte_and_back() {
    let canvas = CANVASES[1];
    for scenario in scenarios().into_iter().step_by(4) {
        // What would lie past the end is left aside: it is no memory.
        walk(scenario, 60, |snapshot, _| {
            let mut window = Window::default();
            window.settle(snapshot, None, canvas);
            for lane in 0..snapshot.lanes.len() {
                window.lane = lane;
                let pieces = &snapshot.lanes[lane].pieces;
                let last = (0..).zip(pieces).last().filter(|(_, piece)| piece.size() > 0);
                let Some((number, piece)) = last else { continue };
                window.scroll(snapshot, lane, i32::MAX);
                window.settle(snapshot, None, canvas);
                let end = Place { piece: number, offset: piece.size() - 1 };
                let frame = Frame::new(snapshot, None, &window, canvas);
                let map = frame.map(lane).expect("it has a map");
                assert!(map.shows(end), "{end:?} in {map:?}");
                window.scroll(snapshot, lane, i32::MIN);
                window.settle(snapshot, None, canvas);
                assert_eq!(window.from[lane], Place::default());
            }
        });
    }
}
