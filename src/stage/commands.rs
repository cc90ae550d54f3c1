//! What can be done next.

use leptos::prelude::*;

use super::prose::{plain, prose};
use super::{Actor, Label, Move, Stage};

/// A button a command, with the number key that presses it.
#[component]
pub(super) fn Commands(stage: Stage) -> impl IntoView {
    let commands = Memo::new(move |_| stage.read(|session| session.commands()));
    let rest = Memo::new(move |_| stage.read(|session| session.rest()));
    view! {
        <div class="next">
            <div role="group" aria-label="Commands" class="commands">
                {move || {
                    commands
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(index, (label, actor))| button(stage, index, label, actor))
                        .collect_view()
                }}
            </div>
            {move || {
                rest.get()
                    .map(|rest| {
                        view! {
                            <p class="rest" class:wrong=rest.fault>
                                {prose(&rest.sentence)}
                            </p>
                        }
                    })
            }}
        </div>
    }
}

fn button(stage: Stage, index: usize, label: Label, actor: Option<Actor>) -> impl IntoView {
    let Label { text, code, .. } = label;
    let hue = actor.as_ref().map_or(0, |actor| actor.look.hue());
    let code = (!code.is_empty()).then(|| view! { " " <code>{code}</code> });
    view! {
        <button
            type="button"
            class=format!("command hue-{hue}")
            class:first=index == 0
            on:click=move |_| stage.go(Move::Command(index))
        >
            {(index < 9).then(|| view! { <kbd aria-hidden="true">{index + 1}</kbd> })}
            {actor.as_ref().map(badge)}
            <span>{plain(&text)}</span>
            {code}
        </button>
    }
}

/// An actor's shape with its number in it. The number is said by the words beside it.
pub(super) fn badge(actor: &Actor) -> impl IntoView + use<> {
    let size = if actor.badge.chars().count() > 1 { "8.5" } else { "10.5" };
    let y = match actor.look.hue() {
        3 => "6",
        _ => "3.7",
    };
    view! {
        <svg class=format!("badge hue-{}", actor.look.hue()) viewBox="-12 -12 24 24" aria-hidden="true">
            <path d=actor.look.outline(18.0)></path>
            <text y=y font-size=size>{actor.badge.clone()}</text>
        </svg>
    }
}
