//! `bench`: every measured figure, as a table or as one JSON object a line.

mod arena;
mod engine;
mod frames;
mod reported;
pub(crate) mod size;

use crate::Result;
use crate::project::Project;

/// A measured figure, beside the limit that it must keep.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// The demo that it belongs to, or `page` for what all share.
    pub(crate) demo: &'static str,
    /// What was measured.
    pub(crate) what: String,
    /// How much it was.
    pub(crate) value: f64,
    /// In what.
    pub(crate) unit: String,
    /// How much it may be at most; none for a figure that others are compared with.
    pub(crate) limit: Option<f64>,
}

/// A module of figures.
struct Bench {
    demo: &'static str,
    run: fn(&mut Project) -> Result<Vec<Figure>>,
}

const BENCHES: &[Bench] = &[
    Bench { demo: "page", run: size::figures },
    Bench { demo: "executor", run: engine::figures },
    Bench { demo: "executor", run: engine::natively },
    Bench { demo: "executor", run: frames::figures },
    Bench { demo: "arena", run: arena::figures },
    Bench { demo: "arena", run: frames::map },
];

/// The command `bench`.
pub(crate) fn run(project: &mut Project, arguments: &[String]) -> Result {
    let json = arguments.iter().any(|argument| argument == "--json");
    let named = arguments.iter().find(|argument| *argument != "--json");
    if let Some(name) = named
        && !BENCHES.iter().any(|bench| bench.demo == name)
    {
        let mut names: Vec<_> = BENCHES.iter().map(|bench| bench.demo).collect();
        names.dedup();
        return Err(format!("there is nothing to measure for `{name}` (there is: {names:?})"));
    }
    let mut figures = Vec::new();
    for bench in BENCHES.iter().filter(|bench| named.is_none_or(|name| bench.demo == name)) {
        figures.extend((bench.run)(project)?);
    }
    if json {
        figures.iter().for_each(|figure| println!("{}", figure.json()));
    } else {
        print!("{}", table(&figures));
    }
    let broken = figures.iter().filter(|figure| !figure.holds()).count();
    if broken == 0 { Ok(()) } else { Err(format!("{broken} figures are over their limit")) }
}

impl Figure {
    fn holds(&self) -> bool {
        self.limit.is_none_or(|limit| self.value <= limit)
    }

    fn json(&self) -> String {
        let limit = self.limit.map_or("null".to_owned(), |limit| limit.to_string());
        format!(
            r#"{{"demo":{},"what":{},"value":{},"unit":{},"limit":{limit},"holds":{}}}"#,
            text(self.demo),
            text(&self.what),
            self.value,
            text(&self.unit),
            self.holds()
        )
    }
}

/// A JSON string.
fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The figures in columns.
fn table(figures: &[Figure]) -> String {
    let number =
        |value: f64| if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") };
    let rows = figures.iter().map(|figure| {
        let limit = figure.limit.map_or(String::new(), number);
        let holds = match figure.limit {
            Some(_) if figure.holds() => "holds",
            Some(_) => "OVER",
            None => "",
        };
        let value = number(figure.value);
        [figure.demo, &figure.what, &value, &figure.unit, &limit, holds].map(str::to_owned)
    });
    let head = ["demo", "what", "value", "unit", "limit", ""].map(str::to_owned);
    let rows: Vec<_> = std::iter::once(head).chain(rows).collect();
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 6] = std::array::from_fn(width);
    let mut out = String::new();
    for row in &rows {
        let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
            if matches!(column, 2 | 4) {
                format!("{cell:>width$}")
            } else {
                format!("{cell:width$}")
            }
        });
        out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64, limit: Option<f64>) -> Figure {
        let (what, unit) = ("first \"load\"".to_owned(), "KB".to_owned());
        Figure { demo: "page", what, value, unit, limit }
    }

    #[test]
    fn a_figure_holds_up_to_its_limit() {
        assert!(figure(110.0, Some(110.0)).holds());
        assert!(!figure(110.1, Some(110.0)).holds());
        assert!(figure(1e9, None).holds());
    }

    #[test]
    fn json_has_the_agreed_keys() {
        let line = r#"{"demo":"page","what":"first \"load\"","value":99.5,"unit":"KB","limit":110,"holds":true}"#;
        assert_eq!(figure(99.5, Some(110.0)).json(), line);
        assert!(figure(1.0, None).json().contains(r#""limit":null"#));
    }

    #[test]
    fn numbers_stand_under_each_other() {
        let table = table(&[figure(99.5, Some(110.0)), figure(1234.0, None)]);
        let expected = "\
demo  what          value  unit  limit
page  first \"load\"  99.50  KB      110  holds
page  first \"load\"   1234  KB
";
        assert_eq!(table, expected);
    }
}
