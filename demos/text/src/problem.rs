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

/// The candidate that was probably meant by `word`: the nearest one, if it is near enough. A word of
/// more than `longest` bytes, as no name may have, means none.
pub fn nearest<'a>(word: &str, candidates: &[&'a str], longest: usize) -> Option<&'a str> {
    if word.len() > longest {
        return None;
    }
    let allowed = (word.len() / 3).clamp(1, 2);
    let mut nearest = None;
    let mut least = allowed + 1;
    for candidate in candidates {
        if candidate.len().abs_diff(word.len()) <= allowed {
            let distance = distance(word.as_bytes(), candidate.as_bytes());
            if distance < least && distance < candidate.len() {
                nearest = Some(*candidate);
                least = distance;
            }
        }
    }
    nearest
}

/// How many letters must be changed, put in, left out or swapped with their neighbour; the case of
/// letters is no difference.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let same = |i: usize, j: usize| a[i].eq_ignore_ascii_case(&b[j]);
    // From the first `i` letters of the one to the first `j` of the other, in rows of `j`: the row
    // that is filled, and the two before it.
    let row = vec![0; b.len() + 1];
    let [mut before, mut last, mut this] = [row.clone(), row.clone(), row];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            this[j] = if i == 0 || j == 0 {
                i + j
            } else {
                let changed = last[j - 1] + usize::from(!same(i - 1, j - 1));
                let mut best = changed.min(last[j] + 1).min(this[j - 1] + 1);
                if i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1) {
                    best = best.min(before[j - 2] + 1);
                }
                best
            };
        }
        (before, last, this) = (last, this, before);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    const LONGEST: usize = 24;

    fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
        super::nearest(word, candidates, LONGEST)
    }

    #[test]
    fn the_nearest_word_is_meant() {
        let words = ["sleep", "send", "select", "spawn", "at"];
        assert_eq!(nearest("slep", &words), Some("sleep"));
        assert_eq!(nearest("SELECT", &words), Some("select"));
        assert_eq!(nearest("spwan", &words), Some("spawn"), "two neighbours swapped");
        assert_eq!(nearest("x", &words), None, "one letter is no hint");
        assert_eq!(nearest("", &words), None);
        assert_eq!(nearest("button", &words), None);
        let long = "a".repeat(LONGEST);
        assert_eq!(nearest(&long, &[&format!("{long}aa")]), Some(&*format!("{long}aa")));
        assert_eq!(nearest(&format!("{long}a"), &[&long]), None, "no name is so long");
    }
}
