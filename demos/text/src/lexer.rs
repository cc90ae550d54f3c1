//! Characters become tokens. Nothing is refused here: what is no word of the language becomes a
//! token that says so, and the parser puts it into a sentence.

use super::{Span, cut};

/// A token and its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// What it says: itself, but for a text or a character what stands between its quotes, and for a
    /// comment what stands after its mark.
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
    /// What begins as a number and is not digits alone: `20ms`. Among [values](Dialect::Values) it
    /// may be a number after all: `-3`, `1.5`, `0x1f`.
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
    /// `=`, with [values](Dialect::Values).
    Equals,
    /// `[`, with [values](Dialect::Values).
    OpenBracket,
    /// `]`, with [values](Dialect::Values).
    CloseBracket,
    /// One character between `'` and `'`, with [values](Dialect::Values).
    Character,
    /// `()`, with [values](Dialect::Values).
    Unit,
    /// A comment from `#` or `//` to the end of the line.
    Comment,
    /// A character that means nothing here.
    Stray,
    /// The end of the text, at which only the parser looks.
    End,
}

/// How much a language can write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// Words, numbers without a sign, texts, blocks and commas.
    Plain,
    /// Also `=`, `[`, `]`, and values as Rust writes them.
    Values,
}

/// The tokens of a text, comments included, with the help of which an editor can colour it.
/// Spaces, line ends and `;` separate tokens and are none.
pub fn tokens(text: &str, dialect: Dialect) -> Tokens<'_> {
    Tokens { text, dialect, at: 0, line: 1, column: 1 }
}

/// See [`tokens`].
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    dialect: Dialect,
    at: usize,
    line: u32,
    column: u32,
}

impl<'a> Tokens<'a> {
    /// All of the text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    fn rest(&self) -> &'a str {
        cut(self.text, self.at..self.text.len())
    }

    /// The empty place where the text goes on.
    pub fn here(&self) -> Span {
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
        let value = match self.dialect {
            Dialect::Plain => None,
            Dialect::Values => value(rest, first),
        };
        let Piece { kind, length, before, after } = value.unwrap_or_else(|| plain(rest, first));
        let (taken, span) = self.take(length);
        Some(Token { kind, text: cut(taken, before..length - after), span })
    }
}

/// The next piece of a text: what it is, how many bytes it has, and how many of them are a mark before
/// and after what it says.
struct Piece {
    kind: TokenKind,
    length: usize,
    before: usize,
    after: usize,
}

fn piece(kind: TokenKind, length: usize) -> Piece {
    Piece { kind, length, before: 0, after: 0 }
}

/// The piece with which `rest` begins, in every dialect.
fn plain(rest: &str, first: char) -> Piece {
    use TokenKind::*;
    let line = || rest.split('\n').next().unwrap_or(rest).trim_end().len();
    let word = length(rest, is_of_a_word);
    match first {
        '0'..='9' => piece(number_kind(cut(rest, 0..word)), word),
        _ if word > 0 => piece(Word, word),
        '"' => match cut(rest, 1..rest.len()).find(['"', '\n']) {
            Some(length) if rest.as_bytes().get(length + 1) == Some(&b'"') => {
                Piece { kind: Text, length: length + 2, before: 1, after: 1 }
            }
            _ => Piece { kind: OpenText, length: line(), before: 1, after: 0 },
        },
        '#' => Piece { kind: Comment, length: line(), before: 1, after: 0 },
        '/' if rest.starts_with("//") => {
            Piece { kind: Comment, length: line(), before: 2, after: 0 }
        }
        '{' => piece(Open, 1),
        '}' => piece(Close, 1),
        ',' => piece(Comma, 1),
        other => piece(Stray, other.len_utf8()),
    }
}

/// The piece with which `rest` begins, if that is one of the dialect with values alone.
fn value(rest: &str, first: char) -> Option<Piece> {
    use TokenKind::*;
    let sign = usize::from(first == '-');
    match first {
        '0'..='9' | '-' if rest.as_bytes().get(sign).is_some_and(u8::is_ascii_digit) => {
            let digits = length(cut(rest, sign..rest.len()), is_of_a_number);
            let length = sign + digits;
            Some(piece(number_kind(cut(rest, 0..length)), length))
        }
        '\'' => {
            let length = 2 + rest.chars().nth(1).filter(|c| *c != '\n')?.len_utf8();
            let closed = rest.as_bytes().get(length - 1) == Some(&b'\'');
            closed.then_some(Piece { kind: Character, length, before: 1, after: 1 })
        }
        '(' if rest.starts_with("()") => Some(piece(Unit, 2)),
        '=' => Some(piece(Equals, 1)),
        '[' => Some(piece(OpenBracket, 1)),
        ']' => Some(piece(CloseBracket, 1)),
        _ => None,
    }
}

/// How many bytes of a kind stand at the beginning.
fn length(text: &str, is: fn(&u8) -> bool) -> usize {
    text.bytes().take_while(is).count()
}

fn is_of_a_word(byte: &u8) -> bool {
    *byte == b'_' || byte.is_ascii_alphanumeric()
}

fn is_of_a_number(byte: &u8) -> bool {
    *byte == b'.' || is_of_a_word(byte)
}

fn number_kind(text: &str) -> TokenKind {
    match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => TokenKind::Number,
        false => TokenKind::NotANumber,
    }
}

#[cfg(test)]
mod tests {
    use super::TokenKind::*;
    use super::*;

    fn found(text: &str, dialect: Dialect) -> Vec<(TokenKind, &str)> {
        tokens(text, dialect).map(|token| (token.kind, token.text)).collect()
    }

    #[test]
    fn values_are_whole() {
        let found = |text| found(text, Dialect::Values);
        assert_eq!(found("7 -3 1.5"), [(Number, "7"), (NotANumber, "-3"), (NotANumber, "1.5")]);
        let others = [(NotANumber, "0x1f"), (NotANumber, "1_000"), (Stray, "-"), (Word, "x")];
        assert_eq!(found("0x1f 1_000 -x"), others);
        let characters = [(Character, "c"), (Character, "'"), (Character, "ß"), (Character, "#")];
        assert_eq!(found("'c' ''' 'ß''#'"), characters);
        assert_eq!(found("'\n'"), [(Stray, "'"), (Stray, "'")], "it ends on its line");
        assert_eq!(found("'🦀"), [(Stray, "'"), (Stray, "🦀")]);
        assert_eq!(found("'"), [(Stray, "'")]);
        assert_eq!(found("a=()["), [(Word, "a"), (Equals, "="), (Unit, "()"), (OpenBracket, "[")]);
        assert_eq!(found("( )]"), [(Stray, "("), (Stray, ")"), (CloseBracket, "]")]);
    }

    #[test]
    fn without_values_their_parts_are_told() {
        let found = |text| found(text, Dialect::Plain);
        assert_eq!(found("-3"), [(Stray, "-"), (Number, "3")]);
        assert_eq!(found("1.5"), [(Number, "1"), (Stray, "."), (Number, "5")]);
        assert_eq!(found("0x1f"), [(NotANumber, "0x1f")]);
        assert_eq!(found("'c'"), [(Stray, "'"), (Word, "c"), (Stray, "'")]);
        assert_eq!(found("=["), [(Stray, "="), (Stray, "[")]);
    }
}
