//! The editor: on which allocators the program runs, and the program itself.

use arena::lang::{self, EXAMPLES, REFERENCE};
use arena::{AllocatorKind, Program, Scenario};
use web_sys::HtmlInputElement;

use super::{Page, words};
use crate::dom::{El, Html, markup, watch};
use crate::stage::{Ctx, Language, Typed, program};

impl Typed for Page {
    const LANGUAGE: &'static Language = &Language {
        title: "Your own program",
        key: "oxidoscope-arena-program",
        most: lang::limits::TEXT,
        problems: |text| lang::parse(text).err().unwrap_or_default(),
        examples: EXAMPLES,
        reference: REFERENCE,
    };

    // A scene is a program too, and one that people want to change.
    fn typed(scenario: &Scenario) -> Option<&str> {
        Some(scenario.text())
    }

    fn with_typed(scenario: Scenario, text: String) -> Scenario {
        Scenario { program: Program::Text(text), ..scenario }
    }
}

/// Everything that a scenario consists of. A change begins a new run; what cannot run leaves the one
/// that is there as it was.
pub(crate) fn editor(ctx: Ctx<Page>) -> El {
    let says = "<div class=scenario-editor><p class=hint>A change begins a new run; you can return to the \
                one before.</p></div>";
    markup(says).child(allocators(ctx)).child(program(ctx))
}

/// A switch for each allocator. At least one is on.
fn allocators(ctx: Ctx<Page>) -> El {
    let mut html = Html::new();
    html.raw("<fieldset class=\"choice several\"><legend>Allocators side by side</legend>");
    for (index, kind) in AllocatorKind::ALL.into_iter().enumerate() {
        html.raw("<label title=\"").text(about(kind));
        html.raw("\"><input type=checkbox data-set=allocator data-part=allocator-").number(index);
        html.raw(" value=").number(index).raw("><span>").text(words::allocator(kind));
        html.raw("</span></label>");
    }
    html.raw("</fieldset>");
    let switches = markup(&html.take());
    let shown = switches.clone();
    watch(move || show(&shown, &ctx.scenario().allocators));
    let boxes = switches.clone();
    switches.on_each("change", "data-set", move |_, _| {
        let mut scenario = ctx.scenario_now();
        // Who was there keeps its place; who is new comes behind.
        scenario.allocators.retain(|kind| is_on(&boxes, *kind));
        for kind in AllocatorKind::ALL {
            if is_on(&boxes, kind) && !scenario.allocators.contains(&kind) {
                scenario.allocators.push(kind);
            }
        }
        if scenario.allocators.is_empty() || ctx.start(scenario).is_err() {
            show(&boxes, &ctx.scenario_now().allocators);
        }
    })
}

/// The switch of an allocator.
fn switch(switches: &El, kind: AllocatorKind) -> Option<El> {
    let index = AllocatorKind::ALL.iter().position(|other| *other == kind)?;
    let mut name = "allocator-".to_owned();
    crate::stage::shapes::number(&mut name, index as u32);
    Some(switches.part(&name))
}

fn is_on(switches: &El, kind: AllocatorKind) -> bool {
    switch(switches, kind).is_some_and(|input| input.cast::<HtmlInputElement>().checked())
}

/// Makes the switches what is set up. The last one that is on stays on.
fn show(switches: &El, allocators: &[AllocatorKind]) {
    for kind in AllocatorKind::ALL {
        let is = allocators.contains(&kind);
        if let Some(input) = switch(switches, kind) {
            input.cast::<HtmlInputElement>().set_checked(is);
            input.flag("disabled", is && allocators.len() == 1);
        }
    }
}

/// An allocator in a few words.
fn about(kind: AllocatorKind) -> &'static str {
    match kind {
        AllocatorKind::Arena => "adds to a pointer; gives everything back at once",
        AllocatorKind::Typed => "an arena for values of one type, which it drops",
        AllocatorKind::FirstFit => "a free list: the first free block that is large enough",
        AllocatorKind::BestFit => "a free list: the smallest free block that is large enough",
        AllocatorKind::Buddies => "blocks are powers of two, halved and joined again",
        AllocatorKind::SizeClasses => "slabs, each cut into slots of one size",
        AllocatorKind::Book => "the arena of chapter 3.2: it is said what it would do",
        AllocatorKind::Loosened => "the same with &self: it is said what it would do",
    }
}
