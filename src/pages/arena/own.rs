//! The same program on the allocator that this very page uses: an observation, and no machine.

use arena::observe::{Seen, observe};
use web_sys::HtmlDetailsElement;

use super::Page;
use super::said::Said;
use crate::dom::{El, Html, Written, markup, watch};
use crate::live::Live;
use crate::stage::Ctx;
use std::rc::Rc;

/// So many blocks are told one by one.
const TOLD: usize = 12;

const PANEL: &str = "<details class=compare data-part=own><summary>The allocator of this page, with the same \
    program</summary><div data-part=own-seen></div></details>";

/// The panel. As long as it is closed, nothing is done for it.
pub(crate) fn panel(ctx: Ctx<Page>) -> El {
    let panel = markup(PANEL);
    let open = Rc::new(Live::new(false));
    let (details, opened) = (panel.clone(), open.clone());
    let mut seen = Written::new(panel.part("own-seen"));
    watch(move || {
        if open.get() {
            let snapshot = ctx.snapshot();
            let blocks = observe(&ctx.scenario_now(), snapshot.done);
            seen.write(told(&snapshot.names, blocks.as_deref()));
        }
    });
    panel.on("toggle", move |_| {
        let is_open = details.cast::<HtmlDetailsElement>().open();
        opened.set_other(is_open);
    })
}

#[inline(never)]
fn told(names: &[std::sync::Arc<str>], blocks: Option<&[Seen]>) -> Html {
    let mut html = Html::new();
    html.raw("<p>");
    let Some(blocks) = blocks else {
        html.text("The program is too long to be done again at each step.").raw("</p>");
        return html;
    };
    let mut said = Said::default();
    said.put(
        "Through `GlobalAlloc`, at real addresses of this module’s memory: an observation of this ",
    );
    said.put("visit. The next one may see others, because the page allocates too, and no link holds it. ");
    let bytes = blocks.iter().map(|seen| seen.size).sum();
    said.count(blocks.len() as u32, "block").put(" with ").bytes(bytes);
    if let (Some(first), Some(last)) = (blocks.first(), blocks.last()) {
        said.put(" between ").hex(first.address).put(" and ");
        said.hex(last.address.wrapping_add(last.size));
    }
    said.put(".");
    html.prose(&said.text).raw("</p>");
    if blocks.is_empty() {
        return html;
    }
    html.raw("<table><thead><tr><th>Address<th>Asked for<th>Whose<th>Up to the next one<tbody>");
    for (index, seen) in blocks.iter().take(TOLD).enumerate() {
        let mut said = Said::default();
        html.raw("<tr><td><code>").text(&said.hex(seen.address).text).raw("</code><td>");
        html.number(seen.size as usize).raw("<td>");
        html.text(names.get(seen.owner.0 as usize).map_or("", |name| name));
        if seen.owner.1 > 1 {
            html.raw(" ").number(seen.owner.1 as usize);
        }
        let mut said = Said::default();
        html.raw(", ").text(&said.sort(seen.sort).text).raw("<td>");
        if let Some(next) = blocks.get(index + 1) {
            html.number(next.address.wrapping_sub(seen.address) as usize);
        }
    }
    html.raw("</table>");
    if blocks.len() > TOLD {
        html.raw("<p>And ").number(blocks.len() - TOLD).raw(" more.</p>");
    }
    html
}
