//! A named part of the stage.

use crate::dom::{El, el};

/// A region with its name small above its content, and something at the right of the name.
pub(super) fn region(name: &str, class: &str, aside: El) -> El {
    let head = el("header").class("region-head").child(el("h2").text(name)).child(aside);
    el("section").class(&format!("region {class}")).attr("aria-label", name).child(head)
}
