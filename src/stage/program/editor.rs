//! A text with line numbers, what is wrong with it where it is wrong, and the language beside it.

use std::rc::Rc;

use text::{Problem, cut};
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use super::inserted::watch_insertions;
use super::{Host, Language, stored};
use crate::dom::{El, Html, Written, markup, set_value, value, watch};
use crate::live::Live;

/// The text as it stands, and what is to be said about it.
pub(super) struct Draft {
    host: Host,
    text: Live<String>,
    /// What was there before it was replaced by an example.
    before: Live<Option<String>>,
    refused: Live<Refused>,
    area: HtmlTextAreaElement,
}

/// What the person wanted and did not get.
#[derive(Clone, PartialEq)]
pub(super) enum Refused {
    /// Nothing since the text changed.
    Nothing,
    /// To run what cannot run.
    Run,
    /// To insert too much, which this says.
    Insertion(String),
}

impl Draft {
    /// The most bytes that a program may have.
    pub(super) fn most(&self) -> usize {
        self.host.language.most
    }

    /// What stands before and behind what is selected.
    pub(super) fn around_selection(&self) -> (String, String) {
        let text = value(&self.area);
        let at = |unit: Result<Option<u32>, _>| unit.ok().flatten().unwrap_or(u32::MAX) as usize;
        let (start, end) = (at(self.area.selection_start()), at(self.area.selection_end()));
        let (mut before, mut after, mut units) = (String::new(), String::new(), 0);
        for c in text.chars() {
            match units {
                units if units < start => before.push(c),
                units if units >= end => after.push(c),
                _ => {}
            }
            units += c.len_utf16();
        }
        (before, after)
    }

    /// Says that something was not done.
    pub(super) fn refuse(&self, what: Refused) {
        self.refused.set(what);
    }
}

/// The program, with everything around it.
const PROGRAM: &str = include_str!("program.html");

/// The editor.
pub(super) fn editor(host: Host) -> El {
    let program = markup(PROGRAM);
    let draft = Rc::new(Draft {
        host,
        text: Live::new(first_text(host)),
        before: Live::new(None),
        refused: Live::new(Refused::Nothing),
        area: program.part("program").cast::<HtmlTextAreaElement>().clone(),
    });
    program.part("title").say(host.language.title);
    program.part("examples").set_html(&examples(host.language));
    program.part("reference").set_html(&reference(host.language));
    show_text(&draft, &program);
    show_ways(&draft, &program);
    listen(&draft, &program);
    let (clicked, chosen) = (draft.clone(), draft.clone());
    program
        .on_each("click", "data-do", move |what, element| match what {
            "run-program" => run(&clicked),
            "problem" => go_to(&clicked, element.says("data-index").parse().unwrap_or(0)),
            "show-running" => {
                if let Some(running) = host.running() {
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
            if let Some(example) = index.ok().and_then(|index| host.language.examples.get(index)) {
                replace(&chosen, example.text);
            }
            set_value(select.element(), "");
        })
}

/// Takes over what is typed.
fn listen(draft: &Rc<Draft>, program: &El) {
    let (typing, pressing) = (draft.clone(), draft.clone());
    _ = watch_insertions(draft, program.part("program"))
        .on("input", move |_| {
            let typed = value(&typing.area);
            stored::keep(typing.host.language.key, &typed);
            typing.refused.set(Refused::Nothing);
            typing.text.set(typed);
        })
        .on("keydown", move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            if key.key() == "Enter" && (key.ctrl_key() || key.meta_key()) {
                event.prevent_default();
                run(&pressing);
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
        let head = head(&text);
        let mut lines = String::new();
        for line in 1..=head.split('\n').count() {
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
        numbers.say(&lines);
        let problems = draft.host.problems(&text);
        area.put_state("aria-invalid", !problems.is_empty());
        under.write(underlined(head, &problems));
        let mut html = Html::new();
        for (index, problem) in problems.iter().enumerate() {
            html.raw("<li><button type=button data-do=problem data-index=").number(index).raw(">");
            html.prose(&problem.to_string()).raw("</button></li>");
        }
        list.write(html);
        let said = match (&*draft.refused.read(), problems.first()) {
            (Refused::Run, Some(first)) => {
                format!("Not run, because of {}", first.to_string().replace('`', ""))
            }
            (Refused::Insertion(why), _) => why.clone(),
            _ => String::new(),
        };
        alert.say(&said);
    });
}

/// As much of a text as gets line numbers and lines under what is wrong. No language allows nearly as
/// much; of a text of megabytes, all of it would take the page a tenth of a second for each letter.
fn head(text: &str) -> &str {
    const MOST: usize = 128 * 1024;
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    cut(text, 0..end)
}

/// Keeps the ways to other texts as they should be: to the program that runs, and to what was there
/// before an example.
fn show_ways(draft: &Rc<Draft>, program: &El) {
    let (running, back) = (program.part("show-running"), program.part("bring-back"));
    let draft = draft.clone();
    watch(move || {
        back.show(draft.before.read().is_some());
        draft.host.stage.track();
        running.show(draft.host.running().is_some_and(|running| *draft.text.read() != running));
    });
}

/// What was typed last; or what runs, if it was typed; or something to begin with.
fn first_text(host: Host) -> String {
    let Language { key, examples, .. } = host.language;
    let example = || examples.first().map_or(String::new(), |example| example.text.into());
    stored::load(key).or_else(|| host.running()).unwrap_or_else(example)
}

/// Runs what stands there, or says why not and where; then everything stays as it was.
fn run(draft: &Draft) {
    let typed = draft.text.peek().clone();
    if draft.host.problems(&typed).is_empty() {
        stored::keep(draft.host.language.key, &typed);
        let is_refused = draft.host.start(typed).is_err();
        draft.refused.set(if is_refused { Refused::Run } else { Refused::Nothing });
    } else {
        draft.refused.set(Refused::Run);
        go_to(draft, 0);
    }
}

/// Selects the piece of text that is wrong.
fn go_to(draft: &Draft, problem: usize) {
    let text = draft.text.peek();
    let problems = draft.host.problems(&text);
    let Some(problem) = problems.get(problem) else { return };
    let units = |end: usize| cut(&text, 0..end).encode_utf16().count() as u32;
    let range = problem.span.range();
    _ = draft.area.focus();
    _ = draft.area.set_selection_range(units(range.start), units(range.end));
}

fn replace(draft: &Draft, with: &str) {
    let before = draft.text.peek().clone();
    draft.before.set(Some(before));
    stored::keep(draft.host.language.key, with);
    draft.refused.set(Refused::Nothing);
    draft.text.set(with.to_owned());
}

fn examples(language: &Language) -> String {
    let mut html = Html::new();
    html.raw("<option value=\"\">Examples …</option>");
    for (index, example) in language.examples.iter().enumerate() {
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
fn reference(language: &Language) -> String {
    let mut html = Html::new();
    for entry in language.reference {
        html.raw("<tr><th scope=row><code>").text(entry.form).raw("</code></th><td>");
        html.prose(entry.sentence).raw("</td></tr>");
    }
    html.take()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_name_in_the_markup_does_something() {
        let code = include_str!("editor.rs");
        let names = super::PROGRAM.split("data-do=\"").skip(1);
        let mut count = 0;
        for name in names.filter_map(|rest| rest.split('"').next()) {
            assert!(
                code.contains(&format!("            \"{name}\" =>")),
                "nothing is done by {name:?}"
            );
            count += 1;
        }
        assert_eq!(count, 3);
    }
}
