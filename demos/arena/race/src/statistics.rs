//! What samples say, without a guess at how they are distributed.
//!
//! Times of a program are not normally distributed: there is a least time, and now and then something
//! gets in between. So there is no mean here. The median is told, and how sure it is, by counting: each
//! sample falls on either side of the true median as a coin does. That fewer than k of n do so on one
//! side is as likely as fewer than k heads in n throws, and then, and only then, the k-th sample lies
//! beyond it.
//!
//! A clock that ticks rounds each sample by less than a tick, up or down. The k-th of the true times is
//! then no further from the k-th sample either: so the interval is made longer by a tick at both ends,
//! and holds what it says also when many samples are the same number of ticks.

/// What the samples of somebody say; all in the unit of the samples.
#[derive(Clone, PartialEq, Debug)]
pub struct Summary {
    /// The samples, the smallest first; there is at least one.
    pub sorted: Vec<f64>,
    /// As many samples are smaller as are larger.
    pub median: f64,
    /// Between these two lies the middle half.
    pub quartiles: (f64, f64),
    /// Where the true median is, with 95 % of certainty; nothing if there are too few samples to say.
    pub interval: Option<Interval>,
}

/// Between which two values the true median lies.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Interval {
    /// The lower one.
    pub low: f64,
    /// The upper one.
    pub high: f64,
}

impl Summary {
    /// Sorts samples, each of which may be wrong by `rounded`, and looks at them; nothing if there are
    /// none.
    pub fn of(mut samples: Vec<f64>, rounded: f64) -> Option<Summary> {
        samples.sort_by(f64::total_cmp);
        let median = quantile(&samples, 0.5)?;
        let quartiles = (quantile(&samples, 0.25)?, quantile(&samples, 0.75)?);
        let interval = rank(samples.len()).and_then(|rank| {
            let low = *samples.get(rank - 1)?;
            let high = *samples.get(samples.len() - rank)?;
            let low = if low > rounded { low - rounded } else { 0.0 };
            Some(Interval { low, high: high + rounded })
        });
        Some(Summary { sorted: samples, median, quartiles, interval })
    }
}

/// The value below which such a part of the sorted samples lies; between two of them, on the line from
/// one to the other.
fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let place = part * sorted.len().checked_sub(1)? as f64;
    let below = place as usize;
    let (low, rest) = (*sorted.get(below)?, place - below as f64);
    let high = sorted.get(below + 1).unwrap_or(&low);
    Some(low + (high - low) * rest)
}

/// The rank of the interval's lower end among so many samples, counted from 1; the upper end has the
/// same from above. It is the largest for which at most 2.5 % are lost at either end: the median lies
/// below the k-th sample if fewer than k of n throws are heads.
fn rank(samples: usize) -> Option<usize> {
    let n = samples as f64;
    // The odds of exactly so many heads; among more throws than a thousand they are too small to be
    // written as a number at first.
    let mut exactly = 0.5_f64.powi(i32::try_from(samples).ok().filter(|n| *n <= 1_000)?);
    let (mut fewer, mut heads) = (0.0, 0_usize);
    while fewer + exactly <= 0.025 {
        fewer += exactly;
        exactly *= (n - heads as f64) / (heads as f64 + 1.0);
        heads += 1;
    }
    (heads > 0).then_some(heads)
}

#[cfg(test)]
mod tests {
    use machine::Random;

    use super::*;

    /// Of the 2^n ways in which n throws may fall, in how many there are fewer heads than this.
    fn ways(n: u32, heads: usize) -> u128 {
        let mut row = vec![1_u128];
        for _ in 0..n {
            let next = row.windows(2).map(|pair| pair[0] + pair[1]);
            row = [1].into_iter().chain(next).chain([1]).collect();
        }
        row[..heads].iter().sum()
    }

    #[test]
    fn ranks_are_those_of_the_exact_sums() {
        for n in 1..=120_u32 {
            let all = 1_u128 << n;
            // At most 2.5 % of all ways, without a rounding.
            let within = |heads: usize| ways(n, heads) <= all / 40;
            match rank(n as usize) {
                None => assert!(!within(1), "{n} are enough"),
                Some(rank) => assert!(within(rank) && !within(rank + 1), "{n}: {rank}"),
            }
        }
    }

    #[test]
    fn ranks_are_those_of_the_tables() {
        for (n, expected) in [
            (0, None),
            (5, None),
            (6, Some(1)),
            (9, Some(2)),
            (11, Some(2)),
            (31, Some(10)),
            (101, Some(41)),
            (301, Some(134)),
            (1_001, None),
        ] {
            assert_eq!(rank(n), expected, "{n} samples");
        }
    }

    #[test]
    fn the_interval_holds_the_true_median_as_often_as_it_says() {
        // Skewed as times are: most near the least, some far off. The true median is 1.
        let mut random = Random::new(11);
        let mut sample = || {
            let even = (random.bits() >> 11) as f64 / (1_u64 << 53) as f64;
            -(1.0 - even).log2()
        };
        for n in [11, 31, 101_u32] {
            let rounds = 4_000;
            let held = (0..rounds)
                .filter(|_| {
                    let summary = Summary::of((0..n).map(|_| sample()).collect(), 0.0).unwrap();
                    let Interval { low, high } = summary.interval.unwrap();
                    assert!(low <= summary.median && summary.median <= high);
                    (low..=high).contains(&1.0)
                })
                .count();
            let lost = 2 * ways(n, rank(n as usize).unwrap());
            let certain = 1.0 - lost as f64 / (1_u128 << n) as f64;
            let held = held as f64 / f64::from(rounds);
            assert!(certain >= 0.95, "{n} samples");
            assert!((held - certain).abs() < 0.012, "{held} and not {certain} with {n} samples");
        }
    }

    #[test]
    fn medians_and_quartiles_of_few() {
        let of = |samples: &[f64]| Summary::of(samples.to_vec(), 0.0).unwrap();
        assert_eq!(Summary::of(vec![], 0.0), None);
        let one = of(&[3.0]);
        assert_eq!((one.median, one.quartiles, one.interval), (3.0, (3.0, 3.0), None));
        assert_eq!(of(&[4.0, 1.0]).median, 2.5);
        let five = of(&[5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!((five.median, five.quartiles), (3.0, (2.0, 4.0)));
        let six = of(&[6.0, 1.0, 5.0, 2.0, 4.0, 3.0]);
        assert_eq!(six.interval, Some(Interval { low: 1.0, high: 6.0 }));
    }

    #[test]
    fn what_the_clock_rounds_makes_the_interval_longer() {
        // True times near 10.3, seen by a clock that ticks by 1: the median is 10, the interval holds
        // 10.3 although no sample does.
        let summary = Summary::of(vec![10.0; 31], 1.0).unwrap();
        assert_eq!(summary.median, 10.0);
        assert_eq!(summary.interval, Some(Interval { low: 9.0, high: 11.0 }));
        let short = Summary::of(vec![0.5; 31], 1.0).unwrap();
        assert_eq!(short.interval, Some(Interval { low: 0.0, high: 1.5 }), "no time is below 0");
    }
}
