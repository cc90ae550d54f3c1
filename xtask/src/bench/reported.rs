//! Figures that another program measures: it prints them, one flat JSON object a line,
//! `{"what": "...", "value": 1.5, "unit": "ms", "limit": 8}`; the limit may be missing or null. Lines
//! that begin otherwise are for people.

use std::process::{Command, Stdio};

use super::Figure;
use crate::Result;
use crate::process;

/// Runs the program, shows what it says to people, and takes its figures as those of `demo`.
pub(crate) fn figures(demo: &'static str, program: &mut Command) -> Result<Vec<Figure>> {
    let said = process::output(program.stderr(Stdio::inherit()))?;
    let mut figures = Vec::new();
    for line in said.lines() {
        if line.starts_with('{') {
            figures.push(figure(demo, line).ok_or(format!("this is no figure: {line}"))?);
        } else {
            eprintln!("{line}");
        }
    }
    if figures.is_empty() { Err("it has printed no figure".to_owned()) } else { Ok(figures) }
}

fn figure(demo: &'static str, line: &str) -> Option<Figure> {
    let fields = fields(line)?;
    let get = |key: &str| fields.iter().find(|(name, _)| name == key).map(|(_, value)| value);
    let (Value::Text(what), Value::Number(value), Value::Text(unit)) =
        (get("what")?, get("value")?, get("unit")?)
    else {
        return None;
    };
    let limit = match get("limit") {
        Some(Value::Number(limit)) => Some(*limit),
        Some(Value::Null) | None => None,
        Some(Value::Text(_) | Value::Truth) => return None,
    };
    Some(Figure { demo, what: what.clone(), value: *value, unit: unit.clone(), limit })
}

#[derive(Debug, PartialEq)]
enum Value {
    Text(String),
    Number(f64),
    /// `true` or `false`: whether a figure holds is worked out anew.
    Truth,
    Null,
}

/// The fields of a flat JSON object: texts, numbers and nulls.
fn fields(line: &str) -> Option<Vec<(String, Value)>> {
    let mut rest = line.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let (key, after) = text(rest)?;
        let after = after.trim_start().strip_prefix(':')?.trim_start();
        let (value, after) = if after.starts_with('"') {
            let (text, after) = text(after)?;
            (Value::Text(text), after)
        } else {
            let end = after.find(',').unwrap_or(after.len());
            let value = match after[..end].trim() {
                "null" => Value::Null,
                "true" | "false" => Value::Truth,
                number => Value::Number(number.parse().ok()?),
            };
            (value, &after[end..])
        };
        fields.push((key, value));
        let after = after.trim_start();
        rest = if after.is_empty() { after } else { after.strip_prefix(',')?.trim_start() };
    }
    Some(fields)
}

/// A JSON text in which at most quotes and backslashes are escaped, and what comes after it.
fn text(from: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = from.strip_prefix('"')?.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((out, &from[at + 2..])),
            '\\' => match chars.next()?.1 {
                c @ ('"' | '\\' | '/') => out.push(c),
                _ => return None,
            },
            c => out.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_read_as_it_was_written() {
        let read = |line| figure("executor", line).unwrap();
        let line = r#"{"what": "a \"b\", c", "value": 1.5, "unit": "ms", "limit": 8}"#;
        let expected = Figure {
            demo: "executor",
            what: "a \"b\", c".to_owned(),
            value: 1.5,
            unit: "ms".to_owned(),
            limit: Some(8.0),
        };
        assert_eq!(read(line), expected);
        assert_eq!(read(r#"{"unit":"ms","value":2e3,"what":"é"}"#).value, 2000.0);
        assert_eq!(read(r#"{"what":"x","value":1,"unit":"","limit":null}"#).limit, None);
        let line = r#"{"demo":"executor","what":"x","value":1,"unit":"","limit":2,"holds":true}"#;
        assert_eq!(read(line).limit, Some(2.0));
    }

    #[test]
    fn anything_else_is_no_figure() {
        for line in [
            "{}",
            "{",
            r#"{"what":"x"}"#,
            r#"{"what":"x","value":"1","unit":"ms"}"#,
            r#"{"what":"x","value":,"unit":"ms"}"#,
            r#"{"what":"x" "value":1,"unit":"ms"}"#,
            r#"{"what":"x\n","value":1,"unit":"ms"}"#,
            r#"{"what":"x","value":1,"unit":"ms","limit":"8"}"#,
        ] {
            assert_eq!(figure("executor", line), None, "{line}");
        }
    }
}
