//! How wide a text is, without asking a browser, so that layouts are pure and tested on the host.
//!
//! The widths are those of a wide common sans serif in hundredths of the size: other system fonts
//! are narrower, so what fits by this table fits everywhere.

use style::{BOLD, MONO};

/// How a text is written: the sum of these.
pub mod style {
    /// In ordinary letters from its left end.
    pub const PLAIN: u8 = 0;
    /// In half-bold letters.
    pub const BOLD: u8 = 2;
    /// In letters of equal width.
    pub const MONO: u8 = 4;
    /// Up to its right end.
    pub const END: u8 = 8;
    /// Around its middle.
    pub const MIDDLE: u8 = 16;
}

/// Printable ASCII from the space on.
const PLAIN: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75,
    79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35,
    63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];
/// Half-bold letters are wider by this.
const WIDER: f32 = 1.14;
/// Every letter of equal width, in hundredths.
const EQUAL: f32 = 60.2;
/// What is not ASCII: as wide as a wide letter.
const OTHER: u8 = 80;

/// About how wide a text is; rather too much than too little.
#[inline(never)]
pub fn text_width(text: &str, size: f32, style: u8) -> f32 {
    text.chars().map(|c| width(c, style)).sum::<f32>() * size / 100.0
}

/// How wide a character is, in hundredths of the size.
fn width(c: char, style: u8) -> f32 {
    if style & MONO > 0 {
        return EQUAL;
    }
    let width = match c {
        '…' => 100,
        '·' | '’' | '‘' => 34,
        '–' | '“' | '”' => 52,
        _ => (c as usize).checked_sub(32).and_then(|i| PLAIN.get(i)).copied().unwrap_or(OTHER),
    };
    f32::from(width) * if style & BOLD > 0 { WIDER } else { 1.0 }
}

/// Cuts a text so that it is at most `limit` wide: its beginning, with an ellipsis behind it. Gives
/// how wide it is then.
#[inline(never)]
pub fn fit(text: &mut String, size: f32, style: u8, limit: f32) -> f32 {
    let all = text_width(text, size, style);
    if all <= limit {
        return all;
    }
    let mut room = limit * 100.0 / size - width('…', style);
    let mut kept = String::new();
    for c in text.chars() {
        room -= width(c, style);
        if room < 0.0 {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    *text = kept;
    text_width(text, size, style)
}

/// The text broken between words into at most so many lines, each of which fits: all but a word that
/// is too wide by itself, and the last line, in which the rest stands.
#[inline(never)]
pub fn wrap(text: &str, size: f32, limit: f32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0.0;
    for word in text.split(' ') {
        let wide = text_width(word, size, style::PLAIN);
        room -= wide + width(' ', style::PLAIN) * size / 100.0;
        let full = lines.len() >= most;
        match lines.last_mut() {
            Some(line) if room >= 0.0 || full => {
                line.push(' ');
                line.push_str(word);
            }
            _ => {
                room = limit - wide;
                lines.push(word.to_owned());
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays_whole_and_what_does_not_is_cut_to_fit() {
        let text = "waiting for timer 3";
        for style in [style::PLAIN, BOLD, MONO] {
            let width = text_width(text, 14.0, style);
            let mut whole = text.to_owned();
            assert_eq!(fit(&mut whole, 14.0, style, width), width);
            assert_eq!(whole, text);
            for limit in 20..width as i32 {
                let mut cut = text.to_owned();
                let width = fit(&mut cut, 14.0, style, limit as f32);
                assert!(cut.ends_with('…'));
                assert!(text.starts_with(cut.trim_end_matches('…')));
                assert_eq!(width, text_width(&cut, 14.0, style));
                assert!(width <= limit as f32, "{cut} in {limit}");
            }
        }
    }

    #[test]
    fn wrapping_keeps_every_word_in_order_and_every_line_within_the_limit() {
        let text = "a task that waits for a source that nobody will ever make ready";
        let lines = wrap(text, 14.0, 120.0, usize::MAX);
        assert_eq!(lines.join(" "), text);
        assert!(lines.len() > 3);
        assert!(lines.iter().all(|line| text_width(line, 14.0, style::PLAIN) <= 120.0));
        let short = wrap(text, 14.0, 120.0, 2);
        assert_eq!((short.len(), &short[0], short.join(" ").as_str()), (2, &lines[0], text));
    }

    #[test]
    fn bold_is_wider_and_mono_counts_characters() {
        let width = |text, style| text_width(text, 10.0, style);
        assert!(width("poll", BOLD) > width("poll", style::PLAIN));
        assert_eq!(width("iiii", MONO), width("MMMM", MONO));
        assert_eq!(width("poll", MONO), width("poll", MONO | BOLD));
    }
}
