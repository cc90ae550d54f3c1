//! How wide a text is, without asking a browser, so that layouts are pure and tested on the host.
//!
//! The widths are those of a wide common sans serif in hundredths of the size: other system fonts
//! are narrower, so what fits by this table fits everywhere.

/// Printable ASCII from the space on.
const PLAIN: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75,
    79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35,
    63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];
/// Half-bold letters are wider by this.
const BOLD: f32 = 1.14;
/// Every letter of equal width.
const MONO: f32 = 0.602;
/// What is not ASCII: as wide as a wide letter.
const OTHER: u8 = 80;

/// About how wide a text is, in pixels; rather too much than too little.
pub fn text_width(text: &str, size: f32, bold: bool, mono: bool) -> f32 {
    if mono {
        return text.chars().count() as f32 * size * MONO;
    }
    let hundredths: u32 = text.chars().map(|c| u32::from(width(c))).sum();
    hundredths as f32 / 100.0 * size * if bold { BOLD } else { 1.0 }
}

fn width(c: char) -> u8 {
    match c {
        '…' => 100,
        '·' | '’' | '‘' => 34,
        '–' | '“' | '”' => 52,
        _ => (c as usize).checked_sub(32).and_then(|i| PLAIN.get(i)).copied().unwrap_or(OTHER),
    }
}

/// The text, or as much of its beginning as fits with an ellipsis behind it.
pub fn fit(text: &str, size: f32, limit: f32) -> String {
    fit_as(text, size, false, false, limit)
}

/// The same for letters of another kind.
pub fn fit_as(text: &str, size: f32, bold: bool, mono: bool, limit: f32) -> String {
    if text_width(text, size, bold, mono) <= limit {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        let mut longer = kept.clone();
        longer.push(c);
        longer.push('…');
        if text_width(&longer, size, bold, mono) > limit {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// The text broken between words into lines that fit; a word that is too wide stands alone.
pub fn wrap(text: &str, size: f32, limit: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line)
                if text_width(line, size, false, false)
                    + text_width(" ", size, false, false)
                    + text_width(word, size, false, false)
                    <= limit =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
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
        let width = text_width(text, 14.0, false, false);
        assert_eq!(fit(text, 14.0, width), text);
        for limit in 20..width as i32 {
            let cut = fit(text, 14.0, limit as f32);
            assert!(cut.ends_with('…'));
            assert!(text.starts_with(cut.trim_end_matches('…')));
            assert!(text_width(&cut, 14.0, false, false) <= limit as f32, "{cut} in {limit}");
        }
    }

    #[test]
    fn wrapping_keeps_every_word_in_order_and_every_line_within_the_limit() {
        let text = "a task that waits for a source that nobody will ever make ready";
        let lines = wrap(text, 14.0, 120.0);
        assert_eq!(lines.join(" "), text);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| text_width(line, 14.0, false, false) <= 120.0));
    }

    #[test]
    fn bold_is_wider_and_mono_counts_characters() {
        assert!(text_width("poll", 10.0, true, false) > text_width("poll", 10.0, false, false));
        assert_eq!(text_width("iiii", 10.0, false, true), text_width("MMMM", 10.0, false, true));
    }
}
