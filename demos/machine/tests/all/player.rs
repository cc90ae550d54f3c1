//! What a person does with a run: forward, back, branch, go back to the run that was left.

use crate::toys::Counter;
use crate::toys::counter::{Add, CountError, UpTo};
use machine::{Event, Outcome, Player, Refused, Run, Shortfall, link};

fn player(limit: u64) -> Player<Counter> {
    Player::start(UpTo(limit)).unwrap()
}

fn run(adds: &[u64], cursor: usize) -> Run<Counter> {
    Run { scenario: UpTo(1_000_000), commands: adds.iter().copied().map(Add).collect(), cursor }
}

#[test]
fn forward_enters_a_command_step_by_step_and_apply_goes_to_its_end() {
    let mut player = player(100);
    assert_eq!(player.apply(Add(7)), Ok(Outcome::Done(Event::Applied { steps: 7 })));
    assert_eq!((player.cursor(), *player.snapshot(), player.len()), (7, 7, 7));
    assert_eq!(player.back(), Ok(Outcome::Done(Event::Moved)));
    assert_eq!(*player.snapshot(), 6);
    assert_eq!(player.forward(), Ok(Outcome::Done(Event::Moved)));
    assert_eq!(player.forward(), Ok(Outcome::Done(Event::Applied { steps: 1 })));
    assert_eq!((player.cursor(), *player.snapshot()), (8, 8));
}

#[test]
fn the_two_ends_say_so() {
    let mut player = player(1);
    assert_eq!(player.back(), Ok(Outcome::Done(Event::AtStart)));
    player.forward().unwrap();
    assert_eq!(player.commands(), []);
    assert_eq!(player.forward(), Ok(Outcome::Done(Event::AtRest)));
    assert_eq!((player.cursor(), player.next()), (1, None));
}

#[test]
fn an_impossible_command_leaves_everything_as_it_was() {
    let mut player = Player::open(run(&[3, 7, 1], 5)).unwrap();
    let before = player.run();
    let refused = Err(Refused::NotPossible(CountError::BeyondLimit));
    assert_eq!(player.apply(Add(0)), refused);
    assert_eq!((player.run(), *player.snapshot(), player.left()), (before, 5, None));
    player.last().unwrap();
    assert_eq!(player.apply(Add(0)), refused);
    assert_eq!((player.len(), player.cursor()), (11, 11));
}

#[test]
fn a_branch_inside_a_command_starts_where_the_command_did() {
    let mut player = Player::open(run(&[3, 7, 1], 5)).unwrap();
    let before = player.run();
    assert_eq!(player.commands(), [Add(1), Add(7), Add(3)]);
    assert_eq!((*player.snapshot(), *player.before_choice()), (5, 3));
    let branched = Event::Branched { at: 3, inside: true, dropped: 8, steps: 3 };
    assert_eq!(player.apply(Add(3)), Ok(Outcome::Done(branched)));
    assert_eq!(player.run(), run(&[3, 3], 6));
    assert_eq!(player.steps(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(player.left(), Some(&before));

    let branch = player.run();
    player.return_to_left().unwrap().unwrap();
    assert_eq!((player.run(), *player.snapshot()), (before, 5));
    assert_eq!(player.left(), Some(&branch));
}

#[test]
fn the_command_that_the_run_took_is_no_branch() {
    let mut player = Player::open(run(&[3, 7, 1], 5)).unwrap();
    assert_eq!(player.apply(Add(7)), Ok(Outcome::Done(Event::Followed)));
    assert_eq!((player.cursor(), player.len(), player.left()), (10, 11, None));
}

#[test]
fn a_step_knows_its_command_and_marks_know_their_cursors() {
    let mut player = Player::open(run(&[3, 7, 1], 0)).unwrap();
    let done = player.command_at(9).unwrap();
    assert_eq!((done.index, done.command, done.steps), (1, &Add(7), 3..10));
    assert_eq!(player.command_at(11), None);
    assert_eq!(player.marks().iter().map(|marked| marked.cursor).collect::<Vec<_>>(), [10]);
    player.seek(10).unwrap();
    player.apply(Add(3)).unwrap();
    assert_eq!(player.marks().iter().map(|marked| marked.cursor).collect::<Vec<_>>(), [10]);
    player.seek(3).unwrap();
    player.apply(Add(3)).unwrap();
    assert_eq!(player.marks(), []);
}

#[test]
fn every_step_back_from_the_end_offers_what_was_possible() {
    // The oldest snapshot that is kept is the first, second or third one of its command.
    for extra in 0..3 {
        let mut player = player(1_000);
        (0..300).for_each(|_| assert!(player.apply(Add(3)).is_ok()));
        (0..extra).for_each(|_| assert!(player.apply(Add(1)).is_ok()));
        for cursor in (0..player.len()).rev() {
            player.back().unwrap();
            assert_eq!((player.cursor(), player.commands().len()), (cursor, 3));
        }
    }
}

#[test]
fn a_run_made_by_hand_opens_as_far_as_it_goes() {
    let player = Player::open(run(&[3, 0, 7], 2)).unwrap();
    assert_eq!((player.run(), *player.snapshot()), (run(&[3], 2), 2));
    let error = CountError::BeyondLimit;
    assert_eq!(player.shortfall(), Some(&Shortfall::NotPossible { command: 1, of: 3, error }));
    assert_eq!(
        player.shortfall().unwrap().to_string(),
        "Command 2 of 3 is not possible there, so the run ends before it: \
         that would count beyond the limit"
    );

    let player = Player::open(run(&[3], 9)).unwrap();
    assert_eq!(player.cursor(), 3);
    assert_eq!(player.shortfall(), Some(&Shortfall::CursorBeyond { cursor: 9, len: 3 }));
}

#[test]
fn a_run_goes_on_where_it_is_the_beginning_of_another() {
    let mut player = Player::open(run(&[3, 7], 2)).unwrap();
    let longer = run(&[3, 7, 7, 1], 12);
    assert!(matches!(player.extend(longer.clone()), Ok(Outcome::Working(_))));
    assert_eq!((player.cursor(), player.len()), (2, 10));
    assert_eq!(player.advance(1_000), Ok(Outcome::Done(Event::Opened)));
    assert_eq!((player.run(), *player.snapshot(), player.left()), (longer.clone(), 12, None));

    let other_scenario = Run { scenario: UpTo(99), ..longer.clone() };
    for other in [run(&[3, 7], 10), run(&[3, 3, 7, 1], 1), other_scenario] {
        assert_eq!(player.extend(other.clone()), Err(other));
        assert_eq!((player.run(), player.left()), (longer.clone(), None));
    }
}

#[test]
fn a_scenario_that_cannot_start_changes_nothing() {
    let mut player = player(9);
    player.forward().unwrap();
    let before = player.run();
    assert_eq!(player.replace(Run::new(UpTo(0))), Err(CountError::LimitIsZero));
    assert_eq!(player.run(), before);
}

#[test]
fn no_slice_does_much_more_than_it_was_told_and_snapshots_count() {
    let mut far = run(&[], 18_000);
    far.commands.push_many(Add(1), 18_000).unwrap();
    let mut player = Player::open(far).unwrap();
    assert_eq!(player.seek(9_000), Ok(Outcome::Done(Event::Moved)));
    player.last().unwrap();

    assert!(matches!(player.seek_within(9_000, 2_000), Ok(Outcome::Working(_))));
    let mut slices = 1;
    while player.working().is_some() {
        player.advance(2_000).unwrap();
        slices += 1;
    }
    assert_eq!((player.cursor(), *player.snapshot()), (9_000, 9_000));
    // Of about 9,000 steps and 220 snapshots, each of which is worth 20 steps.
    assert!((6..=8).contains(&slices), "{slices} slices");
}

#[test]
fn long_runs_open_in_slices_and_can_be_stopped() {
    let mut long = run(&[], 299_999);
    long.commands.push_many(Add(3), 100_000).unwrap();
    let mut player = Player::open(long.clone()).unwrap();
    let mut slices = 0;
    while let Some(progress) = player.working() {
        assert!(progress.done <= progress.total);
        assert_eq!(player.apply(Add(1)), Err(Refused::Opening));
        player.advance(20_000).unwrap();
        slices += 1;
    }
    assert!((20..=40).contains(&slices), "{slices} slices");
    assert_eq!((player.len(), player.cursor(), *player.snapshot()), (300_000, 299_999, 299_999));

    // Far back: the old place is shown until the new one is there.
    assert!(matches!(player.seek(150_000), Ok(Outcome::Working(_))));
    assert_eq!((player.cursor(), *player.snapshot()), (299_999, 299_999));
    while player.working().is_some() {
        player.advance(20_000).unwrap();
    }
    assert_eq!((player.cursor(), *player.snapshot()), (150_000, 150_000));

    // A far branch is sliced too.
    assert!(matches!(player.apply(Add(7)), Ok(Outcome::Done(_) | Outcome::Working(_))));
    while player.working().is_some() {
        player.advance(20_000).unwrap();
    }
    assert_eq!((player.len(), *player.snapshot()), (150_007, 150_007));

    let mut player = Player::open(long).unwrap();
    player.stop();
    assert_eq!(player.working(), None);
    assert!(matches!(player.shortfall(), Some(Shortfall::Stopped { of: 100_000, .. })));
    let stopped = player.run();
    assert_eq!((player.cursor(), *player.snapshot()), (0, 0));
    player.last().unwrap();
    assert_eq!(*player.snapshot(), player.len() as u64);
    assert_eq!(Player::open(stopped).unwrap().len(), player.len());
}

#[test]
fn a_million_steps_and_no_more() {
    let mut long = run(&[7], 0);
    long.scenario = UpTo(2_000_000);
    long.commands.push_many(Add(99_999), 10).unwrap();
    let mut player = Player::open(long.clone()).unwrap();
    while player.working().is_some() {
        player.advance(100_000).unwrap();
    }
    player.last().unwrap();
    assert_eq!((player.len(), player.shortfall()), (999_997, None));
    (0..3).for_each(|_| assert!(player.forward().is_ok()));
    assert_eq!(player.forward(), Err(Refused::Full));
    assert_eq!(player.apply(Add(1)), Err(Refused::Full));

    long.commands.push_many(Add(4), 2).unwrap();
    let mut player = Player::open(long.clone()).unwrap();
    while player.working().is_some() {
        player.advance(100_000).unwrap();
    }
    // The command that was begun below the limit is there whole, and the next one is not.
    assert_eq!((player.len(), player.shortfall()), (1_000_001, Some(&Shortfall::Full)));
    player.last().unwrap();
    assert_eq!(link::decode(&link::encode(&player.run())), Ok(player.run()));
}

#[test]
fn the_machine_can_be_looked_at_where_it_stands() {
    let mut player = player(100);
    assert!(player.machine().is_some());
    player.forward().unwrap();
    assert!(player.machine().is_some());
    player.back().unwrap();
    assert!(player.machine().is_none(), "it stands after the cursor");
}
