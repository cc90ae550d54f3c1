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

/// The patterns among the inks, in their order.
pub(super) const PATTERNS: &str = concat!(
    r#"<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="var(--line)" stroke-width="1.6"/></pattern>"#,
    r#"<pattern id="fault-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="var(--fault)" stroke-width="1.6"/></pattern>"#,
    r#"<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"><circle cx="2.5" cy="2.5" r="1" fill="var(--muted)"/></pattern>"#,
    r#"<pattern id="dashes" width="9" height="8" patternUnits="userSpaceOnUse"><path d="M2 4H6" stroke="var(--muted)"/></pattern>"#,
    r#"<pattern id="strokes" width="8" height="6" patternUnits="userSpaceOnUse"><path d="M0 3H8" stroke="var(--edge)"/></pattern>"#,
    r#"<pattern id="weave" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M0 0H4V4H0z" fill="var(--shade)"/><path d="M1 0V4M0 1H4" stroke="var(--edge)" stroke-width="0.7"/></pattern></defs>"#,
);
