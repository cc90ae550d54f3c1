//! Characters become tokens. Nothing is refused here: what is no word of the language becomes a
//! token that says so, and the parser puts it into a sentence.

use super::{Span, cut};

/// A token and its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind<'a>,
    /// Where it stands.
    pub span: Span,
}

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenKind<'a> {
    /// A keyword or a name: letters, digits and `_`, the first not a digit.
    Word(&'a str),
    /// Digits.
    Number(&'a str),
    /// What begins with a digit and is no number: `20ms`.
    NotANumber(&'a str),
    /// A text between quotes, without them.
    Text(&'a str),
    /// A text whose second quote is missing on its line.
    OpenText(&'a str),
    /// `{`
    Open,
    /// `}`
    Close,
    /// `,`
    Comma,
    /// A comment from `#` or `//` to the end of the line, without the mark.
    Comment(&'a str),
    /// A character that means nothing here.
    Stray(char),
}

/// The tokens of a text, comments included, with the help of which an editor can colour it.
/// Spaces, line ends and `;` separate tokens and are none.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, line: 1, column: 1 }
}

/// See [`tokens`].
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    column: u32,
}

impl<'a> Tokens<'a> {
    fn rest(&self) -> &'a str {
        cut(self.text, self.at..self.text.len())
    }

    /// The empty place where the text goes on.
    pub(super) fn here(&self) -> Span {
        let at = self.at as u32;
        Span { line: self.line, column: self.column, length: 0, start: at, end: at }
    }

    fn skip_blank(&mut self) {
        for c in self.rest().chars() {
            match c {
                '\n' => (self.line, self.column) = (self.line + 1, 1),
                c if c.is_whitespace() || c == ';' => self.column += 1,
                _ => break,
            }
            self.at += c.len_utf8();
        }
    }

    /// Takes the next `bytes` bytes, which hold no line end.
    fn take(&mut self, bytes: usize) -> (&'a str, Span) {
        let taken = cut(self.rest(), 0..bytes);
        let mut span = self.here();
        span.length = taken.chars().count() as u32;
        span.end += bytes as u32;
        self.at += bytes;
        self.column += span.length;
        (taken, span)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_blank();
        let rest = self.rest();
        let first = rest.chars().next()?;
        let line_end = || rest.find('\n').unwrap_or(rest.len());
        let length = match first {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '_' => {
                rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len())
            }
            '"' => match after(rest, 1).find(['"', '\n']) {
                Some(end) if rest.as_bytes()[end + 1] == b'"' => end + 2,
                _ => cut(rest, 0..line_end()).trim_end().len(),
            },
            '#' => cut(rest, 0..line_end()).trim_end().len(),
            '/' if rest.starts_with("//") => cut(rest, 0..line_end()).trim_end().len(),
            other => other.len_utf8(),
        };
        let (taken, span) = self.take(length);
        let kind = match first {
            '0'..='9' if taken.bytes().all(|b| b.is_ascii_digit()) => TokenKind::Number(taken),
            '0'..='9' => TokenKind::NotANumber(taken),
            'A'..='Z' | 'a'..='z' | '_' => TokenKind::Word(taken),
            '"' => match after(taken, 1).strip_suffix('"') {
                Some(inner) => TokenKind::Text(inner),
                None => TokenKind::OpenText(after(taken, 1)),
            },
            '#' => TokenKind::Comment(after(taken, 1)),
            '/' if length > 1 => TokenKind::Comment(after(taken, 2)),
            '{' => TokenKind::Open,
            '}' => TokenKind::Close,
            ',' => TokenKind::Comma,
            other => TokenKind::Stray(other),
        };
        Some(Token { kind, span })
    }
}

/// A token without the ASCII mark with which it begins.
fn after(text: &str, mark: usize) -> &str {
    cut(text, mark..text.len())
}
