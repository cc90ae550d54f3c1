//! Random programs: the tree and, written at the same time, a text of it. Nothing here reads a text.

use std::ops::Range;
use std::sync::Arc;

use arena::lang::{Churn, Kind, Name, Program, Sizes, Sort, Span, Statement, Which, limits};
use arena::types::{TYPES, Type, leaves};
use machine::Random;

/// A program, and a text that says it.
pub(crate) fn program(seed: u64) -> (Program, String) {
    let mut random = Random::new(seed);
    let mut writer = Writer { text: String::new(), names: Vec::new(), given: Vec::new(), left: 0 };
    for number in 0..1 + random.below(6) {
        let name = *random.pick(&["a", "b7", "list_", "_", "Zoë", "x"]).expect("there are some");
        let name = format!("{}{number}", name.replace('ë', "e"));
        writer.names.push((name, sort(&mut random)));
    }
    writer.left = random.below(25);
    writer.between(&mut random);
    let memory = match random.below(3) {
        0 => {
            let memory = 1 + random.below(limits::MOST_MEMORY as usize) as u32;
            writer.word("memory");
            writer.number(&mut random, memory.into());
            writer.end(&mut random);
            memory
        }
        _ => limits::MEMORY,
    };
    let mut body = writer.block(&mut random, 0);
    // What was named is given at last.
    for index in 0..writer.names.len() {
        if !writer.given.iter().any(|(given, _)| *given == index) {
            body.push(writer.give(&mut random, index));
        }
    }
    let Writer { text, names, given, .. } = writer;
    let order: Vec<usize> = given.iter().map(|(index, _)| *index).collect();
    body.iter_mut().for_each(|statement| finish(statement, &order, &text));
    let named = |(index, span): &(usize, Range<usize>)| {
        let (name, sort) = &names[*index];
        Name { text: name.as_str().into(), sort: *sort, span: span_at(&text, span.clone()) }
    };
    (Program { memory, names: given.iter().map(named).collect(), body }, text)
}

/// Makes of the place of a statement, which is two offsets so far, the whole, and of the index of a
/// name the one in the order in which names are given.
fn finish(statement: &mut Statement, order: &[usize], text: &str) {
    statement.span = span_at(text, statement.span.range());
    match &mut statement.kind {
        Kind::Value { name, .. }
        | Kind::Array { name, .. }
        | Kind::Text { name, .. }
        | Kind::Bytes { name, .. }
        | Kind::Vec { name, .. }
        | Kind::Map { name, .. }
        | Kind::List { name }
        | Kind::Push { name, .. }
        | Kind::Insert { name, .. }
        | Kind::Free { name, .. }
        | Kind::Use { name, .. } => {
            *name = order.iter().position(|index| index == name).expect("every name is given");
        }
        Kind::Repeat { body, .. } => body.iter_mut().for_each(|it| finish(it, order, text)),
        Kind::Reset | Kind::Churn(_) => {}
    }
}

/// The place of a piece of a text.
pub(crate) fn span_at(text: &str, range: Range<usize>) -> Span {
    let before = &text[..range.start];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Span {
        line: before.matches('\n').count() as u32 + 1,
        column: before[line_start..].chars().count() as u32 + 1,
        length: text[range.clone()].chars().count() as u32,
        start: range.start as u32,
        end: range.end as u32,
    }
}

fn sort(random: &mut Random) -> Sort {
    let ty = random.below(TYPES.len());
    match random.below(8) {
        0 | 1 => Sort::Value(ty),
        2 => Sort::Array(ty),
        3 => Sort::Text,
        4 => Sort::Bytes,
        5 => Sort::Vec(ty),
        6 => Sort::Map,
        _ => Sort::List,
    }
}

struct Writer {
    text: String,
    names: Vec<(String, Sort)>,
    /// The indices of the names that were given, in order, and where each was given first.
    given: Vec<(usize, Range<usize>)>,
    /// How many statements may be written yet.
    left: usize,
}

/// A number of any size.
fn any(random: &mut Random) -> u64 {
    random.bits() >> random.below(64)
}

fn any_u32(random: &mut Random) -> u32 {
    (any(random) as u32) >> random.below(32)
}

impl Writer {
    fn block(&mut self, random: &mut Random, depth: usize) -> Vec<Statement> {
        let mut body = Vec::new();
        for _ in 0..1 + random.below(6) {
            self.left = self.left.saturating_sub(1);
            if self.left == 0 && !body.is_empty() {
                break;
            }
            body.push(self.statement(random, depth));
        }
        body
    }

    fn statement(&mut self, random: &mut Random, depth: usize) -> Statement {
        let name = random.below(self.names.len());
        let start = self.text.len();
        let kind = match (random.below(9), self.names[name].1) {
            (0, _) => {
                self.word("reset");
                Kind::Reset
            }
            (1, _) if depth < 3 => {
                let count = 1 + random.below(20) as u32;
                self.word("repeat");
                self.number(random, count.into());
                let span = self.since(start);
                self.word(if random.below(2) == 0 { "\n{" } else { "{" });
                self.between(random);
                let body = self.block(random, depth + 1);
                self.word("}");
                self.between(random);
                return Statement { kind: Kind::Repeat { count, body }, span };
            }
            (2, _) => self.churn(random),
            (3 | 4, Sort::Vec(ty)) => self.push(random, name, &TYPES[ty]),
            (3 | 4, Sort::List) => self.push(random, name, arena::types::find("u32").unwrap()),
            (3 | 4, Sort::Map) => {
                let key = any_u32(random);
                self.word("insert");
                self.name(name);
                self.number(random, key.into());
                let value = (random.below(2) == 0).then(|| any_u32(random));
                value.into_iter().for_each(|value| self.number(random, value.into()));
                Kind::Insert { name, key, value }
            }
            (5, _) => {
                self.word("free");
                let all = random.below(3) == 0;
                if all {
                    self.word("all");
                }
                self.name(name);
                Kind::Free { name, which: if all { Which::All } else { self.which(random) } }
            }
            (6, _) => {
                self.word("use");
                self.name(name);
                Kind::Use { name, which: self.which(random) }
            }
            _ => return self.give(random, name),
        };
        let span = self.since(start);
        self.end(random);
        Statement { kind, span }
    }

    fn give(&mut self, random: &mut Random, name: usize) -> Statement {
        let start = self.text.len();
        self.name(name);
        if !self.given.iter().any(|(given, _)| *given == name) {
            self.given.push((name, self.since(start).range()));
        }
        self.text.push_str(["=", " =", " =\t"][random.below(3)]);
        let kind = match self.names[name].1 {
            Sort::Value(ty) => {
                self.word(TYPES[ty].name);
                Kind::Value { name, bytes: self.value(random, &TYPES[ty]) }
            }
            Sort::Array(ty) => {
                let count = any_u32(random);
                self.word("[");
                self.word(TYPES[ty].name);
                self.text.push_str(["", ";"][random.below(2)]);
                self.number(random, count.into());
                self.text.push(']');
                Kind::Array { name, count }
            }
            Sort::Text => {
                let all = ["", "x", "hello # world", "{ ß } // ;", "'", "🦀\u{202e}\u{301}", "\\"];
                let text = *random.pick(&all).expect("there are some");
                self.word(&format!("\"{text}\""));
                Kind::Text { name, text: text.into() }
            }
            Sort::Bytes => {
                let size = any_u32(random);
                self.word("bytes");
                self.number(random, size.into());
                let align = 1 << random.below(17);
                if align > 1 {
                    self.word("align");
                    self.number(random, align.into());
                }
                Kind::Bytes { name, size, align }
            }
            Sort::Vec(ty) => {
                self.word("vec");
                self.word(TYPES[ty].name);
                Kind::Vec { name, capacity: self.capacity(random) }
            }
            Sort::Map => {
                self.word("map");
                Kind::Map { name, capacity: self.capacity(random) }
            }
            Sort::List => {
                self.word("list");
                Kind::List { name }
            }
        };
        let span = self.since(start);
        self.end(random);
        Statement { kind, span }
    }

    fn capacity(&mut self, random: &mut Random) -> u32 {
        match random.below(2) {
            0 => 0,
            _ => {
                let capacity = any_u32(random);
                self.number(random, capacity.into());
                capacity
            }
        }
    }

    fn push(&mut self, random: &mut Random, name: usize, ty: &'static Type) -> Kind {
        self.word("push");
        self.name(name);
        Kind::Push { name, bytes: self.value(random, ty) }
    }

    fn which(&mut self, random: &mut Random) -> Which {
        match random.below(2) {
            0 => Which::Last,
            _ => {
                let number = any_u32(random).max(1);
                self.number(random, number.into());
                Which::Nth(number)
            }
        }
    }

    fn churn(&mut self, random: &mut Random) -> Kind {
        let mut churn = Churn {
            // Eight thousand times at most by the blocks around it.
            count: 1 + random.below(2) as u32,
            sizes: [Sizes::Even, Sizes::Small, Sizes::Two][random.below(3)],
            from: any_u32(random).max(1),
            to: 0,
            live: 50,
            seed: 1,
        };
        churn.to = churn.from.saturating_add(any_u32(random));
        self.word("churn");
        self.number(random, churn.count.into());
        self.word(["even", "small", "two"][churn.sizes as usize]);
        self.number(random, churn.from.into());
        self.word("to");
        self.number(random, churn.to.into());
        let order = random.below(2);
        for option in 0..random.below(3) {
            let number = any_u32(random).max(1);
            let word = ["live", "seed"][(option + order) % 2];
            *if word == "live" { &mut churn.live } else { &mut churn.seed } = number;
            self.word(word);
            self.number(random, number.into());
        }
        Kind::Churn(churn)
    }

    /// Values of the parts of a type, or none.
    fn value(&mut self, random: &mut Random, ty: &'static Type) -> Option<Arc<[u8]>> {
        if ty.size == 0 || random.below(2) == 0 {
            return None;
        }
        let mut bytes = vec![0; ty.size as usize];
        for leaf in leaves(ty) {
            let place = &mut bytes[leaf.offset as usize..][..leaf.ty.size as usize];
            match leaf.ty.name {
                "bool" => {
                    let is = random.below(2) == 1;
                    self.word(if is { "true" } else { "false" });
                    place[0] = is.into();
                }
                "char" => {
                    let c = *random.pick(&['a', '\'', '"', '#', ' ', '{', 'ß', '🦀']).unwrap();
                    self.word(&format!("'{c}'"));
                    place.copy_from_slice(&u32::from(c).to_le_bytes());
                }
                name @ ("f32" | "f64") => {
                    let (sign, whole) = (["", "-"][random.below(2)], any(random) % 1_000_000);
                    let point = ["", ".5", ".25", ".001", ".12345678"][random.below(5)];
                    let text = format!("{sign}{whole}{point}");
                    self.word(&text);
                    match name {
                        "f32" => place.copy_from_slice(&text.parse::<f32>().unwrap().to_le_bytes()),
                        _ => place.copy_from_slice(&text.parse::<f64>().unwrap().to_le_bytes()),
                    }
                }
                _ => {
                    let number = any(random) >> (64 - 8 * leaf.ty.size);
                    self.number(random, number);
                    place.copy_from_slice(&number.to_le_bytes()[..place.len()]);
                }
            }
        }
        Some(bytes.into())
    }

    fn name(&mut self, index: usize) {
        let name = self.names[index].0.clone();
        self.word(&name);
    }

    /// A number in one of its forms.
    fn number(&mut self, random: &mut Random, number: u64) {
        let text = match random.below(4) {
            0 => format!("{number:#x}"),
            1 if number >= 10 => format!("{}_{}", number / 10, number % 10),
            _ => number.to_string(),
        };
        self.word(&text);
    }

    /// A word, with a space before it where one is needed.
    fn word(&mut self, word: &str) {
        if !(self.text.is_empty() || self.text.ends_with([' ', '\n', '\t', ';', '['])) {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    /// The place of what was written since `start`: a space may stand there first.
    fn since(&self, start: usize) -> Span {
        let blank = self.text[start..].len() - self.text[start..].trim_start().len();
        Span { start: (start + blank) as u32, end: self.text.len() as u32, ..Span::default() }
    }

    /// What may stand behind a statement.
    fn end(&mut self, random: &mut Random) {
        let ends = ["\n", ";", " ", "\n\n  ", "\r\n", " # it = { 7\n", "// \"ß\n", "\t;"];
        self.text.push_str(random.pick(&ends).expect("there are some"));
    }

    /// What may stand where no statement is.
    fn between(&mut self, random: &mut Random) {
        let ends = ["", "\n", " ", "# a = 3 }\n", ";"];
        self.text.push_str(random.pick(&ends).expect("there are some"));
    }
}
