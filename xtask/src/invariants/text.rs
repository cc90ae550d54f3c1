//! Rules that the text of one file tells.

use super::{Source, Violation};
use crate::rust_text::{Keep, strip};
use crate::tools::NIGHTLY;

/// The longest a file of Rust may be. One idea needs no more.
const LONGEST: usize = 500;

/// An engine reads no clock and no chance: the same commands give the same run everywhere. A map in
/// an order of its own is chance too.
pub(super) fn no_clock_and_no_chance(source: &Source) -> Vec<Violation> {
    const WORDS: &[&str] = &[
        "Instant",
        "SystemTime",
        "UNIX_EPOCH",
        "thread_rng",
        "getrandom",
        "RandomState",
        "HashMap",
        "HashSet",
    ];
    words_in(source, Keep::Code, WORDS, "a clock, chance, or an order of chance in an engine")
}

/// A machine knows no colour and no pixel: how a state looks is the view's.
pub(super) fn no_colour_and_no_pixel(source: &Source) -> Vec<Violation> {
    const WORDS: &[&str] = &["colour", "color", "pixel", "px", "rgb", "svg", "css", "html"];
    words_in(source, Keep::CodeAndStrings, WORDS, "looks in an engine")
}

/// A snapshot is a value: nothing in it is shared, changes by itself, or does something.
pub(super) fn only_values(source: &Source) -> Vec<Violation> {
    const WORDS: &[&str] = &["Rc", "RefCell", "Cell", "Mutex", "Waker", "dyn", "Signal"];
    words_in(source, Keep::Code, WORDS, "more than a value in a snapshot")
}

/// Every block or impl of unsafe code has its reason right above it. Clippy asks the same of what
/// it compiles; this asks it of every file.
pub(super) fn safety_is_explained(source: &Source) -> Vec<Violation> {
    let code = strip(&source.text, Keep::Code);
    let lines: Vec<&str> = source.text.lines().collect();
    let explained = |index: usize| {
        let above = lines[..index].iter().rev().map(|line| line.trim());
        let mut comment = above.skip_while(|line| !line.starts_with("//") && !ends_statement(line));
        lines[index].contains("SAFETY:")
            || comment
                .by_ref()
                .take_while(|line| line.starts_with("//"))
                .any(|line| line.contains("SAFETY:"))
    };
    let mut found = Vec::new();
    for (index, line) in code.lines().enumerate() {
        let begins = ["unsafe {", "unsafe impl"].iter().any(|begin| line.contains(begin));
        if begins && !explained(index) {
            found.push(violation(source, index, "unsafe code without `// SAFETY:` above it"));
        }
    }
    found
}

/// Only the files named for it hold unsafe code.
pub(super) fn nothing_is_unsafe(source: &Source) -> Vec<Violation> {
    let code = strip(&source.text, Keep::Code);
    let with =
        code.lines().enumerate().filter(|(_, line)| names(line).any(|name| name == "unsafe"));
    let why = "unsafe code outside the files named for it";
    with.map(|(index, _)| violation(source, index, why)).collect()
}

/// Where the search for the comment above a statement ends.
fn ends_statement(line: &str) -> bool {
    line.is_empty() || line.ends_with([';', '{', '}'])
}

/// A crate that has no need for unsafe code says so to the compiler.
pub(super) fn unsafe_is_forbidden(source: &Source) -> Vec<Violation> {
    if strip(&source.text, Keep::Code).contains("#![forbid(unsafe_code)]") {
        return Vec::new();
    }
    vec![violation(source, 0, "no `#![forbid(unsafe_code)]`")]
}

/// Nothing from another origin, ever. Names of XML kinds look like addresses and are none.
pub(super) fn no_other_origin(source: &Source) -> Vec<Violation> {
    let text = match source.path.rsplit_once('.') {
        Some((_, "rs" | "js" | "mjs")) => strip(&source.text, Keep::CodeAndStrings),
        _ => source.text.clone(),
    };
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.replace("http://www.w3.org/", "");
        let elsewhere = ["http://", "https://", "ws://", "wss://", "\"//", "'//", "(//", "=//"];
        if elsewhere.iter().any(|begin| line.contains(begin)) {
            found.push(violation(source, index, "an address of another origin in the page"));
        }
    }
    found
}

/// A file that grows too long has two ideas in it.
pub(super) fn not_too_long(source: &Source) -> Vec<Violation> {
    let lines = source.text.lines().count();
    if lines <= LONGEST {
        return Vec::new();
    }
    vec![violation(source, LONGEST, &format!("{lines} lines; {LONGEST} are the most"))]
}

/// Two toolchains, each named in one place.
pub(super) fn nightly_is_named_once(source: &Source) -> Vec<Violation> {
    if source.path == "xtask/src/tools/rust.rs" {
        return Vec::new();
    }
    let named = source.text.lines().enumerate().filter(|(_, line)| line.contains(NIGHTLY));
    named.map(|(index, _)| violation(source, index, "the nightly is named here too")).collect()
}

/// A violation for each line in which one of the words stands, on its own or in a name
/// (`fill_color`, `PixelGrid`).
fn words_in(source: &Source, keep: Keep, words: &[&str], why: &str) -> Vec<Violation> {
    let code = strip(&source.text, keep);
    let mut found = Vec::new();
    for (index, line) in code.lines().enumerate() {
        for word in words.iter().filter(|word| names(line).any(|name| has_word(name, word))) {
            found.push(violation(source, index, &format!("`{word}`: {why}")));
        }
    }
    found
}

fn names(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty())
}

/// Whether a name is the word, or has it as a part.
fn has_word(name: &str, word: &str) -> bool {
    if name == word {
        return true;
    }
    let lower = |text: &str| text.to_lowercase();
    // A word in lower case is looked for in the parts of names; a type's name only as a whole.
    word == lower(word) && parts(name).iter().any(|part| lower(part) == word)
}

/// The parts of a name: `PixelGrid` and `pixel_grid` have two.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in name.chars() {
        if c == '_' || c.is_uppercase() {
            parts.push(String::new());
        }
        if c != '_' {
            parts.last_mut().expect("there is one from the start").push(c);
        }
    }
    parts
}

fn violation(source: &Source, index: usize, what: &str) -> Violation {
    Violation { path: source.path.clone(), line: index + 1, what: what.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines at which a rule finds something in a text.
    fn lines(rule: fn(&Source) -> Vec<Violation>, path: &str, text: &str) -> Vec<usize> {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        rule(&source).iter().map(|violation| violation.line).collect()
    }

    #[test]
    fn a_planted_clock_is_found() {
        let text = "use std::time::Instant;\nlet map: HashMap<u8, u8>;\n// an Instant of thought\n\
            struct Instantly;\n";
        assert_eq!(lines(no_clock_and_no_chance, "demos/a/src/b.rs", text), [1, 2]);
    }

    #[test]
    fn a_planted_colour_is_found_in_names_and_texts() {
        let text = "fill_color: u8,\nenum PixelGrid {}\nlet s = \"12 px\";\n// its colour\n";
        assert_eq!(lines(no_colour_and_no_pixel, "demos/a/src/b.rs", text), [1, 2, 3]);
    }

    #[test]
    fn a_planted_handle_in_a_snapshot_is_found() {
        let text = "pub a: Rc<str>,\npub b: Vec<u8>,\npub c: Box<dyn Fn()>,\npub source: u8,\n";
        assert_eq!(lines(only_values, "demos/a/src/snapshot.rs", text), [1, 3]);
    }

    #[test]
    fn planted_unsafe_code_without_a_reason_is_found() {
        let bare = "fn f() {\n    unsafe { g() }\n}\n";
        let said =
            "fn f() {\n    // SAFETY: g is harmless,\n    // as all know.\n    unsafe { g() }\n}\n";
        let inside =
            "fn f() {\n    // SAFETY: harmless.\n    let x =\n        unsafe { g() };\n}\n";
        let other = "// SAFETY: of the first.\nunsafe { g() };\nunsafe { h() };\n";
        let rule = safety_is_explained;
        assert_eq!(lines(rule, "a.rs", bare), [2]);
        assert_eq!(lines(rule, "a.rs", said), [0; 0]);
        assert_eq!(lines(rule, "a.rs", inside), [0; 0]);
        assert_eq!(lines(rule, "a.rs", other), [3]);
        assert_eq!(lines(rule, "a.rs", "let s = \"unsafe { }\"; // unsafe { }\n"), [0; 0]);
        assert_eq!(lines(rule, "a.rs", "unsafe impl Send for X {}\n"), [1]);
    }

    #[test]
    fn planted_unsafe_code_in_another_file_is_found() {
        let text = "#![forbid(unsafe_code)]\n// unsafe\nunsafe fn f() {}\nfn unsafely() {}\n";
        assert_eq!(lines(nothing_is_unsafe, "src/a.rs", text), [3]);
    }

    #[test]
    fn a_crate_that_forbids_nothing_is_found() {
        assert_eq!(lines(unsafe_is_forbidden, "src/lib.rs", "//! A crate.\n"), [1]);
        assert_eq!(lines(unsafe_is_forbidden, "src/lib.rs", "// #![forbid(unsafe_code)]\n"), [1]);
        assert_eq!(lines(unsafe_is_forbidden, "src/lib.rs", "#![forbid(unsafe_code)]\n"), [0; 0]);
    }

    #[test]
    fn a_planted_address_elsewhere_is_found() {
        let css =
            "@import url(//fonts.example);\nsrc: url(https://x.example/a.woff);\nfill: #fff;\n";
        assert_eq!(lines(no_other_origin, "style/a.css", css), [1, 2]);
        let rust = "// see https://x.example\nlet ns = \"http://www.w3.org/2000/svg\";\n\
            fetch(\"https://x.example\");\n";
        assert_eq!(lines(no_other_origin, "src/a.rs", rust), [3]);
    }

    #[test]
    fn a_file_that_is_too_long_is_found() {
        assert_eq!(lines(not_too_long, "a.rs", &"x\n".repeat(LONGEST)), [0; 0]);
        assert_eq!(lines(not_too_long, "a.rs", &"x\n".repeat(LONGEST + 1)), [LONGEST + 1]);
    }

    #[test]
    fn a_second_name_of_the_nightly_is_found() {
        let text = format!("run:\n  rustup install {NIGHTLY}\n");
        assert_eq!(lines(nightly_is_named_once, ".github/workflows/a.yml", &text), [2]);
    }
}
