//! The language on one page, as data that the page shows as help, and programs to begin with.

use text::{Entry, Example};

const fn entry(keyword: &'static str, form: &'static str, sentence: &'static str) -> Entry {
    Entry { keyword, form, sentence }
}

/// All of the language: first what stands outside of tasks, then the statements inside.
pub const REFERENCE: &[Entry] = &[
    entry(
        "channel",
        "channel ping",
        "Carries numbers in order; `channel ping 2` has room for two, and a sender waits for room.",
    ),
    entry(
        "source",
        "source button",
        "Becomes ready when you make it ready; `source net at 30, 50` also by itself at these times.",
    ),
    entry(
        "task",
        "task server { … }",
        "Starts at the beginning; `task helper later { … }` only when it is spawned.",
    ),
    entry("sleep", "sleep 20", "Waits until 20 ticks of virtual time have passed."),
    entry("yield", "yield", "Lets the other tasks go first, once."),
    entry(
        "block",
        "block 4",
        "Keeps the thread for 4 ticks, as a long computation would: nobody else runs.",
    ),
    entry(
        "send",
        "send ping",
        "Sends 1, the next time 2, and so on; `send ping 7` sends 7. When no receiver is left, the number is lost.",
    ),
    entry(
        "recv",
        "recv ping",
        "Waits for the next number and prints it; once every task that could still send has finished, it prints `closed`.",
    ),
    entry("read", "read button", "Waits until the source is ready, and uses that up."),
    entry(
        "spawn",
        "spawn helper",
        "Starts one more task that does what `task helper` says, and goes on at once.",
    ),
    entry("print", "print \"hello\"", "Adds a line to what this task has printed."),
    entry("loop", "loop 3 { … }", "Does the block three times."),
    entry("join", "join { … } { … }", "Does all blocks at once and goes on when the last is done."),
    entry(
        "select",
        "select { … } { … }",
        "Does all blocks at once and goes on when the first is done; the others are dropped where they are.",
    ),
];

/// The programs of the editor's menu.
pub const EXAMPLES: &[Example] = &[
    Example {
        name: "Deadlines",
        sentence: "A client asks a server that gets slower, and gives each answer 20 ticks.",
        text: include_str!("examples/deadlines.txt"),
    },
    Example {
        name: "Back pressure",
        sentence: "A fast producer and a slow consumer with room for two between them.",
        text: include_str!("examples/back-pressure.txt"),
    },
    Example {
        name: "A pool of workers",
        sentence: "Three workers spawned by one task share the jobs of one channel; which takes which depends on the executor.",
        text: include_str!("examples/pool.txt"),
    },
    Example {
        name: "Polite and rude",
        sentence: "Two tasks that yield, one that blocks: watch the timer come late.",
        text: include_str!("examples/rude.txt"),
    },
    Example {
        name: "Two forks",
        sentence: "Two philosophers, each with one fork, wait for the other's: press Play until it says why nobody moves.",
        text: include_str!("examples/forks.txt"),
    },
];
