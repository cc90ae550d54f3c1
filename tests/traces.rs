//! The engines do the same in the browser as on the computer that compiled this test: every step and
//! every snapshot of random runs, by fingerprint.
#![cfg(target_arch = "wasm32")]

use executor::Executor;
use machine::{digest, link};
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
