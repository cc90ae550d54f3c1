//! Numbers as they are typed. The library's own way to read one with a point brings tables of many
//! kilobytes with it.

/// Why a word is not a number that can be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wrong {
    /// It is not written as one.
    NotOne,
    /// It is one, and is too small, too large, or has too many digits.
    OutOfRange,
}

/// A whole number, not negative: `7`, `1_000`, `0x1f`.
pub(crate) fn whole(word: &str) -> Result<u64, Wrong> {
    match word.strip_prefix('-') {
        Some(negative) => unsigned(negative).and(Err(Wrong::OutOfRange)),
        None => unsigned(word),
    }
}

fn unsigned(word: &str) -> Result<u64, Wrong> {
    let (digits, radix) = match word.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None => (word, 10),
    };
    // What is too large so far may still turn out to be no number.
    let mut number = Err(Wrong::NotOne);
    for c in digits.chars().filter(|c| *c != '_') {
        let digit = c.to_digit(radix).ok_or(Wrong::NotOne)?;
        number = match number {
            Err(Wrong::NotOne) => Ok(digit.into()),
            Ok(before) => next(before, radix, digit).ok_or(Wrong::OutOfRange),
            too_large => too_large,
        };
    }
    number
}

fn next(before: u64, radix: u32, digit: u32) -> Option<u64> {
    before.checked_mul(radix.into())?.checked_add(digit.into())
}

/// So many digits a number with a point has at most, without zeros before them.
pub(crate) const DIGITS: u32 = 15;
/// So many of them after the point.
pub(crate) const DECIMALS: usize = 8;

/// A number that may have a sign and a point: `1.5`, `-2`. What it gives is the nearest `f64`, and
/// that as an `f32` is the nearest `f32`.
pub(crate) fn decimal(word: &str) -> Result<f64, Wrong> {
    let (sign, unsigned) = match word.strip_prefix('-') {
        Some(unsigned) => (-1.0, unsigned),
        None => (1.0, word),
    };
    let (mut number, mut decimals, mut point) = (0_u64, 0, false);
    let (mut digits, mut long) = (0, false);
    for c in unsigned.chars().filter(|c| *c != '_') {
        if c == '.' && !point && digits > 0 {
            point = true;
            digits = 0;
            continue;
        }
        number = number.saturating_mul(10);
        number = number.saturating_add(c.to_digit(10).ok_or(Wrong::NotOne)?.into());
        digits += 1;
        decimals += usize::from(point);
        long |= number >= 10_u64.pow(DIGITS) || decimals > DECIMALS;
    }
    if digits == 0 {
        return Err(Wrong::NotOne);
    }
    if long {
        return Err(Wrong::OutOfRange);
    }
    // Both are exact, so that the quotient is rounded once. As decimals are few, a quotient that is not
    // half way between two of `f32` is not rounded to there either.
    Ok(sign * number as f64 / POWERS[decimals])
}

/// Ten to the power of the index.
const POWERS: [f64; DECIMALS + 1] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

#[cfg(test)]
mod tests {
    use super::Wrong::*;
    use super::*;

    #[test]
    fn whole_numbers() {
        assert_eq!(whole("0"), Ok(0));
        assert_eq!(whole("1_000"), Ok(1_000));
        assert_eq!(whole("0xFf"), Ok(255));
        assert_eq!(whole("18446744073709551615"), Ok(u64::MAX));
        for out in ["18446744073709551616", "-1", "0x1_0000_0000_0000_0000", "99999999999999999999"]
        {
            assert_eq!(whole(out), Err(OutOfRange), "{out}");
        }
        for none in ["", "-", "0x", "0xg", "1.5", "20ms", "--1", "99999999999999999999x", "_"] {
            assert_eq!(whole(none), Err(NotOne), "{none}");
        }
    }

    #[test]
    fn numbers_with_a_point_are_those_of_the_library() {
        // A generator of numbers (a linear congruence; the upper half of its bits).
        let mut state = 1_u64;
        let mut random = move |limit: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 32) % limit
        };
        for _ in 0..300_000 {
            let decimals = random(DECIMALS as u64 + 1) as usize;
            let digits = 1 + random(u64::from(DIGITS)) as u32;
            let number = (random(1 << 32) << 32 | random(1 << 32)) % 10_u64.pow(digits);
            let text = format!("{number:0width$}", width = decimals + 1);
            let (before, behind) = text.split_at(text.len() - decimals);
            let point = if decimals > 0 { "." } else { "" };
            let text = format!("{}{before}{point}{behind}", ["", "-"][random(2) as usize]);
            let read = decimal(&text).unwrap();
            assert_eq!(read.to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
            assert_eq!((read as f32).to_bits(), text.parse::<f32>().unwrap().to_bits(), "{text}");
        }
    }

    #[test]
    fn half_way_between_two_floats() {
        // Between two neighbours of f32, and by the least above and below.
        for text in
            ["16777217", "1048576.0625", "1048576.06250001", "1048576.06249999", "8388608.5"]
        {
            let read = decimal(text).unwrap() as f32;
            assert_eq!(read.to_bits(), text.parse::<f32>().unwrap().to_bits(), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_with_a_point() {
        for none in ["", "-", ".", "1.", ".5", "1.5.2", "1e3", "0x1f", "--1", "1.x", "x"] {
            assert_eq!(decimal(none), Err(NotOne), "{none}");
        }
        for long in ["1000000000000000", "0.123456789", "99999999999999999999999999"] {
            assert_eq!(decimal(long), Err(OutOfRange), "{long}");
        }
        assert_eq!(decimal("000000000000000000001.5"), Ok(1.5));
        assert!(decimal("-0").unwrap().is_sign_negative());
    }
}
