//! Rectangles that are cut into smaller ones.

/// Lengths that keep to a limit. Unlike the standard `min` and `max` they need not say what comes of
/// no number, which is ten times the code at each of the many calls.
pub(crate) trait Bounds {
    fn at_most(self, limit: f32) -> f32;
    fn at_least(self, limit: f32) -> f32;
}

impl Bounds for f32 {
    #[inline(never)]
    fn at_most(self, limit: f32) -> f32 {
        if limit < self { limit } else { self }
    }

    #[inline(never)]
    fn at_least(self, limit: f32) -> f32 {
        if limit > self { limit } else { self }
    }
}

/// How many rows so many things take in so many columns.
#[inline(never)]
pub(crate) fn grid_rows(things: usize, columns: usize) -> usize {
    (things + columns).saturating_sub(1).checked_div(columns).unwrap_or(0)
}

/// A rectangle in pixels, x to the right and y down.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) w: f32,
    pub(crate) h: f32,
}

impl Area {
    pub(crate) fn new(x: f32, y: f32, w: f32, h: f32) -> Self {
        Area { x, y, w: w.at_least(0.0), h: h.at_least(0.0) }
    }

    /// The square of this size around a point.
    pub(crate) fn around(x: f32, y: f32, size: f32) -> Self {
        Area::new(x - size / 2.0, y - size / 2.0, size, size)
    }

    pub(crate) fn right(&self) -> f32 {
        self.x + self.w
    }

    pub(crate) fn bottom(&self) -> f32 {
        self.y + self.h
    }

    pub(crate) fn middle(&self) -> (f32, f32) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Cuts off a strip of this height at the top, or what there is.
    #[inline(never)]
    pub(crate) fn cut_top(&mut self, h: f32) -> Area {
        let h = h.at_most(self.h);
        let strip = Area { h, ..*self };
        self.y += h;
        self.h -= h;
        strip
    }

    /// Cuts off a strip of this height at the bottom, or what there is.
    #[inline(never)]
    pub(crate) fn cut_bottom(&mut self, h: f32) -> Area {
        let h = h.at_most(self.h);
        self.h -= h;
        Area { y: self.bottom(), h, ..*self }
    }

    /// Cuts off a strip of this width at the left, or what there is.
    #[inline(never)]
    pub(crate) fn cut_left(&mut self, w: f32) -> Area {
        let w = w.at_most(self.w);
        let strip = Area { w, ..*self };
        self.x += w;
        self.w -= w;
        strip
    }

    /// Cuts off a strip of this width at the right, or what there is.
    #[inline(never)]
    pub(crate) fn cut_right(&mut self, w: f32) -> Area {
        let w = w.at_most(self.w);
        self.w -= w;
        Area { x: self.right(), w, ..*self }
    }

    /// Without a margin on all sides.
    #[inline(never)]
    pub(crate) fn inset(self, dx: f32, dy: f32) -> Area {
        Area::new(self.x + dx, self.y + dy, self.w - 2.0 * dx, self.h - 2.0 * dy)
    }

    /// A cell of a grid that fills it, row by row.
    #[inline(never)]
    pub(crate) fn cell(&self, index: usize, columns: usize, rows: usize, gap: f32) -> Area {
        let w = (self.w + gap) / columns as f32;
        let h = (self.h + gap) / rows as f32;
        let row = index.checked_div(columns).unwrap_or(0);
        let column = index - row * columns;
        Area::new(self.x + column as f32 * w, self.y + row as f32 * h, w - gap, h - gap)
    }

    /// Whether the two share more than `slack` pixels in both directions.
    #[cfg(test)]
    pub(crate) fn overlaps(&self, other: &Area, slack: f32) -> bool {
        self.x + slack < other.right()
            && other.x + slack < self.right()
            && self.y + slack < other.bottom()
            && other.y + slack < self.bottom()
    }
}
