//! One sentence above the state: what is going on.

use leptos::prelude::*;

use super::Stage;
use super::prose::{plain, prose};

/// Before the first step the scene's talk, then the sentence of the step that was taken.
#[component]
pub(super) fn Caption(stage: Stage) -> impl IntoView {
    let said = Memo::new(move |_| {
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
    let wrong = Memo::new(move |_| {
        stage.read(|session| {
            let cursor = session.cursor();
            let marks = session.marks();
            let at = marks.partition_point(|marked| marked.cursor < cursor);
            marks[at..]
                .iter()
                .take_while(|marked| marked.cursor == cursor)
                .any(|marked| marked.mark == machine::Mark::Fault)
        })
    });
    let actor = Memo::new(move |_| stage.read(|session| session.actor(session.cursor())));
    view! {
        <div class="caption" class:wrong=wrong>
            <span class="tag">{move || said.get().0}</span>
            <p class:talk=move || stage.read(|session| session.cursor() == 0)>
                {move || actor.get().map(|actor| super::commands::badge(&actor))}
                {move || prose(&said.get().1)}
            </p>
            <p class="unseen" aria-live="polite">
                {move || plain(&said.get().1)}
            </p>
        </div>
    }
}
