//! What the patterns mean: those that are there.

use arena::memory::Byte;

use super::bars::SHARES;
use super::cells::{KINDS, ink};
use super::{Scene, fixed};
use crate::pages::arena::timeline;
use crate::stage::shapes::style::{END, PLAIN};
use crate::stage::shapes::{Bounds, Canvas, Ink, Item, Look, Pen, number, text_width};

/// What there is in the maps of a picture.
#[derive(Default)]
pub(crate) struct Shown {
    value: Option<Look>,
    kinds: [bool; KINDS.len()],
    fresh: bool,
    shares: [bool; SHARES.len()],
}

impl Shown {
    /// There is a value of this look.
    pub(crate) fn value(&mut self, look: Look) {
        self.value.get_or_insert(look);
    }

    /// There is a byte of this kind.
    pub(crate) fn kind(&mut self, kind: Byte) {
        match KINDS.iter().position(|it| *it == kind) {
            Some(index) => self.kinds[index] = true,
            None => self.fresh |= kind == Byte::Fresh,
        }
    }

    /// There are these shares.
    pub(crate) fn shares(&mut self, shares: [bool; SHARES.len()]) {
        for (there, also) in self.shares.iter_mut().zip(shares) {
            *there |= also;
        }
    }
}

/// What a kind of bytes is called.
pub(crate) fn name(kind: Byte) -> &'static str {
    match kind {
        Byte::Fresh => "unused",
        Byte::Value => "value",
        Byte::Padding => "padding",
        Byte::Unwritten => "unwritten",
        Byte::Own => "allocator’s own",
        Byte::Lost => "lost",
        Byte::Stale => "freed",
    }
}

/// How high it is.
pub(crate) fn height(small: f32, canvas: Canvas) -> f32 {
    // Where there is hardly room for anything, patterns must do without names.
    if canvas.height < canvas.text * 14.0 {
        return 0.0;
    }
    line(small) * if canvas.width < small * 30.0 { 2.0 } else { 1.0 }
}

fn line(small: f32) -> f32 {
    small * 1.5
}

/// Draws it. What finds no room is left out, the plainest first.
pub(crate) fn draw(scene: &Scene<'_>, shown: &Shown, items: &mut Vec<Item>) {
    let frame = &scene.frame;
    let mut entries: Vec<(&str, Ink, Ink, Ink)> = Vec::new();
    let kinds = KINDS.into_iter().zip(shown.kinds).filter(|(_, there)| *there);
    entries.extend(kinds.map(|(kind, _)| {
        let ground = if kind == Byte::Lost { Ink::SHADE } else { Ink::PAPER };
        (name(kind), ground, ink(kind), Ink::MUTED)
    }));
    let look = timeline::look(0);
    let shares = SHARES.into_iter().zip(shown.shares).filter(|(_, there)| *there);
    entries.extend(shares.map(|(share, _)| (share.name(), Ink::PAPER, share.ink(look), Ink::LINE)));
    if let Some(look) = shown.value {
        entries.push((name(Byte::Value), Ink::PAPER, Ink::actor_tint(look), Ink::actor(look)));
    }
    if shown.fresh {
        entries.push((name(Byte::Fresh), Ink::PAPER, Ink::PAPER, Ink::LINE));
    }
    let mut area = frame.legend;
    if area.h < 1.0 {
        return;
    }
    let small = frame.small;
    let mut item = fixed("legend", 0);
    let zoom = bytes_a_row(frame.row);
    let baseline = area.y + line(small) / 2.0 + small * 0.36;
    item.text(area.right(), baseline, small, PLAIN | END, Ink::MUTED, &zoom);
    area.w -= text_width(&zoom, small, PLAIN) + small;
    let (wide, high) = (small * 1.5, small * 0.95);
    let (mut x, mut y) = (area.x + 1.0, area.y);
    for (name, ground, pattern, edge) in entries {
        let text = text_width(name, small, PLAIN);
        let all = wide + small * 0.5 + text;
        if x + all > area.right() {
            (x, y) = (area.x + 1.0, y + line(small));
            if y + line(small) > area.bottom() + 1.0 || x + all > area.right() {
                break;
            }
        }
        let middle = y + line(small) / 2.0;
        let swatch = [x, middle - high / 2.0, wide, high];
        item.rect(swatch, 2.0, ground, Pen::NONE);
        item.rect(swatch, 2.0, pattern, Pen::new(edge, 1.0));
        let baseline = middle + small * 0.36;
        item.text(x + wide + small * 0.5, baseline, small, PLAIN, Ink::MUTED, name);
        x += (all + small * 1.4).at_least(1.0);
    }
    items.push(item);
}

/// `16 bytes a row`.
fn bytes_a_row(row: u32) -> String {
    let (bytes, name) = match row {
        ..1024 => (row, " bytes a row"),
        1024..0x10_0000 => (row >> 10, " KiB a row"),
        _ => (row >> 20, " MiB a row"),
    };
    let mut text = String::new();
    number(&mut text, bytes);
    text.push_str(name);
    text
}

#[cfg(test)]
mod tests {
    use super::bytes_a_row;

    #[test]
    fn the_zoom_is_told_in_round_numbers() {
        let told = [3, 9, 10, 12, 24].map(|zoom| bytes_a_row(1 << zoom));
        let wanted =
            ["8 bytes a row", "512 bytes a row", "1 KiB a row", "4 KiB a row", "16 MiB a row"];
        assert_eq!(told, wanted);
    }
}
