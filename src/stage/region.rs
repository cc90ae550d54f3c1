//! A named part of the stage.

use leptos::prelude::*;

/// A region with its name small above its content, and something at the right of the name.
#[component]
pub(super) fn Region(
    /// The name, on the page and for assistive technology.
    name: &'static str,
    /// Its class.
    class: &'static str,
    /// What stands at the right of the name.
    #[prop(into)]
    aside: ViewFn,
    children: Children,
) -> impl IntoView {
    view! {
        <section class=format!("region {class}") aria-label=name>
            <header class="region-head">
                <h2>{name}</h2>
                {move || aside.run()}
            </header>
            {children()}
        </section>
    }
}
