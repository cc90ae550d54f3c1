//! The person's own tasks: a text with line numbers, what is wrong with it where it is wrong, and the
//! language beside it.

use std::rc::Rc;

use executor::lang::{self, Problem, cut};
use executor::{Program, Scenario};
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use super::stored;
use crate::dom::{El, Html, Written, markup, set_value, value, watch};
use crate::live::Live;
use crate::pages::executor::Page;
use crate::stage::Ctx;

/// The text as it stands, and what is to be said about it.
struct Draft {
    text: Live<String>,
    /// What was there before it was replaced by an example.
    before: Live<Option<String>>,
    /// Whether it was tried to run what cannot run.
    refused: Live<bool>,
    area: HtmlTextAreaElement,
}

/// The program, with everything around it.
const PROGRAM: &str = include_str!("program.html");

/// The person's own tasks.
pub(crate) fn program(ctx: Ctx<Page>) -> El {
    let program = markup(PROGRAM);
    let draft = Rc::new(Draft {
        text: Live::new(first_text(&ctx.scenario_now())),
        before: Live::new(None),
        refused: Live::new(false),
        area: program.part("program").cast::<HtmlTextAreaElement>().clone(),
    });
    program.part("examples").set_html(&examples());
    program.part("reference").set_html(&reference());
    show_text(&draft, &program);
    show_ways(ctx, &draft, &program);
    listen(ctx, &draft, &program);
    let (clicked, chosen) = (draft.clone(), draft.clone());
    program
        .on_each("click", "data-do", move |what, element| match what {
            "run-program" => run(ctx, &clicked),
            "problem" => go_to(&clicked, element.says("data-index").parse().unwrap_or(0)),
            "show-running" => {
                if let Program::Text(running) = ctx.scenario_now().program {
                    replace(&clicked, &running);
                }
            }
            "bring-back" => {
                let before = clicked.before.peek().clone();
                if let Some(before) = before {
                    replace(&clicked, &before);
                    clicked.before.set(None);
                }
            }
            _ => {}
        })
        .on_each("change", "data-set", move |_, select| {
            let index = value(select.element()).parse::<usize>();
            if let Some(example) = index.ok().and_then(|index| lang::EXAMPLES.get(index)) {
                replace(&chosen, example.text);
            }
            set_value(select.element(), "");
        })
}

/// Takes over what is typed.
fn listen(ctx: Ctx<Page>, draft: &Rc<Draft>, program: &El) {
    let (typing, pressing) = (draft.clone(), draft.clone());
    let area = program.part("program");
    _ = area
        .on("input", move |_| {
            let typed = value(&typing.area);
            stored::keep(&typed);
            typing.refused.set(false);
            typing.text.set(typed);
        })
        .on("keydown", move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            if key.key() == "Enter" && (key.ctrl_key() || key.meta_key()) {
                event.prevent_default();
                run(ctx, &pressing);
            }
        });
}

/// Keeps line numbers, text and problems as the text is. The text stands twice: what lies under the
/// text area has what is wrong underlined, and gives the area its size, so that both scroll as one.
fn show_text(draft: &Rc<Draft>, program: &El) {
    let (numbers, area) = (program.part("numbers"), program.part("program"));
    let alert = program.part("refused");
    let mut under = Written::new(program.part("under"));
    let mut list = Written::new(program.part("problems"));
    let draft = draft.clone();
    watch(move || {
        let text = draft.text.read();
        set_value(&draft.area, &text);
        let mut lines = String::new();
        for line in 1..=text.split('\n').count() {
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
        numbers.say(&lines);
        let problems = lang::parse(&text).err().unwrap_or_default();
        area.put_state("aria-invalid", !problems.is_empty());
        under.write(underlined(&text, &problems));
        let mut html = Html::new();
        for (index, problem) in problems.iter().enumerate() {
            html.raw("<li><button type=button data-do=problem data-index=").number(index).raw(">");
            html.prose(&problem.to_string()).raw("</button></li>");
        }
        list.write(html);
        let refused = draft.refused.get();
        alert.say(&match problems.first().filter(|_| refused) {
            Some(first) => format!("Not run, because of {}", first.to_string().replace('`', "")),
            None => String::new(),
        });
    });
}

/// Keeps the ways to other texts as they should be: to the program that runs, and to what was there
/// before an example.
fn show_ways(ctx: Ctx<Page>, draft: &Rc<Draft>, program: &El) {
    let (running, back) = (program.part("show-running"), program.part("bring-back"));
    let draft = draft.clone();
    watch(move || {
        back.show(draft.before.read().is_some());
        running.show(match ctx.scenario().program {
            Program::Text(running) => *draft.text.read() != running,
            Program::Scene(_) => false,
        });
    });
}

/// What was typed last; or what runs, if it was typed; or something to begin with.
fn first_text(scenario: &Scenario) -> String {
    let running = match &scenario.program {
        Program::Text(text) => Some(text.clone()),
        Program::Scene(_) => None,
    };
    let example = || lang::EXAMPLES.first().map_or(String::new(), |example| example.text.into());
    stored::load().or(running).unwrap_or_else(example)
}

/// Runs what stands there, or says why not and where; then everything stays as it was.
fn run(ctx: Ctx<Page>, draft: &Draft) {
    let typed = draft.text.peek().clone();
    if lang::parse(&typed).is_ok() {
        stored::keep(&typed);
        let scenario = Scenario { program: Program::Text(typed), ..ctx.scenario_now() };
        draft.refused.set(ctx.start(scenario).is_err());
    } else {
        draft.refused.set(true);
        go_to(draft, 0);
    }
}

/// Selects the piece of text that is wrong.
fn go_to(draft: &Draft, problem: usize) {
    let text = draft.text.peek();
    let problems = lang::parse(&text).err().unwrap_or_default();
    let Some(problem) = problems.get(problem) else { return };
    let units = |end: usize| cut(&text, 0..end).encode_utf16().count() as u32;
    let range = problem.span.range();
    _ = draft.area.focus();
    _ = draft.area.set_selection_range(units(range.start), units(range.end));
}

fn replace(draft: &Draft, with: &str) {
    let before = draft.text.peek().clone();
    draft.before.set(Some(before));
    stored::keep(with);
    draft.refused.set(false);
    draft.text.set(with.to_owned());
}

fn examples() -> String {
    let mut html = Html::new();
    html.raw("<option value=\"\">Examples …</option>");
    for (index, example) in lang::EXAMPLES.iter().enumerate() {
        html.raw("<option value=").number(index).raw(" title=\"").text(example.sentence);
        html.raw("\">").text(example.name).raw("</option>");
    }
    html.take()
}

/// The text cut into pieces, those that are wrong marked.
fn underlined(text: &str, problems: &[Problem]) -> Html {
    let mut html = Html::new();
    let mut at = 0;
    // Problems come in the order of the text.
    for range in problems.iter().map(|problem| problem.span.range()) {
        // Where there is nothing to underline, the end of the text, the space behind it is.
        if range.start < at {
            continue;
        }
        html.text(cut(text, at..range.start));
        let wrong = if range.is_empty() { " " } else { cut(text, range.clone()) };
        html.raw("<mark>").text(wrong).raw("</mark>");
        at = range.end;
    }
    html.text(cut(text, at..text.len())).raw("\n ");
    html
}

/// The language on one page.
fn reference() -> String {
    let mut html = Html::new();
    for entry in lang::REFERENCE {
        html.raw("<tr><th scope=row><code>").text(entry.form).raw("</code></th><td>");
        html.prose(entry.sentence).raw("</td></tr>");
    }
    html.take()
}
