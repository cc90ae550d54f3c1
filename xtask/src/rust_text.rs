//! Rust source without its comments, or without its strings too, every line where it was.

/// What to keep of a source text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Keep {
    /// Code and the texts in it: all but comments.
    CodeAndStrings,
    /// Code alone: the insides of strings are left out too.
    Code,
}

/// The source with everything else replaced by blanks; lines stay lines.
pub(crate) fn strip(source: &str, keep: Keep) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let (end, kept) = match token(&chars[at..]) {
            (length, Token::Code) => (at + length, true),
            (length, Token::Text) => (at + length, keep == Keep::CodeAndStrings),
            (length, Token::Comment) => (at + length, false),
        };
        for &c in &chars[at..end] {
            out.push(if kept || c == '\n' { c } else { ' ' });
        }
        at = end;
    }
    out
}

enum Token {
    Code,
    Text,
    Comment,
}

/// The length and kind of what begins here. Code comes in the smallest pieces that cannot be
/// mistaken: a word (whose `r` or `b` starts no string) or one character.
fn token(rest: &[char]) -> (usize, Token) {
    match rest {
        ['/', '/', ..] => (line_end(rest), Token::Comment),
        ['/', '*', ..] => (block_comment(rest), Token::Comment),
        ['"', ..] => (quoted(rest, 1), Token::Text),
        ['\'', ..] => quote(rest),
        [first, ..] if first.is_alphabetic() || *first == '_' => {
            let word = rest.iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
            match (&rest[..word], raw_string(&rest[word..])) {
                (['r'] | ['b', 'r'] | ['c', 'r'], Some(length)) => (word + length, Token::Text),
                _ => (word, Token::Code),
            }
        }
        _ => (1, Token::Code),
    }
}

fn line_end(rest: &[char]) -> usize {
    rest.iter().position(|&c| c == '\n').unwrap_or(rest.len())
}

/// Block comments nest.
fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted(rest: &[char], begin: usize) -> usize {
    let mut at = begin;
    while at < rest.len() {
        match rest[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// A character (`'a'`, `'\n'`, `'"'`) or a lifetime (`'a`).
fn quote(rest: &[char]) -> (usize, Token) {
    match rest {
        ['\'', '\\', _, tail @ ..] => {
            let close = tail.iter().position(|&c| c == '\'').map_or(tail.len(), |p| p + 1);
            (3 + close, Token::Text)
        }
        ['\'', _, '\'', ..] => (3, Token::Text),
        _ => (1, Token::Code),
    }
}

/// After `r`: any number of `#`, a quote, and everything up to a quote with as many `#`.
fn raw_string(rest: &[char]) -> Option<usize> {
    let hashes = rest.iter().take_while(|&&c| c == '#').count();
    if rest.get(hashes) != Some(&'"') {
        return None;
    }
    let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body = &rest[hashes + 1..];
    let end = body.windows(close.len()).position(|window| window == close);
    Some(end.map_or(rest.len(), |end| hashes + 1 + end + close.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(source: &str) -> String {
        strip(source, Keep::Code).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_go_and_lines_stay() {
        let source = "a // one\nb /* two /* three */\n */ c\n";
        let stripped = strip(source, Keep::Code);
        assert_eq!(stripped.lines().map(str::trim).collect::<Vec<_>>(), ["a", "b", "c"]);
    }

    #[test]
    fn a_comment_in_a_string_is_a_string() {
        let source = r#"let url = "https://x"; // y"#;
        assert_eq!(strip(source, Keep::CodeAndStrings).trim(), r#"let url = "https://x";"#);
        assert_eq!(code(source), "let url = ;");
    }

    #[test]
    fn characters_lifetimes_and_escapes() {
        assert_eq!(code(r"f('\'', '\\', '/', '/') // g"), "f( , , , )");
        assert_eq!(code("fn f<'a>(x: &'a str) // g"), "fn f<'a>(x: &'a str)");
        assert_eq!(code(r#"("\\", x, "\"", '"', y, '\u{22}')"#), "( , x, , , y, )");
    }

    #[test]
    fn raw_strings_end_where_they_say() {
        assert_eq!(code(r###"(r#"a " // b"#, br"c", x)"###), "( , , x)");
        assert_eq!(code(r##"let r = for_r("x"); r#type"##), "let r = for_r( ); r#type");
    }

    #[test]
    fn what_never_ends_ends_with_the_text() {
        for source in ["/* a", "\"a", "r#\"a", "'\\", "\"\\", "'"] {
            assert_eq!(strip(source, Keep::Code).chars().count(), source.chars().count());
        }
    }
}
