//! Pieces of SVG as text. Colours and fonts stand in it as the page's custom properties, `var(--ink)`;
//! a file has their values instead.

use super::Px;
use crate::html::escape;

/// Writes a template with a length in the place of each `@`.
#[inline(never)]
pub(super) fn fill(out: &mut String, template: &str, lengths: &[f32]) {
    let mut lengths = lengths.iter();
    for c in template.chars() {
        match c {
            '@' => Px(lengths.next().copied().unwrap_or_default()).push(out),
            c => out.push(c),
        }
    }
}

/// Writes the name of what a pointer that rests here is told.
#[inline(never)]
pub(super) fn title(out: &mut String, text: &str) {
    out.push_str("<title>");
    escape(out, text);
    out.push_str("</title>");
}

/// The patterns that [`Ink::Hatch`](super::Ink::Hatch) and
/// [`Ink::FaultHatch`](super::Ink::FaultHatch) stand for.
pub(super) const PATTERNS: &str = concat!(
    r#"<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="var(--line)" stroke-width="1.6"/></pattern>"#,
    r#"<pattern id="fault-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="var(--fault)" stroke-width="1.6"/></pattern></defs>"#,
);
