//! How much goes on a second, over a window that slides.

use arena_watch::Tally;

/// A look at the tally.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Look {
    /// When, in milliseconds.
    pub at: f64,
    /// Blocks that had been allocated.
    pub allocated: u64,
    /// Bytes that were live.
    pub live_bytes: u64,
}

/// The last looks.
#[derive(Debug)]
pub struct Looks {
    last: Vec<Look>,
    most: usize,
}

/// Over so many milliseconds a rate is taken.
const WINDOW: f64 = 1000.0;

impl Looks {
    /// None yet; so many are kept. Room for them is made now.
    pub fn new(most: usize) -> Looks {
        Looks { last: Vec::with_capacity(most), most: most.max(1) }
    }

    /// Forgets them.
    pub fn clear(&mut self) {
        self.last.clear();
    }

    /// One more. Time does not go back.
    pub fn add(&mut self, at: f64, tally: &Tally) {
        if self.last.len() == self.most {
            self.last.remove(0);
        }
        let (allocated, live_bytes) = (tally.allocated, tally.live_bytes());
        self.last.push(Look { at, allocated, live_bytes });
    }

    /// From the oldest on.
    pub fn iter(&self) -> impl Iterator<Item = &Look> {
        self.last.iter()
    }

    /// Allocations a second, from the last look back to the first within a second of it; 0 if there
    /// is none.
    pub fn rate(&self) -> u64 {
        let Some(now) = self.last.last() else { return 0 };
        let first = self.last.iter().find(|look| now.at - look.at <= WINDOW);
        let Some(first) = first.filter(|first| first.at < now.at) else { return 0 };
        ((now.allocated - first.allocated) as f64 * 1000.0 / (now.at - first.at) + 0.5) as u64
    }

    /// The most bytes that were live at a look.
    pub fn highest(&self) -> u64 {
        self.last.iter().map(|look| look.live_bytes).max().unwrap_or(0)
    }

    /// The live bytes as a line for a drawing that is `wide` and `high`: places from the left and from
    /// above. The last look is at the right edge, and the oldest that could be there at the left.
    pub fn line(&self, wide: u32, high: u32) -> impl Iterator<Item = (u32, u32)> {
        let (top, steps) = (self.highest().max(1), self.most.max(2) as u32 - 1);
        let missing = (self.most - self.last.len()) as u32;
        (missing..).zip(&self.last).map(move |(step, look)| {
            let up = look.live_bytes as f64 / top as f64 * f64::from(high);
            (step * wide / steps, high - up as u32)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(allocated: u64, live: u64) -> Tally {
        Tally { allocated, allocated_bytes: live, ..Tally::default() }
    }

    #[test]
    fn the_rate_is_that_of_the_last_second() {
        let mut looks = Looks::new(100);
        assert_eq!(looks.rate(), 0, "nothing was seen");
        looks.add(0.0, &tally(1_000_000, 0));
        assert_eq!(looks.rate(), 0, "one look is no time");
        looks.add(5_000.0, &tally(1_000_000, 0));
        assert_eq!(looks.rate(), 0, "nothing within the second");
        looks.add(5_500.0, &tally(1_000_030, 0));
        assert_eq!(looks.rate(), 60);
        looks.add(6_000.0, &tally(1_000_030, 0));
        assert_eq!(looks.rate(), 30);
        looks.add(6_500.0, &tally(1_000_030, 0));
        assert_eq!(looks.rate(), 0);
    }

    #[test]
    fn only_the_last_looks_are_kept() {
        let mut looks = Looks::new(3);
        for at in 0..10 {
            looks.add(f64::from(at), &tally(0, at as u64));
        }
        assert!(looks.iter().map(|look| look.live_bytes).eq([7, 8, 9]));
    }

    #[test]
    fn the_line_ends_at_the_right_and_fills_the_height() {
        let mut looks = Looks::new(5);
        assert_eq!(looks.line(100, 40).count(), 0);
        looks.add(0.0, &tally(0, 0));
        looks.add(1.0, &tally(0, 50));
        looks.add(2.0, &tally(0, 100));
        assert!(looks.line(100, 40).eq([(50, 40), (75, 20), (100, 0)]));
    }
}
