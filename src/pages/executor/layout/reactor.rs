//! The reactor: virtual time, what is due when, who is called then, and the sources.

use executor::snapshot::{Holder, Snapshot, Source};
use executor::{Actor, Interest, SourceId, Time, Token};

use super::sheet::style::{BOLD, END, MIDDLE, MONO, SMALL};
use super::sheet::{HEAD, Sheet, Spot, U};
use crate::stage::shapes::{Area, Bounds, Ink, Pen, grid_rows, text_width};

/// A source's cell, and the axis of time with what hangs on it.
const SOURCE_WIDTH: f32 = U * 13.0;
const SOURCE_HEIGHT: f32 = U * 4.0;
const AXIS: f32 = U * 5.625;

/// How high it is drawn.
#[inline(never)]
pub(crate) fn height(snapshot: &Snapshot, width: f32) -> f32 {
    let axis = if has_axis(snapshot) { AXIS } else { 0.0 };
    let rows = grid_rows(snapshot.sources.len(), columns(width));
    HEAD + axis + rows as f32 * SOURCE_HEIGHT
}

/// In how many columns the sources stand.
fn columns(width: f32) -> usize {
    ((width / SOURCE_WIDTH) as usize).max(1)
}

/// Whether the axis of time is drawn: not in a run that knows no time. It does not vanish again when
/// the last timer is gone, so that the picture stands still.
fn has_axis(snapshot: &Snapshot) -> bool {
    snapshot.now > Time(0)
        || !timers(snapshot).is_empty()
        || snapshot.sources.iter().any(|source| !source.arrivals.is_empty())
}

/// The timers, the earliest first, with their tokens. Those of handlers that the selector knows
/// nothing of any more are among them: their moment has come, and they were not yet taken out.
#[inline(never)]
fn timers(snapshot: &Snapshot) -> Vec<(Time, Token)> {
    let mut timers = Vec::new();
    for it in &snapshot.registrations {
        if let Interest::Deadline(at) = it.interest {
            insert(&mut timers, (at, it.token));
        }
    }
    for (token, _) in &snapshot.handlers {
        if snapshot.registrations.iter().all(|it| it.token != *token) {
            insert(&mut timers, (snapshot.now, *token));
        }
    }
    timers
}

/// Adds one in its place. They are few, and nearly in order already; the standard library's sort would
/// be some kilobytes of the page for each kind of thing that is sorted.
fn insert(timers: &mut Vec<(Time, Token)>, new: (Time, Token)) {
    let at = timers.iter().position(|other| *other > new).unwrap_or(timers.len());
    timers.insert(at, new);
}

/// Draws it.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area) {
    let snapshot = sheet.snapshot;
    sheet.ground("reactor", 0, &area);
    let acts = snapshot.executing.actor == Actor::Reactor && sheet.step.is_some();
    let mut row = sheet.heading(&mut area, "REACTOR", acts);
    sheet.note(Spot::Reactor, Area { x: area.x, w: row.x - area.x, ..row });
    let axis = has_axis(snapshot);
    if !snapshot.events.is_empty() {
        sheet.words.put("due now:");
        for (token, _) in &snapshot.events {
            sheet.words.put(" #").number(token.0);
        }
        sheet.tell(&mut row, SMALL | MONO | BOLD, Ink::ACCENT);
    } else if !axis {
        sheet.say(&mut row, SMALL, Ink::MUTED, "idle");
    }
    if axis {
        let mut timers = area.cut_top(AXIS);
        let clock = timers.cut_left(U * 5.0);
        sheet.words.number(snapshot.now.0);
        let room = clock.w - U * 0.375;
        // A late time is written smaller, to be there in full.
        let size = (room / text_width(&sheet.words.text, 1.0, BOLD)).at_most(U * 2.25);
        sheet.write(clock.x, clock.y + U * 2.125, size, BOLD, Ink::TEXT);
        sheet.label(clock.x, clock.y + U * 3.5, SMALL, Ink::MUTED, "time now");
        draw_axis(sheet, &timers);
    }
    let sources = snapshot.sources.len();
    let columns = columns(area.w);
    let rows = grid_rows(sources, columns);
    area.h = rows as f32 * SOURCE_HEIGHT - U * 0.375;
    for (id, source) in (0..).map(SourceId).zip(&snapshot.sources) {
        let cell = area.cell(id.index(), columns.min(sources), rows, U * 0.625);
        draw_source(sheet, id, source, cell);
    }
}

/// Where moments are on the axis.
struct Scale {
    now: Time,
    left: f32,
    /// The width of a tick.
    tick: f32,
}

impl Scale {
    #[inline(never)]
    fn x(&self, at: Time) -> f32 {
        self.left + at.0.saturating_sub(self.now.0) as f32 * self.tick
    }
}

fn draw_axis(sheet: &mut Sheet<'_>, area: &Area) {
    let snapshot = sheet.snapshot;
    let y = area.y + U * 1.5625;
    let (left, right) = (area.x + U * 0.3125, area.right() - U * 1.1875);
    let (a, b) = (U * 0.3125, U * 0.5);
    sheet.line((left, y), (right, y), Ink::MUTED, 1.5);
    sheet.triangle((right, y - a), (right + b, y), (right, y + a), Ink::MUTED);
    sheet.line((left, y - b), (left, y + b), Ink::TEXT, 2.5);
    let timers = timers(snapshot);
    let mut moments = timers.clone();
    for source in &snapshot.sources {
        for at in &source.arrivals {
            if *at >= snapshot.now {
                insert(&mut moments, (*at, ARRIVAL));
            }
        }
    }
    let Some((last, _)) = moments.last() else {
        return sheet.label(left + U, y + U * 1.625, SMALL, Ink::MUTED, "no deadline");
    };
    let span = last.0.saturating_sub(snapshot.now.0).max(1) as f32;
    let scale = Scale { now: snapshot.now, left, tick: (right - left - U * 1.625) / span };
    // Numbers over the axis, as many as find room, and always the next one.
    let mut free_from = f32::MIN;
    for (at, token) in moments {
        let x = scale.x(at);
        sheet.line((x, y - a), (x, y + a), Ink::TEXT, 1.5);
        if token == ARRIVAL {
            sheet.triangle((x - a, y - a), (x + a, y - a), (x, y + a / 2.0), Ink::TEXT);
        }
        sheet.words.number(at.0);
        let half = sheet.width(SMALL, &sheet.words.text) / 2.0;
        if x - half >= free_from {
            free_from = x + half + U * 0.375;
            sheet.label(x, y - U * 0.625, SMALL | MIDDLE, Ink::TEXT, "");
        }
        sheet.words.text.clear();
    }
    let below = Area::new(left, y, right - left + U * 0.8125, area.bottom() - y);
    hang_timers(sheet, &timers, &scale, &below);
}

/// Stands for the token of what arrives by itself, and has none.
const ARRIVAL: Token = Token(u32::MAX);

/// Hangs the bells of timers on strings, in as many rows as it takes.
fn hang_timers(sheet: &mut Sheet<'_>, timers: &[(Time, Token)], scale: &Scale, area: &Area) {
    let small = sheet.small;
    let tags = timers.len() <= 12;
    let mut size = U * 1.5625;
    let (mut across, mut rows, mut high) = (0.0, 0.0, 0.0);
    // The largest bells of which there is room for all.
    while size > U * 0.625 && across * rows < timers.len() as f32 {
        size *= 0.96;
        high = size * 1.5 + if tags { small * 1.125 } else { 0.0 };
        let wide = if tags { (size * 1.375).at_least(small * 2.0) } else { size * 1.25 };
        across = (area.w / wide).floor();
        rows = ((area.h - U * 0.6875) / high).floor().at_least(1.0);
    }
    let wide = area.w / across;
    let mut free = Vec::new();
    for _ in 0..rows as usize {
        free.push(area.x - U * 0.375);
    }
    for (index, &(at, token)) in timers.iter().enumerate() {
        let anchor = scale.x(at);
        // In the first row where it can hang straight down; else where it is least far away.
        let straight = anchor + 0.5 - wide / 2.0;
        let (mut row, mut least) = (0, f32::INFINITY);
        for (other, from) in free.iter().enumerate() {
            let away = from.at_least(straight);
            if away < least {
                (row, least) = (other, away);
            }
        }
        let behind = ((timers.len() - index - 1) as f32 / rows).floor().at_most(across - 1.0);
        let limit = area.right() - wide * (0.5 + behind);
        let Some(from) = free.get_mut(row) else { return };
        let x = (*from + wide / 2.0).at_least(anchor.at_most(limit));
        *from = x + wide / 2.0;
        let y = area.y + U * 0.5625 + size * 0.75 + row as f32 * high;
        sheet.line((anchor, area.y), (x, y - size * 0.625), Ink::MUTED, 1.0);
        // Where two registrations share a token, the bell hangs at the later one.
        let registrations = &sheet.snapshot.registrations;
        let owner = registrations.iter().rev().find(|other| other.token == token);
        let own = owner.is_none_or(|owner| owner.interest == Interest::Deadline(at))
            && timers.iter().take(index).all(|other| other.1 != token);
        let ink = if own { Ink::MUTED } else { Ink::FAULT };
        if tags {
            sheet.words.put("#").number(token.0);
            let y = y + size * 0.75 + small * 0.75;
            sheet.label(x, y, SMALL | MONO | MIDDLE, ink, "");
        }
        let place = Area::around(x, y, size * 1.375);
        handler(sheet, &place, token, own, size, ink);
    }
}

/// Hangs the bell that is called under a token, unless it hangs at a later registration; a ring where
/// there is none.
#[inline(never)]
fn handler(sheet: &mut Sheet<'_>, place: &Area, token: Token, own: bool, size: f32, ink: Ink) {
    let holder = Holder::Handler(token);
    if own && sheet.held(holder) > 0 {
        return sheet.hang(place, holder, size, false);
    }
    let (x, y) = (place.x + size * 0.6875, place.middle().1);
    sheet.ring(x, y, size * 0.3125, Pen::dashed(ink, 1.5));
}

#[inline(never)]
fn draw_source(sheet: &mut Sheet<'_>, id: SourceId, source: &Source, cell: Area) {
    sheet.ground("source", id.0, &cell);
    sheet.words.put("Source ‘").put(&source.name).put("’: ").count(source.unread, "unread value");
    sheet.hint();
    let mut rest = cell.inset(U * 0.625, U * 0.3125);
    let mut top = rest.cut_top(U * 1.3125);
    if source.unread == 0 {
        sheet.frame(&cell, 8.0, Ink::SHADE, Ink::LINE, 1.5);
        sheet.say(&mut top, SMALL | END, Ink::MUTED, "nothing");
    } else {
        sheet.frame(&cell, 8.0, Ink::ACCENT_TINT, Ink::TEXT, 2.0);
        sheet.words.number(source.unread).put(" unread");
        sheet.tell(&mut top, SMALL | END, Ink::TEXT);
    }
    sheet.say(&mut top, BOLD, Ink::TEXT, &source.name);
    // The registrations, each with its token and the bell under it.
    let all = &sheet.snapshot.registrations;
    let mine = |interest: &Interest| *interest == Interest::Readable(id);
    let count = all.iter().filter(|it| mine(&it.interest)).count();
    if count == 0 {
        return sheet.say(&mut rest, SMALL, Ink::MUTED, "not registered");
    }
    let each = (rest.w / count as f32).at_most(U * 3.625);
    for (index, it) in all.iter().enumerate().filter(|(_, it)| mine(&it.interest)) {
        let mut place = rest.cut_left(each);
        // A later registration may have the same token.
        let own = all.iter().skip(index + 1).all(|later| later.token != it.token);
        let ink = if own { Ink::MUTED } else { Ink::FAULT };
        if each >= U * 3.5 {
            sheet.words.put("#").number(it.token.0);
            sheet.tell(&mut place, SMALL | MONO, ink);
        }
        handler(sheet, &place, it.token, own, (U * 1.3125).at_most(each * 0.6875), ink);
    }
}
