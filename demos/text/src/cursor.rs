//! Where a parser is among the tokens of a text, and what it has found wrong so far.

use std::fmt::Arguments;

use super::{Problem, Span, Token, TokenKind, Tokens, cut, insert_in_order};

/// The tokens of a text but its comments, one of which is read next, and the problems found.
///
/// Where something stands is told by the index of its token, which is less to hand on than a place.
#[derive(Debug)]
pub struct Cursor<'a> {
    /// The token that is read next.
    pub next: Token<'a>,
    /// The index of that token.
    pub at: usize,
    text: &'a str,
    /// The end of the text is the last.
    tokens: Vec<Token<'a>>,
    problems: Vec<Problem>,
    most_problems: usize,
    given_up: bool,
}

impl<'a> Cursor<'a> {
    /// At the first token of a text of at most `most` bytes; a longer one is a problem. Each comment
    /// is given away, with whether a token stands before it on its line. After `most_problems`
    /// nothing more is read.
    pub fn new(
        mut lexer: Tokens<'a>,
        most: usize,
        most_problems: usize,
        mut comment: impl FnMut(Token<'a>, bool),
    ) -> Self {
        let next = Token { kind: TokenKind::End, text: "", span: Span::default() };
        let mut cursor = Cursor {
            next,
            at: 0,
            text: lexer.text(),
            tokens: Vec::new(),
            problems: Vec::new(),
            most_problems,
            given_up: false,
        };
        let mut beyond = None;
        for token in lexer.by_ref() {
            if token.span.end as usize > most {
                beyond = Some(token.span);
                break;
            }
            if token.kind == TokenKind::Comment {
                let last = cursor.tokens.last();
                comment(token, last.is_some_and(|last| last.span.line == token.span.line));
            } else {
                cursor.tokens.push(token);
            }
        }
        let end = Token { span: lexer.here(), ..next };
        if beyond.is_none() && end.span.end as usize > most {
            beyond = Some(end.span);
        }
        if let Some(span) = beyond {
            let says = format_args!("the program is too long; a program has at most {most} bytes");
            cursor.problem_in(span, says);
        }
        cursor.tokens.push(end);
        cursor.go_to(0);
        cursor
    }

    /// All tokens, the end of the text last.
    pub fn tokens(&self) -> &[Token<'a>] {
        &self.tokens
    }

    /// What is wrong so far, in the order of the text.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What is wrong, in the order of the text: not more than should be told at once.
    pub fn into_problems(mut self) -> Vec<Problem> {
        self.problems.truncate(self.most_problems);
        self.problems
    }

    /// Says what is wrong with a token.
    pub fn problem(&mut self, at: usize, message: Arguments<'_>) {
        self.problem_in(self.span(at), message);
    }

    /// Says what is wrong with a piece of the text.
    pub fn problem_in(&mut self, span: Span, message: Arguments<'_>) {
        let problem = Problem { span, message: message.to_string() };
        insert_in_order(&mut self.problems, problem, |problem| problem.span.start);
        if self.problems.len() >= self.most_problems {
            self.give_up();
        }
    }

    /// The token with this index, or the end of the text.
    pub fn token(&self, at: usize) -> Token<'a> {
        *self.tokens.get(at).unwrap_or(&self.next)
    }

    /// Where a token stands, or the end of the text.
    pub fn span(&self, at: usize) -> Span {
        self.token(at).span
    }

    /// From one token to another on its line.
    pub fn span_from(&self, first: usize, last: usize) -> Span {
        let (first, last) = (self.span(first), self.span(last));
        if first.line != last.line || last.start < first.start {
            return first;
        }
        Span { length: last.column + last.length - first.column, end: last.end, ..first }
    }

    /// A piece of the text.
    pub fn piece(&self, span: Span) -> &'a str {
        cut(self.text, span.range())
    }

    /// Makes the token with this index the next one, if there is one.
    pub fn go_to(&mut self, at: usize) {
        if let Some(next) = self.tokens.get(at) {
            self.next = *next;
            self.at = at;
        }
    }

    /// Takes the next token; gives its index.
    pub fn advance(&mut self) -> usize {
        let at = self.at;
        self.go_to(at + 1);
        at
    }

    /// Takes all tokens that are left.
    pub fn give_up(&mut self) {
        self.go_to(self.tokens.len().saturating_sub(1));
        self.given_up = true;
    }

    /// Whether it was [given up](Cursor::give_up): what is missing at the end is then no problem.
    pub fn has_given_up(&self) -> bool {
        self.given_up
    }

    /// Whether the next token stands on the same line.
    pub fn is_on_line_of(&self, at: usize) -> bool {
        self.next.span.line == self.span(at).line
    }

    /// Whether the next token is of this kind.
    pub fn is(&self, kind: TokenKind) -> bool {
        self.next.kind == kind
    }

    /// Whether the next token is this word.
    pub fn is_word(&self, word: &str) -> bool {
        self.is(TokenKind::Word) && self.next.text == word
    }

    /// Whether a number is next, or what was meant to be one.
    pub fn is_numeric(&self) -> bool {
        self.is(TokenKind::Number) || self.is(TokenKind::NotANumber)
    }

    /// Takes the next token if it is `kind`.
    pub fn accept(&mut self, kind: TokenKind) -> bool {
        let accepted = self.is(kind);
        if accepted {
            self.advance();
        }
        accepted
    }
}
