//! Figures over the operations, a chart a lane, all to one scale: what was asked for as an area, what
//! is used as a line over it with the difference hatched, and as thinner lines padding, what is free
//! only in pieces, and the most that was used.

use arena::{Figures, List};

use super::{Scene, fixed};
use crate::pages::arena::said::Said;
use crate::pages::arena::timeline;
use crate::stage::shapes::style::PLAIN;
use crate::stage::shapes::{Area, Bounds, Ink, Item, Look, Path, Pen, text_width};

/// The figures of a chart.
const CURVES: usize = 6;
const REQUESTED: usize = 0;
pub(super) const USED: usize = 1;
const PADDING: usize = 2;
const EXTERNAL: usize = 3;
pub(super) const MOST: usize = 4;
const RESERVED: usize = 5;

/// What the curves are called that have a name at their end.
const NAMES: [&str; 5] = ["asked for", "used", "padding", "external", "high water"];

pub(super) fn values(figures: &Figures) -> [u32; CURVES] {
    let Figures { requested, used, padding, high_water, reserved, .. } = *figures;
    [requested, used, padding, figures.external(), high_water, reserved]
}

/// What a column of a chart shows: of several operations the least, the most and the last.
pub(super) struct Column {
    x: f32,
    pub(super) low: [u32; CURVES],
    pub(super) high: [u32; CURVES],
    pub(super) last: [u32; CURVES],
}

/// Draws the charts.
#[inline(never)]
pub(crate) fn draw(scene: &Scene<'_>, items: &mut Vec<Item>) {
    let frame = &scene.frame;
    let Some(all) = frame.curves else { return };
    let lanes = &scene.snapshot.lanes;
    let most = lanes.iter().map(|lane| lane.figures.high_water).max().unwrap_or(0).max(1);
    // Reserved memory is shown if that leaves something of the others.
    let reserved = lanes.iter().map(|lane| lane.figures.reserved).max().unwrap_or(0);
    let with_reserved = reserved <= most.saturating_add(most / 2);
    let top = if with_reserved { most.max(reserved) } else { most };
    let length = lanes.iter().map(|lane| lane.history.len()).max().unwrap_or(0);
    let names = names(reserved, frame.small);
    // Twice as much room at a time, so that the curves stand still in between.
    let slots = length.next_power_of_two().max(8);
    for (index, lane) in lanes.iter().enumerate() {
        let mut area = all.cell(index, lanes.len(), 1, frame.text * 1.2);
        let mut item = fixed("curves", index);
        let look = timeline::look(index as u16);
        // A chart needs half as much room again as its names.
        let names = (area.w > names * 2.5).then(|| area.cut_right(names));
        area.cut_top(frame.small * 1.1);
        let chart = Chart { area, top, slots };
        chart.draw(&mut item, &lane.history, look, with_reserved);
        if index == 0 {
            let text = Said::default().number(top).put(" B").take();
            let baseline = area.y - frame.small * 0.25;
            item.text(area.x + 1.0, baseline, frame.small, PLAIN, Ink::MUTED, &text);
        }
        if let Some(names) = names {
            chart.name(&mut item, &values(&lane.figures), names, frame.small, look);
        }
        items.push(item);
    }
}

/// A chart, and the scale to which it is drawn.
pub(super) struct Chart {
    pub(super) area: Area,
    pub(super) top: u32,
    pub(super) slots: usize,
}

impl Chart {
    fn y(&self, value: u32) -> f32 {
        let share = (value as f32 / self.top as f32).at_most(1.0);
        // Half a pixel more or less nobody sees, and it would be a corner each time.
        self.area.bottom() - (share * self.area.h * 2.0).round() / 2.0
    }

    fn draw(&self, item: &mut Item, history: &List<Figures>, look: Look, with_reserved: bool) {
        let columns = self.columns(history);
        let area = self.area;
        let end = area.x + area.w * (history.len() as f32 / self.slots as f32);
        let base = [area.x, area.bottom(), area.right()];
        let (requested, used) =
            (self.steps(&columns, REQUESTED, end), self.steps(&columns, USED, end));
        item.path("M@ @H@", &base, Ink::NONE, Pen::new(Ink::LINE, 1.0));
        let floor = [(area.x, area.bottom()), (end, area.bottom())];
        item.draw(&between(&requested, &floor), Ink::actor_tint(look), Pen::NONE);
        item.draw(&between(&used, &requested), Ink::HATCH, Pen::NONE);
        let own = Ink::actor(look);
        if with_reserved {
            item.draw(
                &line(&self.steps(&columns, RESERVED, end)),
                Ink::NONE,
                Pen::new(Ink::LINE, 1.5),
            );
        }
        item.draw(&line(&requested), Ink::NONE, Pen::new(own, 0.8));
        item.draw(&line(&self.steps(&columns, MOST, end)), Ink::NONE, Pen::dashed(own, 1.0));
        item.draw(
            &line(&self.steps(&columns, EXTERNAL, end)),
            Ink::NONE,
            Pen::dashed(Ink::MUTED, 1.2),
        );
        item.draw(&line(&self.steps(&columns, PADDING, end)), Ink::NONE, Pen::new(Ink::MUTED, 1.0));
        item.draw(&line(&used), Ink::NONE, Pen::new(own, 2.0));
    }

    /// The history in columns of two pixels. Of very many operations in a column, some are looked at.
    pub(super) fn columns(&self, history: &List<Figures>) -> Vec<Column> {
        const WIDE: f32 = 2.0;
        const LOOKED_AT: usize = 32;
        let count = ((self.area.w / WIDE) as usize).max(1);
        let place = |column: usize| column * self.slots / count;
        let mut columns = Vec::new();
        for index in 0..count {
            let from = place(index);
            let to = place(index + 1).max(from + 1).min(history.len());
            let Some(last) = to.checked_sub(1).filter(|last| *last >= from) else { break };
            let Some(last) = history.get(last).map(values) else { break };
            let x = self.area.x + index as f32 * WIDE;
            let mut column = Column { x, low: last, high: last, last };
            for at in (from..to).step_by(((to - from) / LOOKED_AT) | 1) {
                for (index, value) in history.get(at).iter().flat_map(|it| values(it)).enumerate() {
                    column.low[index] = column.low[index].min(value);
                    column.high[index] = column.high[index].max(value);
                }
            }
            columns.push(column);
        }
        columns
    }

    /// The corners of a curve.
    pub(super) fn steps(&self, columns: &[Column], curve: usize, end: f32) -> Vec<(f32, f32)> {
        let mut corners: Vec<(f32, f32)> = Vec::new();
        for Column { x, low, high, last } in columns {
            for value in [low[curve], high[curve], last[curve]] {
                let y = self.y(value);
                match corners.last() {
                    Some((_, before)) if *before == y => {}
                    Some((_, before)) => {
                        let before = *before;
                        corners.push((*x, before));
                        corners.push((*x, y));
                    }
                    None => corners.push((*x, y)),
                }
            }
        }
        if let Some((_, y)) = corners.last().copied() {
            corners.push((end, y));
        }
        corners
    }

    /// Writes the names of the curves with their values, each as near to its end as the others let it.
    fn name(&self, item: &mut Item, now: &[u32; CURVES], area: Area, small: f32, look: Look) {
        let high = small * 1.12;
        let mut said = Said::default();
        let mut names: Vec<(f32, usize)> =
            (0..NAMES.len()).map(|curve| (self.y(now[curve]), curve)).collect();
        names.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
        // From above to below, then what hangs over from below to above.
        let mut free = area.y + high * 0.5;
        for (y, _) in &mut names {
            *y = y.at_least(free);
            free = *y + high;
        }
        let mut free = area.bottom() - high * 0.3;
        for (y, _) in names.iter_mut().rev() {
            *y = y.at_most(free);
            free = *y - high;
        }
        for (y, curve) in names {
            let ink = if curve == USED { Ink::actor(look) } else { Ink::MUTED };
            let text = said.put(NAMES[curve]).put(" ").number(now[curve]).take();
            item.text(area.x + small * 0.5, y + small * 0.36, small, PLAIN, ink, &text);
        }
    }
}

/// How wide the names of the curves are with their values: of those, none is above what is reserved.
fn names(reserved: u32, small: f32) -> f32 {
    let text = Said::default().put(NAMES[MOST]).put(" ").number(reserved).take();
    text_width(&text, small, PLAIN) + small * 0.5
}

/// A line through corners.
fn line(corners: &[(f32, f32)]) -> Path {
    let mut path = Path::default();
    go(&mut path, corners.iter());
    path
}

/// The area between two lines.
fn between(one: &[(f32, f32)], other: &[(f32, f32)]) -> Path {
    let mut path = Path::default();
    go(&mut path, one.iter().chain(other.iter().rev()));
    path
}

/// Adds a line from corner to corner.
fn go<'a>(path: &mut Path, corners: impl Iterator<Item = &'a (f32, f32)>) {
    let mut last = None;
    for (x, y) in corners {
        match last {
            None => path.add("M@ @", &[*x, *y]),
            Some((_, before)) if before == *y => path.add("H@", &[*x]),
            Some((before, _)) if before == *x => path.add("V@", &[*y]),
            Some(_) => path.add("L@ @", &[*x, *y]),
        }
        last = Some((*x, *y));
    }
}
