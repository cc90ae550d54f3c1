//! The timeline: a lane an allocator, and behind them one a value for as long as it lives.

use arena::AllocatorKind;
use arena::step::{Event, Step};

use super::words::{self, Names};
use crate::stage::shapes::{Look, number};
use crate::stage::{Actor, Lanes, Level};

/// More lanes than that nobody can see.
const MOST: u16 = 64;

/// The lanes before the first step.
pub(crate) fn begin(names: &Names, lanes: &mut Lanes<'_>) {
    for lane in 0..names.lanes.len() as u16 {
        lanes.set(lane, Level::Waiting);
    }
}

/// Sets what changes with this step; gives the lane of its allocator.
pub(crate) fn beat(names: &Names, step: &Step, lanes: &mut Lanes<'_>) -> Option<u16> {
    let own = u16::from(step.lane);
    lanes.set(own, if step.event.is_fault() { Level::Stuck } else { Level::Busy });
    let first = names.lanes.len() as u16;
    match step.event {
        // What lives is told by the first allocator.
        _ if own > 0 => {}
        Event::Reset { .. } => {
            let last = (names.values.len() as u16).saturating_add(first).min(MOST);
            (first..last).for_each(|lane| lanes.set(lane, Level::Absent));
        }
        _ => {
            if let Some(subject) = step.subject {
                let lane = value_lane(names, subject.value);
                match step.event {
                    Event::Freed { .. } => lanes.set(lane, Level::Absent),
                    Event::Allocated { .. } | Event::Resized { .. } => {
                        lanes.set(lane, Level::Ready)
                    }
                    _ => {}
                }
            }
        }
    }
    Some(own)
}

/// The lane of a value; those after the last share it.
pub(crate) fn value_lane(names: &Names, value: u32) -> u16 {
    let first = names.lanes.len() as u32;
    (first + value).min(MOST.into()) as u16
}

/// An allocator, or a value.
pub(crate) fn actor(names: &Names, id: u16) -> Actor {
    let index = usize::from(id);
    if let Some(kind) = names.lanes.get(index) {
        let name = words::allocator(*kind).to_owned();
        return Actor { name, badge: badge(*kind).to_owned(), look: look(id) };
    }
    let value = index - names.lanes.len();
    let name = names.values.get(value).map_or(String::new(), |value| names.value(*value));
    let mut badge = String::new();
    number(&mut badge, value as u32 + 1);
    if badge.len() > 2 {
        badge = "…".to_owned();
    }
    Actor { name, badge, look: Look::default() }
}

/// The hue and the shape of a lane.
pub(crate) fn look(lane: u16) -> Look {
    Look((lane % u16::from(Look::HUES)) as u8 + 1)
}

/// Two letters for an allocator.
fn badge(kind: AllocatorKind) -> &'static str {
    match kind {
        AllocatorKind::Arena => "A",
        AllocatorKind::Typed => "T",
        AllocatorKind::FirstFit => "FF",
        AllocatorKind::BestFit => "BF",
        AllocatorKind::Buddies => "Bu",
        AllocatorKind::SizeClasses => "SC",
        AllocatorKind::Book => "B",
        AllocatorKind::Loosened => "L",
    }
}
