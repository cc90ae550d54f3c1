//! The work, prepared before anything is timed.

use std::alloc::Layout;

use machine::Random;

/// Miri interprets: it is given less of everything.
const PART: usize = if cfg!(miri) { 64 } else { 1 };

/// How many operations a lap of blocks has; every lap ends with nothing alive.
pub(crate) const BLOCKS: usize = 1_024 / PART;
/// How many blocks are alive while they come and go.
const ALIVE: usize = 256 / PART;
/// How many pushes a lap of growing `Vec`s has.
pub(crate) const PUSHES: usize = 4_096 / PART;
/// How many `Vec`s grow.
pub(crate) const VECS: usize = 8;

/// Blocks that come and go.
///
/// First a block for each layout of `fill` is allocated, each into a slot of its own. Then in each turn
/// another one is allocated, and takes the slot of one that is freed. At the end the slots are freed in
/// `order`, which names each of them exactly once: that is what the kernel may rely on.
#[derive(Debug)]
pub(crate) struct Blocks {
    fill: Vec<Layout>,
    turns: Vec<Turn>,
    order: Vec<u32>,
}

/// A block takes the place of another one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    /// Whose place; one of the slots that were filled.
    pub(crate) slot: u32,
    /// What the new one needs.
    pub(crate) layout: Layout,
}

impl Blocks {
    /// All are allocated, then all are freed.
    pub(crate) fn mixed(random: &mut Random) -> Blocks {
        let fill = layouts(random, BLOCKS);
        let order = permutation(random, BLOCKS);
        Blocks { fill, turns: Vec::new(), order }
    }

    /// A steady number is alive.
    pub(crate) fn churn(random: &mut Random) -> Blocks {
        let fill = layouts(random, ALIVE);
        let layouts = layouts(random, BLOCKS);
        let turn = |layout| Turn { slot: random.below(ALIVE) as u32, layout };
        let turns = layouts.into_iter().map(turn).collect();
        Blocks { fill, turns, order: permutation(random, ALIVE) }
    }

    /// These are allocated, and freed in the same order.
    #[cfg(test)]
    pub(crate) fn of(fill: Vec<Layout>) -> Blocks {
        let order = (0..fill.len() as u32).collect();
        Blocks { fill, turns: Vec::new(), order }
    }

    /// The layouts at the beginning.
    pub(crate) fn fill(&self) -> &[Layout] {
        &self.fill
    }

    /// What comes and goes then.
    pub(crate) fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// In which order the slots are freed: each of them once.
    pub(crate) fn order(&self) -> &[u32] {
        &self.order
    }

    /// How many blocks are allocated, and freed again.
    pub(crate) fn operations(&self) -> usize {
        self.fill.len() + self.turns.len()
    }
}

/// Which of the `Vec`s grows, push after push.
pub(crate) fn pushes(random: &mut Random) -> Vec<u8> {
    (0..PUSHES).map(|_| random.below(VECS) as u8).collect()
}

/// Layouts as programs have them: small ones often, each doubling half as likely, and a size that is a
/// multiple of the alignment only where that is small, as it is with a type or an array of bytes.
fn layouts(random: &mut Random, count: usize) -> Vec<Layout> {
    let layout = |_| {
        let doublings = random.bits().trailing_zeros().min(5);
        let most = 8_usize << doublings;
        let align = *random.pick(&[1, 4, 8, 8, 16]).unwrap_or(&8);
        let size = 1 + random.below(most);
        let size = if align > 1 { size.next_multiple_of(align) } else { size };
        Layout::from_size_align(size, align).unwrap_or(Layout::new::<u64>())
    };
    (0..count).map(layout).collect()
}

fn permutation(random: &mut Random, count: usize) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count as u32).collect();
    random.shuffle(&mut order);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_those_that_were_filled_and_each_is_freed_once() {
        for seed in 0..50 {
            let mut random = Random::new(seed);
            for blocks in [Blocks::mixed(&mut random), Blocks::churn(&mut random)] {
                let slots = blocks.fill().len();
                assert!(blocks.turns().iter().all(|turn| (turn.slot as usize) < slots));
                let mut order = blocks.order().to_vec();
                order.sort();
                assert_eq!(order, (0..slots as u32).collect::<Vec<_>>());
                let turns = blocks.turns().iter().map(|turn| turn.layout);
                for layout in blocks.fill().iter().copied().chain(turns) {
                    assert!((1..=256).contains(&layout.size()), "{layout:?}");
                    assert!(layout.align() <= 16);
                }
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_work() {
        let work = |seed| format!("{:?}", Blocks::churn(&mut Random::new(seed)));
        assert_eq!(work(7), work(7));
        assert_ne!(work(7), work(8));
        let mut counts = [0; VECS];
        pushes(&mut Random::new(3)).iter().for_each(|vec| counts[usize::from(*vec)] += 1);
        assert!(counts.iter().all(|count| (400..625).contains(count)), "{counts:?}");
    }
}
