//! What a person chooses, and how it stands in a link.

use crate::{Contender, Workload};

/// The numbers of samples that can be chosen. With six, an interval begins to be possible.
pub const ROUNDS: [u16; 4] = [11, 31, 101, 301];

/// A race to be run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setup {
    /// What is to be done.
    pub workload: Workload,
    /// Who may race, in the order of [`Contender::ALL`]; the limit always does. Those that cannot do
    /// the work stay away, and are chosen again for another.
    pub field: Vec<Contender>,
    /// How many samples of each.
    pub rounds: u16,
}

impl Default for Setup {
    fn default() -> Setup {
        Setup { workload: Workload::default(), field: Contender::ALL.to_vec(), rounds: ROUNDS[2] }
    }
}

/// How a text begins: the version of its form.
const VERSION: &str = "1";

impl Setup {
    /// Those that race: chosen, and able to do the work.
    pub fn racing(&self) -> impl Iterator<Item = Contender> {
        let able = |contender: &Contender| contender.cannot(self.workload).is_none();
        self.field.iter().copied().filter(able)
    }

    /// Chooses somebody, or not. The limit stays.
    pub fn choose(&mut self, who: Contender, is: bool) {
        let before = std::mem::take(&mut self.field);
        let chosen = |contender: &Contender| match *contender {
            Contender::Limit => true,
            contender if contender == who => is,
            _ => before.contains(contender),
        };
        self.field = Contender::ALL.into_iter().filter(chosen).collect();
    }

    /// The choice as a text: a version, and what is chosen, `&` between them.
    pub fn to_text(&self) -> String {
        let mut text = String::from(VERSION);
        text.push_str("&work=");
        text.push_str(self.workload.key());
        text.push_str("&samples=");
        text.push_str(&self.rounds.to_string());
        let mut before = "&field=";
        for contender in &self.field {
            if *contender != Contender::Limit {
                text.push_str(before);
                text.push_str(contender.key());
                before = ",";
            }
        }
        text
    }

    /// Reads what [`to_text`](Setup::to_text) wrote. What is left out is as it is at first, but for
    /// the field: without one nobody but the limit races.
    ///
    /// # Errors
    ///
    /// What is wrong, and what would be right, in a sentence.
    pub fn parse(text: &str) -> Result<Setup, String> {
        let mut parts = text.split('&');
        if parts.next() != Some(VERSION) {
            return Err(["It should begin with ", VERSION, ", the version of such links."].concat());
        }
        let mut setup = Setup { field: vec![Contender::Limit], ..Setup::default() };
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match name {
                "work" => {
                    let workload = Workload::named(value);
                    setup.workload = workload
                        .ok_or_else(|| wrong(part, "work=", Workload::ALL.map(Workload::key)))?;
                }
                "samples" => {
                    let rounds = ROUNDS.into_iter().find(|rounds| rounds.to_string() == value);
                    setup.rounds = rounds.ok_or_else(|| {
                        wrong(part, "samples=", ROUNDS.map(|rounds| rounds.to_string()))
                    })?;
                }
                "field" => {
                    for key in value.split(',') {
                        let contender = Contender::named(key).ok_or_else(|| {
                            let keys = Contender::ALL.into_iter().skip(1).map(Contender::key);
                            wrong(key, "", keys)
                        })?;
                        setup.choose(contender, true);
                    }
                }
                _ => return Err(wrong(part, "", ["work", "samples", "field"])),
            }
        }
        Ok(setup)
    }
}

/// A sentence about a part that should be one of these.
#[inline(never)]
fn wrong(part: &str, before: &str, right: impl IntoIterator<Item: AsRef<str>>) -> String {
    let right: Vec<String> =
        right.into_iter().map(|right| [before, right.as_ref()].concat()).collect();
    let (last, others) = right.split_last().map_or(("", &[][..]), |(last, rest)| (last, rest));
    ["“", part, "” should be ", &others.join(", "), " or ", last, "."].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_comes_back_from_its_text() {
        for workload in Workload::ALL {
            for rounds in ROUNDS {
                for out in Contender::ALL {
                    let mut setup = Setup { workload, rounds, ..Setup::default() };
                    setup.choose(out, false);
                    assert_eq!(Setup::parse(&setup.to_text()), Ok(setup.clone()));
                    assert!(setup.field.contains(&Contender::Limit));
                    assert_eq!(setup.field.len(), if out == Contender::Limit { 8 } else { 7 });
                    setup.choose(out, true);
                    assert_eq!(setup.field, Contender::ALL, "in the order of all");
                }
            }
        }
        let none = Setup { field: vec![Contender::Limit], ..Setup::default() };
        assert_eq!(Setup::parse(&none.to_text()), Ok(none));
    }

    #[test]
    fn whoever_cannot_do_the_work_stays_away_and_is_not_forgotten() {
        let setup = Setup { workload: Workload::Vecs, ..Setup::default() };
        assert!(!setup.racing().any(|contender| contender == Contender::TypedArena));
        assert_eq!(Setup::parse(&setup.to_text()).unwrap().field, Contender::ALL);
    }

    #[test]
    fn what_is_wrong_is_named_with_what_would_be_right() {
        for (text, sentence) in [
            ("", "It should begin with 1, the version of such links."),
            ("2&work=mixed", "It should begin with 1, the version of such links."),
            ("1&work=", "“work=” should be work=values, work=mixed, work=churn or work=vecs."),
            (
                "1&samples=1000000",
                "“samples=1000000” should be samples=11, samples=31, samples=101 or samples=301.",
            ),
            (
                "1&field=arena,book",
                "“book” should be arena, typed, first-fit, best-fit, buddies, size-classes or global.",
            ),
            ("1&ns=3", "“ns=3” should be work, samples or field."),
        ] {
            assert_eq!(Setup::parse(text), Err(sentence.to_owned()), "{text:?}");
        }
    }
}
