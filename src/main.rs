//! Panic hook and mount, nothing else.

fn main() {
    oxidoscope::overlay::install();
    leptos::mount::mount_to_body(oxidoscope::app::App);
}
