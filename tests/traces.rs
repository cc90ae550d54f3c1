//! The engines do the same in the browser as on the computer that compiled this test: every step and
//! every snapshot of random runs, by fingerprint.
#![cfg(target_arch = "wasm32")]

#[path = "../demos/arena/lang/tests/layouts/compiled.rs"]
mod compiled;
#[path = "../demos/arena/tests/machine/fingerprint.rs"]
mod fingerprint;

use arena::{Memory, scenes};
use executor::Executor;
use machine::{Machine, Tape, digest, link};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_executor_gives_the_same_traces_as_natively() {
    let traces = on_host::executor_traces!();
    assert_eq!(traces.len(), 205);
    for (text, fingerprint) in traces {
        let run = link::decode::<Executor>(text).expect("a link made natively opens");
        assert_eq!(link::encode(&run), text);
        assert_eq!(digest::trace(&run), Ok(fingerprint), "{text}");
    }
}

#[wasm_bindgen_test]
fn the_allocators_give_the_same_traces_as_natively() {
    let traces = on_host::arena_traces!();
    assert!(traces.len() > 60);
    for (text, expected) in traces {
        let run = link::decode::<Memory>(text).expect("a link made natively opens");
        assert_eq!(fingerprint::fingerprint(&run), expected, "{text}");
    }
}

/// How a hash map lays its table out depends on the target: what is written down is what wasm32 does.
#[wasm_bindgen_test]
fn a_hash_map_does_what_was_recorded() {
    let scene = scenes::find("map").expect("there is such a scene");
    let mut memory = Memory::start(&scene.scenario()).expect("it starts");
    let mut done = String::new();
    while let Some(command) = memory.play() {
        let mut tape = Tape::default();
        memory.apply(&command, &mut tape).expect("it is possible");
        memory.verify().expect("what is shown is there");
        for step in tape.steps() {
            done.push_str(&format!("{} {}: {:?}\n", step.at.line, step.lane, step.event));
        }
    }
    let recorded = include_str!("recorded/arena-map.txt");
    assert!(done == recorded, "another trace than was recorded:\n{done}");
}

#[wasm_bindgen_test]
fn the_types_of_programs_are_laid_out_as_the_compiler_does() {
    compiled::the_compiler_lays_them_out_so();
}
