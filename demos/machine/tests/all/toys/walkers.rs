//! Walkers on a ring of cells, each holding a number. Which of them can move, how many steps a move
//! takes and what it leaves behind depends on everything before: what one order of moves gives, no
//! other one does.

use std::fmt;

use machine::{Machine, Mark, Portable, Random, Reader, Tape, Writer};

#[derive(Debug)]
pub(crate) struct Walkers {
    name: String,
    random: Random,
    cells: Vec<u32>,
    walkers: Vec<u32>,
    moves: u32,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Ring {
    pub(crate) name: String,
    pub(crate) seed: u64,
    pub(crate) walkers: u8,
    pub(crate) moves: u32,
}

impl Ring {
    pub(crate) fn new(seed: u64) -> Self {
        Ring { name: format!("ring {seed}"), seed, walkers: 3, moves: u32::MAX }
    }
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Move {
    Walk(u8),
    Swap(u8, u8),
}

#[derive(Clone, PartialEq, Debug, Hash)]
pub(crate) enum Walked {
    Left { walker: u32, cell: u32 },
    Wrote { cell: u32, value: u32 },
    Swapped(u32, u32),
}

#[derive(Clone, PartialEq, Debug, Hash)]
pub(crate) struct View {
    pub(crate) name: String,
    pub(crate) cells: Vec<u32>,
    pub(crate) walkers: Vec<u32>,
    pub(crate) moves: u32,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct CannotMove(u8);

impl fmt::Display for CannotMove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "walker {} cannot move now", self.0)
    }
}

const CELLS: u32 = 8;

impl Walkers {
    fn can_walk(&self, walker: u8) -> bool {
        let cell = self.walkers.get(usize::from(walker)).map(|at| self.cells[*at as usize]);
        self.moves > 0 && cell.is_some_and(|value| value % 4 != 3)
    }

    fn can_swap(&self, a: u8, b: u8) -> bool {
        self.moves > 0 && a < b && usize::from(b) < self.walkers.len()
    }
}

impl Machine for Walkers {
    type Scenario = Ring;
    type Command = Move;
    type Step = Walked;
    type Snapshot = View;
    type Error = CannotMove;

    fn start(ring: &Ring) -> Result<Self, CannotMove> {
        let random = Random::new(ring.seed);
        let walkers = (0..ring.walkers).map(|walker| u32::from(walker) % CELLS).collect();
        let cells = (0..CELLS).collect();
        Ok(Walkers { name: ring.name.clone(), random, cells, walkers, moves: ring.moves })
    }

    fn commands(&self) -> Vec<Move> {
        let count = self.walkers.len() as u8;
        let walks = (0..count).filter(|w| self.can_walk(*w)).map(Move::Walk);
        let swap = self.can_swap(0, count.saturating_sub(1));
        walks.chain(swap.then_some(Move::Swap(0, count.saturating_sub(1)))).collect()
    }

    fn apply(&mut self, command: &Move, tape: &mut Tape<Walked, View>) -> Result<(), CannotMove> {
        match *command {
            Move::Walk(walker) if self.can_walk(walker) => {
                let index = usize::from(walker);
                self.moves -= 1;
                for _ in 0..=self.random.below(5) {
                    let cell = self.walkers[index];
                    self.walkers[index] = (cell + 1) % CELLS;
                    let left = Walked::Left { walker: walker.into(), cell };
                    tape.record(left, || self.snapshot());
                    let value = self.random.below(1_000) as u32;
                    self.cells[cell as usize] = value;
                    tape.record(Walked::Wrote { cell, value }, || self.snapshot());
                }
            }
            Move::Swap(a, b) if self.can_swap(a, b) => {
                self.moves -= 1;
                self.walkers.swap(a.into(), b.into());
                // So that nobody stays stuck for ever.
                self.cells.iter_mut().for_each(|cell| *cell += 1);
                tape.record(Walked::Swapped(a.into(), b.into()), || self.snapshot());
            }
            Move::Walk(walker) | Move::Swap(walker, _) => return Err(CannotMove(walker)),
        }
        Ok(())
    }

    fn snapshot(&self) -> View {
        View {
            name: self.name.clone(),
            cells: self.cells.clone(),
            walkers: self.walkers.clone(),
            moves: self.moves,
        }
    }

    fn mark(step: &Walked) -> Option<Mark> {
        match step {
            Walked::Wrote { value, .. } if value % 4 == 3 => Some(Mark::Fault),
            Walked::Swapped(..) => Some(Mark::Notable),
            _ => None,
        }
    }
}

impl Portable for Ring {
    fn write(&self, out: &mut Writer) {
        out.text(&self.name);
        out.number(self.seed);
        out.byte(self.walkers);
        out.number(self.moves.into());
    }
    fn read(input: &mut Reader<'_>) -> Self {
        Ring {
            name: input.text().to_owned(),
            seed: input.number(),
            walkers: input.number_to(8, "at most 8 walkers") as u8,
            moves: input.number_to(u32::MAX.into(), "at most 4,294,967,295 moves") as u32,
        }
    }
}

impl Portable for Move {
    fn write(&self, out: &mut Writer) {
        match *self {
            Move::Walk(walker) => out.byte(walker),
            Move::Swap(a, b) => [8, a, b].into_iter().for_each(|byte| out.byte(byte)),
        }
    }
    fn read(input: &mut Reader<'_>) -> Self {
        match input.number_to(8, "a walker below 8, or 8 for a swap") as u8 {
            8 => {
                let a = input.number_to(7, "a walker below 8") as u8;
                Move::Swap(a, input.number_to(7, "a walker below 8") as u8)
            }
            walker => Move::Walk(walker),
        }
    }
}
