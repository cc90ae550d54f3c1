//! What has to be said besides the run: a branch, a refusal, a link that cannot be read, long work.

use leptos::html;
use leptos::prelude::*;

use machine::Progress;

use super::{Move, Offer, Stage, export, run_on};

/// Notices lie over the lower edge of the State region, so that nothing moves when they come.
#[component]
pub(super) fn Notices(stage: Stage) -> impl IntoView {
    let running_or_not = Memo::new(move |_| stage.running.get().is_some());
    view! {
        <div class="notices">
            {move || stage.bad_link.get().map(|(text, what)| bad_link(stage, text, what))}
            {move || {
                stage.read(|session| session.working()).map(|(done, total)| working(stage, done, total))
            }}
            {move || running_or_not.get().then(|| running(stage))}
            {move || {
                stage
                    .remark
                    .get()
                    .map(|remark| {
                        view! {
                            <div class="notice" class:refused=remark.refused role="status">
                                <p>{remark.text}</p>
                                {offer(stage, remark.offer)}
                                <button
                                    type="button"
                                    class="quiet"
                                    on:click=move |_| stage.remark.set(None)
                                >
                                    "Dismiss"
                                </button>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

fn offer(stage: Stage, offer: Offer) -> Option<impl IntoView> {
    let name = match offer {
        Offer::Nothing => return None,
        Offer::Return => "Return to the run before",
        Offer::Json => "Save the run as JSON",
    };
    let act = move |_| match offer {
        Offer::Return => stage.go(Move::Return),
        _ => export::save_json(stage),
    };
    Some(view! { <button type="button" on:click=act>{name}</button> })
}

fn bad_link(stage: Stage, text: String, what: String) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    view! {
        <form
            class="notice refused"
            role="alert"
            on:submit=move |event| {
                event.prevent_default();
                if let Some(input) = input.get_untracked() {
                    stage.open(input.value().trim());
                }
            }
        >
            <p>
                <b>"This link cannot be read. "</b>
                {what}
                " What you see is this demo’s first scene."
            </p>
            <label>
                "The link’s text"
                <input type="text" spellcheck="false" autocomplete="off" value=text node_ref=input />
            </label>
            <button type="submit">"Try again"</button>
            <button type="button" class="quiet" on:click=move |_| stage.bad_link.set(None)>
                "Dismiss"
            </button>
        </form>
    }
}

fn working(stage: Stage, done: usize, total: usize) -> impl IntoView {
    view! {
        <div class="notice" role="status">
            <label>
                "Running again to get there"
                <progress max=total.to_string() value=done.to_string()></progress>
            </label>
            <button type="button" on:click=move |_| super::work::stop(stage)>
                "Stop"
            </button>
        </div>
    }
}

fn running(stage: Stage) -> impl IntoView {
    let progress = move || stage.running.get().unwrap_or(Progress { done: 0, total: 1 });
    view! {
        <div class="notice" role="status">
            <label>
                "Running to the end: " {move || counted(progress().done)} " steps so far"
                <progress
                    max=move || progress().total.to_string()
                    value=move || progress().done.to_string()
                ></progress>
            </label>
            <button type="button" on:click=move |_| run_on::stop(stage)>
                "Stop"
            </button>
        </div>
    }
}

/// A number with a comma after each three digits.
fn counted(number: usize) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group));
    groups.collect::<Vec<_>>().join(",")
}
