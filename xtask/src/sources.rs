//! `sources`: the sources that the pages show, each demo's in one file of the build, with their tokens
//! marked, so that no page carries its sources in its first load, nor a highlighter; and the markup and
//! the style of what is not a stage. trunk runs it at the end of each build (`Trunk.toml`).
//!
//! Which files a page shows stands in `src/pages/NAME/sources.txt`. What is written is for each of
//! them [`FILE`], its path, a line end and its text, in which each token that has a class stands
//! between a byte of its class and [`END`]; `src/stage/source/` reads it.

use std::env;
use std::path::PathBuf;

use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, Token, TokenKind, tokenize};

use crate::Result;
use crate::files::{read, write};
use crate::finish::route;
use crate::project::{Project, folders_in};
use crate::style::OF_PAGES;

/// Begins a file.
const FILE: char = '\u{1c}';
/// Ends a marked token.
const END: char = '\u{e}';

/// The command `sources`, which only trunk calls.
pub(crate) fn run(project: &Project) -> Result {
    let folder = env::var_os("TRUNK_STAGING_DIR").ok_or("`sources` is called by trunk")?;
    let folder = PathBuf::from(folder).join("sources");
    for name in folders_in(&project.path("src/pages")) {
        let list = project.path(&format!("src/pages/{name}/sources.txt"));
        if list.is_file() {
            write(&folder.join(format!("{}.txt", route(&name))), &pack(project, &read(&list)?)?)?;
        }
        // The markup of an instrument, which comes when it is opened.
        let page = project.path(&format!("src/pages/{name}/page.html"));
        if page.is_file() {
            write(&folder.join(format!("{}.html", route(&name))), read(&page)?)?;
        }
    }
    for sheet in OF_PAGES {
        let style = read(&project.path(&format!("style/{sheet}.css")))?;
        write(&folder.join(format!("{sheet}.css")), style)?;
    }
    Ok(())
}

/// The files of a list, in which each line names a tab and a path. What is no Rust has no tokens.
fn pack(project: &Project, list: &str) -> Result<String> {
    let mut out = String::new();
    for line in list.lines() {
        let (_, path) = line.split_once(' ').ok_or(format!("`{line}` is no tab and path"))?;
        let text = read(&project.path(path))?.replace("\r\n", "\n");
        out.push(FILE);
        out.push_str(path);
        out.push('\n');
        out.push_str(&if path.ends_with(".rs") { mark(&text) } else { text });
    }
    Ok(out)
}

/// The text with its tokens marked. Tokens over several lines are marked line by line.
fn mark(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let tokens: Vec<Token> = tokenize(text, FrontmatterAllowed::No).collect();
    let mut at = 0;
    let mut attribute = Attribute::default();
    for (index, token) in tokens.iter().enumerate() {
        let part = &text[at..at + token.len as usize];
        at += token.len as usize;
        let class = match attribute.take(token.kind, tokens.get(index + 1)) {
            true => Some('\u{b}'),
            false => class(token.kind, part, &tokens[index + 1..]),
        };
        match class {
            Some(class) if !part.trim().is_empty() => {
                for (line, piece) in part.split('\n').enumerate() {
                    if line > 0 {
                        out.push('\n');
                    }
                    if !piece.is_empty() {
                        out.extend([class]);
                        out.push_str(piece);
                        out.push(END);
                    }
                }
            }
            _ => out.push_str(part),
        }
    }
    out
}

fn class(kind: TokenKind, text: &str, rest: &[Token]) -> Option<char> {
    Some(match kind {
        TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => '\u{7}',
        TokenKind::Lifetime { .. } | TokenKind::RawLifetime => '\u{8}',
        TokenKind::Literal {
            kind: LiteralKind::Int { .. } | LiteralKind::Float { .. }, ..
        } => '\u{6}',
        TokenKind::Literal { .. } => '\u{5}',
        TokenKind::Ident | TokenKind::RawIdent => return ident(text, rest),
        _ => return None,
    })
}

fn ident(text: &str, rest: &[Token]) -> Option<char> {
    if KEYWORDS.contains(&text) {
        return Some('\u{1}');
    }
    let next = rest.iter().map(|token| token.kind).find(|kind| *kind != TokenKind::Whitespace);
    let camel = text.starts_with(|c: char| c.is_ascii_uppercase())
        && (text.len() == 1 || text.contains(|c: char| c.is_ascii_lowercase()));
    match next {
        Some(TokenKind::Bang) if rest.get(1).is_none_or(|after| after.kind != TokenKind::Eq) => {
            Some('\u{4}')
        }
        _ if camel || PRIMITIVES.contains(&text) => Some('\u{2}'),
        Some(TokenKind::OpenParen) => Some('\u{3}'),
        _ => None,
    }
}

/// Follows `#[…]`, which has no token of its own.
#[derive(Default)]
struct Attribute {
    depth: usize,
    begun: bool,
}

impl Attribute {
    /// Whether this token belongs to an attribute.
    fn take(&mut self, kind: TokenKind, next: Option<&Token>) -> bool {
        let next = next.map(|token| token.kind);
        match kind {
            TokenKind::Pound if matches!(next, Some(TokenKind::OpenBracket | TokenKind::Bang)) => {
                self.begun = true;
                true
            }
            TokenKind::OpenBracket if self.begun => {
                self.depth += 1;
                true
            }
            TokenKind::CloseBracket if self.begun => {
                self.depth -= 1;
                self.begun = self.depth > 0;
                true
            }
            _ => self.begun,
        }
    }
}

const KEYWORDS: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub",
    "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true", "type",
    "unsafe", "use", "where", "while", "yield",
];

const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16",
    "u32", "u64", "u128", "usize",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shown_file_is_marked_without_changing_its_text() {
        let project = Project::here();
        let mut shown = 0;
        for name in folders_in(&project.path("src/pages")) {
            // An instrument shows none.
            let list = project.path(&format!("src/pages/{name}/sources.txt"));
            let Ok(list) = read(&list) else { continue };
            let packed = pack(&project, &list).unwrap();
            let mut files = packed.split(FILE);
            assert_eq!(files.next(), Some(""), "everything belongs to a file");
            for (file, line) in files.zip(list.lines()) {
                let (path, marked) = file.split_once('\n').expect("a path, then the text");
                assert!(line.ends_with(path), "{path}");
                let kept: String =
                    marked.chars().filter(|c| *c as u32 > 14 || "\n\t".contains(*c)).collect();
                assert_eq!(kept, read(&project.path(path)).unwrap().replace("\r\n", "\n"));
                for line in marked.lines() {
                    let begun = line.chars().filter(|c| CLASSES.contains(c)).count();
                    assert_eq!(begun, line.matches(END).count(), "it ends with its line: {line:?}");
                }
                shown += 1;
            }
        }
        assert!(shown > 30, "{shown}");
    }

    #[test]
    fn tokens_are_marked_by_what_they_are() {
        assert_eq!(
            mark("pub trait Machine {"),
            "\u{1}pub\u{e} \u{1}trait\u{e} \u{2}Machine\u{e} {"
        );
        assert_eq!(mark("step(1); // so"), "\u{3}step\u{e}(\u{6}1\u{e}); \u{7}// so\u{e}");
        assert_eq!(mark("vec![\"a\"]"), "\u{4}vec\u{e}![\u{5}\"a\"\u{e}]");
    }

    /// What may be marked, as `src/stage/source/text.rs` has it.
    const CLASSES: [char; 9] =
        ['\u{1}', '\u{2}', '\u{3}', '\u{4}', '\u{5}', '\u{6}', '\u{7}', '\u{8}', '\u{b}'];
}
