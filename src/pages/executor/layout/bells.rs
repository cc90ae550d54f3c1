//! Wakers as bells. A bell has the shape, the hue and the number of the task that it wakes, and it
//! hangs where its waker is held; so the wakers of a task can be counted, and whoever holds a bell
//! is whoever can wake.

use executor::snapshot::{HeldWakers, Holder};
use executor::{Happening, TaskId, Waitlist};

use super::area::Area;
use super::sheet::style::BOLD;
use super::sheet::{ANY, Layer, Sheet, Spot, push_point};
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, Look, Pen, Shape};

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
    /// Hangs these wakers side by side into `area`, from its left edge, or with `from_right` from
    /// its right one: each by itself as long as there is room, then with a number.
    #[inline(never)]
    pub(crate) fn hang(&mut self, area: &Area, held: &[HeldWakers], size: f32, from_right: bool) {
        let each: u32 = held.iter().map(|held| held.count).sum();
        let room = |size: f32| (area.w / (size * SPACING)) as usize;
        let mut size = size.min(area.h / 1.25);
        let single = each as usize <= room(size).max(1);
        while size > self.u && room(size) < held.len() {
            size *= 0.9375;
        }
        let mut left = room(size).max(1);
        let (step, mut x) = match from_right {
            true => (-size * SPACING, area.right() - size * SPACING / 2.0),
            false => (size * SPACING, area.x + size * SPACING / 2.0),
        };
        let y = area.y + area.h / 2.0;
        let mut more = 0;
        for held in held {
            let (times, count) = if single { (held.count, 1) } else { (1, held.count) };
            for index in 0..times {
                if left == 0 {
                    // What finds no room any more hangs on the last bell.
                    let HeldWakers { task, holder, .. } = *held;
                    self.note(Spot::Bell { task, holder, count }, Area::around(x - step, y, 0.0));
                    more += count;
                    continue;
                }
                self.bell((x, y), size, held, count, index);
                left -= 1;
                x += step;
            }
        }
        if more > 0 {
            let label = format!("+{more}");
            let (x, y) = (x - step + size * 0.3125, y - size * 0.4375);
            self.write(x, y, ANY, size / 2.0, BOLD, Ink::Text, &label);
        }
    }

    /// One bell.
    fn bell(&mut self, at: (f32, f32), size: f32, held: &HeldWakers, count: u32, index: u32) {
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
        let kind = if new { Kind::New } else { Kind::Alive };
        let (name, number) = key(holder);
        self.begin(Layer::Tokens, &format!("bell-{}-{name}-{number}", task.0), index, at.0, at.1);
        self.draw_bell(size, task, kind);
        if count > 1 {
            let (x, y) = (at.0 + size / 2.0, at.1 + size * 0.625);
            self.write(x, y, ANY, size / 2.0, BOLD, Ink::Text, &format!("×{count}"));
        }
        self.hint(format!(
            "{} of {}, held by {}",
            words::count(count, "waker"),
            self.names.task(task),
            words::holder(&self.names, holder)
        ));
        self.note(Spot::Bell { task, holder, count }, Area::around(at.0, at.1, size));
    }

    /// A bell around the item's zero point.
    #[inline(never)]
    pub(crate) fn draw_bell(&mut self, size: f32, task: TaskId, kind: Kind) {
        let look = words::look(task);
        let (top, bottom) = reach(look);
        let ink = Ink::Actor(look);
        let alive = matches!(kind, Kind::Alive | Kind::New);
        let pen = if alive { Pen::new(ink, size / 12.0) } else { Pen::dashed(ink, 1.25) };
        // A ring to hang by, the shape, and the clapper.
        let r = size / 8.0;
        let mut d = String::from("M");
        push_point(&mut d, 0.0, top * size - r / 2.0);
        d.push('a');
        push_point(&mut d, r, r);
        d.push_str(" 0 1 1 .1 0");
        self.shape(Shape::Path { d, fill: Ink::None, pen: Some(pen) });
        self.outline(task, size, if alive { Ink::ActorTint(look) } else { Ink::None }, pen);
        let mut d = String::from("M");
        push_point(&mut d, -r * 1.25, bottom * size + r / 2.0);
        d.push('a');
        push_point(&mut d, r * 1.25, r * 1.25);
        d.push_str(" 0 0 0");
        push_point(&mut d, r * 2.5, 0.0);
        d.push('z');
        let (fill, pen) = if alive { (ink, None) } else { (Ink::None, Some(pen)) };
        self.shape(Shape::Path { d, fill, pen });
        let (x, y) = self.zero();
        match kind {
            Kind::Alive | Kind::Called => {}
            Kind::New => {
                let (x, y, arm) = (x + size * 0.6875, y - size / 2.0, size * 0.1875);
                let width = size / 8.0;
                self.line(&[(x - arm, y), (x + arm, y)], Ink::Accent, width);
                self.line(&[(x, y - arm), (x, y + arm)], Ink::Accent, width);
            }
            Kind::Gone => {
                let arm = size * 0.625;
                self.line(&[(x - arm, y + arm), (x + arm, y - arm)], Ink::Text, 1.5);
            }
        }
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

fn key(holder: Holder) -> (&'static str, u32) {
    match holder {
        Holder::Context => ("cx", 0),
        Holder::Handler(token) => ("h", token.0),
        Holder::Waitlist(Waitlist::Receivers(channel)) => ("r", channel.0),
        Holder::Waitlist(Waitlist::Senders(channel)) => ("s", channel.0),
        Holder::Waitlist(Waitlist::Joiners(task)) => ("j", task.0),
        Holder::Elsewhere => ("v", 0),
    }
}
