//! How the lanes share the canvas: for each a head, a strip of all its memory and a map of a part of
//! it, one under the other; then the curves, then the legend.

use arena::naive::Fault;
use arena::snapshot::Lane;
use arena::{Snapshot, Step};

use super::grid::{Form, Grid, small};
use super::rows::{self, Map};
use super::{Window, legend, strip};
use crate::pages::arena::said::Said;
use crate::pages::arena::words;
use crate::stage::shapes::{Area, Bounds, Canvas, style, text_width};

/// Where everything is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// The size of ordinary text.
    pub(crate) text: f32,
    /// The size of small text.
    pub(crate) small: f32,
    /// By lane: its name, its figures, and the strip of all its memory. Where there is no room for one
    /// of them, its area is empty.
    pub(crate) heads: Vec<Head>,
    /// The maps that there is room for.
    pub(crate) maps: Vec<Map>,
    /// None where there is no room for them.
    pub(crate) curves: Option<Area>,
    pub(crate) legend: Area,
    /// How many bytes are in a row of the maps.
    pub(crate) row: u32,
    pub(crate) height: f32,
}

/// What stands over the map of a lane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) name: Area,
    pub(crate) note: Area,
    pub(crate) strip: Area,
}

/// So many lanes have a map each; of more, one that is chosen has.
const MOST_MAPS: usize = 3;

impl Frame {
    pub(crate) fn new(
        snapshot: &Snapshot,
        step: Option<&Step>,
        window: &Window,
        canvas: Canvas,
    ) -> Frame {
        let small = small(canvas);
        let lanes = snapshot.lanes.len();
        let mut left = Area::new(0.0, 0.0, canvas.width, canvas.height);
        let legend = left.cut_bottom(legend::height(small, canvas));
        left.cut_bottom(canvas.text * 0.2);
        let curves = (canvas.height > canvas.text * 26.0).then(|| {
            let curves = left.cut_bottom(canvas.text * 5.2);
            left.cut_bottom(canvas.text * 0.7);
            curves
        });
        let lengths = |lane: &usize| rows::lengths(snapshot, step, *lane);
        let mut shown: Vec<usize> = (0..lanes).collect();
        let mut memory: Vec<Vec<u32>> = shown.iter().map(lengths).collect();
        let gutter = gutter(&memory, small);
        let grid = |values| Grid::new(window.zoom, canvas.width - gutter, canvas, values);
        let lines = Lines::new(canvas, left.h, lanes, grid(false).pitch);
        let room = left.h - lines.height() * lanes as f32;
        if lanes > MOST_MAPS || grid(false).fits(room / lanes.max(1) as f32) == 0 {
            shown = vec![window.lane.min(lanes.saturating_sub(1))];
            memory = shown.iter().map(lengths).collect();
        }
        // Rather more rows than values, but for the first few.
        let with_values = grid(true);
        let all: f32 = memory.iter().map(|lengths| rows::height(lengths, &with_values)).sum();
        let each = room / shown.len().max(1) as f32;
        let used = |lane: &usize| rows::height(&rows::used(snapshot, *lane), &with_values);
        let named =
            || with_values.form == Form::Cells && shown.iter().map(used).all(|it| it <= each);
        let grid = grid(all <= room || with_values.fits(each) >= 3 || named());
        let mut maps = shown.into_iter().zip(&memory).peekable();
        let mut highs = share(&memory, &grid, room).into_iter();
        let mut frame = Frame {
            text: canvas.text,
            small,
            heads: Vec::new(),
            maps: Vec::new(),
            curves,
            legend,
            row: grid.row,
            height: canvas.height,
        };
        let names = names(snapshot, canvas);
        for lane in 0..lanes {
            frame.heads.push(lines.head(&mut left, names, strip::faults(step, lane)));
            left.cut_top(lines.under * 0.6);
            if let Some((lane, lengths)) = maps.next_if(|(shown, _)| *shown == lane) {
                let mut area = left.cut_top(highs.next().unwrap_or_default());
                area.cut_left(gutter);
                let from = window.from.get(lane).copied().unwrap_or_default();
                frame.maps.push(Map::new(lane, area, grid, lengths, from));
            }
            left.cut_top(lines.under * 0.4);
        }
        frame
    }

    /// The map of a lane.
    pub(crate) fn map(&self, lane: usize) -> Option<&Map> {
        self.maps.iter().find(|map| map.lane == lane)
    }

    /// Whether every map shows all that was ever handed out in its lane: up to the last block, live or
    /// not. (It is asked of a map that begins at the start.)
    pub(crate) fn shows_used(&self, snapshot: &Snapshot) -> bool {
        self.maps.iter().all(|map| {
            let last = snapshot.lanes.get(map.lane).and_then(rows::last);
            last.is_none_or(|last| map.shows(last))
        })
    }

    /// Whether every map shows all of its lane's memory, byte by byte.
    pub(crate) fn shows_all(&self, snapshot: &Snapshot) -> bool {
        self.maps.iter().all(|map| {
            let pieces = snapshot.lanes.get(map.lane).map_or(&[][..], |lane| &lane.pieces);
            let rows: u32 = pieces.iter().map(|piece| map.grid.rows(piece.size())).sum();
            rows > 0 && map.grid.form == Form::Digits && map.rows.len() as u32 >= rows
        })
    }
}

/// How high the lines are that stand over a map.
struct Lines {
    text: f32,
    /// The line of the name.
    name: f32,
    /// The line of the strip; nothing, if it stands beside the name.
    strip: f32,
    /// Around the map.
    under: f32,
}

impl Lines {
    /// For so many lanes; `row` is the height of a row of bytes, of which each is to have two.
    fn new(canvas: Canvas, high: f32, lanes: usize, row: f32) -> Lines {
        let text = canvas.text;
        let far = text >= 20.0;
        let under = if far { text * 0.4 } else { text * 0.55 };
        let lines = Lines { text, name: text * 1.5, strip: text * 1.45, under };
        if far || lanes > MOST_MAPS || high < (lines.height() + row * 2.0) * lanes as f32 {
            return Lines { name: text * 1.3, strip: 0.0, ..lines };
        }
        lines
    }

    fn height(&self) -> f32 {
        self.name + self.strip + self.under
    }

    /// Cuts the head of a lane off what is left, with a name of this width.
    fn head(&self, left: &mut Area, name: f32, faults: &[Fault]) -> Head {
        let mut line = left.cut_top(self.name);
        let strip = left.cut_top(self.strip);
        let name = line.cut_left(name);
        line.cut_left(self.text * 0.8);
        if self.strip > 0.0 {
            return Head { name, note: line, strip };
        }
        // What is wrong matters more than the strip.
        if !faults.is_empty() {
            return Head { name, note: line, strip };
        }
        let figures = if line.w > self.text * 24.0 { self.text * 10.0 } else { 0.0 };
        let note = line.cut_right(figures);
        Head { name, note, strip: line }
    }
}

/// How wide the names of the lanes are, at most half of the canvas.
fn names(snapshot: &Snapshot, canvas: Canvas) -> f32 {
    let width = |lane: &Lane| {
        text_width(words::allocator(lane.allocator), canvas.text, style::BOLD) + canvas.text * 1.35
    };
    let widths = snapshot.lanes.iter().map(width);
    widths.fold(0.0, |one: f32, other| one.at_least(other)).at_most(canvas.width / 2.0)
}

/// The room for the offsets at the left.
fn gutter(lengths: &[Vec<u32>], small: f32) -> f32 {
    let last = lengths.iter().flatten().map(|length| length.saturating_sub(1)).max().unwrap_or(0);
    let mut widest = Said::default();
    widest.hex(last.max(0xff));
    text_width(&widest.text, small, style::MONO) + small * 0.6
}

/// Shares the height among the maps: who needs less than an equal part leaves it to the others.
fn share(lengths: &[Vec<u32>], grid: &Grid, room: f32) -> Vec<f32> {
    let needs: Vec<f32> = lengths.iter().map(|lengths| rows::height(lengths, grid)).collect();
    let mut highs = needs.clone();
    let mut left = room.at_least(0.0);
    let mut waiting = needs.len();
    // Those that need least are served first.
    let mut order: Vec<usize> = (0..needs.len()).collect();
    order.sort_by(|one, other| needs[*one].total_cmp(&needs[*other]));
    for index in order {
        let part = left / waiting as f32;
        highs[index] = needs[index].at_most(part);
        left -= highs[index];
        waiting -= 1;
    }
    highs
}
