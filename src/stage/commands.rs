//! What can be done next.

use super::prose::plain;
use super::{Actor, Stage};
use crate::dom::{El, Html, Written, el, watch};

/// A button a command, with the number key that presses it; at the end, why there is none.
pub(super) fn commands(stage: Stage, root: &El) {
    let group = root.part("commands");
    // A button stays where it is, so that whoever has it focused can press it again.
    let mut buttons: Vec<Button> = Vec::new();
    watch(move || {
        let commands = stage.read(|session| session.commands());
        while buttons.len() > commands.len() {
            buttons.pop().inspect(|button| button.el.remove());
        }
        while buttons.len() < commands.len() {
            let button = Button::new(buttons.len());
            _ = group.clone().child(button.el.clone());
            buttons.push(button);
        }
        for (index, (label, actor)) in commands.iter().enumerate() {
            let mut html = Html::new();
            if index < 9 {
                html.raw("<kbd aria-hidden=true>").number(index + 1).raw("</kbd>");
            }
            if let Some(actor) = actor {
                badge(&mut html, actor);
            }
            html.raw("<span>").text(&plain(&label.text)).raw("</span>");
            if !label.code.is_empty() {
                html.raw(" <code>").text(&label.code).raw("</code>");
            }
            let hue = actor.as_ref().map_or(0, |actor| actor.look.hue());
            buttons[index].show(html, hue, index == 0);
        }
    });
    let mut rests = Written::new(root.part("rest"));
    watch(move || {
        let mut html = Html::new();
        if let Some(rest) = stage.read(|session| session.rest()) {
            // It scrolls where there is little room.
            html.raw(match rest.fault {
                true => "<p class=\"rest wrong\" tabindex=0>",
                false => "<p class=rest tabindex=0>",
            });
            html.prose(&rest.sentence).raw("</p>");
        }
        rests.write(html);
    });
}

/// The button of a command.
struct Button {
    el: El,
    written: Written,
}

impl Button {
    fn new(index: usize) -> Button {
        let button = el("button");
        button.put("type", "button");
        button.put("data-do", "command");
        button.put("data-index", &index.to_string());
        Button { el: button.clone(), written: Written::new(button) }
    }

    fn show(&mut self, html: Html, hue: u8, first: bool) {
        if self.written.write(html) {
            let first = if first { " first" } else { "" };
            self.el.put("class", &format!("command hue-{hue}{first}"));
        }
    }
}

/// An actor's shape with its number in it. The number is said by the words beside it.
pub(super) fn badge(html: &mut Html, actor: &Actor) {
    let hue = actor.look.hue();
    let y = match hue {
        3 => "7",
        5 => "5.4",
        _ => "4.6",
    };
    html.raw("<svg class=\"badge hue-").number(hue.into());
    html.raw("\" viewBox=\"-12 -12 24 24\" aria-hidden=true><path d=\"");
    html.raw(&actor.look.outline(20.0)).raw("\"/><text y=").raw(y).raw(" font-size=13>");
    html.text(&actor.badge).raw("</text></svg>");
}
