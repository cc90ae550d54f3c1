//! Wakers as bells. A bell has the shape, the hue and the number of the task that it wakes, and it
//! hangs where its waker is held; so the wakers of a task can be counted, and whoever holds a bell
//! is whoever can wake.

use executor::snapshot::{HeldWakers, Holder};
use executor::{Happening, TaskId, Waitlist};

use super::area::Area;
use super::sheet::{Sheet, Spot};
use crate::pages::executor::words;
use crate::stage::shapes::{Ink, Item, Look, Pen, Shape, text};

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
pub(crate) const SPACING: f64 = 1.36;

impl Sheet<'_> {
    /// Whose wakers `holder` has.
    pub(crate) fn held_by(&self, holder: Holder) -> Vec<HeldWakers> {
        let held = self.snapshot.wakers.iter();
        held.filter(|held| held.holder == holder && held.count > 0).copied().collect()
    }

    /// Hangs these wakers side by side into `area`, from its left edge, or with `from_right` from
    /// its right one: each by itself as long as there is room, then with a number.
    pub(crate) fn hang(&mut self, area: Area, held: &[HeldWakers], size: f64, from_right: bool) {
        let each: u32 = held.iter().map(|held| held.count).sum();
        if each == 0 {
            return;
        }
        let room = |size: f64| (area.w / (size * SPACING)).floor().max(1.0) as usize;
        let mut size = size.min(area.h / 1.3);
        let bells: Vec<(HeldWakers, u32)> = if each as usize <= room(size) {
            held.iter().flat_map(|held| (0..held.count).map(|_| (*held, 1))).collect()
        } else {
            while size > self.u * 0.9 && room(size) < held.len() {
                size *= 0.94;
            }
            held.iter().map(|held| (*held, held.count)).collect()
        };
        // What finds no room any more hangs on the last bell.
        let shown = bells.len().min(room(size));
        let middle = area.y + area.h / 2.0;
        let mut of_task = (TaskId(u32::MAX), 0);
        for (i, (held, count)) in bells.iter().take(shown).enumerate() {
            let along = (i as f64 + 0.5) * size * SPACING;
            let x = if from_right { area.right() - along } else { area.x + along };
            of_task = match of_task {
                (task, index) if task == held.task => (task, index + 1),
                _ => (held.task, 0),
            };
            self.bell((x, middle), size, *held, *count, of_task.1);
            if i + 1 == shown && shown < bells.len() {
                self.more((x, middle), size, &bells[shown..]);
            }
        }
    }

    /// One bell.
    fn bell(&mut self, at: (f64, f64), size: f64, held: HeldWakers, count: u32, index: u32) {
        let HeldWakers { task, holder, .. } = held;
        let kind = match self.step.map(|step| &step.happening) {
            Some(Happening::WakerMade { task: made, .. })
                if *made == task && holder == Holder::Context =>
            {
                Kind::New
            }
            Some(Happening::WakerCloned { task: cloned, .. })
                if *cloned == task && holder == Holder::Elsewhere && index == 0 =>
            {
                Kind::New
            }
            _ => Kind::Alive,
        };
        let key = format!("bell-{}-{}-{index}", task.0, holder_key(holder));
        let mut item = draw(Item::new(key, at.0, at.1), size, task, kind);
        if count > 1 {
            let label = text(size * 0.5, size * 0.62, size * 0.5, Ink::Text, format!("×{count}"));
            item.shapes.push(label.bold().into());
        }
        item.hint = Some(format!(
            "{} of task {} ({}), held by {}",
            words::count(count, "waker"),
            words::number(task),
            words::task_name(self.snapshot, task),
            words::holder(&self.names, holder)
        ));
        self.put_token(item);
        self.note(Spot::Bell { task, holder, count }, Area::around(at.0, at.1, size));
    }

    /// How many more there are than found room.
    fn more(&mut self, at: (f64, f64), size: f64, rest: &[(HeldWakers, u32)]) {
        let count: u32 = rest.iter().map(|(_, count)| count).sum();
        let key = format!("more-{:.0}-{:.0}", at.0, at.1);
        let label = text(size * 0.3, -size * 0.42, size * 0.5, Ink::Text, format!("+{count}"));
        self.put_token(Item::new(key, at.0, at.1).with(label.bold().into()));
        for (held, count) in rest {
            let spot = Spot::Bell { task: held.task, holder: held.holder, count: *count };
            self.note(spot, Area::around(at.0, at.1, 0.0));
        }
    }
}

/// A bell around the item's zero point.
pub(crate) fn draw(mut item: Item, size: f64, task: TaskId, kind: Kind) -> Item {
    let look = words::look(task);
    let (top, bottom) = reach(look);
    let ink = Ink::Actor(look);
    let pen = match kind {
        Kind::Gone | Kind::Called => Pen::dashed(ink, 1.3),
        _ => Pen::new(ink, size * 0.085),
    };
    let outlined = matches!(kind, Kind::Gone | Kind::Called);
    let fill = if outlined { Ink::None } else { Ink::ActorTint(look) };
    let r = size * 0.12;
    let handle =
        format!("M{:.1} {:.1}v{:.1}a{r:.1} {r:.1} 0 1 1 .1 0", 0.0, top * size, -size * 0.06);
    let clapper = format!(
        "M{:.1} {:.1}a{:.1} {:.1} 0 0 0 {:.1} 0z",
        -r * 1.3,
        bottom * size + size * 0.05,
        r * 1.3,
        r * 1.3,
        r * 2.6
    );
    let label = words::number(task).to_string();
    let font = size * if label.len() > 1 { 0.44 } else { 0.54 };
    let drop = if look.hue() == 3 { 0.33 } else { 0.19 };
    item.shapes.extend([
        Shape::Path { d: handle, fill: Ink::None, pen: Some(pen) },
        Shape::Path { d: look.outline(size), fill, pen: Some(pen) },
        Shape::Path {
            d: clapper,
            fill: if outlined { Ink::None } else { ink },
            pen: outlined.then_some(pen),
        },
        text(0.0, size * drop, font, Ink::Text, label).bold().middle().into(),
    ]);
    match kind {
        Kind::Alive | Kind::Called => {}
        Kind::New => {
            let (x, y, arm) = (size * 0.66, -size * 0.5, size * 0.2);
            let d = format!(
                "M{:.1} {y:.1}h{:.1}M{x:.1} {:.1}v{:.1}",
                x - arm,
                arm * 2.0,
                y - arm,
                arm * 2.0
            );
            item.shapes.push(Shape::Path {
                d,
                fill: Ink::None,
                pen: Some(Pen::new(Ink::Accent, size * 0.12)),
            });
        }
        Kind::Gone => {
            let (x, y) = (size * 0.62, size * 0.62);
            let d = format!("M{:.1} {:.1}L{x:.1} {:.1}", -x, y, -y);
            item.shapes.push(Shape::Path {
                d,
                fill: Ink::None,
                pen: Some(Pen::new(Ink::Text, 1.5)),
            });
        }
    }
    item
}

/// How far above and below its middle an actor's shape reaches, in parts of its size.
fn reach(look: Look) -> (f64, f64) {
    match look.hue() {
        1 => (-0.5, 0.5),
        2 => (-0.45, 0.45),
        3 => (-0.6, 0.45),
        4 => (-0.6, 0.6),
        5 => (-0.56, 0.45),
        6 => (-0.475, 0.475),
        _ => (-0.31, 0.31),
    }
}

fn holder_key(holder: Holder) -> String {
    match holder {
        Holder::Context => "cx".to_owned(),
        Holder::Handler(token) => format!("h{}", token.0),
        Holder::Waitlist(Waitlist::Receivers(channel)) => format!("r{}", channel.0),
        Holder::Waitlist(Waitlist::Senders(channel)) => format!("s{}", channel.0),
        Holder::Waitlist(Waitlist::Joiners(task)) => format!("j{}", task.0),
        Holder::Elsewhere => "v".to_owned(),
    }
}
