//! Who stands where, and how that is put into words.

use arena_race::{Contender, Interval, Results, Setup, Summary};

use super::numbers::{duration, figure};

/// Somebody in the race.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Standing {
    pub(super) contender: Contender,
    /// What the samples say, if there are some.
    pub(super) summary: Option<Summary>,
    /// The median, as a multiple of the limit's.
    pub(super) times: Option<f64>,
}

/// Everybody who races, or has raced: the limit first, and then the smallest median first.
#[inline(never)]
pub(super) fn standings(setup: &Setup, results: Option<&Results>) -> Vec<Standing> {
    let Some(results) = results else {
        let waiting = |contender| Standing { contender, summary: None, times: None };
        return setup.racing().map(waiting).collect();
    };
    let mut all: Vec<Standing> = results
        .rows
        .iter()
        .map(|row| Standing {
            contender: row.contender,
            summary: row.summary(results.tick),
            times: None,
        })
        .collect();
    let limit = all.iter().find(|standing| standing.contender == Contender::Limit);
    let limit = limit.and_then(Standing::median).filter(|median| *median > 0.0);
    for standing in &mut all {
        standing.times = standing.median().and_then(|median| Some(median / limit?));
    }
    all.sort_by(|one, other| {
        let first = |standing: &Standing| standing.contender != Contender::Limit;
        let median = |standing: &Standing| standing.median().unwrap_or(0.0);
        first(one).cmp(&first(other)).then(median(one).total_cmp(&median(other)))
    });
    all
}

impl Standing {
    pub(super) fn median(&self) -> Option<f64> {
        self.summary.as_ref().map(|summary| summary.median)
    }

    pub(super) fn interval(&self) -> Option<Interval> {
        self.summary.as_ref()?.interval
    }

    /// Whether the samples are further apart than they are on a machine that does nothing else.
    fn is_spread(&self) -> bool {
        self.summary.as_ref().is_some_and(|summary| {
            let (low, high) = summary.quartiles;
            high - low > summary.median * BUSY
        })
    }

    /// In a sentence.
    pub(super) fn sentence(&self) -> String {
        let mut text = self.contender.name().to_owned();
        let Some(median) = self.median() else {
            text.push_str(" has not run yet.");
            return text;
        };
        text.push_str(": median ");
        text.push_str(&figure(median));
        text.push_str(" ns");
        if let Some(Interval { low, high }) = self.interval() {
            text.push_str(", with 95 % of certainty from ");
            text.push_str(&figure(low));
            text.push_str(" to ");
            text.push_str(&figure(high));
        }
        if let Some(times) = self.times.filter(|_| self.contender != Contender::Limit) {
            text.push_str("; ");
            text.push_str(&figure(times));
            text.push_str(" times the limit");
        }
        text.push('.');
        text
    }
}

/// If the middle half of the quickest one's samples is wider than this part of the median, something
/// else has run. Alone, it is a few hundredths.
const BUSY: f64 = 0.25;

/// What came of it, in some sentences.
#[inline(never)]
pub(super) fn verdict(setup: &Setup, standings: &[Standing]) -> String {
    let others: Vec<&Standing> =
        standings.iter().filter(|standing| standing.contender != Contender::Limit).collect();
    let (Some(first), Some(median)) =
        (others.first(), others.first().and_then(|first| first.median()))
    else {
        return match standings.iter().any(|standing| standing.summary.is_some()) {
            true => {
                "Only the limit has run. Choose some allocators to see them beside it.".to_owned()
            }
            false => "Stopped before the first round was over: nothing was measured.".to_owned(),
        };
    };
    let mut text = first.contender.name().to_owned();
    text.push_str(if others.len() > 1 { " is the quickest: " } else { " needs " });
    for part in [&figure(median), " ns for ", setup.workload.operation()] {
        text.push_str(part);
    }
    if let Some(times) = first.times {
        for part in [", ", &figure(times), " times the limit"] {
            text.push_str(part);
        }
    }
    text.push('.');
    if let Some(last) = others.last().filter(|_| others.len() > 1)
        && let Some(slowest) = last.median()
    {
        for part in [" ", last.contender.name(), " takes ", &figure(slowest / median)] {
            text.push_str(part);
        }
        text.push_str(" times as long.");
    }
    // The one remark that matters most: the sentences are read in a lecture, above the picture.
    if first.interval().is_none() {
        text.push_str(" With fewer than six samples nobody knows how sure that is.");
    } else if first.is_spread() {
        text.push_str(" Something else kept this machine busy meanwhile.");
    } else if let Some(second) = others.get(1)
        && overlap(first.interval(), second.interval())
    {
        let (one, other) = (first.contender.name(), lower(second.contender.name()));
        for part in [" ", one, " and ", &other, " are too near to each other to be told apart."] {
            text.push_str(part);
        }
    }
    text
}

fn overlap(one: Option<Interval>, other: Option<Interval>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one.high >= other.low)
}

/// As it stands within a sentence.
fn lower(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}

/// How well the clock could measure it.
#[inline(never)]
pub(super) fn precision(results: &Results) -> String {
    let Some(ticks) = results.ticks() else { return String::new() };
    let shortest = results.rows.iter().flat_map(|row| &row.samples).min().copied().unwrap_or(0);
    let mut text = duration(shortest);
    for part in [" or more, ", &ticks.to_string(), " ticks of the clock"] {
        text.push_str(part);
    }
    if ticks < 20 {
        text.push_str(". That is coarse: times are only as exact as one tick of so many");
    }
    text
}

/// The name of a browser, by what it says of itself.
pub(super) fn browser(agent: &str) -> String {
    // Each also names those that it is like; the one that is most its own comes first.
    for (mark, name) in [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chromium"),
        ("HeadlessChrome/", "Chromium"),
        ("Version/", "Safari"),
    ] {
        let version = agent.split(' ').find_map(|word| word.strip_prefix(mark));
        if let Some(version) = version {
            let major = version.split('.').next().unwrap_or(version);
            return [name, " ", major].concat();
        }
    }
    "a browser that does not say its name".to_owned()
}

#[cfg(test)]
mod tests {
    use arena_race::{Row, Workload};

    use super::*;

    fn results(rows: &[(Contender, &[u64])]) -> Results {
        let row = |(contender, samples): &(Contender, &[u64])| Row {
            contender: *contender,
            operations: 1_000,
            samples: samples.to_vec(),
        };
        Results { tick: 100, rows: rows.iter().map(row).collect() }
    }

    #[test]
    fn the_limit_comes_first_and_then_who_is_quicker() {
        let setup = Setup::default();
        let results = results(&[
            (Contender::Limit, &[2_000; 7]),
            (Contender::Arena, &[1_000; 7]),
            (Contender::Global, &[9_000; 7]),
            (Contender::FirstFit, &[4_000; 7]),
        ]);
        let standings = standings(&setup, Some(&results));
        let order: Vec<_> = standings.iter().map(|standing| standing.contender).collect();
        use Contender::*;
        assert_eq!(order, [Limit, Arena, FirstFit, Global]);
        assert_eq!(standings[2].times, Some(2.0));
        assert_eq!(
            standings[2].sentence(),
            "First fit: median 4.00 ns, with 95 % of certainty from 3.90 to 4.10; 2.00 times the limit."
        );
        assert_eq!(
            verdict(&setup, &standings),
            "Arena is the quickest: 1.00 ns for a block, allocated and freed, 0.50 times the limit. \
             This wasm’s own takes 9.00 times as long."
        );
    }

    #[test]
    fn what_the_samples_do_not_decide_is_said() {
        let setup = Setup { workload: Workload::Vecs, ..Setup::default() };
        let near = results(&[
            (Contender::Limit, &[1_000; 7]),
            (Contender::Buddies, &[4_000, 4_000, 4_000, 4_100, 4_500, 4_500, 4_500]),
            (Contender::SizeClasses, &[4_050, 4_100, 4_150, 4_200, 4_200, 4_300, 4_400]),
        ]);
        let said = verdict(&setup, &standings(&setup, Some(&near)));
        assert!(
            said.ends_with("Buddies and size classes are too near to each other to be told apart."),
            "{said}"
        );
        let few = results(&[(Contender::Limit, &[1_000; 3]), (Contender::Arena, &[2_000; 3])]);
        let said = verdict(&setup, &standings(&setup, Some(&few)));
        assert!(said.starts_with("Arena needs 2.00 ns for a push"), "{said}");
        assert!(said.ends_with("nobody knows how sure that is."), "{said}");
    }

    #[test]
    fn a_machine_that_was_busy_is_said_to_have_been() {
        let rows: &[(Contender, &[u64])] =
            &[(Contender::Arena, &[2_000, 2_000, 2_100, 2_200, 3_000, 3_100, 9_000])];
        let said = verdict(&Setup::default(), &standings(&Setup::default(), Some(&results(rows))));
        assert!(said.ends_with("kept this machine busy meanwhile."), "{said}");
        let one_pause: &[(Contender, &[u64])] =
            &[(Contender::Arena, &[2_000, 2_000, 2_100, 2_200, 2_000, 2_100, 9_000])];
        let said =
            verdict(&Setup::default(), &standings(&Setup::default(), Some(&results(one_pause))));
        assert!(!said.contains("busy"), "{said}");
    }

    #[test]
    fn nothing_measured_is_said_too() {
        let setup = Setup::default();
        let none = results(&[(Contender::Limit, &[]), (Contender::Arena, &[])]);
        let standings = standings(&setup, Some(&none));
        assert!(verdict(&setup, &standings).starts_with("Stopped before"));
        assert_eq!(standings[1].sentence(), "Arena has not run yet.");
        assert_eq!(precision(&none), "");
        let only = results(&[(Contender::Limit, &[1_000; 9])]);
        assert!(
            verdict(&setup, &super::standings(&setup, Some(&only))).starts_with("Only the limit")
        );
        let zero = results(&[(Contender::Limit, &[0; 9]), (Contender::Arena, &[0; 9])]);
        assert_eq!(super::standings(&setup, Some(&zero))[1].times, None, "no limit, no multiple");
    }

    #[test]
    fn how_exact_the_clock_was_is_said() {
        let fine = results(&[(Contender::Limit, &[5_020, 6_000])]);
        assert_eq!(precision(&fine), "5.02 µs or more, 50 ticks of the clock");
        let coarse = results(&[(Contender::Limit, &[600])]);
        assert!(precision(&coarse).contains("6 ticks of the clock. That is coarse"));
    }

    #[test]
    fn browsers_are_known_by_name() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.1.2 Safari/537.36",
                "Chromium 156",
            ),
            ("Mozilla/5.0 AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0.3", "Edge 150"),
            ("Mozilla/5.0 (X11; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox 153"),
            (
                "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/19.1 Safari/605.1.15",
                "Safari 19",
            ),
            ("", "a browser that does not say its name"),
        ] {
            assert_eq!(browser(agent), name);
        }
    }
}
