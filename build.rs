//! Marks the tokens of the demos' sources, so that the page shows them highlighted without carrying
//! a highlighter. Each `demos/**/*.rs` is written to `OUT_DIR/source/` with a byte before each token
//! that has a class and one behind it; which byte means what stands in `src/stage/source/text.rs`.
//!
//! Also names the sources as they are (`OXIDOSCOPE_SOURCES`), so that page and worker, two modules,
//! can tell whether they were built from the same.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, Token, TokenKind, tokenize};

const END: char = '\u{e}';

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=demos");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("source");
    for demo in fs::read_dir(root.join("demos"))? {
        mark_folder(&root, &demo?.path().join("src"), &out)?;
    }
    println!("cargo::rustc-env=OXIDOSCOPE_SOURCES={:016x}", fingerprint(&root)?);
    Ok(())
}

/// FNV-1a over the names and the contents of all that the modules are built from.
fn fingerprint(root: &Path) -> io::Result<u64> {
    let mut left = ["src", "demos", "Cargo.lock"].map(|name| root.join(name)).to_vec();
    let mut files = Vec::new();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(path)? {
                left.push(entry?.path());
            }
        } else {
            let name = path.strip_prefix(root).expect("it lies below the root");
            files.push((name.to_string_lossy().replace('\\', "/"), path));
        }
    }
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for (name, path) in files {
        for byte in name.into_bytes().into_iter().chain([0]).chain(fs::read(path)?) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    Ok(hash)
}

fn mark_folder(root: &Path, folder: &Path, out: &Path) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            mark_folder(root, &path, out)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?.replace("\r\n", "\n");
            let target = out.join(path.strip_prefix(root).expect("it lies below the root"));
            fs::create_dir_all(target.parent().expect("it lies in a folder"))?;
            fs::write(target, mark(&text))?;
        }
    }
    Ok(())
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
