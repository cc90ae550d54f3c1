//! A race as a file: its picture, or its samples.

use super::layout::picture;
use super::standing::{standings, verdict};
use super::{Canvas, Measured};
use crate::stage::{quote, save, save_picture};

/// Saves the picture.
#[inline(never)]
pub(super) fn picture_of(measured: &Measured, canvas: Canvas) {
    let canvas = match canvas.width < 1.0 {
        true => Canvas { width: 960.0, height: 600.0, text: 14.0 },
        false => canvas,
    };
    let standings = standings(&measured.setup, Some(&measured.results));
    let title = [&measured.heading(), ": ", &verdict(&measured.setup, &standings)].concat();
    save_picture("race.svg", &picture(&standings, canvas), &title);
}

/// Saves the samples, with all that belongs to them.
#[inline(never)]
pub(super) fn samples(measured: &Measured) {
    save("race.json", "application/json", &to_json(measured));
}

fn to_json(measured: &Measured) -> String {
    let Measured { setup, results, when, browser } = measured;
    let mut out = String::from("{\n  \"oxidoscope\": 1,\n  \"demo\": \"race\"");
    for (name, text) in [
        ("setup", setup.to_text().as_str()),
        ("work", setup.workload.talk()),
        ("measured", when),
        ("browser", browser),
    ] {
        out.push_str(",\n  \"");
        out.push_str(name);
        out.push_str("\": ");
        quote(&mut out, text);
    }
    out.push_str(",\n  \"tick_ns\": ");
    out.push_str(&results.tick.to_string());
    out.push_str(",\n  \"rows\": [");
    for (at, row) in results.rows.iter().enumerate() {
        out.push_str(if at == 0 { "\n    " } else { ",\n    " });
        out.push_str("{ \"allocator\": ");
        quote(&mut out, row.contender.name());
        out.push_str(", \"operations\": ");
        out.push_str(&row.operations.to_string());
        out.push_str(", \"samples_ns\": [");
        for (at, sample) in row.samples.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { ", " });
            out.push_str(&sample.to_string());
        }
        out.push_str("] }");
    }
    out.push_str("\n  ]\n}\n");
    out
}

#[cfg(test)]
mod tests {
    use arena_race::{Contender, Results, Row, Setup};

    use super::*;

    #[test]
    fn the_samples_are_there_with_their_date() {
        let row = Row { contender: Contender::Arena, operations: 1_024, samples: vec![5, 7] };
        let measured = Measured {
            setup: Setup::default(),
            results: Results { tick: 5_000, rows: vec![row] },
            when: "2026-11-23 17:12".to_owned(),
            browser: "A \"browser\"".to_owned(),
        };
        let json = to_json(&measured);
        for part in [
            r#""measured": "2026-11-23 17:12""#,
            r#""browser": "A \"browser\"""#,
            r#""tick_ns": 5000"#,
            r#"{ "allocator": "Arena", "operations": 1024, "samples_ns": [5, 7] }"#,
        ] {
            assert!(json.contains(part), "{part} in {json}");
        }
        assert_eq!(json.matches(['{', '[']).count(), json.matches(['}', ']']).count());
    }
}
