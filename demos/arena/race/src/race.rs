//! Whose turn it is, and how long a sample takes.

use machine::{Progress, Random};

use crate::clock::{self, Clock};
use crate::results::{Results, Row};
use crate::runner::{Runner, runner};
use crate::{Contender, Setup};

/// So many rounds are run before the first one that counts. Browsers translate what runs often a
/// second time, for speed; and every allocator has its memory by then.
pub const WARM_UP: u16 = 5;

/// A race under way.
///
/// First it is measured how long the clock's ticks are, and how many laps of each contender make a
/// sample. Then come rounds, in each of which everybody runs one sample, in an order that is another one
/// each time, so that whatever slows the machine down for a while hits all alike. The first rounds are
/// warm-up; whoever gets too quick for a sample in them has more laps from then on.
pub struct Race {
    rounds: u16,
    lanes: Vec<Lane>,
    /// The tick of the clock in nanoseconds, once it is known.
    tick: Option<u64>,
    /// Rounds that are over, warm-up included.
    over: u16,
    /// Those who have still to run in this round, by the number of their lane.
    waiting: Vec<usize>,
    random: Random,
}

/// Somebody who races.
struct Lane {
    contender: Contender,
    runner: Box<dyn Runner>,
    /// Laps of a sample, as far as known.
    laps: u32,
    /// Whether that is how many there will be.
    settled: bool,
    /// Operations of a sample.
    operations: u64,
    /// Nanoseconds that each sample took.
    samples: Vec<u64>,
}

impl Race {
    /// Gets everybody ready.
    ///
    /// # Errors
    ///
    /// If there is no memory for it.
    pub fn new(setup: &Setup) -> Result<Race, String> {
        let lane = |contender| {
            Ok(Lane {
                contender,
                runner: runner(contender, setup.workload)?,
                laps: 1,
                settled: false,
                operations: 0,
                samples: Vec::with_capacity(setup.rounds.into()),
            })
        };
        let lanes = setup.racing().map(lane).collect::<Result<Vec<_>, String>>()?;
        let (rounds, random) = (setup.rounds, Random::new(1));
        Ok(Race { rounds, lanes, tick: None, over: 0, waiting: Vec::new(), random })
    }

    /// Does the next piece, which takes as long as a sample; what came of it, once all is done.
    ///
    /// # Errors
    ///
    /// If the clock is of no use, or an allocator ran out of memory.
    pub fn advance(&mut self, clock: Clock) -> Result<Option<Results>, String> {
        let Some(tick) = self.tick else {
            self.tick = Some(clock::tick(clock)?);
            return Ok(None);
        };
        if let Some(lane) = self.lanes.iter_mut().find(|lane| !lane.settled) {
            lane.settle(clock::sample(tick), clock)?;
            return Ok(None);
        }
        if self.waiting.is_empty() {
            self.waiting.extend(0..self.lanes.len());
            self.random.shuffle(&mut self.waiting);
        }
        if let Some(lane) = self.waiting.pop().and_then(|lane| self.lanes.get_mut(lane)) {
            match self.over >= WARM_UP {
                true => {
                    let taken = lane.run(clock)?;
                    lane.samples.push(taken);
                }
                false => lane.settle(clock::sample(tick), clock)?,
            }
        }
        if self.waiting.is_empty() {
            self.over += 1;
        }
        Ok((self.over >= WARM_UP + self.rounds).then(|| self.results()))
    }

    /// What is known so far: as many samples of each as there were whole rounds.
    pub fn results(&self) -> Results {
        let whole = usize::from(self.over.saturating_sub(WARM_UP));
        let row = |lane: &Lane| Row {
            contender: lane.contender,
            operations: lane.operations,
            samples: lane.samples.iter().copied().take(whole).collect(),
        };
        Results { tick: self.tick.unwrap_or(0), rows: self.lanes.iter().map(row).collect() }
    }

    /// How far it is, in samples.
    pub fn progress(&self) -> Progress {
        let lanes = self.lanes.len();
        let run = |over: u16, waiting| usize::from(over) * lanes + waiting;
        let this = if self.waiting.is_empty() { 0 } else { lanes - self.waiting.len() };
        Progress { done: run(self.over, this), total: run(WARM_UP + self.rounds, 0) }
    }
}

impl Lane {
    /// Runs what is a sample as far as known; if it is over too soon, the next one has more laps. It is
    /// not settled before it has lasted: the first runs of anything are slow.
    fn settle(&mut self, sample: u64, clock: Clock) -> Result<(), String> {
        let taken = self.run(clock)?;
        self.settled |= taken >= sample;
        if taken < sample / 4 {
            // Too short to go by.
            self.laps = self.laps.saturating_mul(4);
        } else if taken < sample {
            // A little more than enough: it may get quicker still.
            let laps = u64::from(self.laps) * sample * 6 / (taken * 5) + 1;
            self.laps = u32::try_from(laps).unwrap_or(u32::MAX);
        }
        Ok(())
    }

    /// Runs a sample; the nanoseconds that it took.
    fn run(&mut self, clock: Clock) -> Result<u64, String> {
        let begun = clock::read(clock);
        let done = self.runner.run(self.laps);
        let taken = clock::read(clock).saturating_sub(begun);
        self.operations =
            done.map_err(|_| [self.contender.name(), " ran out of memory."].concat())?;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use super::*;
    use crate::Workload;
    use crate::kernel::OutOfMemory;

    /// A clock that only moves when somebody runs, or is looked at for long.
    #[derive(Clone, Default)]
    struct Time(Rc<Cell<f64>>);

    impl Time {
        fn pass(&self, nanoseconds: f64) {
            self.0.set(self.0.get() + nanoseconds / 1e6);
        }

        /// It ticks by this many milliseconds.
        fn clock(&self, tick: f64) -> impl Fn() -> f64 + use<> {
            let time = self.clone();
            move || {
                time.pass(10.0);
                (time.0.get() / tick).floor() * tick
            }
        }
    }

    /// Somebody whose laps of 10 operations take so long, and ten times as long in the first runs.
    struct Fake {
        time: Time,
        nanoseconds: f64,
        cold: u32,
        log: Rc<std::cell::RefCell<Vec<f64>>>,
    }

    impl Runner for Fake {
        fn run(&mut self, laps: u32) -> Result<u64, OutOfMemory> {
            let slower = if self.cold > 0 { 10.0 } else { 1.0 };
            self.cold = self.cold.saturating_sub(1);
            self.time.pass(self.nanoseconds * slower * f64::from(laps));
            self.log.borrow_mut().push(self.nanoseconds);
            Ok(u64::from(laps) * 10)
        }
    }

    fn race(time: &Time, laps: &[f64], rounds: u16) -> (Race, Rc<std::cell::RefCell<Vec<f64>>>) {
        let log = Rc::new(std::cell::RefCell::default());
        let lane = |(contender, nanoseconds): (Contender, &f64)| Lane {
            contender,
            runner: Box::new(Fake {
                time: time.clone(),
                nanoseconds: *nanoseconds,
                cold: 6,
                log: Rc::clone(&log),
            }),
            laps: 1,
            settled: false,
            operations: 0,
            samples: Vec::new(),
        };
        let lanes = Contender::ALL.into_iter().zip(laps).map(lane).collect();
        let (waiting, random) = (Vec::new(), Random::new(1));
        (Race { rounds, lanes, tick: None, over: 0, waiting, random }, log)
    }

    fn to_the_end(race: &mut Race, clock: Clock) -> Results {
        let mut last = 0;
        for _ in 0..100_000 {
            if let Some(results) = race.advance(clock).unwrap() {
                assert_eq!(race.progress().done, race.progress().total);
                return results;
            }
            let Progress { done, total } = race.progress();
            assert!(last <= done && done < total, "{last} {done} {total}");
            last = done;
        }
        panic!("it does not end");
    }

    #[test]
    fn samples_take_fifty_ticks_and_say_how_long_an_operation_takes() {
        for tick in [0.005, 0.1, 1.0] {
            let time = Time::default();
            let (mut race, _) = race(&time, &[5.0, 200.0, 30_000.0], 7);
            let results = to_the_end(&mut race, &time.clock(tick));
            assert_eq!(results.tick, (tick * 1e6).round() as u64);
            for (row, exact) in results.rows.iter().zip([0.5, 20.0, 3_000.0]) {
                assert_eq!(row.samples.len(), 7);
                for (taken, each) in row.samples.iter().zip(row.per_operation()) {
                    assert!(taken / results.tick >= 49, "{taken} ns with ticks of {tick} ms");
                    assert!((each / exact - 1.0).abs() < 0.025, "{each} and not {exact}");
                }
            }
        }
    }

    #[test]
    fn everybody_runs_once_a_round_in_an_order_that_changes() {
        let time = Time::default();
        let (mut race, log) = race(&time, &[2e6, 3e6, 4e6], 20);
        to_the_end(&mut race, &time.clock(0.005));
        let log = log.borrow();
        let rounds: Vec<_> = log[log.len() - 60..].chunks(3).map(<[f64]>::to_vec).collect();
        for round in &rounds {
            let mut sorted = round.clone();
            sorted.sort_by(f64::total_cmp);
            assert_eq!(sorted, [2e6, 3e6, 4e6]);
        }
        assert!(rounds.iter().any(|round| *round != rounds[0]));
        // Warm-up before, and at least one run each to find out how many laps a sample has.
        assert!(log.len() >= (20 + usize::from(WARM_UP) + 1) * 3);
    }

    #[test]
    fn stopped_anywhere_everybody_has_as_many_samples() {
        let time = Time::default();
        let clock = time.clock(0.1);
        let (mut race, _) = race(&time, &[50.0, 70.0, 90.0], 9);
        while race.advance(&clock).unwrap().is_none() {
            let lengths: Vec<_> = race.results().rows.iter().map(|row| row.samples.len()).collect();
            assert!(lengths.iter().all(|len| *len == lengths[0]), "{lengths:?}");
        }
    }

    #[test]
    fn a_real_race_runs_to_its_end() {
        for workload in Workload::ALL {
            let setup = Setup { workload, rounds: 2, ..Setup::default() };
            // Each look at this clock is a tick that is as long as the longest sample.
            let time = Cell::new(0.0);
            let clock = || {
                time.set(time.get() + 100.0);
                time.get()
            };
            let mut race = Race::new(&setup).unwrap();
            let results = to_the_end(&mut race, &clock);
            assert!(results.rows.iter().map(|row| row.contender).eq(setup.racing()));
            let operations = results.rows[0].operations;
            assert!(
                results.rows.iter().all(|row| row.operations == operations),
                "the same for all"
            );
        }
    }
}
