//! What is wrong with a program, and what would be right.

use std::fmt;

use super::Span;

/// One thing that is wrong, at its place, in a sentence that says what would be right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The piece of text that is wrong.
    pub span: Span,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.span.line, self.span.column, self.message)
    }
}

/// The candidate that was probably meant by `word`: the nearest one, if it is near enough.
pub(super) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).clamp(1, 2);
    candidates
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= allowed)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= allowed && distance < candidate.len())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be changed, put in, left out or swapped with their neighbour; the case of
/// letters is no difference.
fn distance(a: &str, b: &str) -> usize {
    let letters = |text: &str| text.chars().map(|c| c.to_ascii_lowercase()).collect::<Vec<_>>();
    let (a, b) = (letters(a), letters(b));
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_meant() {
        let words = || ["sleep", "send", "select", "spawn", "at"].into_iter();
        assert_eq!(nearest("slep", words()), Some("sleep"));
        assert_eq!(nearest("SELECT", words()), Some("select"));
        assert_eq!(nearest("spwan", words()), Some("spawn"), "two neighbours swapped");
        assert_eq!(nearest("x", words()), None, "one letter is no hint");
        assert_eq!(nearest("", words()), None);
        assert_eq!(nearest("button", words()), None);
    }
}
