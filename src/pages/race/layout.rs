//! Where everything of a race is drawn: a row for each who races, times to the right, on an axis where
//! each doubling is as long as every other.
//!
//! In a row, each sample is a dot; dots of about the same time are piled up. Below them lies the
//! median, in the interval where it is with 95 % of certainty, on a line from the first quartile to the
//! third. The limit is a line through all rows.

#[cfg(test)]
mod tests;

use arena_race::{Contender, Interval, Summary};

use super::numbers::figure;
use super::standing::Standing;
use crate::stage::shapes::style::{BOLD, END, MIDDLE, PLAIN};
use crate::stage::shapes::{Canvas, Ink, Item, Look, Pen, Picture, Px, text_width};

/// The picture of a race; of one that has not been run, only who is in it.
#[inline(never)]
pub(super) fn picture(standings: &[Standing], canvas: Canvas) -> Picture {
    let frame = Frame::new(standings, canvas);
    let axis = Axis::new(standings, &frame);
    let mut items = Vec::new();
    if let Some(axis) = &axis {
        items.push(ticks(axis, &frame));
    }
    let limit = standings.iter().find(|standing| standing.contender == Contender::Limit);
    if let (Some(axis), Some(median)) = (&axis, limit.and_then(Standing::median)) {
        items.push(limit_line(axis.x(median), &frame));
    }
    items.push(head(&frame, axis.is_some()));
    for (at, standing) in standings.iter().enumerate() {
        items.push(row(standing, at, axis.as_ref(), &frame));
    }
    Picture { width: canvas.width, height: frame.bottom + frame.below, scale: 1.0, items }
}

/// Into which parts the canvas is divided.
struct Frame {
    text: f32,
    width: f32,
    /// From where to where times are drawn.
    plot: (f32, f32),
    /// Names and numbers stand above the dots, because the canvas is narrow.
    narrow: bool,
    /// Where the first row begins.
    top: f32,
    /// The height of a row.
    row: f32,
    /// Where the last row ends.
    bottom: f32,
    /// The room of the axis below.
    below: f32,
}

impl Frame {
    fn new(standings: &[Standing], canvas: Canvas) -> Frame {
        let Canvas { width, height, text } = canvas;
        let narrow = width < text * 38.0;
        let name = |standing: &Standing| text_width(standing.contender.name(), text, BOLD);
        let names = standings.iter().map(name).fold(0.0, larger) + text * 1.4;
        let plot = match narrow {
            true => (text * 0.6, width - text * 0.6),
            false => (names, width - text * 14.5),
        };
        let (top, below) = (text * 1.9, text * 2.0);
        let rows = standings.len().max(1) as f32;
        let least = text * if narrow { 4.4 } else { 2.3 };
        let row = smaller(larger((height - top - below) / rows, least), text * 5.5);
        Frame { text, width, plot, narrow, top, row, bottom: top + row * rows, below }
    }

    /// From where to where in a row dots are piled up, and around which line the median stands.
    fn bands(&self) -> (f32, f32, f32) {
        let top = if self.narrow { self.text * 1.7 } else { self.row * 0.08 };
        let (room, bar) = (self.row - top, self.text * 0.36);
        let ground = top + room * 0.6;
        (top, ground, ground + bar + smaller(room * 0.12, self.text * 0.3))
    }
}

/// Where times are on the way from left to right.
struct Axis {
    /// The shortest and the longest time that are on it.
    ends: (f64, f64),
    plot: (f32, f32),
}

impl Axis {
    /// None if there is nothing to show. The slowest samples of a row, one in twenty, need not be on it:
    /// something else got in between.
    fn new(standings: &[Standing], frame: &Frame) -> Option<Axis> {
        let (mut low, mut high) = (f64::MAX, 0.0);
        for summary in standings.iter().filter_map(|standing| standing.summary.as_ref()) {
            let sorted = &summary.sorted;
            let usual = sorted.get((sorted.len() * 19).div_ceil(20).saturating_sub(1))?;
            let least = if summary.sorted[0] > 0.01 { summary.sorted[0] } else { 0.01 };
            low = if least < low { least } else { low };
            high = if *usual > high { *usual } else { high };
        }
        if low == f64::MAX {
            return None;
        }
        let high = if high < low * 3.0 { low * 3.0 } else { high };
        Some(Axis { ends: (low / 1.15, high * 1.5), plot: frame.plot })
    }

    fn x(&self, time: f64) -> f32 {
        let (low, high) = self.ends;
        let time = if time > low { time } else { low };
        let part = (time / low).ln() / (high / low).ln();
        let (left, right) = self.plot;
        left + (right - left) * smaller(part as f32, 1.0)
    }
}

/// The lines of the axis: at 1, 2, 5, 10 and so on, or at 1, 10, 100 where there is less room.
fn ticks(axis: &Axis, frame: &Frame) -> Item {
    let mut item = Item::new("axis".to_owned(), 0.0, 0.0);
    let (low, high) = axis.ends;
    let text = frame.text;
    let roomy = axis.x(low * 10.0) - axis.x(low) > text * 9.0;
    let parts: &[f64] = if roomy { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let mut free = f32::MIN;
    let mut decade = 0.01;
    while decade < high {
        for part in parts {
            let time = decade * part;
            if time < low || time > high {
                continue;
            }
            let x = axis.x(time);
            item.path("M@ @V@", &[x, frame.top, frame.bottom], Ink::NONE, Pen::new(Ink::LINE, 1.0));
            let label = short(time);
            let half = text_width(&label, text, PLAIN) / 2.0;
            let inside = x + half < frame.width && x - half > 0.0;
            if x - half > free && inside {
                let y = frame.bottom + text * 1.25;
                item.text(x, y, text, MIDDLE, Ink::MUTED, &label);
                free = x + half + text * 0.8;
            }
        }
        decade *= 10.0;
    }
    item
}

/// A round number without what is not needed of it.
fn short(time: f64) -> String {
    let figure = figure(time);
    match figure.contains('.') {
        true => figure.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => figure,
    }
}

fn limit_line(x: f32, frame: &Frame) -> Item {
    let mut item = Item::new("limit-line".to_owned(), 0.0, 0.0);
    item.path("M@ @V@", &[x, frame.top, frame.bottom], Ink::NONE, Pen::dashed(Ink::ACCENT, 1.6));
    item
}

/// What stands in which column.
fn head(frame: &Frame, measured: bool) -> Item {
    let mut item = Item::new("head".to_owned(), 0.0, 0.0);
    let (text, y) = (frame.text, frame.text * 1.1);
    if measured {
        if !frame.narrow {
            item.text(frame.plot.0, y, text, PLAIN, Ink::MUTED, "all samples, ns");
        }
        item.text(frame.width - text * 6.2, y, text, END, Ink::MUTED, "median, ns");
        item.text(frame.width, y, text, END, Ink::MUTED, "by limit");
    }
    item
}

fn row(standing: &Standing, at: usize, axis: Option<&Axis>, frame: &Frame) -> Item {
    let contender = standing.contender;
    let mut item = Item::new(contender.key().to_owned(), 0.0, frame.top + frame.row * at as f32);
    item.hint(&standing.sentence());
    let text = frame.text;
    let line = Pen::new(Ink::LINE, 1.0);
    item.path("M0 @H@", &[0.0, frame.width], Ink::NONE, line);
    let (_, ground, _) = frame.bands();
    let y = if frame.narrow { text * 1.25 } else { frame.row / 2.0 + text * 0.35 };
    item.text(0.0, y, text, BOLD, Ink::TEXT, contender.name());
    match (&standing.summary, axis) {
        (Some(summary), Some(axis)) => {
            samples(&mut item, contender, summary, axis, frame);
            numbers(&mut item, standing, frame);
        }
        _ => {
            let (left, right) = frame.plot;
            let pen = Pen::dashed(Ink::LINE, 1.4);
            item.path("M@ @H@", &[left, ground, right], Ink::NONE, pen);
        }
    }
    item
}

/// The dots, and the median below them.
fn samples(item: &mut Item, contender: Contender, summary: &Summary, axis: &Axis, frame: &Frame) {
    let (top, ground, middle) = frame.bands();
    let radius = Px::written(frame.text * 0.17);
    let look = look(contender);
    let (left, right) = axis.plot;
    let on_axis = summary.sorted.iter().filter(|time| **time <= axis.ends.1);
    let piles = pile(on_axis.map(|time| axis.x(*time)), radius * 2.0);
    let highest = piles.iter().map(|(_, count)| *count).max().unwrap_or(1) as f32;
    let step = smaller(radius * 2.0, (ground - top - radius) / larger(highest, 1.0));
    let (mut template, mut lengths) = (String::new(), Vec::new());
    for (x, count) in &piles {
        for at in 0..*count {
            template.push_str("M@ @a@ @ 0 1 1 @ 0a@ @ 0 1 1 @ 0z");
            let y = ground - radius - step * at as f32;
            let d = radius * 2.0;
            lengths.extend([x - radius, y, radius, radius, d, radius, radius, -d]);
        }
    }
    item.path(&template, &lengths, Ink::actor(look), Pen::NONE);
    item.path("M@ @H@", &[left, ground, right], Ink::NONE, Pen::new(Ink::LINE, 1.0));
    let beyond = summary.sorted.iter().filter(|time| **time > axis.ends.1).count();
    if beyond > 0 {
        let label = ["+", &beyond.to_string(), " ›"].concat();
        item.text(right, top + frame.text * 0.8, frame.text, END, Ink::MUTED, &label);
    }
    let half = frame.text * 0.3;
    let (first, third) = summary.quartiles;
    let whisker = Pen::new(Ink::actor(look), 1.6);
    item.path("M@ @H@", &[axis.x(first), middle, axis.x(third)], Ink::NONE, whisker);
    if let Some(Interval { low, high }) = summary.interval {
        let (from, to) = (axis.x(low), axis.x(high));
        // An interval that is too short to be seen is one, still.
        let wide = larger(to - from, 3.0);
        let place = [from - (wide - (to - from)) / 2.0, middle - half, wide, half * 2.0];
        item.rect(place, 1.5, Ink::actor_tint(look), Pen::new(Ink::actor(look), 1.4));
    }
    let x = axis.x(summary.median);
    let ends = [x, middle - half * 1.5, middle + half * 1.5];
    item.path("M@ @V@", &ends, Ink::NONE, Pen::new(Ink::TEXT, 2.2));
}

/// The median with its interval, and by how many times the limit it is.
fn numbers(item: &mut Item, standing: &Standing, frame: &Frame) {
    let (text, right) = (frame.text, frame.width);
    let Some(median) = standing.median() else { return };
    let two_lines = !frame.narrow && frame.row >= text * 2.25;
    let y = match (frame.narrow, two_lines) {
        (true, _) => text * 1.25,
        (_, true) => frame.row / 2.0 - text * 0.15,
        _ => frame.row / 2.0 + text * 0.35,
    };
    item.text(right - text * 6.2, y, text, BOLD | END, Ink::TEXT, &figure(median));
    if let Some(Interval { low, high }) = standing.interval().filter(|_| two_lines) {
        let between = [figure(low), figure(high)].join("–");
        item.text(right - text * 6.2, y + text * 1.12, text, END, Ink::MUTED, &between);
    }
    if let Some(times) = standing.times {
        let mut label = figure(times);
        label.push_str(" ×");
        item.text(right, y, text, BOLD | END, Ink::TEXT, &label);
    }
}

/// Piles of what is about the same, of this width: where each stands, and how many are in it. What
/// comes in is sorted.
fn pile(places: impl Iterator<Item = f32>, width: f32) -> Vec<(f32, usize)> {
    let mut piles: Vec<(f32, usize)> = Vec::new();
    for place in places {
        let x = (place / width).round() * width;
        match piles.last_mut() {
            Some((last, count)) if *last == x => *count += 1,
            _ => piles.push((x, 1)),
        }
    }
    piles
}

/// Those that work alike have a hue in common.
fn look(contender: Contender) -> Look {
    match contender {
        Contender::Limit => Look(0),
        Contender::Arena | Contender::TypedArena => Look(3),
        Contender::FirstFit | Contender::BestFit => Look(1),
        Contender::Buddies => Look(2),
        Contender::SizeClasses => Look(4),
        Contender::Global => Look(5),
    }
}

#[inline(never)]
fn larger(one: f32, other: f32) -> f32 {
    if one > other { one } else { other }
}

#[inline(never)]
fn smaller(one: f32, other: f32) -> f32 {
    if one < other { one } else { other }
}
