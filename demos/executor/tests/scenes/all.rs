//! What holds for every scene, under every executor.

use std::collections::BTreeSet;
use std::path::Path;

use executor::snapshot::TaskState;
use executor::{Command, Executor, ExecutorKind, Program, Scenario, Tokens, WakerKind, scenes};
use machine::check::{back_and_forward, random_run};
use machine::{Machine, Random, Run, Tape};

use crate::play;

/// Every scene under every executor, with both wakers and both kinds of tokens.
fn variants() -> impl Iterator<Item = Scenario> {
    let executors = [
        ExecutorKind::PollEverything,
        ExecutorKind::RunQueue { lifo: false, workers: 1 },
        ExecutorKind::RunQueue { lifo: true, workers: 3 },
    ];
    let options = executors.into_iter().flat_map(|executor| {
        [WakerKind::Working, WakerKind::DoNothing].into_iter().flat_map(move |waker| {
            [Tokens::Fresh, Tokens::MapLength].map(move |tokens| (executor, waker, tokens))
        })
    });
    options.flat_map(|(executor, waker, tokens)| {
        scenes::SCENES.iter().map(move |scene| {
            let program = Program::Scene(scene.name);
            Scenario { program, executor, waker, tokens, seed: 5 }
        })
    })
}

#[test]
fn every_scene_comes_to_rest_under_every_executor() {
    for scenario in variants() {
        let mut played = play(&scenario);
        assert!(played.end().verdict.is_some(), "{scenario:?}");
        if played.machine.commands().contains(&Command::DropExecutor) {
            played.apply(Command::DropExecutor);
        }
        let end = played.end();
        assert_eq!(end.wakers, [], "{scenario:?}: a scene leaves no waker behind its executor");
        let over = |state| matches!(state, TaskState::Finished | TaskState::Dropped);
        assert!(end.tasks.iter().all(|task| over(task.state)), "{scenario:?}");
    }
}

#[test]
#[cfg(not(miri))]
fn every_scene_goes_back_and_forward() {
    for scene in scenes::SCENES {
        let mut run = Run::<Executor>::new(scene.scenario());
        let mut machine = Executor::start(&run.scenario).unwrap();
        while let Some(command) = machine.play() {
            run.commands.push(command).unwrap();
            machine.apply(&command, &mut Tape::default()).unwrap();
        }
        let mut random = Random::new(1);
        back_and_forward(&run, &mut random)
            .unwrap_or_else(|error| panic!("{}: {error}", scene.name));
    }
}

#[test]
#[cfg(not(miri))]
fn random_runs_of_scenes_go_back_and_forward() {
    for (seed, scenario) in (0..).zip(variants()) {
        let mut random = Random::new(seed);
        let run = random_run::<Executor>(scenario, 20, &mut random).unwrap();
        back_and_forward(&run, &mut random).unwrap_or_else(|error| panic!("{run:?}: {error}"));
    }
}

#[test]
fn scenes_are_what_they_should_be() {
    let mut names = BTreeSet::new();
    for scene in scenes::SCENES {
        assert!(names.insert(scene.name), "{} is there twice", scene.name);
        assert!(scene.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
        let sentences = scene.talk.matches(['.', '?']).count();
        assert!((2..=3).contains(&sentences), "{}: {sentences} sentences", scene.name);
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(scene.file);
        assert!(cfg!(miri) || file.exists(), "{}", scene.file);
        // The tasks are suspended in the file that is shown, at lines that await something.
        let played = play(&scene.scenario());
        for (_, now) in &played.trace {
            for waiting in now.tasks.iter().flat_map(|task| &task.waits) {
                assert_eq!(waiting.place.file(), Some(scene.file));
                if !cfg!(miri) {
                    let text = std::fs::read_to_string(&file).unwrap();
                    let line = text.lines().nth(waiting.place.line() as usize - 1).unwrap();
                    assert!(line.contains("await"), "{}: {line}", scene.file);
                }
            }
        }
    }
}

#[test]
#[cfg(not(miri))]
fn every_step_is_told_by_a_line_of_the_engine() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut lines = BTreeSet::new();
    for scenario in variants() {
        for (step, _) in &play(&scenario).trace {
            let file = step.engine.file().expect("the engine is no typed program");
            lines.insert((file, step.engine.line()));
        }
    }
    let mut files = BTreeSet::new();
    for (file, line) in lines {
        let text = std::fs::read_to_string(folder.join(file)).expect("the file is of the engine");
        let line = text.lines().nth(line as usize - 1).expect("it has this line").trim();
        assert!(file.starts_with("runtime/src/"), "{file}: {line}");
        assert!(line.contains('(') && !line.starts_with("//"), "{file}: {line}");
        files.insert(file);
    }
    let shown = ["waker", "poll", "poll_everything", "run_queue", "reactor", "diagnose"];
    for file in shown.map(|name| format!("runtime/src/{name}.rs")) {
        assert!(files.contains(&*file), "{file} never told anything: {files:?}");
    }
}

#[test]
fn every_sentence_is_a_sentence() {
    let mut sentences = BTreeSet::new();
    for scenario in variants() {
        let played = play(&scenario);
        sentences.extend(played.trace.iter().map(|(step, _)| played.names.sentence(step)));
        sentences.extend(played.findings());
    }
    for text in &sentences {
        let function = ["clone:", "wake:", "wake_by_ref:", "drop:", "will_wake:", "select:"];
        let begins = text.starts_with(|first: char| first.is_uppercase() || first == '‘')
            || function.iter().any(|function| text.starts_with(function));
        assert!(begins && text.ends_with('.') && !text.contains("  "), "{text}");
        assert_eq!(text.matches('‘').count(), text.matches('’').count(), "{text}");
        // It must be possible to read it on a projector, while the picture changes.
        let longest = if text.contains("(line") { 220 } else { 110 };
        assert!(text.chars().count() <= longest, "{text}");
    }
    assert!(sentences.len() > 300, "{}", sentences.len());
}
