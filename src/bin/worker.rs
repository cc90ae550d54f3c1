//! The worker: long work off the main thread, and nothing else.

fn main() {
    oxidoscope::worker::serve(oxidoscope::pages::engine);
}
