//! The sources that are shown: the tasks' own, and the engine's files in the order in which one reads
//! them.

use executor::lang;
use executor::snapshot::Snapshot;
use executor::{Place, Program, Scenario, TaskId, scenes};

use super::timeline::lane;
use super::words;
use crate::stage::{self, Files, KEYWORD, Pin, Source};

/// What the tab of the tasks' own source says.
const TASKS: &str = "Task";

/// The tab and the path of each file: the engine's and the scenes'. Files of one name share a tab.
const LIST: &str = include_str!("sources.txt");

fn listed() -> impl Iterator<Item = (&'static str, &'static str)> {
    LIST.lines().filter_map(|line| line.split_once(' '))
}

/// Where the tasks of a scene are written; nowhere, if a person has typed them.
fn tasks_file(scenario: &Scenario) -> &'static str {
    match scenario.program {
        Program::Scene(name) => scenes::find(name).map_or("", |scene| scene.file),
        Program::Text(_) => "",
    }
}

/// All sources of a run; the first is that of its tasks.
pub(crate) fn all(scenario: &Scenario, files: &Files) -> Vec<Source> {
    let tasks_file = tasks_file(scenario);
    let mut tasks = Source { name: TASKS, file: "", text: "".into() };
    if let Program::Text(text) = &scenario.program {
        tasks = Source { name: TASKS, file: "your program", text: marked(text).into() };
    }
    let mut all = vec![tasks];
    for (name, path) in listed() {
        let tasks = name == TASKS;
        if tasks && (tasks_file.is_empty() || !path.ends_with(tasks_file)) {
            continue;
        }
        let source = Source { name, file: words::file_name(path), text: files.text(path) };
        match all.first_mut() {
            Some(first) if tasks => *first = source,
            _ => all.push(source),
        }
    }
    all
}

/// A place of the engine among [`all`] sources of its run.
pub(crate) fn place(scenario: &Scenario, place: Place) -> Option<stage::Place> {
    let mut source = 0;
    if let Some(file) = place.file() {
        let file = file.replace('\\', "/");
        if file != tasks_file(scenario) {
            let mut engine = listed().filter(|(tab, _)| *tab != TASKS);
            source = engine.position(|(_, path)| path.ends_with(&file))? + 1;
        }
    }
    Some(stage::Place { source, line: place.line(), column: place.column() })
}

/// Each task at the line at which it is suspended, or which it has reached.
pub(crate) fn pins(scenario: &Scenario, snapshot: &Snapshot) -> Vec<Pin> {
    let mut pins: Vec<Pin> = Vec::new();
    let mut pin = |id, at| {
        if let Some(place) = place(scenario, at) {
            let pin = Pin { place, actor: lane(id) };
            if !pins.contains(&pin) {
                pins.push(pin);
            }
        }
    };
    for (id, task) in (0..).map(TaskId).zip(&snapshot.tasks) {
        if !words::unfinished(task.state) {
            continue;
        }
        for waiting in &task.waits {
            pin(id, waiting.place);
        }
        if let Some(reached) = task.place.filter(|_| task.waits.is_empty()) {
            pin(id, reached);
        }
    }
    pins
}

/// A program with its words marked as the build marks those of Rust.
fn marked(text: &str) -> String {
    let class = |word: &str| lang::is_keyword(word).then_some(KEYWORD);
    stage::marked(text, lang::tokens(text), class)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use executor::Executor;
    use machine::{Player, Run};

    use super::*;

    #[test]
    fn every_step_of_every_scene_has_a_place_in_the_text_that_is_shown() {
        let on_disk = |(_, path): (&str, &str)| {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            (path.to_owned(), fs::read_to_string(file).expect("what is listed is there").into())
        };
        let files = Files::Here(listed().map(on_disk).collect());
        for scene in scenes::SCENES {
            let scenario = scene.scenario();
            let sources = all(&scenario, &files);
            assert_eq!(sources[0].file, words::file_name(scene.file));
            let mut player =
                Player::<Executor>::open(Run::new(scenario.clone())).expect("it starts");
            for _ in 0..200 {
                player.forward().expect("it goes on, or stays");
                for pin in pins(&scenario, player.snapshot()) {
                    let line = sources[pin.place.source].line(pin.place.line);
                    assert!(line.is_some_and(|line| !line.trim().is_empty()), "{}", scene.name);
                }
            }
            for step in player.steps() {
                let at = place(&scenario, step.engine);
                let at = at.unwrap_or_else(|| panic!("{:?} is not shown", step.engine));
                let line = sources[at.source].line(at.line).expect("the line is there");
                assert!(!line.trim().is_empty(), "{:?}", step.engine);
            }
        }
    }

    #[test]
    fn a_program_is_marked_without_changing_its_text() {
        for example in lang::EXAMPLES {
            let source = Source { name: TASKS, file: "", text: marked(example.text).into() };
            for (line, text) in (1..).zip(example.text.lines()) {
                assert_eq!(source.line(line).as_deref(), Some(text));
            }
        }
        let mark = |text: &str| marked(text).replace('\u{1}', "<").replace('\u{e}', ">");
        assert_eq!(mark("task a { yield }"), "<task> a { <yield> }");
        assert_eq!(mark("\u{1}loop"), "<loop>", "a mark that was typed is none");
    }
}
