//! Every schedule of a small program.

use std::collections::{BTreeSet, HashSet};

use crate::code::Code;
use crate::model::{Line, State};

/// When time may pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clock {
    /// Only when no task can get any further.
    WhenIdle,
    /// At any moment, by one tick.
    AnyTime,
}

/// What came of a run: of each task its number in the program, what it printed, and whether it
/// finished; sorted, since the order in which tasks are spawned is the schedule's affair.
pub type Outcome = Vec<(usize, Vec<Line>, bool)>;

/// The outcome, if the run stops in this state.
pub fn outcome(state: &State) -> Outcome {
    let mut outcome: Outcome =
        state.tasks.iter().map(|t| (t.code, t.output.clone(), t.finished())).collect();
    outcome.sort();
    outcome
}

/// The states that one poll of any task leads to, other than the same state.
pub fn polls(code: &Code, state: &State) -> Vec<State> {
    (0..state.tasks.len())
        .filter(|&task| !state.tasks[task].finished())
        .map(|task| {
            let mut next = state.clone();
            code.poll(&mut next, task);
            next
        })
        .filter(|next| next != state)
        .collect()
}

/// All moves from a state.
pub fn moves(code: &Code, state: &State, clock: Clock) -> Vec<State> {
    let mut moves = polls(code, state);
    if let Some(due) = code.next_due(state)
        && (moves.is_empty() || clock == Clock::AnyTime)
    {
        let mut next = state.clone();
        code.pass_time(&mut next, if clock == Clock::WhenIdle { due } else { 1 });
        moves.push(next);
    }
    moves
}

/// A search is given up when it has met more states.
pub const BOUND: usize = 10_000;
/// A search is given up when a run has started more tasks: their orders alone are too many.
const MOST_TASKS: usize = 6;

/// The outcomes of all schedules from `start`; `None` if there are too many to try.
///
/// Every source may be made readable by the person at any moment, so often as `by_hand` says.
pub fn outcomes(
    code: &Code,
    start: State,
    clock: Clock,
    by_hand: &[u32],
) -> Option<BTreeSet<Outcome>> {
    let start = (start, by_hand.to_vec());
    let mut seen = HashSet::from([start.clone()]);
    let mut open = vec![start];
    let mut outcomes = BTreeSet::new();
    while let Some((state, by_hand)) = open.pop() {
        let mut next: Vec<_> =
            moves(code, &state, clock).into_iter().map(|state| (state, by_hand.clone())).collect();
        for source in (0..by_hand.len()).filter(|&source| by_hand[source] > 0) {
            let (mut state, mut by_hand) = (state.clone(), by_hand.clone());
            code.make_ready(&mut state, source);
            by_hand[source] -= 1;
            next.push((state, by_hand));
        }
        if next.is_empty() {
            outcomes.insert(outcome(&state));
        }
        for next in next {
            if !seen.contains(&next) {
                seen.insert(next.clone());
                open.push(next);
            }
        }
        if seen.len() > BOUND || state.tasks.len() > MOST_TASKS {
            return None;
        }
    }
    Some(outcomes)
}

/// Whether no task gets any further, however much time passes, if nothing comes from outside.
pub fn never_moves(code: &Code, state: &State) -> bool {
    let mut state = state.clone();
    while polls(code, &state).is_empty() {
        match code.next_due(&state) {
            Some(due) => code.pass_time(&mut state, due),
            None => return true,
        }
    }
    false
}
