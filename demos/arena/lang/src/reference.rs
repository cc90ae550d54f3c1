//! The language on one page, as data that the page shows as help, and programs to begin with.

use text::{Entry, Example};

const fn entry(keyword: &'static str, form: &'static str, sentence: &'static str) -> Entry {
    Entry { keyword, form, sentence }
}

/// All of the language: first what a name can be given, then what is done with it.
pub const REFERENCE: &[Entry] = &[
    entry(
        "memory",
        "memory 4096",
        "How many bytes each allocator may have, 262144 if it is not said; the first line alone can say it.",
    ),
    entry(
        "type",
        "a = u32 7",
        "A value of a type; without the 7 one is made up. Each time makes one more `a`, and all of them are of one type.",
    ),
    entry("Point", "p = Point 1.5 -2", "A value with fields takes theirs, side by side."),
    entry("text", "s = \"hello\"", "The bytes of a text."),
    entry("array", "xs = [u16; 10]", "Ten values side by side."),
    entry(
        "bytes",
        "raw = bytes 100 align 64",
        "100 bytes at a multiple of 64, which is a power of two; without `align` anywhere.",
    ),
    entry(
        "vec",
        "v = vec u32 16",
        "A `Vec` with room for 16; without the number it asks for memory at the first `push`.",
    ),
    entry(
        "map",
        "m = map 16",
        "A hash map from `u32` to `u32` with room for 16; without the number it asks for memory at the first `insert`.",
    ),
    entry("list", "l = list", "A linked list: each `push` makes a box for one node."),
    entry(
        "push",
        "push v 7",
        "One more element of a `Vec` or a list; without the 7 one is made up.",
    ),
    entry(
        "insert",
        "insert m 3 10",
        "Puts 10 under the key 3 of a map; without the 10 a value is made up.",
    ),
    entry(
        "free",
        "free a 2",
        "Gives back the second `a` that was made; `free a` the latest that is alive, `free all a` each.",
    ),
    entry("use", "use a 2", "Reads the second `a` through its reference; `use a` the latest."),
    entry("reset", "reset", "Gives everything back at once."),
    entry("repeat", "repeat 8 { … }", "Does the block eight times."),
    entry(
        "churn",
        "churn 1000 even 16 to 256 live 100 seed 7",
        "A thousand random allocations and frees, about 100 alive at once. `even` makes each size as likely as any other, `small` those of each doubling half as likely, `two` only these two.",
    ),
];

/// The programs of the editor's menu.
pub const EXAMPLES: &[Example] = &[
    Example {
        name: "Alignment",
        sentence: "The same values in two orders, and what lies between them.",
        text: include_str!("examples/alignment.txt"),
    },
    Example {
        name: "A Vec that grows",
        sentence: "It moves to a place twice as large whenever it is full, and leaves a copy behind.",
        text: include_str!("examples/growing-vec.txt"),
    },
    Example {
        name: "Alternating sizes",
        sentence: "Enough memory is free, and yet there is no room: fragmentation.",
        text: include_str!("examples/alternating-sizes.txt"),
    },
    Example {
        name: "List or array",
        sentence: "Twelve numbers in twelve blocks, or in one.",
        text: include_str!("examples/list-or-array.txt"),
    },
    Example {
        name: "Churn",
        sentence: "Blocks of random sizes come and go, as in a program that runs for long.",
        text: include_str!("examples/churn.txt"),
    },
    Example {
        name: "Out of memory",
        sentence: "What does not fit is refused; who can use a place again goes on, and then something is used that is gone.",
        text: include_str!("examples/out-of-memory.txt"),
    },
];
