//! How the regions share the canvas. Of all arrangements that fit, the one that tells most of each
//! task is taken, and in it the largest text. What decides it hardly changes during a
//! run, so that the picture stands still while things move in it.

use executor::Snapshot;

use super::cards::{self, DETAILS, Detail};
use super::sheet::U;
use super::vtable::Form;
use super::{channels, lanes, reactor};
use crate::stage::shapes::{Area, Bounds, Canvas};

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

use Arrangement::{Bands, Columns, Halves, Scroll};

/// Where everything is drawn. The lengths are those of the sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// How much larger the picture is shown than it is drawn.
    pub(crate) scale: f32,
    /// The size of small text.
    pub(crate) small: f32,
    pub(crate) height: f32,
    pub(crate) lanes: Area,
    pub(crate) vtable: Area,
    pub(crate) form: Form,
    pub(crate) tasks: Area,
    pub(crate) detail: Detail,
    pub(crate) reactor: Area,
    pub(crate) channels: Area,
}

/// How much larger or smaller than ordinary the text may be.
const SCALES: &[f32] = &[1.25, 1.18, 1.1, 1.05, 1.0, 0.92, 0.85];
/// Between regions that stand beside each other, and between those under each other.
const BESIDE: f32 = U * 1.1;
const UNDER: f32 = U * 0.8;
/// Around all.
const MARGIN: f32 = U * 0.15;

impl Frame {
    pub(crate) fn fit(snapshot: &Snapshot, canvas: Canvas) -> Frame {
        if canvas.width < canvas.text * 40.0 {
            let few = snapshot.tasks.len() <= 6;
            let detail = if few { Detail::Medium } else { Detail::Line };
            return Frame::new(snapshot, canvas, Scroll, detail, 1.0);
        }
        let several = snapshot.workers.len() > 1;
        let arrangements: &[Arrangement] = match canvas.width > canvas.height * 1.9 {
            true if several => &[Halves, Bands],
            true => &[Columns, Halves, Bands],
            false => &[Bands, Halves, Columns],
        };
        let mut lowest = Frame::new(snapshot, canvas, Scroll, Detail::Line, 1.0);
        let mut least = f32::INFINITY;
        for &detail in DETAILS {
            for &arrangement in arrangements {
                for &scale in SCALES {
                    // Rather tell less of each task than in letters that are hard to read.
                    if scale < 1.0 && detail != Detail::Line {
                        continue;
                    }
                    let frame = Frame::new(snapshot, canvas, arrangement, detail, scale);
                    let high = frame.height * frame.scale;
                    if high <= canvas.height {
                        return frame.stretched(canvas.height / frame.scale, arrangement);
                    }
                    if high < least {
                        (lowest, least) = (frame, high);
                    }
                }
            }
        }
        // The page makes smaller what is too high.
        lowest
    }

    fn new(
        snapshot: &Snapshot,
        canvas: Canvas,
        arrangement: Arrangement,
        detail: Detail,
        scale: f32,
    ) -> Frame {
        let scale = scale * canvas.text / U;
        let all = Area::new(MARGIN, 0.0, canvas.width / scale - MARGIN * 2.0, f32::MAX);
        let mut frame = Frame {
            scale,
            small: if canvas.text >= 20.0 { U } else { U * 0.88 },
            height: 0.0,
            lanes: all,
            vtable: all,
            form: Form::Square,
            tasks: all,
            detail,
            reactor: all,
            channels: all,
        };
        let tasks = snapshot.tasks.len();
        let mut left = all;
        let mut narrowest = U * 24.0;
        let height = match arrangement {
            Bands => {
                let gap = BESIDE * 1.5;
                let square = left.w - Form::Square.width() - gap;
                if lanes::height(snapshot, square) > Form::Tall.height() {
                    frame.form = Form::Tall;
                }
                let beside = frame.form.width();
                let high = lanes::height(snapshot, left.w - beside - gap);
                let mut top = under(high.at_least(frame.form.height()), &mut left);
                frame.vtable = top.cut_right(beside);
                top.cut_right(gap);
                frame.lanes = top;
                frame.tasks = under(cards::height(tasks, detail, left.w), &mut left);
                let mut split = left.w;
                if !snapshot.channels.is_empty() {
                    split *= 0.54;
                }
                let beside = left.w - split - gap;
                let high = channels::height(snapshot, beside);
                let mut row = under(high.at_least(reactor::height(snapshot, split)), &mut left);
                frame.reactor = row.cut_left(split);
                row.cut_left(gap);
                frame.channels = row;
                left.y
            }
            Columns => {
                narrowest = U * 16.0;
                let mut column = left.cut_left(all.w * 0.385 - BESIDE);
                left.cut_left(BESIDE);
                let mut right = left.cut_right(all.w * 0.3);
                left.cut_right(BESIDE);
                frame.lanes_and_vtable(snapshot, &mut column);
                frame.tasks = under(cards::height(tasks, detail, left.w), &mut left);
                frame.rest(snapshot, &mut right);
                column.y.at_least(left.y).at_least(right.y)
            }
            Halves => {
                frame.lanes = under(lanes::height(snapshot, left.w), &mut left);
                let mut column = left.cut_left(left.w * 0.6);
                left.cut_left(BESIDE);
                frame.tasks = under(cards::height(tasks, detail, column.w), &mut column);
                frame.vtable = under(frame.form.height(), &mut left);
                frame.rest(snapshot, &mut left);
                column.y.at_least(left.y)
            }
            Scroll => {
                narrowest = 0.0;
                frame.lanes_and_vtable(snapshot, &mut left);
                frame.tasks = under(cards::height(tasks, detail, left.w), &mut left);
                frame.rest(snapshot, &mut left);
                left.y
            }
        };
        let fits = frame.lanes.w >= narrowest;
        frame.height = if fits { height - UNDER + MARGIN } else { f32::INFINITY };
        frame
    }

    /// The executor, and the vtable under it.
    fn lanes_and_vtable(&mut self, snapshot: &Snapshot, column: &mut Area) {
        self.lanes = under(lanes::height(snapshot, column.w), column);
        self.vtable = under(self.form.height(), column);
    }

    /// The reactor, and the channels under it.
    fn rest(&mut self, snapshot: &Snapshot, column: &mut Area) {
        self.reactor = under(reactor::height(snapshot, column.w), column);
        self.channels = under(channels::height(snapshot, column.w), column);
    }

    /// Gives the height that is left over to the tasks, as far as they can use it.
    fn stretched(mut self, height: f32, arrangement: Arrangement) -> Frame {
        if arrangement != Bands {
            self.tasks.h = (height - self.tasks.y).at_most(self.tasks.h * cards::STRETCH);
            self.height = self.height.at_least(self.tasks.bottom());
            return self;
        }
        let left = height - self.height;
        let more = left.at_most(self.tasks.h * (cards::STRETCH - 1.0));
        // What the cards cannot use makes the gaps wider.
        let gap = ((left - more) / 2.0).at_most(U * 1.2);
        self.tasks.y += gap;
        self.tasks.h += more;
        let down = more + 2.0 * gap;
        self.height += down;
        self.reactor.y += down;
        self.channels.y += down;
        self
    }
}

/// The next region of a column, under the one before.
#[inline(never)]
fn under(height: f32, column: &mut Area) -> Area {
    let region = column.cut_top(height);
    column.cut_top(if height > 0.0 { UNDER } else { 0.0 });
    region
}
