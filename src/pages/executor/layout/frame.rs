//! How the regions share the canvas. Of all arrangements that fit, the one that tells most of each
//! task is taken, and in it the largest text. What decides it hardly changes during a
//! run, so that the picture stands still while things move in it.

use executor::Snapshot;

use super::area::Area;
use super::cards::{self, DETAILS, Detail};
use super::vtable::Form;
use super::{channels, lanes, reactor};
use crate::stage::shapes::Canvas;

/// Which regions stand beside each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Arrangement {
    /// Executor, tasks, reactor: one under the other; vtable and channels beside them.
    Bands,
    /// Executor, tasks, reactor: beside each other; vtable and channels under them.
    Columns,
    /// Executor above, tasks at the left, all else at the right.
    Halves,
    /// Everything under each other, as long as it gets: the page scrolls.
    Scroll,
}

/// Where everything is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// The size of ordinary text.
    pub(crate) u: f32,
    /// The size of small text.
    pub(crate) s: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) lanes: Area,
    pub(crate) vtable: Area,
    pub(crate) form: Form,
    pub(crate) tasks: Area,
    pub(crate) detail: Detail,
    pub(crate) reactor: Area,
    pub(crate) channels: Option<Area>,
}

/// How much larger or smaller than ordinary the text may be.
const SCALES: [f32; 7] = [1.25, 1.18, 1.1, 1.05, 1.0, 0.92, 0.85];

impl Frame {
    pub(crate) fn fit(snapshot: &Snapshot, canvas: Canvas) -> Frame {
        if canvas.width < canvas.text * 40.0 {
            let few = snapshot.tasks.len() <= 6;
            let detail = if few { Detail::Medium } else { Detail::Line };
            return Frame::new(snapshot, canvas, Arrangement::Scroll, detail, 1.0);
        }
        use Arrangement::{Bands, Columns, Halves};
        let several = snapshot.workers.len() > 1;
        let arrangements: &[Arrangement] = match canvas.width > canvas.height * 1.9 {
            true if several => &[Halves, Bands],
            true => &[Columns, Halves, Bands],
            false => &[Bands, Halves, Columns],
        };
        let mut lowest: Option<Frame> = None;
        for detail in DETAILS {
            for arrangement in arrangements.iter().copied() {
                for scale in SCALES {
                    // Rather tell less of each task than in letters that are hard to read.
                    if scale < 1.0 && detail != Detail::Line {
                        continue;
                    }
                    let frame = Frame::new(snapshot, canvas, arrangement, detail, scale);
                    if frame.height <= canvas.height {
                        return frame.stretched(canvas.height, arrangement);
                    }
                    if frame.height.is_finite()
                        && lowest.is_none_or(|lowest| frame.height < lowest.height)
                    {
                        lowest = Some(frame);
                    }
                }
            }
        }
        // The page makes smaller what is too high.
        let scroll = || Frame::new(snapshot, canvas, Arrangement::Scroll, Detail::Line, 1.0);
        lowest.unwrap_or_else(scroll)
    }

    fn new(
        snapshot: &Snapshot,
        canvas: Canvas,
        arrangement: Arrangement,
        detail: Detail,
        scale: f32,
    ) -> Frame {
        let u = canvas.text * scale;
        let s = if canvas.text >= 20.0 { u } else { u * 0.88 };
        let gap = u * 1.1;
        let tasks = snapshot.tasks.len();
        let channels = !snapshot.channels.is_empty();
        let lanes_height = |width: f32| lanes::height(snapshot, width, u);
        let cards_height = |width: f32| cards::height(tasks, detail, width, u);
        let reactor_height = |width: f32| reactor::height(snapshot, width, u);
        let channels_height =
            |width: f32| if channels { channels::height(snapshot, width, u) } else { 0.0 };
        let all = Area::new(u * 0.15, 0.0, canvas.width - u * 0.3, f32::MAX);
        let mut frame = Frame {
            u,
            s,
            width: canvas.width,
            height: 0.0,
            lanes: all,
            vtable: all,
            form: Form::Square,
            tasks: all,
            detail,
            reactor: all,
            channels: None,
        };
        let mut left = all;
        match arrangement {
            Arrangement::Bands => {
                let square = left.w - Form::Square.width(u) - gap * 1.5;
                if lanes_height(square) > Form::Tall.height(u) {
                    frame.form = Form::Tall;
                }
                let width = left.w - frame.form.width(u) - gap * 1.5;
                let mut top = left.cut_top(lanes_height(width).max(frame.form.height(u)));
                frame.vtable = top.cut_right(frame.form.width(u));
                top.cut_right(gap * 1.5);
                frame.lanes = top;
                left.cut_top(gap * 0.8);
                frame.tasks = left.cut_top(cards_height(left.w));
                left.cut_top(gap);
                let split = if channels { left.w * 0.54 } else { left.w };
                let beside = left.w - split - gap * 1.5;
                let mut row = left.cut_top(reactor_height(split).max(channels_height(beside)));
                frame.reactor = row.cut_left(split);
                row.cut_left(gap * 1.5);
                frame.channels = channels.then_some(row);
                frame.height = row.bottom();
            }
            Arrangement::Columns => {
                let mut column = left.cut_left(all.w * 0.385 - gap);
                left.cut_left(gap);
                let mut right = left.cut_right(all.w * 0.3);
                left.cut_right(gap);
                frame.lanes = column.cut_top(lanes_height(column.w));
                column.cut_top(gap * 0.6);
                frame.vtable = column.cut_top(frame.form.height(u));
                frame.tasks = left.cut_top(cards_height(left.w));
                frame.reactor = right.cut_top(reactor_height(right.w));
                right.cut_top(gap * 0.6);
                let high = channels_height(right.w);
                frame.channels = channels.then(|| right.cut_top(high));
                frame.height = column.y.max(left.y).max(right.y);
            }
            Arrangement::Halves => {
                frame.lanes = left.cut_top(lanes_height(left.w));
                left.cut_top(gap * 0.8);
                let mut right = left;
                let mut column = right.cut_left(left.w * 0.6);
                right.cut_left(gap * 1.2);
                frame.tasks = column.cut_top(cards_height(column.w));
                frame.vtable = right.cut_top(frame.form.height(u));
                right.cut_top(gap * 0.6);
                frame.reactor = right.cut_top(reactor_height(right.w));
                right.cut_top(gap * 0.5);
                let high = channels_height(right.w);
                frame.channels = channels.then(|| right.cut_top(high));
                frame.height = column.y.max(right.y);
            }
            Arrangement::Scroll => {
                frame.lanes = left.cut_top(lanes_height(left.w));
                left.cut_top(gap * 0.6);
                frame.vtable = left.cut_top(frame.form.height(u));
                left.cut_top(gap);
                frame.tasks = left.cut_top(cards_height(left.w));
                left.cut_top(gap);
                frame.reactor = left.cut_top(reactor_height(left.w));
                left.cut_top(gap);
                let high = channels_height(left.w);
                frame.channels = channels.then(|| left.cut_top(high));
                frame.height = left.y;
            }
        }
        let narrowest = match arrangement {
            Arrangement::Bands | Arrangement::Halves => 24.0,
            Arrangement::Columns => 16.0,
            Arrangement::Scroll => 0.0,
        };
        frame.height += u * 0.15;
        if frame.lanes.w < u * narrowest {
            frame.height = f32::INFINITY;
        }
        frame
    }

    /// Gives the height that is left over to the tasks, as far as they can use it.
    fn stretched(mut self, height: f32, arrangement: Arrangement) -> Frame {
        if arrangement != Arrangement::Bands {
            self.tasks.h = (height - self.tasks.y).min(self.tasks.h * cards::STRETCH);
            self.height = self.height.max(self.tasks.bottom());
            return self;
        }
        let left = height - self.height;
        let more = left.min(self.tasks.h * (cards::STRETCH - 1.0));
        // What the cards cannot use makes the gaps wider.
        let gap = ((left - more) / 2.0).min(self.u * 1.2);
        self.tasks.y += gap;
        self.tasks.h += more;
        self.height += more + 2.0 * gap;
        let down = more + 2.0 * gap;
        self.reactor.y += down;
        self.channels = self.channels.map(|area| Area { y: area.y + down, ..area });
        self
    }
}
