//! The worker: long work off the main thread, and nothing else.
#![forbid(unsafe_code)]

fn main() {
    oxidoscope::worker::serve(oxidoscope::pages::engine);
}
