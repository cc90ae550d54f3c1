//! The channels, as tubes: values come in at the left and leave at the right, and who waits at an
//! end hangs a bell there.

use executor::snapshot::{HeldWakers, Holder, Snapshot};
use executor::{ChannelId, Waitlist};

use super::area::Area;
use super::sheet::{Block, Sheet, Spot, width};
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, Pen, mono, text};

fn columns(width: f64, u: f64) -> usize {
    ((width / (u * 20.0)).floor() as usize).max(1)
}

/// How high one is drawn: its name stands over it, or beside it where there are many.
fn tube_height(channels: usize, u: f64) -> f64 {
    if channels <= 4 { u * 3.8 } else { u * 2.5 }
}

/// How high they are drawn.
pub(crate) fn height(snapshot: &Snapshot, width: f64, u: f64) -> f64 {
    let channels = snapshot.channels.len();
    let rows = channels.div_ceil(columns(width, u)) as f64;
    u * 1.7 + rows * tube_height(channels, u)
}

/// Draws them.
pub(crate) fn draw(sheet: &mut Sheet<'_>, mut area: Area) {
    let u = sheet.u;
    let channels = sheet.snapshot.channels.len();
    let mut block = Block::new("channels", area);
    let head = area.cut_top(u * 1.7);
    sheet.heading(&mut block, head, "CHANNELS", false);
    sheet.put(block);
    let columns = columns(area.w, u).min(channels);
    let rows = channels.div_ceil(columns.max(1));
    area.h = rows as f64 * tube_height(channels, u);
    for (index, cell) in area.grid(columns, rows, 0.0).enumerate().take(channels) {
        let mut cell = cell;
        cell.cut_bottom(u * 0.3);
        if columns > 1 {
            cell.cut_right(u * 0.8);
        }
        tube(sheet, ChannelId(index as u32), cell);
    }
}

fn tube(sheet: &mut Sheet<'_>, id: ChannelId, mut cell: Area) {
    let (u, s, snapshot) = (sheet.u, sheet.s, sheet.snapshot);
    let channel = &snapshot.channels[id.index()];
    sheet.note(Spot::Channel(id), cell);
    let mut block = Block::new(format!("channel-{}", id.0), cell);
    let ends = format!(
        "{}, {}",
        words::count(channel.senders, "sender"),
        words::count(channel.receivers, "receiver")
    );
    if cell.h > u * 3.0 {
        let head = cell.cut_top(u * 1.35);
        let y = head.y + u * 0.9;
        let name = text(head.x, y, u, Ink::Text, channel.name.as_ref()).bold();
        let ends = text(head.right(), y, s, Ink::Muted, ends.clone()).end();
        let name = name.within(head.w * 0.6);
        let room = head.w - width(&name) - u * 0.6;
        block.text(name);
        if width(&ends) <= room {
            block.text(ends);
        } else {
            let short = format!("{} tx, {} rx", channel.senders, channel.receivers);
            block.text(text(head.right(), y, s, Ink::Muted, short).end().within(room));
        }
    } else {
        let head = cell.cut_left(u * 5.5);
        let y = head.y + head.h / 2.0 + s * 0.35;
        block.text(
            text(head.x, y, s, Ink::Text, channel.name.as_ref()).bold().within(head.w - u * 0.4),
        );
    }
    let senders = sheet.held_by(Holder::Waitlist(Waitlist::Senders(id)));
    let receivers = sheet.held_by(Holder::Waitlist(Waitlist::Receivers(id)));
    let bell = (cell.h * 0.7).min(u * 1.5);
    // Room for two bells at each end, whether they are there or not: the tube moves only for more.
    let wide = |held: &[HeldWakers]| {
        let bells: u32 = held.iter().map(|held| held.count).sum();
        bell * 1.36 * f64::from(bells.clamp(2, 4))
    };
    let mut place = cell.cut_left(wide(&senders));
    place.cut_right(u * 0.25);
    sheet.hang(place, &senders, bell, true);
    let mut place = cell.cut_right(wide(&receivers));
    place.cut_left(u * 0.25);
    sheet.hang(place, &receivers, bell, false);
    let tube = cell.inset(0.0, (cell.h - u * 1.9).max(0.0) / 2.0);
    block.rect(tube, tube.h / 2.0, Ink::Shade, Some(Pen::new(Ink::Muted, 1.4)));
    cap(&mut block, (tube.x, tube), channel.senders == 0);
    cap(&mut block, (tube.right(), tube), channel.receivers == 0);
    values(sheet, &mut block, id, tube);
    block.hint(format!("Channel {}: {ends}", channel.name));
    sheet.put(block);
}

/// An end that nobody holds any more is closed.
fn cap(block: &mut Block, (x, tube): (f64, Area), closed: bool) {
    if closed {
        let pen = Pen::new(Ink::Text, 3.0);
        block.line(&[(x, tube.y), (x, tube.bottom())], Ink::None, Some(pen));
    }
}

/// What is in it, the oldest at the right where it leaves, and the room that is left.
fn values(sheet: &Sheet<'_>, block: &mut Block, id: ChannelId, tube: Area) {
    let (u, s) = (sheet.u, sheet.s);
    let channel = &sheet.snapshot.channels[id.index()];
    let inner = tube.inset(u * 0.5, u * 0.25);
    let y = inner.y + inner.h / 2.0 + s * 0.35;
    let room = channel.room.map_or(0, |room| room as usize);
    let mut right = inner.right();
    let mut shown = 0;
    for value in &channel.values {
        let label = mono(0.0, y, s, Ink::Text, value.to_string()).bold().middle();
        let wide = (width(&label) + u * 0.6).max(u * 1.5);
        let rest = channel.values.len() - shown - 1;
        let reserve = if rest > 0 { u * 2.2 } else { 0.0 };
        if right - wide - reserve < inner.x {
            break;
        }
        let cell = Area::new(right - wide, inner.y, wide, inner.h);
        block.rect(cell, 4.0, Ink::Paper, Some(Pen::new(Ink::Text, 1.3)));
        block.text(crate::stage::shapes::Text { x: right - wide / 2.0, ..label });
        right -= wide + u * 0.25;
        shown += 1;
    }
    if shown < channel.values.len() {
        let more = format!("+{}", channel.values.len() - shown);
        block.text(text(right, y, s, Ink::Text, more).bold().end());
        return;
    }
    for _ in shown..room {
        if right - u * 1.5 < inner.x {
            break;
        }
        let cell = Area::new(right - u * 1.5, inner.y, u * 1.5, inner.h);
        block.rect(cell, 4.0, Ink::None, Some(Pen::dashed(Ink::Muted, 1.0)));
        right -= u * 1.75;
    }
    if channel.values.is_empty() && room == 0 {
        let (x, _) = tube.middle();
        block.text(text(x, y, s, Ink::Muted, "empty").middle());
    }
}
