//! The stage in a real browser: every entry of the registry mounts, steps, goes back and unmounts;
//! then what the stage promises, shown on a small machine.
#![cfg(target_arch = "wasm32")]

mod relay;
mod tools;

use oxidoscope::pages::{DEMOS, Kind};
use oxidoscope::stage::MachinePage;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use relay::Relay;
use tools::Shown;

wasm_bindgen_test_configure!(run_in_browser);

const RELAY: MachinePage = MachinePage::of::<Relay>();

/// Names that tests, ours and others', find things by.
const BUTTONS: [&str; 8] = ["First", "Back", "Play", "Step", "Last", "Reset", "Copy link", "Help"];

#[wasm_bindgen_test]
async fn every_entry_mounts_steps_goes_back_and_unmounts() {
    for entry in DEMOS {
        let Kind::Machine(page) = entry.kind else { continue };
        let shown = Shown::new(page, entry.route).await;
        for name in BUTTONS {
            shown.button(name);
        }
        for name in ["State", "Source", "Scenario"] {
            shown.find(&format!("section[aria-label={name}]"));
        }
        for selector in ["[role=log][aria-label=Steps]", "[role=group][aria-label=Commands]"] {
            shown.find(selector);
        }
        let before = shown.state();
        for step in 1..=3 {
            shown.click("Step").await;
            assert_eq!(shown.cursor(), step, "{} steps", entry.route);
        }
        assert_ne!(shown.state(), before, "{} says what has changed", entry.route);
        for step in (0..3).rev() {
            shown.click("Back").await;
            assert_eq!(shown.cursor(), step, "{} goes back", entry.route);
        }
        assert_eq!(shown.state(), before, "{} is as it was", entry.route);
        assert_eq!(shown.len(), shown.find_all("[data-step]"), "what comes later stays in the log");
        shown.unmount().await;
    }
}

/// What the build puts into a file of its own.
fn markup_of(route: &str) -> &'static str {
    match route {
        "heap" => include_str!("../../src/pages/heap/page.html"),
        "race" => include_str!("../../src/pages/race/page.html"),
        _ => panic!("the markup of {route} is named here too"),
    }
}

#[wasm_bindgen_test]
async fn every_instrument_starts_says_its_state_and_ends() {
    for entry in DEMOS {
        let Kind::Instrument(page) = entry.kind else { continue };
        let shown = Shown::instrument(page, markup_of(entry.route)).await;
        shown.button("Help");
        shown.button("Copy link");
        assert!(!shown.state().is_empty(), "{} says what it measures", entry.route);
        assert!(!shown.has("[aria-label=Timeline]"), "{} has nothing to step", entry.route);
        shown.key("?").await;
        assert!(shown.has("dialog[open]"), "? opens the help");
        shown.unmount().await;
    }
}

#[wasm_bindgen_test]
async fn the_heap_is_divided_as_the_allocators_own_headers_say() {
    let Some(Kind::Instrument(page)) = oxidoscope::pages::find("heap").map(|entry| entry.kind)
    else {
        panic!("the page's own heap is an instrument");
    };
    let shown = Shown::instrument(page, markup_of("heap")).await;
    // The library's allocator is as it was when its headers were first read.
    assert!(shown.state().contains(", in use by others "), "{}", shown.state());
    shown.key("3").await;
    assert!(shown.state().contains(", of the last action 4,008 bytes"), "{}", shown.state());
    shown.unmount().await;
}

#[wasm_bindgen_test]
async fn keys_do_what_the_help_says() {
    let shown = Shown::new(RELAY, "relay").await;
    for (key, cursor) in [
        ("ArrowRight", 1),
        ("PageDown", 2),
        ("ArrowRight", 3),
        ("PageUp", 2),
        ("ArrowLeft", 1),
        ("End", 3),
        ("Home", 0),
        ("1", 3),
    ] {
        shown.key(key).await;
        assert_eq!(shown.cursor(), cursor, "after {key}");
    }
    shown.key("r").await;
    assert_eq!((shown.cursor(), shown.len()), (0, 0), "R begins anew");
    shown.key("?").await;
    assert!(shown.has("dialog[open]"), "? opens the help");
    shown.key("ArrowRight").await;
    assert_eq!(shown.cursor(), 0, "a dialog keeps the keys to itself");
    shown.unmount().await;
}

#[wasm_bindgen_test]
async fn keys_that_are_typed_elsewhere_are_not_taken() {
    let shown = Shown::new(RELAY, "relay").await;
    let taken = shown.key_in_an_input("ArrowRight").await;
    assert!(!taken && shown.cursor() == 0, "an input outside of the demo has its keys");
    shown.unmount().await;
}

#[wasm_bindgen_test]
async fn another_way_can_be_taken_and_left_again() {
    let shown = Shown::new(RELAY, "relay").await;
    for _ in 0..2 {
        shown.key("1").await;
    }
    shown.key("Home").await;
    shown.key("2").await;
    assert_eq!((shown.cursor(), shown.len()), (1, 1), "a false start ends the race");
    assert!(shown.text(".rest.wrong").contains("spoilt"));
    assert_eq!(shown.find_all("[role=group][aria-label=Commands] button"), 0);
    shown.click("Return to the run before").await;
    assert_eq!(shown.len(), 6, "the run of before is there again");
    shown.unmount().await;
}

#[wasm_bindgen_test]
async fn a_link_that_cannot_be_read_is_kept_and_explained() {
    tools::set_fragment("1hello-there");
    let shown = Shown::new(RELAY, "relay").await;
    tools::set_fragment("");
    assert!(shown.text("[role=alert]").contains("At character"), "it says where");
    assert_eq!(shown.value("[role=alert] input"), "1hello-there");
    assert_eq!(shown.cursor(), 0);
    shown.key("ArrowRight").await;
    assert_eq!(shown.cursor(), 1, "the first scene is there meanwhile");
    shown.unmount().await;
}

#[wasm_bindgen_test]
async fn presenter_mode_and_theme_mark_the_document() {
    let shown = Shown::new(RELAY, "relay").await;
    shown.key("p").await;
    assert!(tools::root_has("data-present"));
    shown.key("p").await;
    assert!(!tools::root_has("data-present"));
    shown.unmount().await;
}

#[wasm_bindgen_test]
async fn a_long_run_keeps_few_rows_in_the_page() {
    let shown = Shown::new(RELAY, "relay").await;
    shown.choose("[aria-label=Scene]", "1").await;
    for _ in 0..400 {
        shown.key_now("1");
    }
    tools::rest().await;
    assert_eq!((shown.cursor(), shown.len()), (1200, 1200));
    assert!(shown.find_all("[data-step]") <= 72, "a window of the log");
    assert!(shown.text("[data-when=now]").starts_with("1200"));
    shown.key("Home").await;
    assert!(shown.has("[data-step='1']"), "the window goes where the cursor goes");
    shown.unmount().await;
}
