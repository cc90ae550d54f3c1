//! One sentence above the state: what is going on.

use machine::Mark;

use super::Stage;
use super::commands::badge;
use super::prose::plain;
use crate::dom::{El, Html, Written, watch};

/// Before the first step the scene's talk, then the sentence of the step that was taken.
pub(super) fn caption(stage: Stage, root: &El) {
    let (place, tag, said) = (root.part("caption"), root.part("tag"), root.part("said"));
    let sentence = root.part("sentence");
    let (mut who, mut words) = (Written::new(root.part("who")), Written::new(root.part("text")));
    watch(move || {
        let (what, actor, mark) = stage.read(|session| {
            let cursor = session.cursor();
            let what = match (session.sentence(cursor), session.scene()) {
                (Some(sentence), _) => (format!("Step {cursor}"), sentence),
                (None, Some(scene)) => {
                    let (title, talk) = session.scenes()[scene];
                    (title.to_owned(), talk.to_owned())
                }
                (None, None) => {
                    ("Start".to_owned(), "Your own scenario. Step, or press Play.".to_owned())
                }
            };
            (what, session.actor(cursor), session.mark())
        });
        let (title, text) = what;
        let mut html = Html::new();
        if let Some(actor) = &actor {
            badge(&mut html, actor);
        }
        who.write(html);
        words.write_prose(&text);
        tag.say(&title);
        said.say(&plain(&text));
        sentence
            .put("class", if stage.peek(|session| session.cursor()) == 0 { "talk" } else { "" });
        place.put("class", if mark == Some(Mark::Fault) { "caption wrong" } else { "caption" });
    });
}
