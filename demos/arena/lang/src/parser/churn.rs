//! Random allocations and frees.

use text::TokenKind;

use super::{Parser, nearest};
use crate::{Churn, Kind, Sizes};

/// About how many blocks are alive at once, if it is not said.
const LIVE: u32 = 50;
/// The seed of the random numbers, if it is not said.
const SEED: u32 = 1;

impl Parser<'_> {
    /// `churn 1000 even 16 to 256 live 100 seed 7`, whose first word is taken.
    pub(super) fn churn(&mut self, head: usize) -> Option<Kind> {
        let needs = format_args!("`churn` needs how many, as in `churn 1000 even 16 to 256`");
        let count = self.number(head, (1, u32::MAX), needs)?;
        let count_at = self.at - 1;
        self.check_operations(count_at, count.into(), "these are");
        let sizes = self.sizes(head)?;
        let needs = format_args!("the least size is missing, as in `even 16 to 256`");
        let from = self.number(head, (1, u32::MAX), needs)?;
        let from_at = self.at - 1;
        if !self.accept_word(head, "to") {
            self.missing(head, format_args!("`to` is missing, as in `even 16 to 256`"));
            return None;
        }
        let needs = format_args!("`to` needs the greatest size, as in `16 to 256`");
        let to = self.number(head, (1, u32::MAX), needs)?;
        if to < from {
            let span = self.span_from(from_at, self.at - 1);
            self.problem_in(span, format_args!("{from} is more than {to}; write `{to} to {from}`"));
            return None;
        }
        let (mut live, mut seed) = (None, None);
        loop {
            let (given, word, range) = match self.next.text {
                "live" => (&mut live, "live", (1, u32::MAX)),
                "seed" => (&mut seed, "seed", (0, u32::MAX)),
                _ => break,
            };
            let at = self.at;
            if !self.accept_word(head, word) {
                break;
            }
            if given.is_some() {
                self.problem(at, format_args!("`{word}` is there already; take out one of them"));
                return None;
            }
            let needs = format_args!("`{word}` needs a number, as in `{word} 7`");
            *given = Some(self.number(at, range, needs)?);
        }
        let (live, seed) = (live.unwrap_or(LIVE), seed.unwrap_or(SEED));
        Some(Kind::Churn(Churn { count, sizes, from, to, live, seed }))
    }

    /// How sizes are spread.
    fn sizes(&mut self, head: usize) -> Option<Sizes> {
        let all = [("even", Sizes::Even), ("small", Sizes::Small), ("two", Sizes::Two)];
        for (word, sizes) in all {
            if self.accept_word(head, word) {
                return Some(sizes);
            }
        }
        if self.is(TokenKind::Word)
            && self.goes_on(head)
            && let Some(meant) = nearest(self.next.text, &all.map(|(word, _)| word))
        {
            let (at, word) = (self.advance(), self.shown(self.at - 1));
            self.problem(
                at,
                format_args!("`{word}` is no spread of sizes; did you mean `{meant}`?"),
            );
            return None;
        }
        self.missing(
            head,
            format_args!(
                "`churn` needs how its sizes are spread: `even`, `small` or `two`, as in `even 16 to 256`"
            ),
        );
        None
    }
}
