//! The reactor: virtual time, what is due when, who is called then, and the sources.

use std::collections::BTreeSet;

use executor::snapshot::{HeldWakers, Holder, Snapshot};
use executor::{Actor, Interest, SourceId, Time, Token};

use super::area::Area;
use super::sheet::{Block, Sheet, Spot, width};
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, Pen, mono, text};

const SOURCE_WIDTH: f64 = 13.0;
const SOURCE_HEIGHT: f64 = 3.6;

/// How high the axis of time is, with what hangs on it.
const AXIS: f64 = 5.6;

/// How high it is drawn.
pub(crate) fn height(snapshot: &Snapshot, width: f64, u: f64) -> f64 {
    let sources = snapshot.sources.len();
    let columns = ((width / (u * SOURCE_WIDTH)).floor() as usize).max(1);
    let axis = if has_axis(snapshot) { AXIS } else { 0.0 };
    u * (1.7 + axis) + sources.div_ceil(columns) as f64 * u * (SOURCE_HEIGHT + 0.4)
}

/// Whether the axis of time is drawn: not in a run that knows no time. It does not vanish again when
/// the last timer is gone, so that the picture stands still.
fn has_axis(snapshot: &Snapshot) -> bool {
    let mut registrations = snapshot.registrations.iter();
    snapshot.now > Time(0)
        || registrations.any(|it| matches!(it.interest, Interest::Deadline(_)))
        || snapshot.sources.iter().any(|source| !source.arrivals.is_empty())
        || unregistered(snapshot).next().is_some()
}

/// The tokens of handlers that the selector knows nothing of any more: their moment has come, and
/// they were not yet taken out.
fn unregistered(snapshot: &Snapshot) -> impl Iterator<Item = Token> {
    let tokens = snapshot.handlers.iter().map(|(token, _)| *token);
    tokens.filter(|token| snapshot.registrations.iter().all(|other| other.token != *token))
}

/// Draws it.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let mut block = Block::new("reactor", area);
    let head = area.cut_top(u * 1.7);
    let acts = snapshot.executing.actor == Actor::Reactor && sheet.step.is_some();
    let (after, y) = sheet.heading(&mut block, head, "REACTOR", acts);
    sheet.note(Spot::Reactor, Area { w: after - head.x, ..head });
    if !snapshot.events.is_empty() {
        let due: Vec<String> =
            snapshot.events.iter().map(|(token, _)| format!("#{}", token.0)).collect();
        let due = format!("due now: {}", due.join(" "));
        let due = mono(after, y, s, Ink::Accent, due).bold();
        block.text(due.within(head.right() - after));
    } else if !has_axis(snapshot) {
        let nothing = "idle";
        block.text(text(after, y, s, Ink::Muted, nothing).within(head.right() - after));
    }
    if has_axis(snapshot) {
        let mut timers = area.cut_top(u * AXIS);
        let clock = timers.cut_left(u * 5.0);
        let now = text(clock.x, clock.y + u * 2.1, u * 2.2, Ink::Text, snapshot.now.to_string());
        block.text(now.bold().within(clock.w - u * 0.4));
        block.text(text(clock.x, clock.y + u * 3.5, s, Ink::Muted, "time now"));
        axis(sheet, &mut block, timers);
    }
    let columns = ((area.w / (u * SOURCE_WIDTH)).floor() as usize).max(1);
    let rows = snapshot.sources.len().div_ceil(columns);
    area.h = rows as f64 * u * (SOURCE_HEIGHT + 0.4);
    let sources = snapshot.sources.len();
    let columns = columns.min(sources.max(1));
    for (index, cell) in area.grid(columns, rows, u * 0.6).enumerate().take(sources) {
        source(sheet, SourceId(index as u32), cell);
    }
    sheet.put(block);
}

/// One thing that hangs on the axis.
struct Timer {
    token: Token,
    at: Time,
}

fn axis(sheet: &mut Sheet<'_>, block: &mut Block, area: Area) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let line_y = area.y + u * 1.55;
    let (left, right) = (area.x + u * 0.3, area.right() - u * 1.2);
    block.line(&[(left, line_y), (right, line_y)], Ink::None, Some(Pen::new(Ink::Muted, 1.4)));
    let tip = [(right, line_y - u * 0.3), (right + u * 0.5, line_y), (right, line_y + u * 0.3)];
    block.line(&tip, Ink::Muted, None);
    block.line(
        &[(left, line_y - u * 0.45), (left, line_y + u * 0.45)],
        Ink::None,
        Some(Pen::new(Ink::Text, 2.4)),
    );
    let mut timers: Vec<Timer> = snapshot
        .registrations
        .iter()
        .filter_map(|registration| match registration.interest {
            Interest::Deadline(at) => Some(Timer { token: registration.token, at }),
            Interest::Readable(_) => None,
        })
        .collect();
    timers.extend(unregistered(snapshot).map(|token| Timer { token, at: snapshot.now }));
    timers.sort_by_key(|timer| (timer.at, timer.token));
    let arrivals: BTreeSet<(Time, usize)> = snapshot
        .sources
        .iter()
        .enumerate()
        .flat_map(|(index, source)| source.arrivals.iter().map(move |at| (*at, index)))
        .filter(|(at, _)| *at >= snapshot.now)
        .collect();
    let last = timers.iter().map(|timer| timer.at).chain(arrivals.iter().map(|(at, _)| *at)).max();
    let Some(last) = last else {
        block.text(text(left + u, line_y + u * 1.6, s, Ink::Muted, "no deadline"));
        return;
    };
    let span = f64::from((last.0.saturating_sub(snapshot.now.0)).max(1));
    let room = right - left - u * 1.6;
    let x_of = |at: Time| left + f64::from(at.0.saturating_sub(snapshot.now.0)) / span * room;
    // Numbers over the axis, as many as find room, and always the next one.
    let mut moments: Vec<Time> = timers.iter().map(|timer| timer.at).collect();
    moments.extend(arrivals.iter().map(|(at, _)| *at));
    moments.sort();
    moments.dedup();
    let mut free_from = f64::MIN;
    for at in moments {
        let x = x_of(at);
        block.line(
            &[(x, line_y - u * 0.3), (x, line_y + u * 0.3)],
            Ink::None,
            Some(Pen::new(Ink::Text, 1.6)),
        );
        let label = text(x, line_y - u * 0.6, s, Ink::Text, at.to_string()).middle();
        let half = width(&label) / 2.0;
        if x - half >= free_from {
            free_from = x + half + u * 0.4;
            block.text(label);
        }
    }
    for (at, _) in &arrivals {
        let x = x_of(*at);
        let points = [
            (x - u * 0.28, line_y - u * 0.3),
            (x + u * 0.28, line_y - u * 0.3),
            (x, line_y + u * 0.15),
        ];
        block.line(&points, Ink::Text, None);
    }
    hang_timers(
        sheet,
        block,
        &timers,
        x_of,
        Area::new(left, line_y, room + u * 2.4, area.bottom() - line_y),
    );
}

/// Hangs the bells of timers on strings, in as many rows as it takes.
fn hang_timers(
    sheet: &mut Sheet<'_>,
    block: &mut Block,
    timers: &[Timer],
    x_of: impl Fn(Time) -> f64,
    area: Area,
) {
    let (u, s) = (sheet.u, sheet.s);
    let tags = timers.len() <= 12;
    let mut size = u * 1.5;
    let high = |size: f64| size * 1.5 + if tags { s * 1.1 } else { 0.0 };
    let capacity = |size: f64| {
        let wide = if tags { (size * 1.4).max(s * 2.0) } else { size * 1.25 };
        ((area.w / wide).floor(), ((area.h - u * 0.7) / high(size)).floor().max(1.0))
    };
    while size > u * 0.6 && capacity(size).0 * capacity(size).1 < timers.len() as f64 {
        size *= 0.95;
    }
    let (across, rows) = capacity(size);
    let rows = rows as usize;
    let wide = area.w / across;
    let mut free: Vec<f64> = vec![area.x - u * 0.4; rows];
    let total = timers.len();
    for (index, timer) in timers.iter().enumerate() {
        let anchor = x_of(timer.at);
        // In the first row where it can hang straight down; else where it is least far away.
        let row = (0..rows)
            .find(|row| free[*row] + wide / 2.0 <= anchor + 0.5)
            .or_else(|| (0..rows).min_by(|a, b| free[*a].total_cmp(&free[*b])))
            .unwrap_or(0);
        let behind = (total - index - 1) as f64 / rows as f64;
        let limit = area.right() - wide * (0.5 + behind.floor().min(across - 1.0));
        let x = (free[row] + wide / 2.0).max(anchor.min(limit));
        free[row] = x + wide / 2.0;
        let y = area.y + u * 0.55 + size * 0.75 + row as f64 * high(size);
        block.line(
            &[(anchor, area.y), (x, y - size * 0.6)],
            Ink::None,
            Some(Pen::new(Ink::Muted, 1.0)),
        );
        let mut held = sheet.held_by(Holder::Handler(timer.token));
        // Where two registrations share a token, the bell hangs at the later one.
        let registrations = &sheet.snapshot.registrations;
        let owner = registrations.iter().rev().find(|other| other.token == timer.token);
        let own = owner.is_none_or(|owner| owner.interest == Interest::Deadline(timer.at))
            && !timers[..index].iter().any(|other| other.token == timer.token);
        if !own {
            held.clear();
        }
        if held.is_empty() {
            let ink = if own { Ink::Muted } else { Ink::Fault };
            block.dot(x, y, size * 0.3, Ink::None, Some(Pen::dashed(ink, 1.4)));
        }
        sheet.hang(Area::around(x, y, size * 1.36), &held, size, false);
        if tags {
            let ink = if own { Ink::Muted } else { Ink::Fault };
            let tag = mono(x, y + size * 0.75 + s * 0.75, s, ink, format!("#{}", timer.token.0));
            block.text(tag.middle());
        }
    }
}

fn source(sheet: &mut Sheet<'_>, id: SourceId, cell: Area) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let source = &snapshot.sources[id.index()];
    sheet.note(Spot::Source(id), cell);
    let mut block = Block::new(format!("source-{}", id.0), cell);
    let ready = source.unread > 0;
    let pen = if ready { Pen::new(Ink::Text, 2.0) } else { Pen::new(Ink::Line, 1.4) };
    block.rect(cell, 8.0, if ready { Ink::AccentTint } else { Ink::Shade }, Some(pen));
    let inner = cell.inset(u * 0.6, u * 0.3);
    let top = inner.y + u * 1.0;
    let unread = if ready { format!("{} unread", source.unread) } else { "nothing".to_owned() };
    let unread =
        text(inner.right(), top, s, if ready { Ink::Text } else { Ink::Muted }, unread).end();
    let name = text(inner.x, top, u, Ink::Text, source.name.as_ref()).bold();
    block.text(name.within(inner.w - width(&unread) - u * 0.4));
    block.text(unread);
    let mut rest =
        Area::new(inner.x, inner.y + u * 1.4, inner.w, inner.bottom() - inner.y - u * 1.4);
    let y = rest.y + rest.h / 2.0 + s * 0.35;
    let mine = registrations_of(snapshot, id);
    let each = u * 3.6;
    if mine.is_empty() {
        block.text(text(rest.x, y, s, Ink::Muted, "not registered").within(rest.w));
    } else if each * mine.len() as f64 <= rest.w {
        for (token, overwritten) in mine {
            let mut place = rest.cut_left(each);
            let ink = if overwritten { Ink::Fault } else { Ink::Muted };
            let tag = mono(place.x, y, s, ink, format!("#{}", token.0));
            place.cut_left(width(&tag) + u * 0.3);
            block.text(tag);
            let held = handlers(sheet, token, overwritten);
            if held.is_empty() {
                let (x, y) = (place.x + u * 0.5, place.y + place.h / 2.0);
                block.dot(x, y, u * 0.4, Ink::None, Some(Pen::dashed(ink, 1.4)));
            }
            sheet.hang(place, &held, u * 1.3, false);
        }
    } else {
        let tags: Vec<String> = mine.iter().map(|(token, _)| format!("#{}", token.0)).collect();
        let tags = mono(rest.x, y, s, Ink::Muted, tags.join(" ")).within(rest.w * 0.4);
        rest.cut_left(width(&tags) + u * 0.4);
        block.text(tags);
        let held: Vec<HeldWakers> = mine
            .iter()
            .flat_map(|(token, overwritten)| handlers(sheet, *token, *overwritten))
            .collect();
        sheet.hang(rest, &held, u * 1.3, false);
    }
    block.hint(format!("Source {}: {}", source.name, words::count(source.unread, "unread value")));
    sheet.put(block);
}

/// The tokens under which a source is looked at, and whether a later registration has the same.
fn registrations_of(snapshot: &Snapshot, id: SourceId) -> Vec<(Token, bool)> {
    let all = &snapshot.registrations;
    let mine = all.iter().enumerate().filter(|(_, it)| it.interest == Interest::Readable(id));
    let overwritten = |index: usize, token| all[index + 1..].iter().any(|it| it.token == token);
    mine.map(|(index, it)| (it.token, overwritten(index, it.token))).collect()
}

/// Whose waker is called under a token, unless it hangs at a later registration.
fn handlers(sheet: &Sheet<'_>, token: Token, overwritten: bool) -> Vec<HeldWakers> {
    if overwritten { Vec::new() } else { sheet.held_by(Holder::Handler(token)) }
}
