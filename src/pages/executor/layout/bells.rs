//! Wakers as bells. A bell has the shape, the hue and the number of the task that it wakes, and it
//! hangs where its waker is held; so the wakers of a task can be counted, and whoever holds a bell
//! is whoever can wake.

use executor::snapshot::{HeldWakers, Holder};
use executor::{Happening, TaskId, Waitlist};

use super::sheet::style::BOLD;
use super::sheet::{Layer, Sheet, U};
use crate::pages::executor::words;
use crate::stage::shapes::{Area, Bounds, Ink, Look, Pen};

/// How a bell is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// It hangs there.
    Alive,
    /// It came into being in this step.
    New,
    /// It was called in this step, or copied; it hangs elsewhere.
    Called,
    /// It is no more since this step.
    Gone,
}

/// How far apart the middles of bells of this size hang.
pub(crate) const SPACING: f32 = 1.375;

impl Sheet<'_> {
    /// Hangs the wakers of `holder` side by side into `area`, from its left edge, or with
    /// `from_right` from its right one: each by itself as long as there is room, then with a number.
    #[inline(never)]
    pub(crate) fn hang(&mut self, area: &Area, holder: Holder, size: f32, from_right: bool) {
        let snapshot = self.snapshot;
        let held = || snapshot.wakers.iter().filter(|held| held.holder == holder);
        let (tasks, each) = (held().count(), self.held(holder));
        let room = |size: f32| (area.w / (size * SPACING)) as usize;
        let mut size = size.at_most(area.h / 1.25);
        let single = each as usize <= room(size).max(1);
        while size > U && room(size) < tasks {
            size *= 0.9375;
        }
        let mut left = room(size).max(1);
        let (step, mut x) = match from_right {
            true => (-size * SPACING, area.right() - size * SPACING / 2.0),
            false => (size * SPACING, area.x + size * SPACING / 2.0),
        };
        let y = area.middle().1;
        let mut more = 0;
        for held in held() {
            let (times, count) = if single { (held.count, 1) } else { (1, held.count) };
            for index in 0..times {
                if left == 0 {
                    // What finds no room any more hangs on the last bell.
                    more += count;
                    self.note_bell(held, count, Area::around(x - step, y, 0.0));
                    continue;
                }
                self.bell((x, y), size, held, count, index);
                left -= 1;
                x += step;
            }
        }
        if more > 0 {
            self.words.put("+").number(more);
            let (x, y) = (x - step + size * 0.3125, y - size * 0.4375);
            self.write(x, y, size / 2.0, BOLD, Ink::TEXT);
        }
        self.end();
    }

    /// One bell.
    fn bell(&mut self, (x, y): (f32, f32), size: f32, held: &HeldWakers, count: u32, index: u32) {
        let HeldWakers { task, holder, .. } = *held;
        let new = match self.step.map(|step| &step.happening) {
            Some(Happening::WakerMade { task: made, .. }) => {
                *made == task && holder == Holder::Context
            }
            Some(Happening::WakerCloned { task: cloned, .. }) => {
                *cloned == task && holder == Holder::Elsewhere && index == 0
            }
            _ => false,
        };
        let (name, number) = key(holder);
        self.words.put("bell-").number(task.0).put(name).number(number);
        self.begin(Layer::Tokens, "", index, x, y);
        self.draw_bell(x, y, size, task, if new { Kind::New } else { Kind::Alive });
        if count > 1 {
            self.words.put("×").number(count);
            self.write(x + size / 2.0, y + size * 0.625, size / 2.0, BOLD, Ink::TEXT);
        }
        self.words.count(count, "waker").put(" of ").task(task).put(", held by ").holder(holder);
        self.hint();
        self.note_bell(held, count, Area::around(x, y, size));
    }

    /// A bell with its middle here.
    #[inline(never)]
    pub(crate) fn draw_bell(&mut self, x: f32, y: f32, size: f32, task: TaskId, kind: Kind) {
        let look = words::look(task);
        let ink = Ink::actor(look);
        let (top, bottom) = reach(look);
        let (mut inside, mut pen) = (Ink::actor_tint(look), Pen::new(ink, size / 12.0));
        let (mut clapper, mut edge) = (ink, Pen::NONE);
        if matches!(kind, Kind::Called | Kind::Gone) {
            pen = Pen::dashed(ink, 1.25);
            (inside, clapper, edge) = (Ink::NONE, Ink::NONE, pen);
        }
        // A ring to hang by, the shape, and the clapper.
        let r = size / 8.0;
        let ring = [0.0, top * size - r / 2.0, r, r];
        self.own_path("M@ @a@ @ 0 1 1 .1 0", &ring, Ink::NONE, pen);
        self.outline(x, y, size, look, inside, pen);
        self.number(x, y, size * 0.84, task, Ink::TEXT);
        let wide = r * 1.25;
        let half = [-wide, bottom * size + r / 2.0, wide, wide, wide * 2.0];
        self.own_path("M@ @a@ @ 0 0 0 @ 0z", &half, clapper, edge);
        match kind {
            Kind::Alive | Kind::Called => {}
            Kind::New => {
                let (x, y, arm) = (x + size * 0.6875, y - size / 2.0, size * 0.1875);
                self.line((x - arm, y), (x + arm, y), Ink::ACCENT, r);
                self.line((x, y - arm), (x, y + arm), Ink::ACCENT, r);
            }
            Kind::Gone => {
                let arm = size * 0.625;
                self.line((x - arm, y + arm), (x + arm, y - arm), Ink::TEXT, 1.5);
            }
        }
    }

    /// Remembers for the tests where wakers hang.
    fn note_bell(&mut self, _held: &HeldWakers, _count: u32, _area: Area) {
        #[cfg(test)]
        self.bells.push((HeldWakers { count: _count, ..*_held }, _area));
    }
}

/// How far above and below its middle an actor's shape reaches, in parts of its size.
fn reach(look: Look) -> (f32, f32) {
    match look.hue() {
        1 => (-0.5, 0.5),
        3 => (-0.625, 0.4375),
        4 => (-0.625, 0.625),
        5 => (-0.5625, 0.4375),
        _ => (-0.46875, 0.46875),
    }
}

/// What tells holders apart in the keys of bells.
fn key(holder: Holder) -> (&'static str, u32) {
    match holder {
        Holder::Context => ("-cx-", 0),
        Holder::Handler(token) => ("-h-", token.0),
        Holder::Waitlist(Waitlist::Receivers(channel)) => ("-r-", channel.0),
        Holder::Waitlist(Waitlist::Senders(channel)) => ("-s-", channel.0),
        Holder::Waitlist(Waitlist::Joiners(task)) => ("-j-", task.0),
        Holder::Elsewhere => ("-v-", 0),
    }
}
