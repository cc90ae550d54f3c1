//! A bare Leptos counter.
#![forbid(unsafe_code)]

use leptos::prelude::*;

#[component]
fn Counter() -> impl IntoView {
    let (count, set_count) = signal(0);
    view! {
        <button on:click=move |_| set_count.update(|count| *count += 1)>"Clicked " {count}</button>
    }
}

fn main() {
    leptos::mount::mount_to_body(Counter);
}
