//! The timeline as markup: pure, from the trace of a run. It is drawn in chunks, so that a step at
//! the end of a long run draws only the last one anew.

use std::fmt::Write;

use machine::{Mark, Marked};

use crate::stage::shapes::Px;
use crate::stage::{Actor, Level, Trace};

/// Bins in a chunk. A bin is the fewest steps that are worth a place of their own.
const CHUNK_BINS: usize = 64;
/// Pixels of a bin.
const BIN: f32 = 1.5;
/// From so many pixels a step on, each step is a shape.
const SPARSE: f32 = 9.0;
/// Where the marks are.
const MARKS: f32 = 14.0;

/// How steps become pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Scale {
    /// Pixels for all of the domain.
    width: f32,
    /// Steps that have room before the timeline is drawn anew.
    domain: usize,
}

impl Scale {
    /// For a run of `len` steps that is over or goes on. A run that goes on has some room ahead, so
    /// that not every step moves all the others.
    pub(super) fn new(width: f32, len: usize, goes_on: bool) -> Scale {
        let mut domain = 16;
        while domain < len || (goes_on && domain * 9 < len * 10) {
            domain = if domain.is_power_of_two() { domain / 2 * 3 } else { domain / 3 * 4 };
        }
        Scale { width, domain: if goes_on { domain } else { len.max(8) } }
    }

    /// Where a cursor is.
    pub(super) fn x(&self, cursor: usize) -> f32 {
        cursor as f32 / self.domain as f32 * self.width
    }

    /// The cursor at a place.
    pub(super) fn cursor(&self, x: f32, len: usize) -> usize {
        let cursor = (x / self.width * self.domain as f32).round();
        if cursor > 0.0 { (cursor as usize).min(len) } else { 0 }
    }

    fn bin(&self) -> usize {
        (self.domain as f32 * BIN / self.width.max(1.0)).ceil().max(1.0) as usize
    }

    /// How many steps a chunk has.
    pub(super) fn chunk(&self) -> usize {
        self.bin() * CHUNK_BINS
    }
}

/// Where the lanes are.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Rows {
    /// How many are shown.
    pub(super) shown: usize,
    /// From one to the next.
    pub(super) pitch: f32,
}

impl Rows {
    /// For so many lanes.
    pub(super) fn new(lanes: usize) -> Rows {
        let pitch = match lanes {
            0..=2 => 20.0,
            3 => 17.0,
            4 => 14.0,
            5 => 12.0,
            _ => 10.0,
        };
        Rows { shown: lanes.min(6), pitch }
    }

    /// The middle of a lane.
    pub(super) fn y(&self, lane: usize) -> f32 {
        MARKS + self.pitch * (lane as f32 + 0.5)
    }

    /// All of it.
    pub(super) fn height(&self) -> f32 {
        MARKS + self.pitch * self.shown.max(1) as f32 + 3.0
    }
}

/// The lanes' lines from end to end, on which the rest is drawn.
pub(super) fn ground(scale: Scale, rows: Rows) -> String {
    let width = Px(scale.width);
    let line = |lane| format!("M0 {}H{width}", Px(rows.y(lane)));
    let lines: String = (0..rows.shown).map(line).collect();
    format!(r#"<path class="ground" d="{lines}"/>"#)
}

/// One chunk: the levels of every lane as bars, the steps as shapes if there is room, the marks. All
/// bars of one kind are one path.
pub(super) fn chunk(
    trace: &Trace,
    marks: &[Marked],
    lanes: &[Actor],
    scale: Scale,
    rows: Rows,
    index: usize,
) -> String {
    let mut out = String::new();
    let from = index * scale.chunk();
    let to = (from + scale.chunk()).min(trace.len() + 1);
    let sparse = scale.x(1) >= SPARSE;
    for (lane, actor) in lanes.iter().enumerate().take(rows.shown) {
        let mut bars = BARS.map(|_| String::new());
        for stretch in trace.stretches(lane, from, to, scale.bin()) {
            let (x, end) = (scale.x(stretch.from), scale.x(stretch.to.min(trace.len())));
            bar(&mut bars, stretch.level, x, end - x, rows.y(lane), rows.pitch, sparse);
        }
        for (class, bars) in BARS.iter().zip(bars).filter(|(_, bars)| !bars.is_empty()) {
            _ = write!(out, r#"<path class="{class} hue-{}" d="{bars}"/>"#, actor.look.hue());
        }
    }
    if sparse {
        let size = (rows.pitch * 0.72).min(scale.x(1) * 0.8);
        for cursor in from.max(1)..to {
            if let Some(lane) = trace.actor(cursor).map(usize::from)
                && lane < rows.shown
                && let Some(Actor { look, .. }) = lanes.get(lane)
            {
                let (x, y) = (Px(scale.x(cursor)), Px(rows.y(lane)));
                _ = write!(
                    out,
                    r#"<path class="act hue-{}" transform="translate({x} {y})" d="{}"/>"#,
                    look.hue(),
                    look.outline(size)
                );
            }
        }
    }
    let first = marks.partition_point(|marked| marked.cursor < from);
    let mut after = f32::NEG_INFINITY;
    for marked in marks[first..].iter().take_while(|marked| marked.cursor < to) {
        let x = scale.x(marked.cursor);
        // What would stand on another is left out, unless it is a fault.
        if x - after < 4.0 && marked.mark != Mark::Fault {
            continue;
        }
        after = x;
        let x = Px(x);
        out.push_str(&match marked.mark {
            Mark::Notable => format!(r#"<path class="notable" d="M{x} 10l-3 -4 3 -4 3 4z"/>"#),
            Mark::Fault => format!(r#"<path class="fault" d="M{x} 1l5.2 9h-10.4z"/>"#),
        });
    }
    out
}

/// The kinds of bars.
const BARS: [&str; 4] = ["waiting", "ready", "busy", "stuck"];

fn bar(bars: &mut [String; 4], level: Level, x: f32, w: f32, y: f32, pitch: f32, sparse: bool) {
    if w <= 0.0 {
        return;
    }
    let mut rect = |kind: usize, y: f32, h: f32| {
        let (x, y, w, h, back) = (Px(x), Px(y), Px(w), Px(h), Px(-w));
        _ = write!(bars[kind], "M{x} {y}h{w}v{h}h{back}z");
    };
    let half = (pitch * if sparse { 0.2 } else { 0.3 }).max(2.0);
    match level {
        Level::Absent => {}
        Level::Waiting => rect(0, y - 0.75, 1.5),
        Level::Ready => {
            rect(1, y - half, 1.4);
            rect(1, y + half - 1.4, 1.4);
        }
        Level::Busy | Level::BusyAgain => rect(2, y - half, half * 2.0),
        Level::Stuck => rect(3, y - half, half * 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::shapes::Look;

    fn trace(len: usize) -> Trace {
        let mut trace = Trace::default();
        for i in 0..len {
            trace.push(|lanes| {
                let lane = (i / 3 % 2) as u16;
                lanes.set(lane, Level::Busy);
                lanes.set(1 - lane, Level::Waiting);
                Some(lane)
            });
        }
        trace
    }

    fn draw(trace: &Trace, marks: &[Marked], scale: Scale) -> Vec<String> {
        let lanes =
            [1, 2].map(|n| Actor { name: String::new(), badge: String::new(), look: Look(n) });
        (0..=trace.len() / scale.chunk())
            .map(|index| chunk(trace, marks, &lanes, scale, Rows::new(2), index))
            .collect()
    }

    #[test]
    fn a_run_that_is_over_fills_the_width_and_one_that_goes_on_has_room() {
        for len in [1, 14, 100, 9_999, 1_000_000] {
            let over = Scale::new(800.0, len, false);
            assert_eq!(over.x(len.max(8)), 800.0);
            let on = Scale::new(800.0, len, true);
            assert!(on.x(len) <= 800.0 && (len < 12 || on.x(len) > 400.0), "{len}: {}", on.x(len));
        }
    }

    #[test]
    fn growing_by_a_step_seldom_moves_the_others() {
        let moved = (1..10_000)
            .filter(|len| Scale::new(800.0, *len, true) != Scale::new(800.0, len + 1, true));
        assert!(moved.count() < 30);
    }

    #[test]
    fn a_place_and_a_cursor_are_each_others_opposite() {
        let scale = Scale::new(731.0, 1_000, true);
        for cursor in 0..=1_000 {
            assert_eq!(scale.cursor(scale.x(cursor), 1_000), cursor);
        }
        assert_eq!(scale.cursor(-5.0, 1_000), 0);
        assert_eq!(scale.cursor(9_999.0, 1_000), 1_000);
    }

    #[test]
    fn a_step_more_changes_only_the_last_chunk() {
        let scale = Scale::new(600.0, 3_000, true);
        let (before, after) = (draw(&trace(3_000), &[], scale), draw(&trace(3_001), &[], scale));
        let last = 3_000 / scale.chunk();
        assert!(last >= 2);
        assert_eq!(before[..last], after[..last]);
        assert_ne!(before[last], after[last]);
    }

    #[test]
    fn what_is_drawn_is_bounded_however_long_the_run() {
        let all: usize = draw(&trace(200_000), &[], Scale::new(900.0, 200_000, false))
            .iter()
            .map(|chunk| chunk.matches("<path").count())
            .sum();
        assert!(all < 100, "{all} paths");
    }

    #[test]
    fn few_steps_are_shapes_and_a_fault_is_never_left_out() {
        let marks =
            [Marked { cursor: 5, mark: Mark::Notable }, Marked { cursor: 5, mark: Mark::Fault }];
        let drawn = draw(&trace(14), &marks, Scale::new(800.0, 14, false)).concat();
        assert_eq!(drawn.matches(r#"class="act"#).count(), 14);
        assert_eq!(drawn.matches("fault").count(), 1);
        assert_eq!(drawn.matches("notable").count(), 1);
    }
}
