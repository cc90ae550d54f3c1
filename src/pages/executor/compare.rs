//! The same tasks under both executors: what each of them took, side by side. Both really run.

use std::rc::Rc;

use executor::{Comparison, Scenario, Verdict, WakerKind, compare};

use super::Page;
use super::words::Words;
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
        move |scenario| match scenario {
            Some(scenario) => show(scenario, &mut written, &table),
            None => _ = written.write(Html::new()),
        },
    );
    details
}

/// Runs the scenario under both, and shows what came of it.
#[inline(never)]
fn show(scenario: &Scenario, written: &mut Written, table: &El) {
    let mut html = Html::new();
    let results = compare(scenario).ok();
    if let Some(results) = &results {
        rows(&mut html, results);
    }
    if written.write(html)
        && let Some(results) = &results
    {
        fill(table, results);
    }
}

/// None of what is said here was typed by anybody, so it is markup as it is.
fn rows(html: &mut Html, results: &[Comparison; 2]) {
    html.raw(
        "<tr class=unseen><th scope=col>Executor</th><th scope=col>Polls</th>\
         <th scope=col></th><th scope=col>Outcome</th></tr>",
    );
    let mut words = Words::default();
    for result in results {
        let totals = &result.totals;
        words.put("<tr><th scope=row>").executor(result.executor).put("</th><td>");
        words.count(totals.polls, "poll").put(", ").number(totals.useless);
        words.put(" useless</td><td class=polls aria-hidden=true>");
        words.put("<i class=useful></i><i class=useless></i></td><td class=");
        words.put(match result.verdict {
            Some(Verdict::Stuck | Verdict::Spinning) => "\"outcome wrong\">",
            _ => "outcome>",
        });
        outcome(&mut words, result);
        words.put("</td></tr>");
    }
    html.raw(&words.text);
}

/// Makes the bars of polls as long as they have to be beside each other.
fn fill(table: &El, results: &[Comparison; 2]) {
    let [first, second] = results;
    let most = first.totals.polls.max(second.totals.polls).max(1);
    let bars = table.element().get_elements_by_tag_name("i");
    let mut index = 0;
    for result in results {
        let useless = result.totals.useless;
        for count in &[result.totals.polls.saturating_sub(useless), useless] {
            if let Some(bar) = bars.item(index) {
                let width = Px(*count as f32 * 100.0 / most as f32);
                El::from(bar).style("width", &format!("{width}%"));
            }
            index += 1;
        }
    }
}

fn outcome(words: &mut Words, result: &Comparison) {
    if result.verdict == Some(Verdict::Finished) {
        words.put("finished at time ").number(result.now.0);
        return;
    }
    words.put(match result.verdict {
        Some(Verdict::Stuck) => "stuck, ",
        Some(Verdict::Spinning) => "spins for ever, ",
        Some(Verdict::NeedsPerson) => "waits for you, ",
        _ => "still running, ",
    });
    words.number(result.finished).put(" of ").count(result.tasks, "task").put(" finished");
}
