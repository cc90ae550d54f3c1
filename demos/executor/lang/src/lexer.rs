//! Characters become tokens. Nothing is refused here: what is no word of the language becomes a
//! token that says so, and the parser puts it into a sentence.

use super::{Span, cut};

/// A token and its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// What it says: itself, but for a text what stands between its quotes, and for a comment what
    /// stands after its mark.
    pub text: &'a str,
    /// Where it stands.
    pub span: Span,
}

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenKind {
    /// A keyword or a name: letters, digits and `_`, the first not a digit.
    Word,
    /// Digits.
    Number,
    /// What begins with a digit and is no number: `20ms`.
    NotANumber,
    /// A text between quotes.
    Text,
    /// A text whose second quote is missing on its line.
    OpenText,
    /// `{`
    Open,
    /// `}`
    Close,
    /// `,`
    Comma,
    /// A comment from `#` or `//` to the end of the line.
    Comment,
    /// A character that means nothing here.
    Stray,
    /// The end of the text, at which only the parser looks.
    End,
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
        use TokenKind::*;
        self.skip_blank();
        let rest = self.rest();
        let first = rest.chars().next()?;
        let line = || rest.split('\n').next().unwrap_or(rest).trim_end();
        let word = word_length(rest);
        // How many bytes it has, and how many of them are a mark before and after what it says.
        let (kind, length, before, after) = match first {
            '0'..='9' if is_number(cut(rest, 0..word)) => (Number, word, 0, 0),
            '0'..='9' => (NotANumber, word, 0, 0),
            _ if word > 0 => (Word, word, 0, 0),
            '"' => match cut(rest, 1..rest.len()).find(['"', '\n']) {
                Some(length) if rest.as_bytes().get(length + 1) == Some(&b'"') => {
                    (Text, length + 2, 1, 1)
                }
                _ => (OpenText, line().len(), 1, 0),
            },
            '#' => (Comment, line().len(), 1, 0),
            '/' if rest.starts_with("//") => (Comment, line().len(), 2, 0),
            '{' => (Open, 1, 0, 0),
            '}' => (Close, 1, 0, 0),
            ',' => (Comma, 1, 0, 0),
            other => (Stray, other.len_utf8(), 0, 0),
        };
        let (taken, span) = self.take(length);
        Some(Token { kind, text: cut(taken, before..length - after), span })
    }
}

/// How many letters, digits and `_` stand at the beginning.
fn word_length(text: &str) -> usize {
    let of_a_word = |byte: &u8| *byte == b'_' || byte.is_ascii_alphanumeric();
    text.bytes().take_while(of_a_word).count()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
