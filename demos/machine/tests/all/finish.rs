//! Playing a run to its end gives what stepping it to its end gives, and keeps only its commands.

use machine::{Ending, Event, Finisher, Outcome, Player, Progress, Run};

use crate::allocations::measure;
use crate::toys::counter::{Add, CountError, UpTo};
use crate::toys::walkers::Ring;
use crate::toys::{Counter, Walkers};

fn finished(mut finisher: Finisher<Walkers>) -> Run<Walkers> {
    while finisher.advance(7).is_none() {}
    finisher.run().clone()
}

#[test]
fn the_run_is_the_one_that_stepping_gives() {
    for seed in 0..20 {
        let scenario = Ring { moves: 30, ..Ring::new(seed) };
        let mut player = Player::<Walkers>::start(scenario.clone()).unwrap();
        player.apply(player.commands()[0].clone()).unwrap();
        let begun = player.run();
        while player.forward() != Ok(Outcome::Done(Event::AtRest)) {}

        assert_eq!(finished(Finisher::new(Run::new(scenario), 1_000).unwrap()), player.run());
        assert_eq!(finished(Finisher::new(begun, 1_000).unwrap()), player.run());
        let mut finisher = Finisher::new(player.run(), 1_000).unwrap();
        while finisher.advance(1_000).is_none() {}
        let marks = finisher.marks();
        assert_eq!(marks.faults + marks.notable, player.marks().len());
    }
}

#[test]
fn it_ends_at_rest_at_the_limit_or_where_a_command_is_not_possible() {
    let new = |commands: &[u64], limit| {
        let commands = commands.iter().copied().map(Add).collect();
        Finisher::<Counter>::new(Run { scenario: UpTo(100), commands, cursor: 0 }, limit).unwrap()
    };
    assert_eq!(new(&[7], 1_000).advance(1_000), Some(Ending::Rest));

    let mut limited = new(&[7], 50);
    assert_eq!(limited.advance(40), None);
    assert_eq!(limited.progress(), Progress { done: 40, total: 50 });
    assert_eq!(limited.advance(40), Some(Ending::Limit));
    assert_eq!((limited.run().cursor, limited.run().commands.len()), (50, 44));

    // A limit inside what the run has already cuts it there.
    let mut cut = new(&[7, 7, 7], 10);
    assert_eq!(cut.advance(40), Some(Ending::Limit));
    assert_eq!((cut.run().cursor, cut.run().commands.len()), (14, 2));

    let mut wrong = new(&[7, 0, 7], 1_000);
    let error = CountError::BeyondLimit;
    assert_eq!(wrong.advance(40), Some(Ending::NotPossible { command: 1, error }));
    assert_eq!((wrong.run().cursor, wrong.run().commands.len()), (7, 1));

    let mut stopped = new(&[7, 7], 1_000);
    assert_eq!(stopped.advance(3), None);
    assert_eq!(stopped.stop(), Ending::Stopped);
    assert_eq!((stopped.run().cursor, stopped.run().commands.len()), (7, 2));
    stopped.advance(20);
    stopped.stop();
    assert_eq!((stopped.run().cursor, stopped.run().commands.len()), (27, 15));

    let wrong = Finisher::<Counter>::new(Run::new(UpTo(0)), 1);
    assert!(matches!(wrong, Err(CountError::LimitIsZero)));
}

#[test]
fn a_million_steps_take_no_memory_of_their_own() {
    let mut finisher = Finisher::<Counter>::new(Run::new(UpTo(10_000_000)), usize::MAX).unwrap();
    let (ending, peak, _) = measure(|| finisher.advance(usize::MAX / 2));
    assert_eq!((ending, finisher.run().cursor), (Some(Ending::Limit), 1_000_000));
    assert!(peak < 500, "{peak} bytes");
}
