//! The app: which page stands at which address.

use leptos::prelude::*;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <main>
            <h1>"Oxidoscope"</h1>
        </main>
    }
}
