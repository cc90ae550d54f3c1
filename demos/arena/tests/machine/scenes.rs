//! The scenes tell what they are meant to tell.

use arena::memory::{Byte, Holds};
use arena::naive::Fault;
use arena::scenes::{SCENES, find};
use arena::step::{Effect, Event, How, Wrong};
use arena::{AllocatorKind, Memory, NOWHERE, Snapshot, Step};
use machine::{Machine, Tape, Want};

/// Every step of a scene, with the snapshot after it.
fn play(name: &str) -> Vec<(Step, Snapshot)> {
    let scenario = find(name).expect("there is such a scene").scenario();
    let mut memory = Memory::start(&scenario).expect("it starts");
    let mut steps = Vec::new();
    while let Some(command) = memory.play() {
        let mut tape = Tape::new(Want::Steps(0..usize::MAX));
        memory.apply(&command, &mut tape).expect("it is possible");
        memory.verify().unwrap();
        let snapshots = tape.snapshots().iter().map(|(_, snapshot)| snapshot.clone());
        steps.extend(tape.steps().iter().cloned().zip(snapshots));
    }
    steps
}

#[test]
fn every_scene_runs_to_its_end_and_tells_most_before_it() {
    for scene in SCENES {
        let steps = play(scene.name);
        assert!(scene.telling <= steps.len(), "{}: {}", scene.name, steps.len());
        let links = SCENES.iter().filter(|other| other.name == scene.name).count();
        assert_eq!(links, 1, "{}", scene.name);
    }
}

/// The events of a lane.
fn lane(steps: &[(Step, Snapshot)], lane: u8) -> Vec<&Event> {
    steps.iter().filter(|(step, _)| step.lane == lane).map(|(step, _)| &step.event).collect()
}

/// Where a lane's blocks were handed out, and how.
fn places(steps: &[(Step, Snapshot)], number: u8) -> Vec<(u32, How)> {
    let allocated = |event: &&Event| match event {
        Event::Allocated { place, how, .. } => Some((place.offset, *how)),
        _ => None,
    };
    lane(steps, number).iter().filter_map(allocated).collect()
}

fn last(steps: &[(Step, Snapshot)]) -> &Snapshot {
    &steps.last().expect("there are steps").1
}

#[test]
fn alignment_leaves_gaps_that_are_lost() {
    let steps = play("alignment");
    let offsets: Vec<u32> = places(&steps, 0).iter().map(|(offset, _)| *offset).collect();
    assert_eq!(offsets, [0, 4, 8, 16, 24, 64]);
    let lane = &last(&steps).lanes[0];
    // 3, 7 and 39 bytes before values, and 60 in the cache line.
    assert_eq!((lane.figures.padding, lane.figures.used), (3 + 7 + 39 + 60, 128));
    let kind = |offset| lane.pieces[0].byte(offset).unwrap().1;
    assert_eq!(
        [kind(0), kind(1), kind(4), kind(68)],
        [Byte::Value, Byte::Lost, Byte::Value, Byte::Padding]
    );
}

#[test]
fn a_vec_leaves_its_copies_in_an_arena_but_not_in_a_free_list() {
    let steps = play("vec");
    let moved = |number| {
        let moved =
            |event: &&&Event| matches!(event, Event::Resized { from, place, .. } if from != place);
        lane(&steps, number).iter().filter(moved).count()
    };
    assert_eq!((moved(0), moved(1)), (4, 4));
    let [arena, list] = &last(&steps).lanes[..] else { panic!("two allocators") };
    assert_eq!((arena.figures.requested, list.figures.requested), (64, 64));
    assert!(arena.figures.used > 3 * list.figures.used);
    // The last one grew where it was, and its freeing moved the pointer back.
    let effects: Vec<_> = lane(&steps, 0)
        .into_iter()
        .filter_map(|event| match event {
            Event::Freed { effect, .. } => Some(*effect),
            _ => None,
        })
        .collect();
    assert_eq!(effects, [Effect::Nothing, Effect::MovedBack]);
}

#[test]
fn fragmentation_refuses_what_there_would_be_room_for() {
    let steps = play("fragmentation");
    let refused = |number| {
        let refused = |event: &&&Event| matches!(event, Event::Refused { .. });
        lane(&steps, number).iter().filter(refused).count()
    };
    assert_eq!((refused(0), refused(1)), (1, 0));
    let at = steps.iter().position(|(step, _)| matches!(step.event, Event::Refused { .. }));
    let figures = steps[at.unwrap()].1.lanes[0].figures;
    assert!(figures.free() > 3 * 4_000 && figures.largest < 4_000, "{figures:?}");
    assert!(figures.external() > 8_000);
}

#[test]
fn a_list_is_linked_by_offsets() {
    let steps = play("list");
    let before_free = steps.iter().position(|(step, _)| matches!(step.event, Event::Freed { .. }));
    for lane in &steps[before_free.unwrap() - 1].1.lanes {
        let blocks: Vec<_> = lane.pieces[0].blocks(0..u32::MAX).collect();
        let nodes: Vec<_> =
            blocks.iter().filter(|block| matches!(block.holds, Holds::Node(_))).collect();
        assert_eq!(nodes.len(), 6);
        let number = |at: u32| {
            u32::from_le_bytes([0, 1, 2, 3].map(|byte| lane.pieces[0].byte(at + byte).unwrap().0))
        };
        for (index, pair) in (1..).zip(nodes.windows(2)) {
            assert_eq!(
                (number(pair[0].offset), number(pair[0].offset + 4)),
                (index, pair[1].offset)
            );
        }
        assert_eq!(number(nodes[5].offset + 4), NOWHERE);
    }
}

#[test]
fn the_books_arena_goes_wrong_at_the_steps_that_say_so() {
    let steps = play("book");
    let faults: Vec<_> = lane(&steps, 0)
        .into_iter()
        .filter_map(|event| match event {
            Event::Naive { faults, .. } => Some(faults.clone()),
            Event::Wrong(wrong) => (*wrong == Wrong::BorrowEnded).then(Vec::new),
            _ => None,
        })
        .collect();
    assert_eq!(faults.len(), 5, "{faults:?}");
    assert_eq!(faults[0], [Fault::Misaligned { address: 1, align: 4, by: 1 }]);
    assert!(faults[1].is_empty(), "the borrow has ended");
    assert_eq!(
        faults[2],
        [Fault::Misaligned { address: 25, align: 8, by: 1 }, Fault::PastEnd { bytes: 1 }]
    );
    assert!(matches!(
        faults[3][..],
        [Fault::PointerOutside { beyond: 1, .. }, Fault::PastEnd { .. }]
    ));
    // The sum has wrapped around, and the last value lies in the array.
    assert_eq!(places(&steps, 0).last().unwrap().0, 8);
    let (_, sound) = (0, lane(&steps, 1));
    assert!(sound.iter().all(|event| !matches!(event, Event::Naive { .. })));
}

#[test]
fn loosened_it_gives_one_place_to_two() {
    let steps = play("loosened");
    let overlapped = How::Added { wrapped: false, overlapped: 1 };
    assert_eq!(places(&steps, 0).last(), Some(&(0, overlapped)));
    let overwritten = |event: &&&Event| match event {
        Event::Naive { faults, .. } => matches!(faults[..], [Fault::Overwritten { bytes: 4, .. }]),
        _ => false,
    };
    assert_eq!(lane(&steps, 0).iter().filter(overwritten).count(), 1);
    // In a sound arena neither use of `a` after the reset compiles.
    let after = |event: &&&Event| matches!(event, Event::Wrong(Wrong::UsedAfter));
    assert_eq!(lane(&steps, 1).iter().filter(after).count(), 2);
}

#[test]
fn a_typed_arena_drops_in_order_and_an_arena_never() {
    let steps = play("drop");
    let dropped = |number| -> Vec<u32> {
        let dropped = |event: &Event| match event {
            Event::Dropped { place, .. } => Some(place.offset),
            _ => None,
        };
        lane(&steps, number).into_iter().filter_map(dropped).collect()
    };
    assert_eq!((dropped(0), dropped(1)), (vec![0, 24, 48], vec![]));
}

#[test]
fn no_memory_and_freed_twice_are_faults_with_their_place() {
    let steps = play("out-of-memory");
    let faults: Vec<(u32, u8)> = steps
        .iter()
        .filter(|(step, _)| step.event.is_fault())
        .map(|(step, _)| (step.at.line, step.lane))
        .collect();
    assert_eq!(faults, [(4, 0), (5, 0), (5, 1), (8, 0), (8, 1), (9, 0)]);
    assert_eq!(last(&steps).lanes[0].allocator, AllocatorKind::Arena);
}
