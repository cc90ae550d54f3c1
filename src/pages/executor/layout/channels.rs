//! The channels, as tubes: values come in at the left and leave at the right, and who waits at an
//! end hangs a bell there.

use executor::snapshot::{Holder, Snapshot};
use executor::{ChannelId, Waitlist};

use super::area::Area;
use super::sheet::style::{BOLD, END, MIDDLE, MONO, SMALL};
use super::sheet::{ANY, Sheet, Spot};
use crate::pages::executor::words;
use crate::stage::shapes::Ink;

fn columns(width: f32, u: f32) -> usize {
    ((width / (u * 20.0)) as usize).max(1)
}

/// How high one is drawn: its name stands over it, or beside it where there are many.
fn tube_height(channels: usize, u: f32) -> f32 {
    if channels <= 4 { u * 3.8125 } else { u * 2.5 }
}

/// How high they are drawn.
#[inline(never)]
pub(crate) fn height(snapshot: &Snapshot, width: f32, u: f32) -> f32 {
    let channels = snapshot.channels.len();
    let rows = channels.div_ceil(columns(width, u)) as f32;
    u * 1.75 + rows * tube_height(channels, u)
}

/// Draws them.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area) {
    let u = sheet.u;
    let channels = sheet.snapshot.channels.len();
    sheet.ground("channels", 0, &area);
    sheet.heading(&area, "CHANNELS", false);
    area.cut_top(u * 1.75);
    let columns = columns(area.w, u).min(channels).max(1);
    let rows = channels.div_ceil(columns);
    area.h = rows as f32 * tube_height(channels, u);
    for (index, mut cell) in area.grid(columns, rows, 0.0).enumerate().take(channels) {
        cell.cut_bottom(u * 0.3125);
        cell.cut_right(if columns > 1 { u * 0.8125 } else { 0.0 });
        tube(sheet, ChannelId(index as u32), cell);
    }
}

fn tube(sheet: &mut Sheet<'_>, id: ChannelId, mut cell: Area) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let channel = &snapshot.channels[id.index()];
    sheet.note(Spot::Channel(id), cell);
    sheet.ground("channel", id.0, &cell);
    let senders = words::count(channel.senders, "sender");
    let ends = format!("{senders}, {}", words::count(channel.receivers, "receiver"));
    if cell.h > u * 3.0 {
        let head = cell.cut_top(u * 1.375);
        let y = head.y + u * 0.9375;
        let name = sheet.say(head.x, y, head.w * 0.625, BOLD, Ink::Text, &channel.name);
        let room = head.w - name - u * 0.625;
        let short = format!("{} tx, {} rx", channel.senders, channel.receivers);
        let fits = sheet.width(SMALL, &ends) <= room;
        let says = if fits { &ends } else { &short };
        sheet.say(head.right(), y, room, SMALL | END, Ink::Muted, says);
    } else {
        let head = cell.cut_left(u * 5.5);
        let y = head.middle().1 + s * 0.375;
        sheet.say(head.x, y, head.w - u * 0.375, SMALL | BOLD, Ink::Text, &channel.name);
    }
    sheet.hint(format!("Channel ‘{}’: {ends}", channel.name));
    let (senders, sending) = sheet.held_by(Holder::Waitlist(Waitlist::Senders(id)));
    let (receivers, receiving) = sheet.held_by(Holder::Waitlist(Waitlist::Receivers(id)));
    let bell = (cell.h * 0.6875).min(u * 1.5);
    // Room for two bells at each end, whether they are there or not: the tube moves only for more.
    let wide = |bells: u32| bell * 1.375 * bells.clamp(2, 4) as f32;
    let mut left = cell.cut_left(wide(sending));
    left.cut_right(u * 0.25);
    let mut right = cell.cut_right(wide(receiving));
    right.cut_left(u * 0.25);
    let tube = cell.inset(0.0, (cell.h - u * 1.875).max(0.0) / 2.0);
    sheet.frame(&tube, tube.h / 2.0, Ink::Shade, Ink::Muted, 1.5);
    // An end that nobody holds any more is closed.
    for (holders, x) in [(channel.senders, tube.x), (channel.receivers, tube.right())] {
        if holders == 0 {
            sheet.line(&[(x, tube.y), (x, tube.bottom())], Ink::Text, 3.0);
        }
    }
    values(sheet, id, &tube);
    sheet.hang(&left, &senders, bell, true);
    sheet.hang(&right, &receivers, bell, false);
}

/// What is in it, the oldest at the right where it leaves, and the room that is left.
fn values(sheet: &mut Sheet<'_>, id: ChannelId, tube: &Area) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let channel = &snapshot.channels[id.index()];
    let mut inner = tube.inset(u * 0.5, u * 0.25);
    let y = inner.middle().1 + s * 0.375;
    let room = channel.room.map_or(0, |room| room as usize);
    let mut left = channel.values.len();
    for value in &channel.values {
        let value = value.to_string();
        let wide = (sheet.width(SMALL | MONO | BOLD, &value) + u * 0.625).max(u * 1.5);
        let reserve = if left > 1 { u * 2.25 } else { 0.0 };
        if inner.w < wide + reserve {
            break;
        }
        let cell = inner.cut_right(wide);
        sheet.frame(&cell, 4.0, Ink::Paper, Ink::Text, 1.25);
        sheet.say(cell.middle().0, y, ANY, SMALL | MONO | BOLD | MIDDLE, Ink::Text, &value);
        inner.cut_right(u * 0.25);
        left -= 1;
    }
    if left > 0 {
        let more = format!("+{left}");
        sheet.say(inner.right(), y, inner.w, SMALL | BOLD | END, Ink::Text, &more);
        return;
    }
    for _ in channel.values.len()..room {
        if inner.w < u * 1.5 {
            break;
        }
        let cell = inner.cut_right(u * 1.5);
        sheet.dashes(&cell, 4.0, Ink::None, Ink::Muted, 1.0);
        inner.cut_right(u * 0.25);
    }
    if channel.values.is_empty() && room == 0 {
        sheet.say(tube.middle().0, y, tube.w, SMALL | MIDDLE, Ink::Muted, "empty");
    }
}
