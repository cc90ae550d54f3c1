//! The scenes: small sets of real tasks, each made to show one thing.

mod two_timers;

use crate::{Handle, Program, Scenario};

/// A scene.
pub struct Scene {
    /// Stands in links: it never changes and is never used again for another scene.
    pub name: &'static str,
    /// What stands above it.
    pub title: &'static str,
    /// Two or three sentences for a lecture.
    pub talk: &'static str,
    /// The file in which its tasks are, below this crate's folder.
    pub file: &'static str,
    /// What it is run with, if nobody says otherwise.
    pub options: fn(&mut Scenario),
    pub(crate) spawn: fn(&Handle),
}

/// All scenes, in the order of a lecture.
pub static SCENES: &[Scene] = &[Scene {
    name: "two-timers",
    title: "Two timers",
    talk: "Two tasks sleep by turns, and one thread serves them both. While both wait, nothing is \
           polled at all: the reactor holds one waker of each, and calls it when its time has come.",
    file: "src/scenes/two_timers.rs",
    options: |_| {},
    spawn: two_timers::spawn,
}];

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
