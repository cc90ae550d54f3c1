//! The timeline: a lane a task.

use executor::snapshot::{Snapshot, TaskState};
use executor::{Actor, Happening, Step, Stretch, TaskId, WakeEffect};

use crate::stage::{Lanes, Level};

/// The lanes before the first step.
pub(crate) fn begin(first: &Snapshot, lanes: &mut Lanes<'_>) {
    for (lane, task) in (0..).zip(&first.tasks) {
        lanes.set(
            lane,
            match task.state {
                TaskState::Queued | TaskState::Taken => Level::Ready,
                TaskState::Running { .. } => Level::Busy,
                TaskState::Waiting => Level::Waiting,
                TaskState::NeverWoken => Level::Stuck,
                TaskState::Finished | TaskState::Dropped => Level::Absent,
            },
        );
    }
}

/// Sets the lane that changes with this step; gives the lane of the task that the step is about.
pub(crate) fn beat(step: &Step, lanes: &mut Lanes<'_>) -> Option<u16> {
    if let Some((task, stretch)) = step.stretch() {
        lanes.set(
            lane(task),
            match stretch {
                Stretch::Woken => Level::Ready,
                Stretch::Polled => Level::Busy,
                Stretch::Waiting => Level::Waiting,
                Stretch::NeverWoken => Level::Stuck,
                Stretch::Over => Level::Absent,
            },
        );
    }
    if let Happening::Wake { task, effect: WakeEffect::WhilePolled } = step.happening {
        lanes.set(lane(task), Level::BusyAgain);
    }
    match step.actor {
        Actor::Task(task) => Some(lane(task)),
        Actor::Worker(_) => polled(&step.happening).map(lane),
        Actor::Person | Actor::Reactor | Actor::Drop => None,
    }
}

/// The task with which the executor does this.
fn polled(happening: &Happening) -> Option<TaskId> {
    use Happening::*;
    match *happening {
        Took { task, .. }
        | PollBegins { task, .. }
        | PollPending { task, .. }
        | PollReady { task }
        | Requeued { task, .. }
        | FutureDropped { task, .. }
        | WakerMade { task, .. }
        | WakerDropped { task, .. } => Some(task),
        _ => None,
    }
}

/// A task's lane.
pub(crate) fn lane(task: TaskId) -> u16 {
    u16::try_from(task.0).unwrap_or(u16::MAX)
}
