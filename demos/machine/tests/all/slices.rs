//! Everything a person may do while longer work is under way, in any order, against a model that is
//! only a list of commands.

use machine::{Outcome, Player, Random, Refused, Run};

use crate::toys::Counter;
use crate::toys::counter::{Add, UpTo};

const LIMIT: u64 = 400_000;

/// A counter's snapshot is its cursor, so what a run should be is easily said.
struct Model {
    adds: Vec<usize>,
    cursor: usize,
    /// What the player is on its way to, and whether that is a run that is being opened.
    pending: Option<(After, bool)>,
}

#[derive(Clone)]
struct After {
    adds: Vec<usize>,
    cursor: usize,
}

impl Model {
    fn len(&self) -> usize {
        self.adds.iter().sum()
    }

    fn applied(&self, add: usize) -> After {
        let mut start = 0;
        for (index, there) in self.adds.iter().enumerate() {
            if self.cursor < start + there {
                if *there == add {
                    return After { adds: self.adds.clone(), cursor: start + there };
                }
                let adds = [&self.adds[..index], &[add]].concat();
                return After { adds, cursor: start + add };
            }
            start += there;
        }
        After { adds: [&self.adds[..], &[add]].concat(), cursor: start + add }
    }

    fn settle(&mut self, after: After) {
        (self.adds, self.cursor, self.pending) = (after.adds, after.cursor, None);
    }

    fn confirm(&self, player: &Player<Counter>) {
        assert_eq!((player.cursor(), *player.snapshot()), (self.cursor, self.cursor as u64));
        let all = [1u64, 7, 3].into_iter();
        let mut start = 0;
        for there in &self.adds {
            if self.cursor < start + there {
                break;
            }
            start += there;
        }
        let possible = all.filter(|n| start as u64 + n <= LIMIT).map(Add);
        assert_eq!(player.commands(), possible.collect::<Vec<_>>());
        if self.pending.is_none() {
            assert_eq!(player.len(), self.len());
            let adds: Vec<usize> = player.run().commands.iter().map(|add| add.0 as usize).collect();
            assert_eq!(adds, self.adds);
        }
    }
}

fn random_adds(random: &mut Random) -> Vec<usize> {
    let mut adds = Vec::new();
    let mut room = 20_000 + random.below(200_000);
    while let Some(add) = random.pick(&[1, 3, 7, 40, 900, 5_000]).filter(|add| **add <= room) {
        // In stretches, which end anywhere.
        let count = (1 + random.below(300)).min(room / add);
        adds.extend(std::iter::repeat_n(*add, count));
        room -= count * add;
    }
    adds
}

#[test]
fn any_order_of_doing_things_ends_where_the_model_does() {
    let mut finished = 0;
    let mut interrupted = 0;
    for seed in 0..6 {
        let mut random = Random::new(seed);
        let adds = random_adds(&mut random);
        let cursor = random.below(adds.iter().sum::<usize>() + 1);
        let commands = adds.iter().map(|add| Add(*add as u64)).collect();
        let mut player = Player::open(Run { scenario: UpTo(LIMIT), commands, cursor }).unwrap();
        let opening = Some((After { adds: adds.clone(), cursor }, true));
        let mut model = Model { adds, cursor: 0, pending: opening };
        if player.working().is_none() {
            model.settle(model.pending.clone().unwrap().0);
        }
        for _ in 0..400 {
            let busy = model.pending.is_some();
            let (after, played) = match random.below(if busy { 40 } else { 12 }) {
                0 | 1 => {
                    // Far, near, and a little beyond the end.
                    let cursor = match random.below(3) {
                        0 => random.below(model.len() + 10),
                        1 => (model.cursor + random.below(80)).saturating_sub(40),
                        _ => (model.cursor + random.below(900)).saturating_sub(450),
                    };
                    let target = model.pending.clone().filter(|pending| pending.1);
                    let adds = target.map_or(model.adds.clone(), |(after, _)| after.adds);
                    let cursor = cursor.min(adds.iter().sum());
                    (After { adds, cursor }, player.seek(cursor))
                }
                2 => {
                    let add = *random.pick(&[1, 3, 7, 900]).unwrap();
                    let played = player.apply(Add(add as u64));
                    if model.pending.as_ref().is_some_and(|pending| pending.1) {
                        assert_eq!(played, Err(Refused::Opening));
                        continue;
                    }
                    (model.applied(add), played)
                }
                3 if !busy => {
                    let played = player.apply(Add(0));
                    if model.cursor < model.len() {
                        while player.working().is_some() {
                            if player.advance(1 + random.below(50_000)).is_err() {
                                break;
                            }
                        }
                    } else {
                        assert!(matches!(played, Err(Refused::NotPossible(_))));
                    }
                    assert_eq!(player.working(), None);
                    model.confirm(&player);
                    continue;
                }
                _ if busy => {
                    let after = model.pending.clone().unwrap().0;
                    (after, player.advance(1 + random.below(9_000)))
                }
                4..8 => {
                    let cursor = model.cursor.saturating_sub(1);
                    (After { adds: model.adds.clone(), cursor }, player.back())
                }
                _ if model.cursor == model.len() => continue,
                _ => {
                    let cursor = model.cursor + 1;
                    (After { adds: model.adds.clone(), cursor }, player.forward())
                }
            };
            let opening = model.pending.take().is_some_and(|pending| pending.1);
            match played.unwrap() {
                Outcome::Done(_) => {
                    model.settle(after);
                    finished += 1;
                }
                Outcome::Working(progress) => {
                    assert!(progress.done <= progress.total);
                    model.pending = Some((after, opening));
                    interrupted += 1;
                }
            }
            model.confirm(&player);
        }
    }
    assert!(finished > 100 && interrupted > 100, "{finished} at once, {interrupted} in slices");
}
