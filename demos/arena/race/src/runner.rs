//! Somebody who races, with the work prepared.

use allocator_api2::alloc::{Allocator, Global};
use arena_alloc::{Arena, Buddies, Fit, FreeList, Memory, Region, SizeClasses, TypedArena};
use machine::Random;

use crate::kernel::{self, Live, OneByOne, OutOfMemory};
use crate::program::{BLOCKS, Blocks, PUSHES, pushes};
use crate::{Contender, Workload};

/// Wasm pages that a region may grow to: far more than any work here needs.
const PAGES: usize = 32;

/// The seed of all work: every race, on every visit, is over the same course.
const SEED: u64 = 0x0c1d_05c0;

/// One call of it is timed.
pub(crate) trait Runner {
    /// So many laps; the operations that were done.
    fn run(&mut self, laps: u32) -> Result<u64, OutOfMemory>;
}

/// A lap again and again.
struct Laps<F> {
    lap: F,
    /// Operations of a lap.
    operations: usize,
}

impl<F: FnMut() -> Result<(), OutOfMemory>> Runner for Laps<F> {
    fn run(&mut self, laps: u32) -> Result<u64, OutOfMemory> {
        for _ in 0..laps {
            (self.lap)()?;
        }
        Ok(u64::from(laps) * self.operations as u64)
    }
}

/// Gets somebody ready for a kind of work, with memory of its own.
///
/// # Errors
///
/// A sentence, if there is no memory for it, or if it cannot do this work.
pub(crate) fn runner(contender: Contender, workload: Workload) -> Result<Box<dyn Runner>, String> {
    if let Some(why) = contender.cannot(workload) {
        return Err(why.to_owned());
    }
    let region = || {
        Region::new(PAGES).map_err(|_| [contender.name(), " got no memory to begin with."].concat())
    };
    Ok(match contender {
        Contender::Limit => limit(workload),
        Contender::Arena => arena(workload),
        Contender::TypedArena => values(TypedArena::new(Memory::default())),
        Contender::FirstFit => one_by_one(workload, FreeList::new(region()?, Fit::First)),
        Contender::BestFit => one_by_one(workload, FreeList::new(region()?, Fit::Best)),
        Contender::Buddies => one_by_one(workload, Buddies::new(region()?)),
        Contender::SizeClasses => one_by_one(workload, SizeClasses::new(region()?)),
        // Through `GlobalAlloc`, as every `Box` of this module goes.
        Contender::Global => one_by_one(workload, Global),
    })
}

fn limit(workload: Workload) -> Box<dyn Runner> {
    let add = |program: Blocks| {
        let operations = program.operations();
        laps(operations, move || {
            kernel::add_blocks(&program);
            Ok(())
        })
    };
    match workload {
        Workload::Values => laps(BLOCKS, || {
            kernel::add_values();
            Ok(())
        }),
        Workload::Mixed => add(Blocks::mixed(&mut Random::new(SEED))),
        Workload::Churn => add(Blocks::churn(&mut Random::new(SEED))),
        Workload::Vecs => grow(kernel::add_pushes),
    }
}

fn arena(workload: Workload) -> Box<dyn Runner> {
    let mut arena = Arena::new(Memory::default());
    match workload {
        Workload::Vecs => grow(move |pushes| {
            kernel::vecs(&arena, pushes);
            arena.reset();
        }),
        _ => work(workload, arena),
    }
}

fn one_by_one<A: 'static>(workload: Workload, allocator: A) -> Box<dyn Runner>
where
    for<'a> &'a A: Allocator,
{
    match workload {
        Workload::Vecs => grow(move |pushes| kernel::vecs(&allocator, pushes)),
        _ => work(workload, OneByOne(allocator)),
    }
}

/// Work with blocks.
fn work<G: kernel::Gives + kernel::Holds + 'static>(
    workload: Workload,
    giver: G,
) -> Box<dyn Runner> {
    match workload {
        Workload::Mixed => blocks(giver, Blocks::mixed(&mut Random::new(SEED))),
        Workload::Churn => blocks(giver, Blocks::churn(&mut Random::new(SEED))),
        Workload::Values | Workload::Vecs => values(giver),
    }
}

fn blocks<G: kernel::Gives + 'static>(mut giver: G, program: Blocks) -> Box<dyn Runner> {
    let mut live: Vec<Live> = Vec::with_capacity(program.fill().len());
    laps(program.operations(), move || kernel::blocks(&mut giver, &program, &mut live))
}

fn values<H: kernel::Holds + 'static>(mut holder: H) -> Box<dyn Runner> {
    let mut live: Vec<Live> = Vec::with_capacity(BLOCKS);
    laps(BLOCKS, move || kernel::values(&mut holder, &mut live))
}

fn grow(mut grow: impl FnMut(&[u8]) + 'static) -> Box<dyn Runner> {
    let pushes = pushes(&mut Random::new(SEED));
    laps(PUSHES, move || {
        grow(&pushes);
        Ok(())
    })
}

fn laps(
    operations: usize,
    lap: impl FnMut() -> Result<(), OutOfMemory> + 'static,
) -> Box<dyn Runner> {
    Box::new(Laps { lap, operations })
}
