//! Which functions can wait, and for what.
//!
//! `cold.txt` lists them, a path a line, part by part; a line `= arena` begins those of a part. A path
//! that ends in `::*` stands for everything below it. `cargo xtask cold` writes the list: under the name
//! of a page is what only that page called until it stood and was stepped, under [`REST`] what none did.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use wasmparser::{ExternalKind, KnownCustom, Name, Parser, Payload, TypeRef};

/// Where the list of the page's module is.
pub(crate) const LIST: &str = "xtask/src/finish/split/cold.txt";

/// The part of what no start calls.
pub(crate) const REST: &str = "later";

/// The list.
pub(crate) struct Cold {
    /// The names of the parts behind the first.
    pub(crate) parts: Vec<String>,
    /// The index of the part of each path.
    paths: BTreeMap<String, usize>,
}

impl Cold {
    /// Reads a list.
    pub(crate) fn read(list: &str) -> Cold {
        let mut cold = Cold { parts: Vec::new(), paths: BTreeMap::new() };
        for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix("= ") {
                Some(part) => cold.parts.push(part.to_owned()),
                None => _ = cold.paths.insert(line.to_owned(), cold.parts.len()),
            }
        }
        cold
    }

    /// The list of all that is in `names`, and does not belong to the first part: `called` says which
    /// pages have called a path. What only one has called is that page's, unless it is the home page.
    pub(crate) fn but(names: &[String], called: &BTreeMap<String, BTreeSet<String>>) -> String {
        let mut root = Branch::default();
        let mut parts = BTreeSet::from([REST]);
        for name in names {
            let path = list_path(name);
            let pages: Vec<&str> =
                called.get(&path).into_iter().flatten().map(String::as_str).collect();
            let part = match pages[..] {
                [] => REST,
                [page] => page,
                _ => "",
            };
            parts.insert(part);
            root.add(&segments(&path), part);
        }
        let mut list = String::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let _ = writeln!(list, "= {part}");
            root.list(part, "", &mut list);
        }
        list
    }

    /// The part of each function of these names; 0 is the first part.
    pub(crate) fn among(&self, names: &[String]) -> Vec<usize> {
        names.iter().map(|name| self.part(&list_path(name))).collect()
    }

    fn part(&self, path: &str) -> usize {
        if let Some(part) = self.paths.get(path) {
            return *part;
        }
        let segments = segments(path);
        let mut above = String::new();
        for segment in segments.split_last().map_or(&[][..], |(_, before)| before) {
            above += segment;
            above += "::";
            if let Some(part) = self.paths.get(&format!("{above}*")) {
                return *part;
            }
        }
        0
    }
}

/// The names of a module's functions that can wait, by their indices; what cannot has "": the functions
/// that it imports or exports.
pub(crate) fn function_names(module: &[u8]) -> crate::Result<Vec<String>> {
    let unreadable = |error| format!("the module cannot be read: {error}");
    let mut names = all_names(module).map_err(unreadable)?;
    for function in known_outside(module).map_err(unreadable)? {
        names.get_mut(function).map(String::clear);
    }
    Ok(names)
}

/// The names of a module's functions, by their indices; what has none is "".
pub(super) fn all_names(module: &[u8]) -> wasmparser::Result<Vec<String>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CustomSection(section) = payload? else { continue };
        let KnownCustom::Name(subsections) = section.as_known() else { continue };
        for subsection in subsections {
            let Name::Function(functions) = subsection? else { continue };
            for naming in functions {
                let naming = naming?;
                let index = naming.index as usize;
                names.resize(names.len().max(index + 1), String::new());
                names[index] = naming.name.to_owned();
            }
        }
    }
    Ok(names)
}

/// The functions that a module imports or exports.
fn known_outside(module: &[u8]) -> wasmparser::Result<Vec<usize>> {
    let mut known = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if let TypeRef::Func(_) = import?.ty {
                        known.push(known.len());
                    }
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        known.push(export.index as usize);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(known)
}

/// A function's path, which the list knows it by: no hashes, no numbers for what is there twice, and
/// `<Type as Trait>` as `Type::Trait`.
pub(crate) fn list_path(name: &str) -> String {
    let name = without_hashes(&rustc_demangle::demangle(name).to_string());
    let name = match name.rsplit_once('.') {
        Some((before, number)) if number.bytes().all(|b| b.is_ascii_digit()) => before,
        _ => &name,
    };
    let Some((owner, rest)) = name.strip_prefix('<').and_then(|inner| split_at_close(inner)) else {
        return name.to_owned();
    };
    match split_outside(owner, " as ").as_slice() {
        [ty, tr] => format!("{}::{{{tr}}}{rest}", list_path(ty)),
        _ => format!("{}{rest}", list_path(owner)),
    }
}

/// The name without the hashes that tell a crate's builds apart: `core[37ee0ce0c4cd57d5]`.
fn without_hashes(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut pieces = name.split('[');
    plain.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        match piece.split_once(']') {
            Some((hash, rest)) if is_hash(hash) => plain.push_str(rest),
            _ => {
                plain.push('[');
                plain.push_str(piece);
            }
        }
    }
    plain
}

fn is_hash(text: &str) -> bool {
    text.len() >= 8 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// What stands before the bracket that closes, and what behind.
fn split_at_close(inner: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    let mut before = ' ';
    for (at, c) in inner.char_indices() {
        match c {
            '<' => depth += 1,
            '>' if before != '-' && depth == 0 => return Some((&inner[..at], &inner[at + 1..])),
            '>' if before != '-' => depth -= 1,
            _ => {}
        }
        before = c;
    }
    None
}

/// A path's segments.
fn segments(path: &str) -> Vec<&str> {
    split_outside(path, "::")
}

/// Splits at each `mark` that stands outside of all brackets.
fn split_outside<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let (mut parts, mut start, mut depth, mut before) = (Vec::new(), 0, 0, ' ');
    for (at, c) in text.char_indices() {
        match c {
            '<' | '(' | '[' | '{' => depth += 1,
            '>' if before == '-' => {}
            '>' | ')' | ']' | '}' => depth -= 1,
            _ if depth == 0 && at >= start && text[at..].starts_with(mark) => {
                parts.push(&text[start..at]);
                start = at + mark.len();
            }
            _ => {}
        }
        before = c;
    }
    parts.push(&text[start..]);
    parts
}

/// Functions by path.
#[derive(Default)]
struct Branch<'a> {
    /// The part of the functions of this very path.
    own: Option<&'a str>,
    below: BTreeMap<String, Branch<'a>>,
}

impl<'a> Branch<'a> {
    fn add(&mut self, path: &[&str], part: &'a str) {
        match path.split_first() {
            None => self.own = Some(part),
            Some((segment, rest)) => {
                self.below.entry((*segment).to_owned()).or_default().add(rest, part)
            }
        }
    }

    /// Whether everything here is of this part.
    fn is_all(&self, part: &str) -> bool {
        self.own.is_none_or(|own| own == part) && self.below.values().all(|it| it.is_all(part))
    }

    /// How many functions there are.
    fn count(&self) -> usize {
        usize::from(self.own.is_some()) + self.below.values().map(Branch::count).sum::<usize>()
    }

    /// Adds the paths of a part.
    fn list(&self, part: &str, path: &str, list: &mut String) {
        if self.own == Some(part) && !path.is_empty() {
            let _ = writeln!(list, "{path}");
        }
        let below = |name: &str| match path {
            "" => name.to_owned(),
            path => format!("{path}::{name}"),
        };
        let together = !path.is_empty() && self.below.values().all(|branch| branch.is_all(part));
        if together && self.below.values().map(Branch::count).sum::<usize>() > 1 {
            let _ = writeln!(list, "{}", below("*"));
        } else {
            for (name, branch) in &self.below {
                branch.list(part, &below(name), list);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_neither_hash_nor_number_and_begins_with_its_type() {
        for (name, expected) in [
            ("core[37ee0ce0c4cd57d5]::panicking::panic", "core::panicking::panic"),
            (
                "<alloc[42d2b33bd937efdb]::string::String as core[37ee0ce0c4cd57d5]::fmt::Write>::write_char.59",
                "alloc::string::String::{core::fmt::Write}::write_char",
            ),
            ("<[u8]>::len", "[u8]::len"),
            ("<fn() -> a::B as c::D<e::F>>::call", "fn() -> a::B::{c::D<e::F>}::call"),
            ("<<a::B as c::D>::E>::f", "a::B::{c::D}::E::f"),
            ("memcpy", "memcpy"),
            ("1418", "1418"),
        ] {
            assert_eq!(list_path(name), expected);
        }
    }

    #[test]
    fn the_list_is_short_and_is_read_back_as_it_was_meant() {
        let names = [
            "a::b::c",
            "a::b::d",
            "a::e",
            "f::g",
            "f::g::{closure#0}",
            "f::g::{closure#1}",
            "f::h",
            "i::j::k",
        ];
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let pages = |pages: &[&str]| pages.iter().map(|&page| page.to_owned()).collect();
        let called = BTreeMap::from([
            ("a::e".to_owned(), pages(&["", "executor"])),
            ("f::g".to_owned(), pages(&["arena", "executor"])),
            ("i::j::k".to_owned(), pages(&["arena"])),
        ]);
        let list = Cold::but(&names, &called);
        assert_eq!(list, "= arena\ni::j::k\n= later\na::b::*\nf::g::*\nf::h\n");
        let cold = Cold::read(&format!("# These wait.\n\n{list}"));
        assert_eq!(cold.parts, ["arena", "later"]);
        assert_eq!(cold.among(&names), [2, 2, 0, 0, 2, 2, 2, 1]);
        let newer = ["a::b::new", "a::new", "", "f::gone"].map(str::to_owned);
        assert_eq!(cold.among(&newer), [2, 0, 0, 0], "what the list does not know does not wait");
    }
}
