//! The reactor: virtual time, what is due when, who is called then, and the sources.

use executor::snapshot::{HeldWakers, Holder, Snapshot};
use executor::{Actor, Interest, SourceId, Time, Token};

use super::area::Area;
use super::sheet::style::{BOLD, END, MIDDLE, MONO, SMALL};
use super::sheet::{ANY, Sheet, Spot};
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, Pen, text_width};

/// In sizes of the text: a source's cell, the heading, and the axis of time with what hangs on it.
const SOURCE_WIDTH: f32 = 13.0;
const SOURCE_HEIGHT: f32 = 4.0;
const HEAD: f32 = 1.75;
const AXIS: f32 = 5.625;

/// How high it is drawn.
#[inline(never)]
pub(crate) fn height(snapshot: &Snapshot, width: f32, u: f32) -> f32 {
    let axis = if has_axis(snapshot) { AXIS } else { 0.0 };
    let rows = snapshot.sources.len().div_ceil(columns(width, u));
    u * (HEAD + axis + rows as f32 * SOURCE_HEIGHT)
}

/// In how many columns the sources stand.
fn columns(width: f32, u: f32) -> usize {
    ((width / (u * SOURCE_WIDTH)) as usize).max(1)
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
    let (u, snapshot) = (sheet.u, sheet.snapshot);
    sheet.ground("reactor", 0, &area);
    let head = area.cut_top(u * HEAD);
    let acts = snapshot.executing.actor == Actor::Reactor && sheet.step.is_some();
    let (after, y) = sheet.heading(&head, "REACTOR", acts);
    sheet.note(Spot::Reactor, Area { w: after - head.x, ..head });
    if !snapshot.events.is_empty() {
        let mut due = String::from("due now:");
        for (token, _) in &snapshot.events {
            due.push_str(&format!(" #{}", token.0));
        }
        sheet.say(after, y, head.right() - after, SMALL | MONO | BOLD, Ink::Accent, &due);
    } else if !has_axis(snapshot) {
        sheet.say(after, y, head.right() - after, SMALL, Ink::Muted, "idle");
    }
    let columns = columns(area.w, u);
    if has_axis(snapshot) {
        let mut timers = area.cut_top(u * AXIS);
        let clock = timers.cut_left(u * 5.0);
        let now = snapshot.now.to_string();
        let room = clock.w - u * 0.375;
        // A late time is written smaller, to be there in full.
        let size = (room / text_width(&now, 1.0, true, false)).min(u * 2.25);
        sheet.write(clock.x, clock.y + u * 2.125, ANY, size, BOLD, Ink::Text, &now);
        sheet.say(clock.x, clock.y + u * 3.5, ANY, SMALL, Ink::Muted, "time now");
        axis(sheet, &timers);
    }
    let sources = snapshot.sources.len();
    area.h = sources.div_ceil(columns) as f32 * u * SOURCE_HEIGHT - u * 0.375;
    let cells = area.grid(columns.min(sources.max(1)), sources.div_ceil(columns), u * 0.625);
    for (index, cell) in cells.enumerate().take(sources) {
        source(sheet, SourceId(index as u32), cell);
    }
}

/// Where moments are on the axis.
struct Scale {
    now: Time,
    left: f32,
    /// Pixels of a tick.
    tick: f32,
}

impl Scale {
    #[inline(never)]
    fn x(&self, at: Time) -> f32 {
        self.left + at.0.saturating_sub(self.now.0) as f32 * self.tick
    }
}

fn axis(sheet: &mut Sheet<'_>, area: &Area) {
    let (u, snapshot) = (sheet.u, sheet.snapshot);
    let y = area.y + u * 1.5625;
    let (left, right) = (area.x + u * 0.3125, area.right() - u * 1.1875);
    let (a, b) = (u * 0.3125, u * 0.5);
    sheet.line(&[(left, y), (right, y)], Ink::Muted, 1.5);
    sheet.polygon(&[(right, y - a), (right + b, y), (right, y + a)], Ink::Muted);
    sheet.line(&[(left, y - b), (left, y + b)], Ink::Text, 2.5);
    let mut timers: Vec<(Time, Token)> = Vec::new();
    for it in &snapshot.registrations {
        if let Interest::Deadline(at) = it.interest {
            timers.push((at, it.token));
        }
    }
    timers.extend(unregistered(snapshot).map(|token| (snapshot.now, token)));
    in_order(&mut timers);
    let arrivals = || {
        let all = snapshot.sources.iter().flat_map(|source| source.arrivals.iter().copied());
        all.filter(|at| *at >= snapshot.now)
    };
    let mut moments = timers.clone();
    moments.extend(arrivals().map(|at| (at, Token(0))));
    in_order(&mut moments);
    let Some((last, _)) = moments.last() else {
        sheet.say(left + u, y + u * 1.625, ANY, SMALL, Ink::Muted, "no deadline");
        return;
    };
    let span = last.0.saturating_sub(snapshot.now.0).max(1) as f32;
    let scale = Scale { now: snapshot.now, left, tick: (right - left - u * 1.625) / span };
    // Numbers over the axis, as many as find room, and always the next one.
    let mut free_from = f32::MIN;
    for (at, _) in moments {
        let x = scale.x(at);
        sheet.line(&[(x, y - a), (x, y + a)], Ink::Text, 1.5);
        let label = at.to_string();
        let half = sheet.width(SMALL, &label) / 2.0;
        if x - half >= free_from {
            free_from = x + half + u * 0.375;
            sheet.say(x, y - u * 0.625, ANY, SMALL | MIDDLE, Ink::Text, &label);
        }
    }
    for at in arrivals() {
        let x = scale.x(at);
        sheet.polygon(&[(x - a, y - a), (x + a, y - a), (x, y + a / 2.0)], Ink::Text);
    }
    let below = Area::new(left, y, right - left + u * 0.8125, area.bottom() - y);
    hang_timers(sheet, &timers, &scale, &below);
}

/// The earliest first. They are few, and nearly in order already; the standard library's sort would
/// be some kilobytes of the page for each kind of thing that is sorted.
fn in_order(timers: &mut [(Time, Token)]) {
    for end in 1..timers.len() {
        let mut at = end;
        while at > 0 && timers[at] < timers[at - 1] {
            timers.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// Hangs the bells of timers on strings, in as many rows as it takes.
fn hang_timers(sheet: &mut Sheet<'_>, timers: &[(Time, Token)], scale: &Scale, area: &Area) {
    let (u, s) = (sheet.u, sheet.s);
    let tags = timers.len() <= 12;
    let mut size = u * 1.5;
    let high = |size: f32| size * 1.5 + if tags { s * 1.125 } else { 0.0 };
    let capacity = |size: f32| {
        let wide = if tags { (size * 1.375).max(s * 2.0) } else { size * 1.25 };
        ((area.w / wide).floor(), ((area.h - u * 0.6875) / high(size)).floor().max(1.0))
    };
    let fits = |size: f32| capacity(size).0 * capacity(size).1 >= timers.len() as f32;
    while size > u * 0.625 && !fits(size) {
        size *= 0.9375;
    }
    let (across, rows) = capacity(size);
    let wide = area.w / across;
    let mut free = vec![area.x - u * 0.375; rows as usize];
    let mut bells = Vec::new();
    for (index, &(at, token)) in timers.iter().enumerate() {
        let anchor = scale.x(at);
        // In the first row where it can hang straight down; else where it is least far away.
        let mut row = 0;
        for (other, from) in free.iter().enumerate().rev() {
            let straight = from + wide / 2.0 <= anchor + 0.5;
            let nearer = free[row] + wide / 2.0 > anchor + 0.5 && *from < free[row];
            if straight || nearer {
                row = other;
            }
        }
        let behind = ((timers.len() - index - 1) as f32 / rows).floor().min(across - 1.0);
        let limit = area.right() - wide * (0.5 + behind);
        let x = (free[row] + wide / 2.0).max(anchor.min(limit));
        free[row] = x + wide / 2.0;
        let y = area.y + u * 0.5625 + size * 0.75 + row as f32 * high(size);
        sheet.line(&[(anchor, area.y), (x, y - size * 0.625)], Ink::Muted, 1.0);
        // Where two registrations share a token, the bell hangs at the later one.
        let registrations = &sheet.snapshot.registrations;
        let owner = registrations.iter().rev().find(|other| other.token == token);
        let own = owner.is_none_or(|owner| owner.interest == Interest::Deadline(at))
            && timers[..index].iter().all(|other| other.1 != token);
        let ink = if own { Ink::Muted } else { Ink::Fault };
        let held = handlers(sheet, token, !own);
        if held.is_empty() {
            sheet.ring(x, y, size * 0.3125, Pen::dashed(ink, 1.5));
        }
        if tags {
            let y = y + size * 0.75 + s * 0.75;
            let style = SMALL | MONO | MIDDLE;
            sheet.say(x, y, ANY, style, ink, &format!("#{}", token.0));
        }
        bells.push((Area::around(x, y, size * 1.375), held));
    }
    for (place, held) in bells {
        sheet.hang(&place, &held, size, false);
    }
}

fn source(sheet: &mut Sheet<'_>, id: SourceId, cell: Area) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let source = &snapshot.sources[id.index()];
    sheet.note(Spot::Source(id), cell);
    sheet.ground("source", id.0, &cell);
    let unread = words::count(source.unread, "unread value");
    sheet.hint(format!("Source ‘{}’: {unread}", source.name));
    let inner = cell.inset(u * 0.625, u * 0.3125);
    let top = inner.y + u;
    let (ink, says) = match source.unread {
        0 => {
            sheet.frame(&cell, 8.0, Ink::Shade, Ink::Line, 1.5);
            (Ink::Muted, "nothing".to_owned())
        }
        unread => {
            sheet.frame(&cell, 8.0, Ink::AccentTint, Ink::Text, 2.0);
            (Ink::Text, format!("{unread} unread"))
        }
    };
    let unread = sheet.say(inner.right(), top, inner.w, SMALL | END, ink, &says);
    sheet.say(inner.x, top, inner.w - unread - u * 0.375, BOLD, Ink::Text, &source.name);
    // The registrations, each with its token and the bell under it.
    let mut rest = inner;
    rest.cut_top(u * 1.375);
    let y = rest.middle().1 + s * 0.375;
    let mine = registrations_of(snapshot, id);
    if mine.is_empty() {
        sheet.say(rest.x, y, rest.w, SMALL, Ink::Muted, "not registered");
    }
    let each = (rest.w / mine.len().max(1) as f32).min(u * 3.625);
    let crowded = each < u * 3.5;
    let mut bells = Vec::new();
    for (token, overwritten) in mine {
        let mut place = rest.cut_left(each);
        let ink = if overwritten { Ink::Fault } else { Ink::Muted };
        if !crowded {
            let tag = format!("#{}", token.0);
            let width = sheet.say(place.x, y, ANY, SMALL | MONO, ink, &tag);
            place.cut_left(width + u * 0.3125);
        }
        let held = handlers(sheet, token, overwritten);
        if held.is_empty() {
            let pen = Pen::dashed(ink, 1.5);
            sheet.ring(place.x + u * 0.5, place.middle().1, u * 0.375, pen);
        }
        bells.push((place, held));
    }
    for (place, held) in bells {
        sheet.hang(&place, &held, (u * 1.3125).min(each * 0.6875), false);
    }
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
    if overwritten { Vec::new() } else { sheet.held_by(Holder::Handler(token)).0 }
}
