//! A picture as a file of its own.

use super::Picture;
use super::markup::{PATTERNS, fill, title};
use crate::html::escape;

/// A picture as a file: no style sheet, no script, no property that only a browser knows. `value`
/// gives the value of a custom property of the page, for example `#201d18` for `--ink`.
pub fn to_svg(picture: &Picture, name: &str, value: &dyn Fn(&str) -> String) -> String {
    let mut page = String::from(r#"<svg xmlns="http://www.w3.org/2000/svg""#);
    fill(&mut page, r#" width="@" height="@""#, &[picture.width, picture.height]);
    page.push_str(r#" viewBox=""#);
    page.push_str(&picture.view_box());
    page.push_str(r#"" font-family="var(--sans)">"#);
    title(&mut page, name);
    page.push_str(PATTERNS);
    page.push_str(r#"<rect width="100%" height="100%" fill="var(--paper)"/>"#);
    for item in &picture.items {
        fill(&mut page, r#"<g transform="translate(@ @)">"#, &[item.x, item.y]);
        page.push_str(item.svg());
        page.push_str("</g>");
    }
    page.push_str("</svg>\n");
    with_values(&page, value)
}

/// With the values of the custom properties in their places. They are attributes: in a text there is
/// no quotation mark.
fn with_values(page: &str, value: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    for (index, part) in page.split('"').enumerate() {
        out.push_str(if index == 0 { "" } else { "\"" });
        match part.strip_prefix("var(").and_then(|part| part.strip_suffix(')')) {
            Some(property) => escape(&mut out, &value(property)),
            None => out.push_str(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::style::{BOLD, END};
    use super::super::{Ink, Item, Look, Pen};
    use super::*;

    #[test]
    fn a_file_is_markup_whatever_the_texts_hold_and_needs_no_style_sheet() {
        let mut one = Item::new("a".to_owned(), 3.0, 4.0);
        one.hint("less < more & \"so\"");
        one.rect([0.0, 0.0, 10.0, 8.0], 2.0, Ink::FAULT_HATCH, Pen::dashed(Ink::FAULT, 2.0));
        one.badge([5.0, 5.0, 16.0], Look(3), "3");
        one.text(0.0, 0.0, 14.0, BOLD | END, Ink::TEXT, "<script> \"var(--ink)\"");
        let mut other = Item::new("b".to_owned(), 0.0, 0.0);
        other.arrow((0.0, 0.0), (30.0, 0.0), 0.0, Pen::new(Ink::ACCENT, 2.0));
        let picture = Picture { width: 40.0, height: 20.0, scale: 2.0, items: vec![one, other] };
        let svg = to_svg(&picture, "a & b", &|property| format!("[{property}, \"so\"]"));
        assert!(svg.contains("<title>a &amp; b</title>"));
        assert!(svg.contains(r#"width="40" height="20" viewBox="0 0 20 10""#));
        assert!(svg.contains("less &lt; more &amp; &quot;so&quot;"));
        assert!(svg.contains("&lt;script&gt; &quot;var(--ink)&quot;") && !svg.contains("<script"));
        assert!(!svg.contains("\"var(") && !svg.contains("class=") && !svg.contains("style="));
        assert!(svg.contains(r#"fill="[--actor-3, &quot;so&quot;]""#));
        assert!(svg.contains(r#"fill="url(#fault-hatch)""#));
        assert_eq!(svg.matches("<g ").count(), svg.matches("</g>").count());
    }
}
