//! What runs the tasks: which executor, with how many workers, which waker, which tokens.

use executor::{ExecutorKind, MAX_WORKERS, Scenario, Tokens, WakerKind};
use web_sys::HtmlInputElement;

use crate::dom::{El, el, set_value, value, watch};
use crate::pages::executor::Page;
use crate::stage::Ctx;

/// A choice of a few, of which one holds.
struct Choice {
    name: &'static str,
    options: &'static [Chosen],
    /// Which of them a scenario has.
    of: fn(&Scenario) -> usize,
}

/// What it is called, what it means, and how a scenario comes to it.
type Chosen = (&'static str, &'static str, fn(&mut Scenario));

const CHOICES: [Choice; 4] = [
    Choice {
        name: "Executor",
        options: &[
            ("Run queue", "polls only tasks that were woken", |scenario| {
                if scenario.executor == ExecutorKind::PollEverything {
                    scenario.executor = ExecutorKind::RunQueue { lifo: false, workers: 1 };
                }
            }),
            ("Poll everything", "the book's loop: polls all tasks, woken or not", |scenario| {
                scenario.executor = ExecutorKind::PollEverything;
            }),
        ],
        of: |scenario| usize::from(scenario.executor == ExecutorKind::PollEverything),
    },
    Choice {
        name: "LIFO slot",
        options: &[
            ("None", "a woken task joins the back of the queue", |scenario| {
                set_lifo(scenario, false)
            }),
            ("One", "a task that the running task wakes runs next", |scenario| {
                set_lifo(scenario, true);
            }),
        ],
        of: |scenario| {
            usize::from(matches!(scenario.executor, ExecutorKind::RunQueue { lifo: true, .. }))
        },
    },
    Choice {
        name: "Waker",
        options: &[
            ("Works", "wake puts the task into the queue", |scenario| {
                scenario.waker = WakerKind::Working;
            }),
            ("Does nothing", "the book's: its functions are empty", |scenario| {
                scenario.waker = WakerKind::DoNothing;
            }),
        ],
        of: |scenario| usize::from(scenario.waker == WakerKind::DoNothing),
    },
    Choice {
        name: "Tokens",
        options: &[
            ("Fresh", "a number that was never given before", |scenario| {
                scenario.tokens = Tokens::Fresh;
            }),
            ("Handler count", "the book's: handlers.len()", |scenario| {
                scenario.tokens = Tokens::MapLength;
            }),
        ],
        of: |scenario| usize::from(scenario.tokens == Tokens::MapLength),
    },
];

fn set_lifo(scenario: &mut Scenario, on: bool) {
    if let ExecutorKind::RunQueue { lifo, .. } = &mut scenario.executor {
        *lifo = on;
    }
}

fn workers(scenario: &Scenario) -> u32 {
    match scenario.executor {
        ExecutorKind::PollEverything => 1,
        ExecutorKind::RunQueue { workers, .. } => workers,
    }
}

/// All of them.
pub(crate) fn switches(ctx: Ctx<Page>) -> El {
    let choices = CHOICES.iter().enumerate().map(|(index, choice)| one(ctx, index, choice));
    el("div").class("switches").with(choices).child(numbers(ctx))
}

/// Radio buttons beside each other.
fn one(ctx: Ctx<Page>, index: usize, choice: &'static Choice) -> El {
    let mut group = el("fieldset").class("choice").child(el("legend").text(choice.name));
    for (nth, (name, meaning, set)) in choice.options.iter().enumerate() {
        let input = el("input").attr("type", "radio").attr("name", &format!("choice-{index}"));
        let shown = input.cast::<HtmlInputElement>().clone();
        watch(move || {
            let scenario = ctx.scenario();
            shown.set_checked((choice.of)(&scenario) == nth);
            let queue = scenario.executor != ExecutorKind::PollEverything;
            shown.set_disabled(choice.name == "LIFO slot" && !queue);
        });
        let input = input.on("change", move |_| change(ctx, set));
        let label = el("label").attr("title", meaning).child(input).child(el("span").text(name));
        group = group.child(label);
    }
    group
}

/// Workers and seed.
fn numbers(ctx: Ctx<Page>) -> El {
    let options = (1..=MAX_WORKERS).map(|n| {
        let n = n.to_string();
        el("option").attr("value", &n).text(&n)
    });
    let select = el("select").with(options);
    let (shown, chosen) = (select.element().clone(), select.element().clone());
    watch(move || {
        let scenario = ctx.scenario();
        set_value(&shown, &workers(&scenario).to_string());
        let queue = scenario.executor != ExecutorKind::PollEverything;
        _ = shown.toggle_attribute_with_force("disabled", !queue);
    });
    let select = select.on("change", move |_| {
        let Ok(count) = value(&chosen).parse::<u32>() else { return };
        change(ctx, &move |scenario| {
            if let ExecutorKind::RunQueue { workers, .. } = &mut scenario.executor {
                *workers = count.clamp(1, MAX_WORKERS);
            }
        });
    });
    let seed =
        el("input").attr("type", "number").attr("min", "0").attr("max", &u32::MAX.to_string());
    let (shown, typed) = (seed.element().clone(), seed.element().clone());
    watch(move || {
        let scenario = ctx.scenario();
        set_value(&shown, &scenario.seed.to_string());
        _ = shown.toggle_attribute_with_force("disabled", workers(&scenario) == 1);
    });
    let seed = seed.on("change", move |_| match value(&typed).parse::<u32>() {
        Ok(seed) => change(ctx, &move |scenario| scenario.seed = seed),
        // What is no number of 32 bits becomes the seed that holds.
        Err(_) => set_value(&typed, &ctx.scenario_now().seed.to_string()),
    });
    let title = "Which worker Play lets go first, and from whom is stolen";
    el("fieldset")
        .class("choice")
        .child(el("legend").text("Workers"))
        .child(el("label").class("amount").text("How many ").child(select))
        .child(el("label").class("amount").attr("title", title).text("Seed ").child(seed))
}

fn change(ctx: Ctx<Page>, set: &dyn Fn(&mut Scenario)) {
    let mut scenario = ctx.scenario_now();
    set(&mut scenario);
    // A scenario whose program runs starts with every other choice too.
    _ = ctx.start(scenario);
}
