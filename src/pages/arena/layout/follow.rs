//! What the window shows of who follows what happens.

use arena::{Figures, Snapshot};

use super::Window;
use super::frame::Frame;
use super::grid::{FARTHEST, Form, NEAREST};
use super::rows::Map;
use crate::stage::shapes::Canvas;

/// Of so many blocks, dead ones included, each can be seen where all are shown.
const FEW: usize = 200;

/// The zoom for who follows what happens, and whether the maps show from their start all that was ever
/// handed out: the nearest zoom at which all memory is shown byte by byte, or else the farthest with
/// digits. Where those are too few to show all that was handed out, the nearest that does, as long as
/// there are few blocks: what was left behind is to be seen beside what is alive. Of many blocks, digits
/// of some, or of large ones, several.
pub(super) fn fitting(snapshot: &Snapshot, window: &Window, canvas: Canvas) -> (u8, bool) {
    /// Of smaller blocks, digits tell more than their neighbours.
    const LARGE: u64 = 512;
    /// So many blocks of the usual size.
    const SEVERAL: u64 = 16;
    let frame = |zoom| {
        let window = Window { zoom, from: Vec::new(), ..window.clone() };
        Frame::new(snapshot, None, &window, canvas)
    };
    // How many bytes each map shows at least.
    let seen = |frame: &Frame| frame.maps.iter().map(Map::bytes).filter(|bytes| *bytes > 0).min();
    let usual = usual(snapshot);
    let farthest = farthest(snapshot);
    let mut digits = NEAREST;
    let mut enough = true;
    let mut shows_used = false;
    for zoom in NEAREST..=farthest {
        let frame = frame(zoom);
        if frame.maps.iter().any(|map| map.grid.form != Form::Digits) {
            break;
        }
        if frame.shows_all(snapshot) {
            return (zoom, true);
        }
        digits = zoom;
        enough = usual < LARGE || seen(&frame).is_none_or(|seen| seen * 2 >= usual);
        shows_used = frame.shows_used(snapshot);
    }
    if shows_used {
        return (digits, true);
    }
    // What is one step away is near enough not to move.
    let steady = |zoom: u8| {
        let near = window.zoom.wrapping_sub(zoom) <= 1 && window.zoom <= farthest;
        if near { window.zoom } else { zoom }
    };
    if few_blocks(snapshot) {
        let used = |zoom: &u8| frame(*zoom).shows_used(snapshot);
        if let Some(zoom) = (digits + 1..=farthest).find(used) {
            // A little further away there may be room to say whose they are.
            let named = |zoom| frame(zoom).maps.iter().all(|map| map.grid.above > 0.0);
            let further = zoom < farthest && !named(zoom) && named(zoom + 1) && used(&(zoom + 1));
            return (steady(zoom + u8::from(further)), true);
        }
    }
    if enough {
        return (digits, false);
    }
    let shows_several = |zoom: &u8| seen(&frame(*zoom)).is_none_or(|seen| seen >= usual * SEVERAL);
    let zoom = (digits + 1..farthest).find(shows_several).unwrap_or(farthest);
    let near = zoom.abs_diff(window.zoom) <= 1 && window.zoom > digits;
    (if near { window.zoom } else { zoom }, false)
}

/// Whether no lane has more than a few blocks.
fn few_blocks(snapshot: &Snapshot) -> bool {
    snapshot.lanes.iter().all(|lane| {
        let blocks = lane.pieces.iter().flat_map(|piece| piece.blocks(0..piece.size()));
        blocks.take(FEW + 1).count() <= FEW
    })
}

/// The zoom at which all memory is in one row.
pub(super) fn farthest(snapshot: &Snapshot) -> u8 {
    let pieces = snapshot.lanes.iter().flat_map(|lane| &lane.pieces);
    let most = pieces.map(|piece| piece.size()).max().unwrap_or(1).max(1);
    (most.next_power_of_two().trailing_zeros() as u8).clamp(NEAREST, FARTHEST)
}

/// How many bytes were asked for a live block, on average.
fn usual(snapshot: &Snapshot) -> u64 {
    let sum = |of: fn(&Figures) -> u32| -> u64 {
        snapshot.lanes.iter().map(|lane| u64::from(of(&lane.figures))).sum()
    };
    sum(|figures| figures.requested) / sum(|figures| figures.live).max(1)
}
