//! What a page tells of a language: its words, and programs to begin with.

/// One word of a language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The word with which it begins.
    pub keyword: &'static str,
    /// How it is written.
    pub form: &'static str,
    /// What it does.
    pub sentence: &'static str,
}

/// A program to begin with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Example {
    /// Its name in the editor's menu.
    pub name: &'static str,
    /// What it shows.
    pub sentence: &'static str,
    /// The program.
    pub text: &'static str,
}
