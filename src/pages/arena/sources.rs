//! The sources that are shown: the program, and the files of the allocators that run it.

use arena::lang;
use arena::snapshot::Line;
use arena::step::{Event, Wrong};
use arena::{AllocatorKind, Program, Scenario, Snapshot, Step, scenes};

use super::executing::{self, Code};
use crate::stage::{self, Files, KEYWORD, Source, TYPE};

/// What the tab of the program says.
const PROGRAM: &str = "Program";

/// The tab and the path of each file. Files of one name share a tab.
const LIST: &str = include_str!("sources.txt");

/// All sources of a run; the first is its program.
pub(crate) fn all(scenario: &Scenario, files: &Files) -> Vec<Source> {
    let file = match scenario.program {
        Program::Scene(name) => scenes::find(name).map_or("", |scene| scene.file),
        Program::Text(_) => "your program",
    };
    let mut all = vec![Source { name: PROGRAM, file, text: marked(scenario.text()).into() }];
    all.extend(listed(scenario).map(|(name, path)| {
        let file = if path.ends_with(".stderr") { "what rustc says" } else { path };
        Source { name, file, text: files.text(path) }
    }));
    all
}

/// The tabs behind that of the program: the files of the allocators, and what the compiler says of
/// what the program tries.
fn listed(scenario: &Scenario) -> impl Iterator<Item = (&'static str, &'static str)> {
    let has = |word: &str| lang::tokens(scenario.text()).any(|token| token.text == word);
    let allocators = &scenario.allocators;
    let is_shown = move |name: &str| match name {
        "E0382" => has("free"),
        "E0502" => allocators.iter().any(|kind| kind.is_real()) && has("reset"),
        "E0499" => allocators.contains(&AllocatorKind::Book),
        _ => allocators.iter().any(|kind| tabs(*kind).contains(&name)),
    };
    LIST.lines().filter_map(|line| line.split_once(' ')).filter(move |(name, _)| is_shown(name))
}

/// The tabs that belong to an allocator.
fn tabs(kind: AllocatorKind) -> &'static [&'static str] {
    match kind {
        AllocatorKind::Arena => &["Arena", "Blocks"],
        AllocatorKind::Typed => &["Typed"],
        AllocatorKind::FirstFit | AllocatorKind::BestFit => &["FreeList", "Blocks", "Region"],
        AllocatorKind::Buddies => &["Buddies", "Blocks", "Region"],
        AllocatorKind::SizeClasses => &["Classes", "Blocks", "Region"],
        AllocatorKind::Book | AllocatorKind::Loosened => &["Book"],
    }
}

/// Where a step is written: at its statement of the program; or, if it is what no Rust program can
/// do, in what the compiler says of it.
pub(crate) fn place(scenario: &Scenario, step: &Step) -> Option<stage::Place> {
    if let Some((tab, line, column)) = refused(&step.event)
        && let Some(tab) = listed(scenario).position(|(name, _)| name == tab)
    {
        return Some(stage::Place { source: tab + 1, line, column });
    }
    let Line { line, column } = step.at;
    (line > 0).then_some(stage::Place { source: 0, line, column })
}

/// The line of an allocator that does what a step tells, if its file is shown.
pub(crate) fn executing(
    scenario: &Scenario,
    snapshot: &Snapshot,
    step: &Step,
) -> Option<stage::Place> {
    let lane = snapshot.lanes.get(usize::from(step.lane))?;
    let Code { file, line, column } = executing::line(lane.allocator, step)?;
    let source = listed(scenario).position(|(_, path)| path == file)? + 1;
    Some(stage::Place { source, line, column })
}

/// The tab of the compiler's message, and where in it stands what is refused.
fn refused(event: &Event) -> Option<(&'static str, u32, u32)> {
    match event {
        Event::Wrong(Wrong::UsedAfter) => Some(("E0502", 7, 5)),
        Event::Wrong(Wrong::BorrowEnded) => Some(("E0499", 7, 6)),
        Event::Wrong(Wrong::FreedBefore) => Some(("E0382", 9, 5)),
        _ => None,
    }
}

/// A program with its words marked as the build marks those of Rust.
fn marked(text: &str) -> String {
    let class = |word: &str| match lang::is_keyword(word) {
        true => Some(KEYWORD),
        false => arena::types::find(word).map(|_| TYPE),
    };
    stage::marked(text, lang::tokens(text), class)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use arena::Memory;
    use machine::{Machine, Tape};

    use super::*;

    fn files() -> Files {
        let on_disk = |(_, path): (&str, &str)| {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            (path.to_owned(), fs::read_to_string(file).expect("what is listed is there").into())
        };
        let listed = LIST.lines().filter_map(|line| line.split_once(' '));
        Files::Here(listed.map(on_disk).collect())
    }

    #[test]
    fn every_step_of_every_scene_has_a_place_in_the_text_that_is_shown() {
        let files = files();
        let mut refusals = Vec::new();
        let mut executed = 0;
        for scene in scenes::SCENES {
            let scenario = scene.scenario();
            let sources = all(&scenario, &files);
            let mut memory = Memory::start(&scenario).expect("it starts");
            while let Some(command) = memory.play() {
                let mut tape = Tape::default();
                memory.apply(&command, &mut tape).expect("it is possible");
                for step in tape.steps() {
                    let at = place(&scenario, step).expect("it is written somewhere");
                    let line = sources[at.source].line(at.line).expect("the line is there");
                    if let Some(at) = executing(&scenario, &memory.snapshot(), step) {
                        let line = sources[at.source].line(at.line).expect("the line is there");
                        assert!(line.len() >= at.column as usize);
                        executed += 1;
                    }
                    if let Some((tab, ..)) = refused(&step.event) {
                        assert!(sources[at.source].name == tab && line.contains('^'), "{line}");
                        refusals.push(tab);
                    }
                    assert!(!line.trim().is_empty());
                }
            }
        }
        assert!(executed > 1_000, "{executed}");
        refusals.sort_unstable();
        refusals.dedup();
        assert_eq!(refusals, ["E0382", "E0499", "E0502"]);
    }

    #[test]
    fn a_program_is_marked_without_changing_its_text() {
        for example in lang::EXAMPLES {
            let source = Source { name: PROGRAM, file: "", text: marked(example.text).into() };
            for (line, text) in (1..).zip(example.text.lines()) {
                assert_eq!(source.line(line).as_deref(), Some(text));
            }
        }
    }
}
