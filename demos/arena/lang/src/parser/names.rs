//! The names that a program gives, collected before it is read, so that they may be used before the
//! line that gives them.

use std::fmt;

use text::{Span, Token, TokenKind};

use super::{is_keyword, nearest};
use crate::types::TYPES;
use crate::{Name, Sort, limits};

struct Group<'a> {
    text: &'a str,
    /// What all of them are; unknown while each statement that gives it is wrong.
    sort: Option<Sort>,
    /// Where it is given first, if that is known, as something of this sort.
    span: Span,
}

pub(super) struct Names<'a> {
    groups: Vec<Group<'a>>,
    /// The first name beyond those that a program may have.
    beyond: Option<Span>,
}

/// Whether the token with this index is a name that is given something: a word before a `=`.
pub(super) fn is_given(tokens: &[Token<'_>], at: usize) -> bool {
    matches!(tokens.get(at..at + 2), Some([name, equals])
        if name.kind == TokenKind::Word && equals.kind == TokenKind::Equals)
}

/// The index of the type that a token names.
pub(super) fn type_index(token: Token<'_>) -> Option<usize> {
    let named = matches!(token.kind, TokenKind::Word | TokenKind::Unit);
    TYPES.iter().position(|ty| named && ty.name == token.text)
}

/// What is made by what begins with these tokens.
pub(super) fn sort(tokens: &[Token<'_>]) -> Option<Sort> {
    let of = || type_index(*tokens.get(1)?);
    let first = *tokens.first()?;
    match (first.kind, first.text) {
        (TokenKind::Text | TokenKind::OpenText, _) => Some(Sort::Text),
        (TokenKind::OpenBracket, _) => of().map(Sort::Array),
        (TokenKind::Word, "bytes") => Some(Sort::Bytes),
        (TokenKind::Word, "vec") => of().map(Sort::Vec),
        (TokenKind::Word, "map") => Some(Sort::Map),
        (TokenKind::Word, "list") => Some(Sort::List),
        _ => type_index(first).map(Sort::Value),
    }
}

impl<'a> Names<'a> {
    pub(super) fn collect(tokens: &[Token<'a>]) -> Self {
        let mut names = Names { groups: Vec::new(), beyond: None };
        for at in 0..tokens.len() {
            let Token { text, span, .. } = tokens[at];
            if !is_given(tokens, at) || is_keyword(text) || type_index(tokens[at]).is_some() {
                continue;
            }
            let sort = tokens.get(at + 2..).and_then(sort);
            match names.find(text) {
                Some(index) if names.groups[index].sort.is_none() => {
                    names.groups[index] = Group { text, sort, span };
                }
                Some(_) => {}
                None if names.groups.len() == limits::NAMES => {
                    names.beyond = Some(span);
                    break;
                }
                None => names.groups.push(Group { text, sort, span }),
            }
        }
        names
    }

    pub(super) fn beyond(&self) -> Option<Span> {
        self.beyond
    }

    pub(super) fn find(&self, word: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.text == word)
    }

    /// What all of this name are, if that is known.
    pub(super) fn sort(&self, index: usize) -> Option<Sort> {
        self.groups.get(index)?.sort
    }

    /// The name, what all of it are, and where it is given first, for a sentence.
    pub(super) fn words(&self, index: usize) -> String {
        match self.groups.get(index) {
            Some(Group { text, sort: Some(sort), span }) => {
                format!("`{text}` is {sort} (line {})", span.line)
            }
            _ => String::new(),
        }
    }

    /// What is wrong with a name that is never given, but could be, for example to `make`.
    pub(super) fn unknown(&self, word: &str, make: &str) -> String {
        let names: Vec<&str> = self.groups.iter().map(|group| group.text).collect();
        match nearest(word, &names) {
            Some(meant) => format!("there is no `{word}`; did you mean `{meant}`?"),
            None => format!("there is no `{word}`; make one, as in `{word} = {make}`"),
        }
    }

    /// The names of a program that is right, whose sorts are all known.
    pub(super) fn into_list(self) -> Vec<Name> {
        let known =
            |Group { text, sort, span }| Some(Name { text: text.into(), sort: sort?, span });
        self.groups.into_iter().filter_map(known).collect()
    }
}

/// In words, as after "it is".
impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |index: usize| TYPES.get(index).map_or("", |ty| ty.name);
        match *self {
            Sort::Value(ty) => write!(f, "a value of type `{}`", name(ty)),
            Sort::Array(ty) => write!(f, "an array of `{}`", name(ty)),
            Sort::Text => f.write_str("a text"),
            Sort::Bytes => f.write_str("a block of bytes"),
            Sort::Vec(ty) => write!(f, "a `Vec` of `{}`", name(ty)),
            Sort::Map => f.write_str("a map"),
            Sort::List => f.write_str("a list"),
        }
    }
}
