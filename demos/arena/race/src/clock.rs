//! What a sample must be like, so that the clock can measure it.
//!
//! A browser's clock does not run, it ticks: by 5 microseconds where the page is isolated, by 100 where
//! it is not, by a millisecond and more in some browsers, so that no page can time what it should not
//! know. One allocation is far shorter than any of them. So a sample is as many laps of the work as take
//! fifty ticks together: what the clock rounds is then a fiftieth of it at most.

/// A clock that somebody brings: milliseconds since some time.
pub type Clock<'a> = &'a dyn Fn() -> f64;

/// So many ticks a sample takes, where that is not too long.
pub const TICKS: u64 = 50;

/// No sample is planned shorter than this, in nanoseconds: what it costs to begin and to end one is
/// nothing beside it.
const SHORTEST: u64 = 1_000_000;

/// No sample is planned longer than this, in nanoseconds: whoever wants to stop waits for it.
const LONGEST: u64 = 60_000_000;

/// So many ticks are looked at to tell how long one is.
const LOOKS: usize = 20;

/// Beyond this, in nanoseconds, it has looked long enough.
const PATIENCE: u64 = 100_000_000;

/// A clock that has not moved after so many looks stands still.
const MOST_LOOKS: usize = 4_000_000;

/// What the clock says, in nanoseconds.
pub(crate) fn read(clock: Clock) -> u64 {
    // No page is open for so long that this would be too large; before 0 it is 0.
    (clock() * 1e6).round() as u64
}

/// How long a tick is, in nanoseconds: the shortest time by which the clock has moved. Two readings of a
/// clock that does not tick are apart by what it takes to read it.
///
/// # Errors
///
/// If the clock does not move.
pub(crate) fn tick(clock: Clock) -> Result<u64, String> {
    let begun = read(clock);
    let (mut last, mut shortest, mut seen) = (begun, u64::MAX, 0);
    for _ in 0..MOST_LOOKS {
        let now = read(clock);
        if now > last {
            shortest = shortest.min(now - last);
            (last, seen) = (now, seen + 1);
            if seen > LOOKS || (seen > 1 && now - begun > PATIENCE) {
                return Ok(shortest);
            }
        }
    }
    Err("The clock of this browser stands still: nothing can be measured with it.".to_owned())
}

/// How long a sample should take, in nanoseconds, where a tick is so long.
pub(crate) fn sample(tick: u64) -> u64 {
    (tick * TICKS).clamp(SHORTEST, LONGEST)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// A clock that moves by so much with each look, and shows whole ticks.
    fn clock(moves: f64, tick: f64) -> impl Fn() -> f64 {
        let time = Cell::new(1_000.0);
        move || {
            time.set(time.get() + moves);
            (time.get() / tick).floor() * tick
        }
    }

    #[test]
    fn a_tick_is_found_whether_it_is_short_or_long() {
        for (milliseconds, nanoseconds) in [(0.005, 5_000), (0.1, 100_000), (1.0, 1_000_000)] {
            assert_eq!(tick(&clock(0.000_1, milliseconds)), Ok(nanoseconds));
        }
        assert_eq!(tick(&clock(0.001, 16.0)), Ok(16_000_000));
        assert_eq!(tick(&clock(0.25, 0.125)), Ok(250_000), "one that runs");
    }

    #[test]
    fn a_clock_that_stands_still_is_an_error() {
        assert!(tick(&|| 5.0).unwrap_err().contains("stands still"));
        assert!(tick(&|| f64::NAN).is_err());
    }

    #[test]
    fn a_sample_is_fifty_ticks_unless_somebody_would_wait() {
        assert_eq!(sample(5_000), 1_000_000);
        assert_eq!(sample(100_000), 5_000_000);
        assert_eq!(sample(1_000_000), 50_000_000);
        assert_eq!(sample(100_000_000), 60_000_000);
    }
}
