//! Lengths as text.

use std::fmt;

/// A length in tenths of a pixel. The standard way to write a float brings 11 KB of exact arithmetic
/// with it, which no drawing needs.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Px(pub f32);

impl Px {
    /// The length as it will be written: what is to be exactly twice as long, say the diameter of a
    /// circle, is made of this.
    pub fn written(length: f32) -> f32 {
        (length * 10.0).round() / 10.0
    }

    /// Writes the length behind `out`.
    #[inline(never)]
    pub(super) fn push(self, out: &mut String) {
        let tenths = (self.0 * 10.0).round() as i32;
        if tenths < 0 {
            out.push('-');
        }
        let tenths = tenths.unsigned_abs();
        number(out, tenths / 10);
        let rest = tenths % 10;
        if rest > 0 {
            out.push('.');
            number(out, rest);
        }
    }
}

/// Writes a number behind `out`.
pub fn number(out: &mut String, number: u32) {
    if number > 9 {
        self::number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.push(&mut out);
        f.write_str(&out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_rounded_to_tenths_and_written_short() {
        for (length, text) in [
            (0.0, "0"),
            (12.0, "12"),
            (12.34, "12.3"),
            (0.05, "0.1"),
            (-0.04, "0"),
            (-7.25, "-7.3"),
            (99.96, "100"),
            (f32::NAN, "0"),
        ] {
            assert_eq!(Px(length).to_string(), text, "{length}");
        }
    }
}
