//! What can be done by clicking and choosing, by the names that stand in the markup.

use web_sys::HtmlInputElement;

use super::{Move, Stage, export, run_on, work};
use crate::dom::{El, set_value, value};

/// Does what a click on an element with this `data-do` asks for. Other names belong to a demo's own
/// view.
pub(super) fn click(stage: Stage, what: &str, element: &El) {
    let number = |attribute| element.says(attribute).parse().ok();
    match what {
        "step" => stage.go(Move::Forward),
        "back" => stage.go(Move::Back),
        "first" => stage.go(Move::First),
        "last" => stage.last(),
        "reset" => stage.go(Move::Reset),
        "play" => stage.toggle_play(),
        "command" => {
            if let Some(index) = number("data-index") {
                stage.go(Move::Command(index));
            }
        }
        "seek" => {
            if let Some(step) = number("data-step") {
                stage.go(Move::Seek(step));
            }
        }
        _ => click_beside(stage, what, element),
    }
    leave_notice(element);
}

/// Does what does not move along the run.
#[inline(never)]
fn click_beside(stage: Stage, what: &str, element: &El) {
    match what {
        // The tab without a number follows what is executing.
        "source" => stage.source.set(element.says("data-source").parse().ok()),
        "edit" => stage.editing.set(!stage.editing.now()),
        "theme" => stage.modes.next_theme(),
        "present" => stage.modes.toggle_present(),
        "help" => stage.help.set(true),
        "close-help" => stage.help.set(false),
        "copy-link" => export::copy_link(stage),
        "save-svg" => {
            close_menu(element);
            export::save_svg(stage);
        }
        "save-json" => {
            close_menu(element);
            export::save_json(stage);
        }
        "return" => stage.go(Move::Return),
        "dismiss" => stage.remark.set(None),
        "dismiss-link" => stage.bad_link.set(None),
        "stop-working" => work::stop(stage),
        "stop-running" => run_on::stop(stage),
        _ => {}
    }
}

/// Gives the focus back to the stage: a notice goes with what was pressed in it, and a focus that is
/// nowhere hears no keys inside another page.
pub(super) fn leave_notice(pressed: &El) {
    if let Some(stage) = around(pressed, ".notice").and_then(|notice| around(&notice, ".stage")) {
        _ = stage.html().focus();
    }
}

fn around(element: &El, selector: &str) -> Option<El> {
    element.element().closest(selector).ok()?.map(El::from)
}

/// Takes over what was chosen in an element with this `data-set`.
pub(super) fn choose(stage: Stage, what: &str, element: &El) {
    match what {
        "scene" => {
            if let Ok(scene) = value(element.element()).parse() {
                stage.go(Move::Scene(scene));
            }
        }
        "speed" => {
            if let Ok(speed) = value(element.element()).parse() {
                stage.speed.set(speed);
            }
        }
        "file" => {
            close_menu(element);
            let files = element.cast::<HtmlInputElement>().files();
            if let Some(file) = files.and_then(|files| files.item(0)) {
                export::open_file(stage, file);
            }
            // So that the same file can be picked again.
            set_value(element.element(), "");
        }
        _ => {}
    }
}

fn close_menu(within: &El) {
    if let Some(menu) = around(within, "details") {
        menu.flag("open", false);
    }
}

#[cfg(test)]
mod tests {
    /// What stands in the quotes of an attribute, each time it is there.
    fn values<'a>(markup: &'a str, attribute: &str) -> Vec<&'a str> {
        let begins = format!("{attribute}=\"");
        markup.split(&begins).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn every_name_in_the_markup_does_something() {
        let (markup, code) = (include_str!("stage.html"), include_str!("actions.rs"));
        let names = [values(markup, "data-do"), values(markup, "data-set")].concat();
        assert!(names.len() > 15);
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            assert!(code.contains(&format!("        \"{name}\"")), "nothing is done by {name:?}");
        }
    }
}
