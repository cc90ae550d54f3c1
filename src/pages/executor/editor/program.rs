//! The person's own tasks: a text with line numbers, what is wrong with it where it is wrong, and the
//! language beside it.

use executor::lang::{self, Problem, cut};
use executor::{Program, Scenario};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use super::draft;
use crate::dom::{El, button, el, set_value, value, watch};
use crate::pages::executor::Page;
use crate::stage::Ctx;

/// The text as it stands, and what is to be said about it.
#[derive(Clone, Copy)]
struct Text {
    text: RwSignal<String>,
    /// What was there before it was replaced by an example.
    before: RwSignal<Option<String>>,
    /// Whether it was tried to run what cannot run.
    refused: RwSignal<bool>,
}

/// The program, with everything around it.
pub(crate) fn program(ctx: Ctx<Page>) -> El {
    let text = Text {
        text: RwSignal::new(first_text(&ctx.scenario_now())),
        before: RwSignal::new(None),
        refused: RwSignal::new(false),
    };
    let area = el("textarea")
        .attr("id", "program")
        .attr("aria-label", "Program")
        .attr("aria-describedby", "program-problems")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("autocomplete", "off")
        .attr("wrap", "off");
    let typing = area.cast::<HtmlTextAreaElement>().clone();
    let (shown, run_by_key) = (typing.clone(), typing.clone());
    watch(move || {
        text.text.with(|text| {
            if shown.value() != *text {
                shown.set_value(text);
            }
        })
    });
    let area = area
        .live_state("aria-invalid", move || text.text.with(|text| lang::parse(text).is_err()))
        .on("input", move |_| {
            let typed = typing.value();
            draft::keep(&typed);
            text.refused.set(false);
            text.text.set(typed);
        })
        .on("keydown", move |event| {
            let key = event.dyn_ref::<KeyboardEvent>();
            if key.is_some_and(|key| key.key() == "Enter" && (key.ctrl_key() || key.meta_key())) {
                event.prevent_default();
                run(ctx, text, &run_by_key);
            }
        });
    let running = area.cast::<HtmlTextAreaElement>().clone();
    let run_button =
        button("Run this program").class("primary").attr("title", "Ctrl + Enter").click({
            let area = running.clone();
            move || run(ctx, text, &area)
        });
    let back = el("span").live(move || {
        let back = text.before.get().map(|before| {
            button("Bring back my text").click(move || {
                replace(text, &before);
                text.before.set(None);
            })
        });
        back.into_iter().collect()
    });
    el("div")
        .class("program")
        .child(head(ctx, text))
        .child(code(area, text))
        .child(problems(text, running))
        .child(el("p").class("run").child(run_button).child(back))
        .child(reference())
}

/// What was typed last; or what runs, if it was typed; or something to begin with.
fn first_text(scenario: &Scenario) -> String {
    let running = match &scenario.program {
        Program::Text(text) => Some(text.clone()),
        Program::Scene(_) => None,
    };
    let example = || lang::EXAMPLES.first().map_or(String::new(), |example| example.text.into());
    draft::load().or(running).unwrap_or_else(example)
}

/// Runs what stands there, or says why not and where; then everything stays as it was.
fn run(ctx: Ctx<Page>, text: Text, area: &HtmlTextAreaElement) {
    let typed = text.text.get_untracked();
    match lang::parse(&typed) {
        Ok(_) => {
            draft::keep(&typed);
            let scenario = Scenario { program: Program::Text(typed), ..ctx.scenario_now() };
            text.refused.set(ctx.start(scenario).is_err());
        }
        Err(problems) => {
            text.refused.set(true);
            if let Some(problem) = problems.first() {
                go_to(area, &text.text.get_untracked(), problem);
            }
        }
    }
}

/// Selects the piece of text that is wrong.
fn go_to(area: &HtmlTextAreaElement, text: &str, problem: &Problem) {
    let units = |end: usize| cut(text, 0..end).encode_utf16().count() as u32;
    let range = problem.span.range();
    _ = area.focus();
    _ = area.set_selection_range(units(range.start), units(range.end));
}

fn replace(text: Text, with: &str) {
    text.before.set(Some(text.text.get_untracked()));
    draft::keep(with);
    text.refused.set(false);
    text.text.set(with.to_owned());
}

/// The heading, the examples, and the way back to the program that runs.
fn head(ctx: Ctx<Page>, text: Text) -> El {
    let first = el("option").attr("value", "").text("Examples …");
    let options = lang::EXAMPLES.iter().enumerate().map(|(index, example)| {
        let option = el("option").attr("value", &index.to_string()).text(example.name);
        option.attr("title", example.sentence)
    });
    let select = el("select").attr("aria-label", "Examples").child(first).with(options);
    let chosen = select.element().clone();
    let select = select.on("change", move |_| {
        let example =
            value(&chosen).parse().ok().and_then(|index: usize| lang::EXAMPLES.get(index));
        if let Some(example) = example {
            replace(text, example.text);
        }
        set_value(&chosen, "");
    });
    let other = el("span").live(move || {
        let running = match ctx.scenario().program {
            Program::Text(running) if text.text.with(|text| *text != running) => Some(running),
            _ => None,
        };
        let show = |running: String| {
            button("Show the program that runs").click(move || replace(text, &running))
        };
        running.map(show).into_iter().collect()
    });
    el("div")
        .class("program-head")
        .child(el("h2").text("Your own tasks"))
        .child(other)
        .child(select)
}

/// Line numbers, the text, and underneath it the same text with what is wrong underlined: it gives
/// the text area its size, so that both scroll as one.
fn code(area: El, text: Text) -> El {
    let numbers = el("div").class("numbers").attr("aria-hidden", "true").live_text(move || {
        let lines = text.text.with(|text| text.split('\n').count());
        (1..=lines).map(|line| line.to_string()).collect::<Vec<_>>().join("\n")
    });
    let under = el("pre").attr("aria-hidden", "true").live(move || {
        text.text.with(|text| underlined(text, &lang::parse(text).err().unwrap_or_default()))
    });
    let stack = el("div").class("stack").child(under).child(area);
    el("div").class("code-edit").child(numbers).child(stack)
}

/// The text cut into pieces, those that are wrong marked.
fn underlined(text: &str, problems: &[Problem]) -> Vec<El> {
    let mut pieces = Vec::new();
    let mut at = 0;
    // Problems come in the order of the text.
    for range in problems.iter().map(|problem| problem.span.range()) {
        // Where there is nothing to underline, the end of the text, the space behind it is.
        if range.start < at {
            continue;
        }
        pieces.push(el("span").text(cut(text, at..range.start)));
        let wrong = if range.is_empty() { " " } else { cut(text, range.clone()) };
        pieces.push(el("mark").text(wrong));
        at = range.end;
    }
    pieces.push(el("span").text(cut(text, at..text.len())).text("\n "));
    pieces
}

/// What is wrong, each a button that goes to its place.
fn problems(text: Text, area: HtmlTextAreaElement) -> El {
    let list = el("ul").attr("id", "program-problems").class("problems");
    let list = list.live(move || {
        let problems = text.text.with(|text| lang::parse(text).err().unwrap_or_default());
        let item = |problem: &Problem| {
            let (area, at) = (area.clone(), problem.clone());
            let go = move || go_to(&area, &text.text.get_untracked(), &at);
            el("li").child(sentence(button(""), &problem.to_string()).click(go))
        };
        problems.iter().map(item).collect()
    });
    let alert = el("p").attr("role", "alert").class("refused").live_text(move || {
        let problems = text.text.with(|text| lang::parse(text).err().unwrap_or_default());
        match problems.first().filter(|_| text.refused.get()) {
            Some(first) => format!("Not run, because of {}", first.to_string().replace('`', "")),
            None => String::new(),
        }
    });
    el("div").child(list).child(alert)
}

/// The language on one page.
fn reference() -> El {
    let rows = lang::REFERENCE.iter().map(|entry| {
        el("tr")
            .child(el("th").attr("scope", "row").child(el("code").text(entry.form)))
            .child(sentence(el("td"), entry.sentence))
    });
    el("details")
        .class("language")
        .child(el("summary").text("The language"))
        .child(el("table").child(el("tbody").with(rows)))
}

/// A sentence with its code set as code.
fn sentence(mut to: El, text: &str) -> El {
    for (nth, part) in text.split('`').enumerate() {
        to = if nth % 2 == 1 { to.child(el("code").text(part)) } else { to.text(part) };
    }
    to
}
