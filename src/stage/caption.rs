//! One sentence above the state: what is going on.

use leptos::prelude::*;
use machine::Mark;

use super::Stage;
use super::commands::badge;
use super::prose::{plain, prose};
use crate::dom::{El, el, memo};

/// Before the first step the scene's talk, then the sentence of the step that was taken.
pub(super) fn caption(stage: Stage) -> El {
    let said = memo(move || {
        stage.read(|session| {
            let cursor = session.cursor();
            match (session.sentence(cursor), session.scene()) {
                (Some(sentence), _) => (format!("Step {cursor}"), sentence),
                (None, Some(scene)) => {
                    let (title, talk) = session.scenes()[scene];
                    (title.to_owned(), talk.to_owned())
                }
                (None, None) => {
                    ("Start".to_owned(), "Your own scenario. Step, or press Play.".to_owned())
                }
            }
        })
    });
    let actor = move || stage.read(|session| session.actor(session.cursor()));
    let sentence =
        el("p").live_class("talk", move || stage.read(|session| session.cursor() == 0)).live_for(
            move || (actor(), said.get().1),
            |(actor, sentence)| {
                let badge = actor.as_ref().map(badge);
                badge.into_iter().chain([prose(el("span"), sentence)]).collect()
            },
        );
    el("div")
        .class("caption")
        .live_class("wrong", move || stage.read(|session| session.mark() == Some(Mark::Fault)))
        .child(el("span").class("tag").live_text(move || said.with(|(tag, _)| tag.clone())))
        .child(sentence)
        .child(
            el("p")
                .class("unseen")
                .attr("aria-live", "polite")
                .live_text(move || said.with(|(_, sentence)| plain(sentence))),
        )
}
