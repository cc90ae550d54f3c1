//! The channels, as tubes: values come in at the left and leave at the right, and who waits at an
//! end hangs a bell there.

use executor::snapshot::{Channel, Holder, Snapshot};
use executor::{ChannelId, Waitlist};

use super::sheet::style::{BOLD, END, MIDDLE, MONO, SMALL};
use super::sheet::{HEAD, Sheet, U};
use crate::stage::shapes::{Area, Bounds, Ink, grid_rows};

fn columns(width: f32) -> usize {
    ((width / (U * 20.0)) as usize).max(1)
}

/// How high one is drawn: its name stands over it, or beside it where there are many.
fn tube_height(channels: usize) -> f32 {
    if channels <= 4 { U * 3.8125 } else { U * 2.5 }
}

/// How high they are drawn, if there are any.
#[inline(never)]
pub(crate) fn height(snapshot: &Snapshot, width: f32) -> f32 {
    match snapshot.channels.len() {
        0 => 0.0,
        channels => HEAD + grid_rows(channels, columns(width)) as f32 * tube_height(channels),
    }
}

/// Draws them.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area) {
    let channels = &sheet.snapshot.channels;
    if channels.is_empty() {
        return;
    }
    sheet.ground("channels", 0, &area);
    sheet.heading(&mut area, "CHANNELS", false);
    let columns = columns(area.w).min(channels.len());
    let rows = grid_rows(channels.len(), columns);
    area.h = rows as f32 * tube_height(channels.len());
    for (id, channel) in (0..).map(ChannelId).zip(channels) {
        let mut cell = area.cell(id.index(), columns, rows, 0.0);
        cell.cut_bottom(U * 0.3125);
        cell.cut_right(if columns > 1 { U * 0.8125 } else { 0.0 });
        draw_channel(sheet, id, channel, cell);
    }
}

#[inline(never)]
fn draw_channel(sheet: &mut Sheet<'_>, id: ChannelId, channel: &Channel, mut cell: Area) {
    sheet.ground("channel", id.0, &cell);
    sheet.words.count(channel.senders, "sender").and_count(channel.receivers, "receiver");
    let ends = sheet.words.take();
    if cell.h > U * 3.0 {
        let mut head = cell.cut_top(U * 1.375);
        let mut name = Area { w: head.w * 0.625, ..head };
        sheet.say(&mut name, BOLD, Ink::TEXT, &channel.name);
        head.cut_left(name.x - head.x);
        if sheet.width(SMALL, &ends) <= head.w {
            sheet.words.put(&ends);
        } else {
            sheet.words.number(channel.senders).put(" tx, ").number(channel.receivers).put(" rx");
        }
        sheet.tell(&mut head, SMALL | END, Ink::MUTED);
    } else {
        let mut head = cell.cut_left(U * 5.5);
        head.cut_right(U * 0.375);
        sheet.say(&mut head, SMALL | BOLD, Ink::TEXT, &channel.name);
    }
    sheet.words.put("Channel ‘").put(&channel.name).put("’: ").put(&ends);
    sheet.hint();
    let bell = (cell.h * 0.6875).at_most(U * 1.5);
    // Room for two bells at each end, whether they are there or not: the tube moves only for more.
    let wide = |bells: u32| bell * 1.375 * bells.clamp(2, 4) as f32;
    let senders = Holder::Waitlist(Waitlist::Senders(id));
    let mut left = cell.cut_left(wide(sheet.held(senders)));
    left.cut_right(U * 0.25);
    sheet.hang(&left, senders, bell, true);
    let receivers = Holder::Waitlist(Waitlist::Receivers(id));
    let mut right = cell.cut_right(wide(sheet.held(receivers)));
    right.cut_left(U * 0.25);
    sheet.hang(&right, receivers, bell, false);
    let tube = cell.inset(0.0, (cell.h - U * 1.875).at_least(0.0) / 2.0);
    sheet.frame(&tube, tube.h / 2.0, Ink::SHADE, Ink::MUTED, 1.5);
    // An end that nobody holds any more is closed.
    let (left, right, y, bottom) = (tube.x, tube.right(), tube.y, tube.bottom());
    if channel.senders == 0 {
        sheet.line((left, y), (left, bottom), Ink::TEXT, 3.0);
    }
    if channel.receivers == 0 {
        sheet.line((right, y), (right, bottom), Ink::TEXT, 3.0);
    }
    values(sheet, channel, tube.inset(U * 0.5, U * 0.25));
}

/// What is in it, the oldest at the right where it leaves, and the room that is left.
fn values(sheet: &mut Sheet<'_>, channel: &Channel, mut inner: Area) {
    let mut left = channel.values.len();
    for value in &channel.values {
        sheet.words.number(*value);
        let style = SMALL | MONO | BOLD;
        let wide = (sheet.width(style, &sheet.words.text) + U * 0.625).at_least(U * 1.5);
        let reserve = if left > 1 { U * 2.25 } else { 0.0 };
        if inner.w < wide + reserve {
            sheet.words.text.clear();
            break;
        }
        let mut cell = inner.cut_right(wide);
        sheet.frame(&cell, 4.0, Ink::PAPER, Ink::TEXT, 1.25);
        sheet.tell(&mut cell, style | MIDDLE, Ink::TEXT);
        inner.cut_right(U * 0.25);
        left -= 1;
    }
    if left > 0 {
        sheet.words.put("+").number(left as u32);
        return sheet.tell(&mut inner, SMALL | BOLD | END, Ink::TEXT);
    }
    let room = channel.room.unwrap_or(0) as usize;
    for _ in channel.values.len()..room {
        if inner.w < U * 1.5 {
            break;
        }
        sheet.dashes(&inner.cut_right(U * 1.5), 4.0, Ink::NONE, 1.0);
        inner.cut_right(U * 0.25);
    }
    if channel.values.is_empty() && room == 0 {
        sheet.say(&mut inner, SMALL | MIDDLE, Ink::MUTED, "empty");
    }
}
