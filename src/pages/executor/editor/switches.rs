//! What runs the tasks: which executor, with how many workers, which waker, which tokens.

use executor::{ExecutorKind, MAX_WORKERS, Scenario, Tokens, WakerKind};
use web_sys::HtmlInputElement;

use crate::dom::{El, Html, markup, set_value, value, watch};
use crate::pages::executor::Page;
use crate::stage::Ctx;

const SWITCHES: &str = include_str!("switches.html");

/// All of them.
pub(crate) fn switches(ctx: Ctx<Page>) -> El {
    let switches = markup(SWITCHES);
    let mut options = Html::new();
    for count in 1..=MAX_WORKERS as usize {
        options.raw("<option>").number(count).raw("</option>");
    }
    switches.part("workers").set_html(&options.take());
    let shown = switches.clone();
    watch(move || show(&shown, &ctx.scenario()));
    switches.on_each("change", "data-set", move |what, input| {
        let mut scenario = ctx.scenario_now();
        match value(input.element()).parse() {
            // A scenario whose program runs starts with every other choice too.
            Ok(number) if is_number(what) => {
                choose(&mut scenario, what, number);
                _ = ctx.start(scenario);
            }
            // What is no number of 32 bits becomes the one that holds.
            Err(_) if is_number(what) => set_value(input.element(), &scenario.seed.to_string()),
            _ => {
                choose(&mut scenario, what, 0);
                _ = ctx.start(scenario);
            }
        }
    })
}

fn is_number(what: &str) -> bool {
    matches!(what, "workers" | "seed")
}

/// Makes a scenario what was chosen.
fn choose(scenario: &mut Scenario, what: &str, number: u32) {
    match (what, &mut scenario.executor) {
        ("run-queue", executor @ ExecutorKind::PollEverything) => {
            *executor = ExecutorKind::RunQueue { lifo: false, workers: 1 };
        }
        ("poll-everything", executor) => *executor = ExecutorKind::PollEverything,
        ("no-slot", ExecutorKind::RunQueue { lifo, .. }) => *lifo = false,
        ("slot", ExecutorKind::RunQueue { lifo, .. }) => *lifo = true,
        ("workers", ExecutorKind::RunQueue { workers, .. }) => {
            *workers = number.clamp(1, MAX_WORKERS);
        }
        ("working", _) => scenario.waker = WakerKind::Working,
        ("do-nothing", _) => scenario.waker = WakerKind::DoNothing,
        ("fresh", _) => scenario.tokens = Tokens::Fresh,
        ("map-length", _) => scenario.tokens = Tokens::MapLength,
        ("seed", _) => scenario.seed = number,
        _ => {}
    }
}

/// Makes the switches what a scenario is.
fn show(switches: &El, scenario: &Scenario) {
    let (slot, count) = match scenario.executor {
        ExecutorKind::PollEverything => (None, 1),
        ExecutorKind::RunQueue { lifo, workers } => (Some(lifo), workers),
    };
    let check = |name: &str, is: bool| {
        let input = switches.part(name);
        input.cast::<HtmlInputElement>().set_checked(is);
        input
    };
    check("run-queue", slot.is_some());
    check("poll-everything", slot.is_none());
    for (name, is) in [("no-slot", slot != Some(true)), ("slot", slot == Some(true))] {
        check(name, is).flag("disabled", slot.is_none());
    }
    check("working", scenario.waker == WakerKind::Working);
    check("do-nothing", scenario.waker == WakerKind::DoNothing);
    check("fresh", scenario.tokens == Tokens::Fresh);
    check("map-length", scenario.tokens == Tokens::MapLength);
    let (workers, seed) = (switches.part("workers"), switches.part("seed"));
    set_value(workers.element(), &count.to_string());
    workers.flag("disabled", slot.is_none());
    set_value(seed.element(), &scenario.seed.to_string());
    seed.flag("disabled", count == 1);
}
