//! What was measured.

use crate::{Contender, Summary};

/// The samples of a race.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Results {
    /// How long a tick of the clock was, in nanoseconds.
    pub tick: u64,
    /// Everybody who raced, each with as many samples.
    pub rows: Vec<Row>,
}

/// The samples of a contender.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Whose they are.
    pub contender: Contender,
    /// How many operations a sample has.
    pub operations: u64,
    /// How many nanoseconds each took, in the order in which they were taken.
    pub samples: Vec<u64>,
}

impl Results {
    /// How many samples there are of each.
    pub fn rounds(&self) -> usize {
        self.rows.first().map_or(0, |row| row.samples.len())
    }

    /// In how many ticks the shortest sample was measured, at least: what the clock rounds is one of so
    /// many. Nothing without a sample.
    pub fn ticks(&self) -> Option<u64> {
        let samples = self.rows.iter().flat_map(|row| &row.samples);
        samples.min().and_then(|shortest| shortest.checked_div(self.tick))
    }

    /// All of it as a text: the tick, and a line for each row.
    pub fn to_text(&self) -> String {
        let mut text = self.tick.to_string();
        for row in &self.rows {
            text.push('\n');
            text.push_str(row.contender.key());
            for number in [&row.operations].into_iter().chain(&row.samples) {
                text.push(' ');
                text.push_str(&number.to_string());
            }
        }
        text
    }

    /// Reads what [`to_text`](Results::to_text) wrote.
    pub fn parse(text: &str) -> Option<Results> {
        let mut lines = text.lines();
        let tick = lines.next()?.parse().ok()?;
        let row = |line: &str| {
            let mut words = line.split(' ');
            let contender = Contender::named(words.next()?)?;
            let operations = words.next()?.parse().ok().filter(|operations| *operations > 0)?;
            let samples = words.map(|word| word.parse().ok()).collect::<Option<Vec<u64>>>()?;
            Some(Row { contender, operations, samples })
        };
        Some(Results { tick, rows: lines.map(row).collect::<Option<Vec<_>>>()? })
    }
}

impl Row {
    /// The nanoseconds of an operation, sample by sample.
    pub fn per_operation(&self) -> impl Iterator<Item = f64> {
        self.samples.iter().map(|taken| *taken as f64 / self.operations as f64)
    }

    /// What the samples say, measured with a clock that ticks by so many nanoseconds; nothing if there
    /// are none.
    pub fn summary(&self, tick: u64) -> Option<Summary> {
        Summary::of(self.per_operation().collect(), tick as f64 / self.operations as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_come_back_from_their_text() {
        let row = |contender, samples: &[u64]| Row {
            contender,
            operations: 2_048,
            samples: samples.to_vec(),
        };
        let rows = vec![row(Contender::Limit, &[5, 7]), row(Contender::BestFit, &[1, 123_456_789])];
        let results = Results { tick: 100_000, rows };
        assert_eq!(Results::parse(&results.to_text()), Some(results));
        let none = Results { tick: 0, rows: vec![row(Contender::Arena, &[])] };
        assert_eq!(Results::parse(&none.to_text()), Some(none.clone()));
        assert_eq!(none.ticks(), None);
        assert_eq!(none.rows[0].summary(5), None);
    }

    #[test]
    fn other_texts_are_none() {
        for text in ["", "x", "5\nbook 1 2", "5\narena", "5\narena 0 1", "5\narena 3 -1", "5\n\n"] {
            assert_eq!(Results::parse(text), None, "{text:?}");
        }
    }
}
