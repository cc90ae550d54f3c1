//! Panic hook and mount, nothing else.
#![forbid(unsafe_code)]

fn main() {
    oxidoscope::overlay::install();
    leptos::mount::mount_to_body(oxidoscope::app::App);
}
