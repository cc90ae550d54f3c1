//! The same tasks under both executors: what each of them took, side by side. Both really run.

use std::rc::Rc;

use executor::{Comparison, Verdict, WakerKind, compare};

use super::{Page, words};
use crate::dom::{El, Html, Written, markup, watch, watch_for};
use crate::live::Live;
use crate::stage::Ctx;
use crate::stage::shapes::Px;

/// A line that opens to a table. For the scene of the waker that does nothing it is open.
pub(crate) fn panel(ctx: Ctx<Page>) -> El {
    let details = markup(
        "<details class=compare aria-label=Comparison><summary>Both executors</summary>\
         <table data-part=results></table></details>",
    );
    let table = details.part("results");
    let mut written = Written::new(table.clone());
    let open = Rc::new(Live::new(false));
    let (panel, opened) = (details.clone(), open.clone());
    let mut waker = None;
    watch(move || {
        let scenario = ctx.scenario();
        if waker.replace(scenario.waker) != Some(scenario.waker) {
            let telling = scenario.waker == WakerKind::DoNothing;
            panel.flag("open", telling);
            opened.set_other(telling);
        }
    });
    let (panel, toggled) = (details.clone(), open.clone());
    let details =
        details.on("toggle", move |_| toggled.set_other(panel.element().has_attribute("open")));
    watch_for(
        move || open.get().then(|| ctx.scenario()),
        move |scenario| {
            let mut html = Html::new();
            let results = scenario.as_ref().and_then(|scenario| compare(scenario).ok());
            if let Some(results) = &results {
                rows(&mut html, results);
            }
            if written.write(html)
                && let Some(results) = &results
            {
                fill(&table, results);
            }
        },
    );
    details
}

fn rows(html: &mut Html, results: &[Comparison; 2]) {
    html.raw(
        "<tr class=unseen><th scope=col>Executor</th><th scope=col>Polls</th>\
         <th scope=col></th><th scope=col>Outcome</th></tr>",
    );
    for result in results {
        let totals = &result.totals;
        html.raw("<tr><th scope=row>").text(&words::executor(result.executor)).raw("</th><td>");
        html.text(&words::count(totals.polls, "poll")).raw(", ");
        html.number(totals.useless as usize).raw(" useless</td><td class=polls aria-hidden=true>");
        html.raw("<i class=useful></i><i class=useless></i>");
        html.raw(match result.verdict {
            Some(Verdict::Stuck | Verdict::Spinning) => "</td><td class=\"outcome wrong\">",
            _ => "</td><td class=outcome>",
        });
        html.text(&outcome(result)).raw("</td></tr>");
    }
}

/// Makes the bars of polls as long as they have to be beside each other.
fn fill(table: &El, results: &[Comparison; 2]) {
    let most = results.iter().map(|result| result.totals.polls).max().unwrap_or(0).max(1);
    let bars = table.element().get_elements_by_tag_name("i");
    let parts = results.iter().flat_map(|result| {
        let useless = result.totals.useless;
        [result.totals.polls.saturating_sub(useless), useless]
    });
    for (index, count) in (0..).zip(parts) {
        if let Some(bar) = bars.item(index) {
            let width = Px(count as f32 * 100.0 / most as f32);
            El::from(bar).style("width", &format!("{width}%"));
        }
    }
}

fn outcome(result: &Comparison) -> String {
    let (tasks, finished) = (words::count(result.tasks, "task"), result.finished);
    let done = format!("{finished} of {tasks} finished");
    match result.verdict {
        Some(Verdict::Finished) => format!("finished at time {}", result.now),
        Some(Verdict::Stuck) => format!("stuck, {done}"),
        Some(Verdict::Spinning) => format!("spins for ever, {done}"),
        Some(Verdict::NeedsPerson) => format!("waits for you, {done}"),
        Some(Verdict::Dropped) | None => format!("still running, {done}"),
    }
}
