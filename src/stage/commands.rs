//! What can be done next.

use super::prose::{plain, prose};
use super::{Actor, Label, Move, Stage};
use crate::dom::{El, button, el, svg};

/// A button a command, with the number key that presses it; at the end, why there is none.
pub(super) fn commands(stage: Stage) -> El {
    let commands = move || stage.read(|session| session.commands());
    let rest = move || stage.read(|session| session.rest());
    let group = el("div")
        .class("commands")
        .attr("role", "group")
        .attr("aria-label", "Commands")
        .live_for(commands, move |commands| {
            let commands = commands.iter().enumerate();
            commands.map(|(index, (label, actor))| command(stage, index, label, actor)).collect()
        });
    let rest = el("div").class("rests").attr("role", "status").live_for(rest, |rest| {
        let rest = rest.as_ref().map(|rest| {
            let class = if rest.fault { "rest wrong" } else { "rest" };
            // It scrolls where there is little room.
            prose(el("p").class(class).attr("tabindex", "0"), &rest.sentence)
        });
        rest.into_iter().collect()
    });
    el("div").class("next").child(group).child(rest)
}

fn command(stage: Stage, index: usize, label: &Label, actor: &Option<Actor>) -> El {
    let hue = actor.as_ref().map_or(0, |actor| actor.look.hue());
    let first = if index == 0 { " first" } else { "" };
    let mut made = button("").class(&format!("command hue-{hue}{first}"));
    if index < 9 {
        let number = (index + 1).to_string();
        made = made.child(el("kbd").attr("aria-hidden", "true").text(&number));
    }
    if let Some(actor) = actor {
        made = made.child(badge(actor));
    }
    made = made.child(el("span").text(&plain(&label.text)));
    if !label.code.is_empty() {
        made = made.text(" ").child(el("code").text(&label.code));
    }
    made.click(move || stage.go(Move::Command(index)))
}

/// An actor's shape with its number in it. The number is said by the words beside it.
pub(super) fn badge(actor: &Actor) -> El {
    let y = match actor.look.hue() {
        3 => "7",
        5 => "5.4",
        _ => "4.6",
    };
    svg("svg")
        .class(&format!("badge hue-{}", actor.look.hue()))
        .attr("viewBox", "-12 -12 24 24")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", &actor.look.outline(20.0)))
        .child(svg("text").attr("y", y).attr("font-size", "13").text(&actor.badge))
}
