//! This module's linear memory, read through a view of JavaScript's.

use js_sys::WebAssembly::Memory;
use js_sys::{Uint8Array, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};

/// So many bytes of a block are shown at most.
pub(super) const SHOWN: usize = 256;

fn buffer() -> JsValue {
    wasm_bindgen::memory().unchecked_into::<Memory>().buffer()
}

/// What gives the word at an address. It gives nothing once the memory has grown.
pub(super) fn words() -> impl Fn(usize) -> Option<u32> {
    let view = Uint32Array::new(&buffer());
    let words = view.length() as usize;
    move |address| {
        let index = address / 4;
        (index < words).then(|| view.get_index(index as u32))
    }
}

/// Copies bytes from an address on, as far as there are some, and says how many. Nothing is allocated
/// in between: that might end the view.
pub(super) fn bytes(address: usize, into: &mut [u8]) -> usize {
    let view = Uint8Array::new(&buffer());
    let count = (view.length() as usize).saturating_sub(address).min(into.len());
    for (index, place) in (address..).zip(&mut into[..count]) {
        *place = view.get_index(index as u32);
    }
    count
}
