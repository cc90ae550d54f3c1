//! How long it takes to get about in a run. The clock is the caller's: an engine has none.

use crate::{Machine, Player, Random, Run};

/// Times in the unit of the clock, each the quickest of three tries, so that what else the computer
/// does is left out.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SeekTimes {
    /// How many steps the run has.
    pub steps: usize,
    /// Opening it, with its cursor in the middle.
    pub open: f64,
    /// Going from its end to some cursor: the median of 101 cursors, which lie anywhere.
    pub seek_median: f64,
    /// The longest of these.
    pub seek_worst: f64,
    /// One step back, on the way from the end to the start: the mean.
    pub back_mean: f64,
    /// The longest of these, which makes a window of snapshots.
    pub back_worst: f64,
}

/// How often each thing is tried.
const TRIES: usize = 3;

/// Measures with `now`, which tells a time that only grows.
pub fn seek_times<M: Machine>(run: &Run<M>, now: impl Fn() -> f64) -> Result<SeekTimes, String> {
    let timed = |work: &mut dyn FnMut() -> Result<(), String>| {
        let before = now();
        work().map(|()| now() - before)
    };

    let mut player = Player::<M>::start(run.scenario.clone()).map_err(|error| error.to_string())?;
    let mut open = f64::INFINITY;
    for _ in 0..TRIES {
        let mut run = run.clone();
        run.cursor /= 2;
        let time = timed(&mut || {
            player = Player::open(run.clone()).map_err(|error| error.to_string())?;
            finish(&mut player)
        })?;
        open = open.min(time);
    }
    let steps = player.len();

    let mut random = Random::new(1);
    let mut seeks = vec![f64::INFINITY; 101];
    for seek in &mut seeks {
        let cursor = random.below(steps + 1);
        for _ in 0..TRIES {
            player.last().map_err(|refused| refused.to_string())?;
            let time = timed(&mut || {
                player.seek(cursor).map_err(|refused| refused.to_string())?;
                finish(&mut player)
            })?;
            *seek = seek.min(time);
        }
    }
    seeks.sort_by(f64::total_cmp);

    let mut backs = vec![f64::INFINITY; steps];
    for _ in 0..TRIES {
        player.last().map_err(|refused| refused.to_string())?;
        for back in &mut backs {
            let time = timed(&mut || {
                player.back().map_err(|refused| refused.to_string())?;
                finish(&mut player)
            })?;
            *back = back.min(time);
        }
    }
    Ok(SeekTimes {
        steps,
        open,
        seek_median: seeks[50],
        seek_worst: seeks[100],
        back_mean: backs.iter().sum::<f64>() / steps.max(1) as f64,
        back_worst: backs.into_iter().fold(0.0, f64::max),
    })
}

fn finish<M: Machine>(player: &mut Player<M>) -> Result<(), String> {
    while player.working().is_some() {
        player.advance(20_000).map_err(|refused| refused.to_string())?;
    }
    Ok(())
}
