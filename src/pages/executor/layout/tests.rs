//! What holds for every picture of every state: nothing lies on anything else, nothing hangs over
//! the edge, every task and every waker is there, once.

use std::collections::BTreeMap;

use executor::snapshot::{Holder, Snapshot};
use executor::{
    Executor, ExecutorKind, Program, Scenario, Step, TaskId, Tokens, WakerKind, lang, scenes,
};
use machine::{Player, Random, Run};

use super::frame::Frame;
use super::sheet::{Sheet, Spot};
use super::{draw, picture};
use crate::stage::shapes::Canvas;
use crate::stage::shapes::seen::{Text, texts, texts_of};

/// A laptop, a wide screen, a projector in presenter mode, an iframe in slides, a phone.
const CANVASES: [Canvas; 5] = [
    Canvas { width: 832.0, height: 590.0, text: 14.0 },
    Canvas { width: 1180.0, height: 800.0, text: 14.0 },
    Canvas { width: 960.0, height: 364.0, text: 20.0 },
    Canvas { width: 640.0, height: 400.0, text: 14.0 },
    Canvas { width: 350.0, height: 520.0, text: 14.0 },
];

/// Scenes and programs, each with every executor, and some with the book's mistakes.
fn scenarios() -> Vec<Scenario> {
    let scenes = scenes::SCENES.iter().map(|scene| scene.scenario());
    let typed = lang::EXAMPLES.iter().map(|example| example.text.to_owned()).chain([crowd()]);
    let typed = typed.map(|text| Scenario::new(Program::Text(text)));
    let executors = [
        ExecutorKind::PollEverything,
        ExecutorKind::RunQueue { lifo: false, workers: 1 },
        ExecutorKind::RunQueue { lifo: true, workers: 2 },
        ExecutorKind::RunQueue { lifo: true, workers: 4 },
    ];
    let mut all = Vec::new();
    for scenario in scenes.chain(typed) {
        all.push(scenario.clone());
        all.extend(executors.map(|executor| Scenario { executor, ..scenario.clone() }));
        all.push(Scenario {
            waker: WakerKind::DoNothing,
            tokens: Tokens::MapLength,
            ..scenario.clone()
        });
    }
    all
}

/// Fifty tasks that do a little of everything.
fn crowd() -> String {
    let mut text =
        String::from("channel jobs\nchannel done 2\nsource net at 5, 9\nsource button\n");
    for i in 0..22 {
        text.push_str(&match i % 5 {
            0 => format!("task sleeper{i} {{ loop 3 {{ sleep {} }} }}\n", 3 + i),
            1 => format!("task worker{i} {{ loop 2 {{ recv jobs send done }} }}\n"),
            2 => format!("task reader{i} {{ select {{ read net }} {{ read button }} yield }}\n"),
            3 => format!("task boss{i} {{ loop 4 {{ send jobs }} print \"sent them all\" }}\n"),
            _ => {
                format!("task collector{i} {{ join {{ recv done }} {{ sleep 7 }} {{ yield }} }}\n")
            }
        });
    }
    text.push_str(
        "task many { loop 27 { spawn extra } }\ntask extra later { sleep 4 recv done }\n",
    );
    text
}

/// Looks at states of a run that goes its own way.
fn wander(scenario: &Scenario, seed: u64, mut look: impl FnMut(&Snapshot, Option<&Step>)) {
    let mut player = Player::<Executor>::open(Run::new(scenario.clone())).expect("it starts");
    let mut random = Random::new(seed);
    look(player.snapshot(), None);
    for _ in 0..12 {
        let commands = player.commands();
        // The last one drops the executor: it is taken only where nothing else is left.
        let choices = (commands.len() - usize::from(commands.len() > 1)).max(1);
        let Some(command) = commands.get(random.below(choices)) else { break };
        player.apply(*command).expect("it is possible");
        let from = player.cursor();
        for cursor in from..=player.len().min(from + 6) {
            player.seek(cursor).expect("it is there");
            look(player.snapshot(), cursor.checked_sub(1).and_then(|i| player.step(i)));
        }
        player.last().expect("it is there");
        look(player.snapshot(), player.len().checked_sub(1).and_then(|i| player.step(i)));
    }
}

fn for_every_state(mut check: impl FnMut(&Snapshot, Option<&Step>, Canvas)) {
    for (seed, scenario) in (0..).zip(scenarios()) {
        let mut nth = seed as usize;
        wander(&scenario, seed, |snapshot, step| {
            nth += 1;
            check(snapshot, step, CANVASES[nth % CANVASES.len()]);
        });
    }
}

fn sheet<'a>(snapshot: &'a Snapshot, step: Option<&'a Step>, canvas: Canvas) -> Sheet<'a> {
    draw(snapshot, step, Frame::fit(snapshot, canvas))
}

#[test]
fn every_task_has_one_card_and_one_token() {
    for_every_state(|snapshot, step, canvas| {
        let sheet = sheet(snapshot, step, canvas);
        for id in (0..snapshot.tasks.len() as u32).map(TaskId) {
            for spot in [Spot::Card(id), Spot::Token(id)] {
                let times = sheet.spots().iter().filter(|(other, _)| *other == spot).count();
                assert_eq!(times, 1, "{spot:?} on {canvas:?} in {snapshot:#?}");
            }
        }
    });
}

#[test]
fn every_waker_that_is_alive_is_drawn_once_where_it_is_held() {
    for_every_state(|snapshot, step, canvas| {
        let sheet = sheet(snapshot, step, canvas);
        let mut drawn: BTreeMap<(TaskId, Holder), u32> = BTreeMap::new();
        for (held, _) in &sheet.bells {
            *drawn.entry((held.task, held.holder)).or_default() += held.count;
        }
        let held = snapshot.wakers.iter().map(|held| ((held.task, held.holder), held.count));
        assert_eq!(drawn, held.collect(), "on {canvas:?}");
        for (id, task) in (0..).map(TaskId).zip(&snapshot.tasks) {
            let bells = drawn.iter().filter(|((task, _), _)| *task == id);
            assert_eq!(bells.map(|(_, count)| count).sum::<u32>(), task.live);
        }
    });
}

#[test]
fn no_card_lies_on_another_and_no_token_or_bell_either() {
    for_every_state(|snapshot, step, canvas| {
        let sheet = sheet(snapshot, step, canvas);
        let of = |wanted: fn(&Spot) -> bool| {
            let spots = sheet.spots().iter().filter(|(spot, _)| wanted(spot));
            spots.map(|(spot, area)| (format!("{spot:?}"), *area)).collect::<Vec<_>>()
        };
        let cards = of(|spot| matches!(spot, Spot::Card(_)));
        let mut tokens = of(|spot| matches!(spot, Spot::Token(_)));
        // Those of no width hang on another one.
        let bells = sheet.bells.iter().filter(|(_, area)| area.w > 0.0);
        tokens.extend(bells.map(|(held, area)| (format!("{held:?}"), *area)));
        for (kind, areas) in [("cards", cards), ("tokens", tokens)] {
            for (i, (one, a)) in areas.iter().enumerate() {
                for (other, b) in &areas[i + 1..] {
                    assert!(
                        !a.overlaps(b, 1.0),
                        "{kind}: {one:?} on {other:?}, {a:?} {b:?} {canvas:?}"
                    );
                }
            }
        }
    });
}

#[test]
fn texts_do_not_run_into_each_other_nor_over_the_edge() {
    for_every_state(|snapshot, step, canvas| {
        let picture = picture(snapshot, step, canvas);
        assert_eq!(picture.width, canvas.width);
        let texts = texts(&picture);
        assert!(texts.len() > 10);
        for (i, (text, area)) in texts.iter().enumerate() {
            assert!(
                area.x > -2.0
                    && area.right() < picture.width + 2.0
                    && area.y > -2.0
                    && area.bottom() < picture.height + 2.0,
                "{text:?} at {area:?} hangs over the edge of {canvas:?}"
            );
            for (other, beside) in &texts[i + 1..] {
                assert!(
                    !area.overlaps(beside, 2.0),
                    "{text:?} {area:?} runs into {other:?} {beside:?} on {canvas:?}"
                );
            }
        }
    });
}

#[test]
fn what_fits_is_drawn_in_full_size_and_the_picture_is_never_wider_than_the_canvas() {
    for scene in scenes::SCENES {
        wander(&scene.scenario(), 7, |snapshot, step| {
            for canvas in &CANVASES[..4] {
                let picture = picture(snapshot, step, *canvas);
                assert!(picture.height <= canvas.height, "{} on {canvas:?}", scene.name);
                let smallest = texts(&picture).len();
                assert!(smallest > 0);
            }
        });
    }
}

#[test]
fn the_time_is_told_in_full_however_late_it_is() {
    let text = "task a { loop 10 { sleep 9999 } }".to_owned();
    let mut player = Player::<Executor>::open(Run::new(Scenario::new(Program::Text(text))));
    let player = player.as_mut().expect("it starts");
    while player.next().is_some() {
        player.forward().expect("it goes on");
    }
    for canvas in CANVASES {
        let texts = texts(&picture(player.snapshot(), None, canvas));
        let under = texts.iter().find(|(text, _)| text == "time now").expect("it is named");
        let clock = texts.iter().find(|(text, at)| text == "99990" && at.x == under.1.x);
        assert!(clock.is_some_and(|clock| clock.1.y < under.1.y), "on {canvas:?}");
    }
}

#[test]
fn in_the_last_row_every_word_of_a_scene_can_be_read() {
    let canvas = CANVASES[2];
    for scene in scenes::SCENES {
        wander(&scene.scenario(), 7, |snapshot, step| {
            let picture = picture(snapshot, step, canvas);
            for item in &picture.items {
                // A bell's or a token's number is told by its shape and hue too.
                if item.key.starts_with("card") || item.key.starts_with("executor") {
                    for Text { size, text, .. } in texts_of(item) {
                        // Sizes are written in tenths.
                        let size = (size + 0.05) * picture.scale;
                        assert!(size >= 20.0, "{text} in {}", scene.name);
                    }
                }
            }
        });
    }
}

#[test]
fn the_same_things_have_the_same_keys_and_no_two_things_one() {
    for_every_state(|snapshot, step, canvas| {
        let mut keys: Vec<String> =
            picture(snapshot, step, canvas).items.into_iter().map(|item| item.key).collect();
        let all = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), all);
    });
}
