//! How long it takes to get about in a run. The clock is the caller's: an engine has none.

use crate::{Machine, Player, Random, Run};

/// Times in the unit of the clock.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SeekTimes {
    /// How many steps the run has.
    pub steps: usize,
    /// Opening it, with its cursor in the middle.
    pub open: f64,
    /// Going from its end to some cursor: the median of 101 cursors, which lie anywhere.
    pub seek_median: f64,
    /// The longest of these, each being the quickest of three tries, so that what else the computer
    /// does is left out.
    pub seek_worst: f64,
    /// One step back, on the way from the end to the start: the mean.
    pub back_mean: f64,
    /// The longest of these, which makes a window of snapshots.
    pub back_worst: f64,
}

/// Measures with `now`, which tells a time that only grows.
pub fn seek_times<M: Machine>(run: &Run<M>, now: impl Fn() -> f64) -> Result<SeekTimes, String> {
    let timed = |work: &mut dyn FnMut() -> Result<(), String>| {
        let before = now();
        work().map(|()| now() - before)
    };

    let mut player = Player::<M>::start(run.scenario.clone()).map_err(|error| error.to_string())?;
    let open = timed(&mut || {
        let mut run = run.clone();
        // Near enough to the middle, wherever that is: an opening does all commands anyway.
        run.cursor /= 2;
        player = Player::open(run).map_err(|error| error.to_string())?;
        finish(&mut player)
    })?;
    let steps = player.len();

    let mut random = Random::new(1);
    let mut seeks = Vec::new();
    for _ in 0..101 {
        let cursor = random.below(steps + 1);
        let mut quickest = f64::INFINITY;
        for _ in 0..3 {
            player.last().map_err(|refused| refused.to_string())?;
            let time = timed(&mut || {
                player.seek(cursor).map_err(|refused| refused.to_string())?;
                finish(&mut player)
            })?;
            quickest = quickest.min(time);
        }
        seeks.push(quickest);
    }
    seeks.sort_by(f64::total_cmp);

    player.last().map_err(|refused| refused.to_string())?;
    let (mut total, mut worst) = (0.0, 0.0f64);
    for _ in 0..steps {
        let time = timed(&mut || {
            player.back().map_err(|refused| refused.to_string())?;
            finish(&mut player)
        })?;
        total += time;
        worst = worst.max(time);
    }
    Ok(SeekTimes {
        steps,
        open,
        seek_median: seeks[50],
        seek_worst: seeks[100],
        back_mean: total / steps.max(1) as f64,
        back_worst: worst,
    })
}

fn finish<M: Machine>(player: &mut Player<M>) -> Result<(), String> {
    while player.working().is_some() {
        player.advance(20_000).map_err(|refused| refused.to_string())?;
    }
    Ok(())
}
