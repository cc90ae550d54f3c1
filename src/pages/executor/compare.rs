//! The same tasks under both executors: what each of them took, side by side. Both really run.

use executor::{Comparison, Verdict, WakerKind, compare};
use leptos::prelude::*;

use super::{Page, words};
use crate::dom::{El, el, watch_for};
use crate::stage::Ctx;
use crate::stage::shapes::Px;

/// A line that opens to a table. For the scene of the waker that does nothing it is open.
pub(crate) fn panel(ctx: Ctx<Page>) -> El {
    let scenario = move || ctx.scenario();
    let details = el("details").class("compare").attr("aria-label", "Comparison");
    let summary = el("summary").text("Both executors");
    let table = el("table");
    let open = RwSignal::new(false);
    let (element, body) = (details.element().clone(), table.clone());
    watch_for(
        move || scenario().waker,
        move |waker| {
            let telling = *waker == WakerKind::DoNothing;
            _ = element.toggle_attribute_with_force("open", telling);
            open.set(telling);
        },
    );
    let element = details.element().clone();
    let details = details.on("toggle", move |_| open.set(element.has_attribute("open")));
    watch_for(
        move || open.get().then(scenario),
        move |scenario| {
            let results = scenario.as_ref().and_then(|scenario| compare(scenario).ok());
            body.replace(results.iter().flat_map(rows).collect());
        },
    );
    details.child(summary).child(table)
}

fn rows(results: &[Comparison; 2]) -> Vec<El> {
    let most = results.iter().map(|result| result.totals.polls).max().unwrap_or(0).max(1);
    let heads = ["Executor", "Polls", "", "Outcome"];
    let heads = heads.map(|head| el("th").attr("scope", "col").text(head));
    let head = el("tr").class("unseen").with(heads);
    std::iter::once(head).chain(results.iter().map(|result| row(result, most))).collect()
}

fn row(result: &Comparison, most: u32) -> El {
    let totals = &result.totals;
    let polls = format!("{}, {} useless", words::count(totals.polls, "poll"), totals.useless);
    let part = |count: u32, class: &str| {
        let part = el("i").class(class);
        let width = format!("{}%", Px(count as f32 * 100.0 / most as f32));
        _ = part.html().style().set_property("width", &width);
        part
    };
    let useful = part(totals.polls.saturating_sub(totals.useless), "useful");
    let bar = el("td").class("polls").attr("aria-hidden", "true");
    let bar = bar.child(useful).child(part(totals.useless, "useless"));
    let fault = matches!(result.verdict, Some(Verdict::Stuck | Verdict::Spinning));
    let class = if fault { "outcome wrong" } else { "outcome" };
    el("tr")
        .child(el("th").attr("scope", "row").text(&words::executor(result.executor)))
        .child(el("td").text(&polls))
        .child(bar)
        .child(el("td").class(class).text(&outcome(result)))
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
