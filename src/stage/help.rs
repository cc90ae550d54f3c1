//! The keys, and what the timeline's signs mean.

use leptos::html;
use leptos::prelude::*;

use super::Stage;
use super::keys::KEYS;

/// A dialog that the browser itself keeps focus in, and closes on Escape.
#[component]
pub(super) fn Help(stage: Stage) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let open = stage.help.get();
        let Some(dialog) = dialog.get() else { return };
        match (open, dialog.open()) {
            (true, false) => _ = dialog.show_modal(),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog
            class="help"
            aria-labelledby="help-title"
            node_ref=dialog
            on:close=move |_| stage.help.set(false)
            on:click=move |event| {
                // A click beside the dialog's content hits the dialog itself.
                let beside = dialog
                    .get_untracked()
                    .is_some_and(|dialog| {
                        event.target().is_some_and(|target| &target == dialog.as_ref())
                    });
                if beside {
                    stage.help.set(false);
                }
            }
        >
            <div>
                <h2 id="help-title">"Keys"</h2>
                <dl class="keys">
                    {KEYS
                        .iter()
                        .map(|(keys, what)| {
                            view! {
                                <div>
                                    <dt>{keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view()}</dt>
                                    <dd>{*what}</dd>
                                </div>
                            }
                        })
                        .collect_view()}
                </dl>
                <h2>"On the timeline"</h2>
                <dl class="signs">
                    {[
                        ("busy", "runs"),
                        ("ready", "could run, but is not let yet"),
                        ("waiting", "waits"),
                        ("stuck", "waits for what will never come"),
                    ]
                        .iter()
                        .map(|(class, what)| {
                            view! {
                                <div>
                                    <dt>
                                        <i class=*class></i>
                                    </dt>
                                    <dd>{*what}</dd>
                                </div>
                            }
                        })
                        .collect_view()}
                </dl>
                <p>
                    "Going back and taking another command branches the run; what it had done before \
                     is kept and can be gone back to. Copy link takes the whole run with it, to this \
                     very step."
                </p>
                <button type="button" class="main" on:click=move |_| stage.help.set(false)>
                    "Close"
                </button>
            </div>
        </dialog>
    }
}
