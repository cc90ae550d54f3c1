//! Numbers as they are read.

use crate::stage::counted;

/// A number of three digits that count: 0.42, 7.31, 12.8, 128, 1,280. It has at most two behind its
/// point.
#[inline(never)]
pub(super) fn figure(value: f64) -> String {
    let hundredths = (value * 100.0).round() as usize;
    if hundredths < 1_000 {
        return with_point(hundredths, 100);
    }
    let tenths = (value * 10.0).round() as usize;
    match tenths < 1_000 {
        true => with_point(tenths, 10),
        false => counted(value.round() as usize),
    }
}

/// So many parts, of which there are so many to a whole: 10 or 100.
fn with_point(parts: usize, whole: usize) -> String {
    let mut text = (parts / whole).to_string();
    text.push('.');
    if whole == 100 && parts % whole < 10 {
        text.push('0');
    }
    text.push_str(&(parts % whole).to_string());
    text
}

/// A time in nanoseconds, in the unit that suits it: 5 µs, 0.1 ms, 16.7 ms.
#[inline(never)]
pub(super) fn duration(nanoseconds: u64) -> String {
    let (value, unit) = match nanoseconds {
        0..1_000 => (nanoseconds as f64, " ns"),
        1_000..100_000 => (nanoseconds as f64 / 1e3, " µs"),
        _ => (nanoseconds as f64 / 1e6, " ms"),
    };
    let figure = figure(value);
    // What is exact needs no zeros behind it.
    let short = match figure.contains('.') {
        true => figure.trim_end_matches('0').trim_end_matches('.'),
        false => &figure,
    };
    [short, unit].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_count() {
        for (value, text) in [
            (0.0, "0.00"),
            (0.416, "0.42"),
            (7.0, "7.00"),
            (7.305, "7.31"),
            (9.994, "9.99"),
            (9.996, "10.0"),
            (12.84, "12.8"),
            (99.96, "100"),
            (128.4, "128"),
            (1_279.6, "1,280"),
            (-3.0, "0.00"),
            (f64::NAN, "0.00"),
        ] {
            assert_eq!(figure(value), text, "{value}");
        }
    }

    #[test]
    fn times_have_the_unit_that_suits_them() {
        for (nanoseconds, text) in [
            (0, "0 ns"),
            (800, "800 ns"),
            (5_000, "5 µs"),
            (100_000, "0.1 ms"),
            (1_000_000, "1 ms"),
            (5_020_000, "5.02 ms"),
            (16_666_667, "16.7 ms"),
            (200_000_000, "200 ms"),
        ] {
            assert_eq!(duration(nanoseconds), text);
        }
    }
}
