//! The names that a program declares, collected before it is read, so that they may be used before
//! the line that declares them.

use text::{Span, Token, TokenKind};

use super::{ITEMS, is_keyword, nearest};

struct Name<'a> {
    name: &'a str,
    /// `channel`, `source` or `task`.
    item: &'static str,
    /// The how-manieth of these, from 0.
    index: usize,
    span: Span,
}

#[derive(Default)]
pub(super) struct Names<'a> {
    names: Vec<Name<'a>>,
}

impl<'a> Names<'a> {
    pub(super) fn collect(tokens: &[Token<'a>]) -> Self {
        let mut names = Names::default();
        let mut counts = [0; ITEMS.len()];
        for pair in tokens.windows(2) {
            let [item, Token { kind: TokenKind::Word, text: name, span }] = *pair else { continue };
            let Some(kind) = ITEMS.iter().position(|word| *word == item.text) else { continue };
            if item.kind == TokenKind::Word && !is_keyword(name) && names.find(name).is_none() {
                let index = counts[kind];
                names.names.push(Name { name, item: ITEMS[kind], index, span });
                counts[kind] += 1;
            }
        }
        names
    }

    fn find(&self, word: &str) -> Option<&Name<'a>> {
        self.names.iter().find(|name| name.name == word)
    }

    /// The line on which `word` was declared before the place `span`, if it was.
    pub(super) fn line_of_first(&self, word: &str, span: Span) -> Option<u32> {
        let first = self.find(word)?;
        (first.span != span).then_some(first.span.line)
    }

    /// The index of the `item` with this name, or what is wrong with the name.
    pub(super) fn resolve(&self, word: &str, item: &str) -> Result<usize, String> {
        match self.find(word) {
            Some(name) if name.item == item => return Ok(name.index),
            Some(name) => {
                return Err(format!("`{word}` is a {}; here stands a {item}", name.item));
            }
            None => {}
        }
        let mut same = Vec::new();
        for name in &self.names {
            if name.item == item {
                same.push(name.name);
            }
        }
        Err(match nearest(word, &same) {
            Some(meant) => format!("there is no {item} `{word}`; did you mean `{meant}`?"),
            None => format!(
                "there is no {item} `{word}`; write `{item} {word}{}` outside of the tasks",
                if item == "task" { " later { … }" } else { "" }
            ),
        })
    }
}
