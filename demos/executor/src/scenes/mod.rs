//! The scenes: small sets of real tasks, each made to show one thing. To add one is to add its file
//! and its entry in [`SCENES`].

mod blocking;
mod do_nothing;
mod fairness;
mod join_and_select;
mod leaked_waker;
mod lifo_slot;
mod lost_wake_up;
mod ping_pong;
mod stale_waker;
mod token_collision;
mod two_timers;
mod work_stealing;

use crate::{ExecutorKind, Handle, Program, Scenario, Tokens, WakerKind};

/// A scene.
pub struct Scene {
    /// Stands in links: it is never changed, and never used again for another scene.
    pub name: &'static str,
    /// Stands above it.
    pub title: &'static str,
    /// Two or three sentences for a lecture.
    pub talk: &'static str,
    /// Where its tasks are written, below this crate's folder.
    pub file: &'static str,
    /// Chooses what it is run with, if nobody says otherwise.
    options: fn(&mut Scenario),
    /// Spawns its tasks.
    pub(crate) spawn: fn(&Handle),
}

/// All scenes, in the order of a lecture.
pub static SCENES: &[Scene] = &[
    Scene {
        name: "two-timers",
        title: "Two timers",
        talk: "Two tasks sleep by turns, and one thread serves both. While they wait nothing is \
               polled at all: the reactor holds a waker of each, and calls it when its moment has \
               come.",
        file: "src/scenes/two_timers.rs",
        options: |_| {},
        spawn: two_timers::spawn,
    },
    Scene {
        name: "ping-pong",
        title: "Ping-pong on a channel",
        talk: "No timer and no reactor here: each task wakes the other, by putting a value where \
               the other has left its waker. Watch the last poll of pong: what wakes it is that \
               the sender is dropped.",
        file: "src/scenes/ping_pong.rs",
        options: |_| {},
        spawn: ping_pong::spawn,
    },
    Scene {
        name: "join-and-select",
        title: "Join and select",
        talk: "join polls both of its futures until both are ready; select drops the loser at the \
               await where it is suspended, with all that it holds. Here it holds part 1: count \
               how many parts are delivered, and how many arrive.",
        file: "src/scenes/join_and_select.rs",
        options: |_| {},
        spawn: join_and_select::spawn,
    },
    Scene {
        name: "fairness",
        title: "Fairness and yield_now",
        talk: "An await gives way only when it has to wait. greedy finds a job each time that it \
               looks, so it does them all in one poll, and the others stand in the queue; polite \
               lets them go first after each.",
        file: "src/scenes/fairness.rs",
        options: |_| {},
        spawn: fairness::spawn,
    },
    Scene {
        name: "blocking",
        title: "A blocking task",
        talk: "The heartbeat wants to print every second tick. When report keeps the thread for 8 \
               ticks, timers go on expiring, but there is nobody to poll the one they wake: it \
               comes late, and nothing in its own code is to blame.",
        file: "src/scenes/blocking.rs",
        options: |_| {},
        spawn: blocking::spawn,
    },
    Scene {
        name: "do-nothing-waker",
        title: "The waker that does nothing",
        talk: "The book's waker is four empty functions on a null pointer. A loop that polls \
               everything never notices, and pays with polls for nothing; a run queue waits for a \
               wake that does not come. Same tasks: compare the two counts of polls.",
        file: "src/scenes/do_nothing.rs",
        options: |scenario| scenario.waker = WakerKind::DoNothing,
        spawn: do_nothing::spawn,
    },
    Scene {
        name: "lost-wake-up",
        title: "A lost wake-up",
        talk: "careless looks at the door, finds it closed, and registers for its next change. \
               Between the two the door is opened: the next change never comes. careful registers \
               first and looks then, so whatever happens afterwards reaches it.",
        file: "src/scenes/lost_wake_up.rs",
        options: |_| {},
        spawn: lost_wake_up::spawn,
    },
    Scene {
        name: "stale-waker",
        title: "A stale waker",
        talk: "A future is polled once in one task, moves to another, and is awaited there. The \
               first gong keeps the waker that it was given first, so it wakes a task that is \
               over; the second keeps the latest, as every future must.",
        file: "src/scenes/stale_waker.rs",
        options: |_| {},
        spawn: stale_waker::spawn,
    },
    Scene {
        name: "leaked-waker",
        title: "A leaked waker",
        talk: "Each visit ends with a cancelled future, and its waker stays behind on the board, \
               because whoever wrote that future forgot its Drop. The task is long over, and three \
               wakers keep its memory; the note at the end wakes nobody, three times.",
        file: "src/scenes/leaked_waker.rs",
        options: |_| {},
        spawn: leaked_waker::spawn,
    },
    Scene {
        name: "token-collision",
        title: "Two sources, one token",
        talk: "The book's reactor numbers a new registration by how many handlers there are. When \
               the porter's first registration is taken out and he registers again, that number is \
               taken: his handler overwrites the operator's, and the phone rings for the porter.",
        file: "src/scenes/token_collision.rs",
        options: |scenario| scenario.tokens = Tokens::MapLength,
        spawn: token_collision::spawn,
    },
    Scene {
        name: "work-stealing",
        title: "Work stealing",
        talk: "All jobs are spawned on one worker. Whoever has nothing takes the older half of \
               another's queue, so the work spreads without anybody giving it out. Which worker \
               moves next is yours to choose; the seed only chooses for Play.",
        file: "src/scenes/work_stealing.rs",
        options: |scenario| {
            scenario.executor = ExecutorKind::RunQueue { lifo: false, workers: 3 };
            scenario.seed = 16;
        },
        spawn: work_stealing::spawn,
    },
    Scene {
        name: "lifo-slot",
        title: "The LIFO slot",
        talk: "Whoever the running task wakes runs next, while what they share is still in the \
               cache. Two that keep waking each other would never let go, so after three turns \
               the slot rests, and the bystander gets his.",
        file: "src/scenes/lifo_slot.rs",
        options: |scenario| {
            scenario.executor = ExecutorKind::RunQueue { lifo: true, workers: 1 };
        },
        spawn: lifo_slot::spawn,
    },
];

/// The scene of this name.
pub fn find(name: &str) -> Option<&'static Scene> {
    SCENES.iter().find(|scene| scene.name == name)
}

impl Scene {
    /// The scenario in which it shows best.
    pub fn scenario(&self) -> Scenario {
        let mut scenario = Scenario::new(Program::Scene(self.name));
        (self.options)(&mut scenario);
        scenario
    }
}
