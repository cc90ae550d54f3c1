//! From shapes to SVG text: the same writer for the page and for a file.

use std::fmt::Write;

use super::{Anchor, Ink, Item, Pen, Picture, Px, Shape};

/// What an ink is called in the output: a custom property on the page, a colour in a file.
pub(super) type Palette<'a> = &'a dyn Fn(Ink) -> String;

/// On the page the colours are the page's own tokens.
pub(super) fn page_palette(ink: Ink) -> String {
    match ink {
        Ink::None => "none".to_owned(),
        Ink::Hatch => "url(#hatch)".to_owned(),
        Ink::FaultHatch => "url(#fault-hatch)".to_owned(),
        _ => ink.token().map_or_else(String::new, |token| format!("var({token})")),
    }
}

/// The patterns that [`Ink::Hatch`] and [`Ink::FaultHatch`] stand for.
pub(super) fn patterns(out: &mut String, palette: Palette<'_>) {
    out.push_str("<defs>");
    for (id, ink) in [("hatch", Ink::Line), ("fault-hatch", Ink::Fault)] {
        let stroke = palette(ink);
        _ = write!(
            out,
            r#"<pattern id="{id}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="{stroke}" stroke-width="1.6"/></pattern>"#
        );
    }
    out.push_str("</defs>");
}

/// What is inside an item's group.
pub(super) fn contents(out: &mut String, item: &Item, palette: Palette<'_>) {
    if let Some(hint) = &item.hint {
        out.push_str("<title>");
        escape(out, hint);
        out.push_str("</title>");
    }
    for shape in &item.shapes {
        draw(out, shape, palette);
    }
}

/// A picture as a file of its own: no style sheet, no script, no property that only a browser knows.
/// `colour` gives the value of an ink's token, for example `#201d18`.
pub fn to_svg(picture: &Picture, title: &str, colour: &dyn Fn(&str) -> String) -> String {
    let palette = move |ink: Ink| match ink.token() {
        Some(token) => colour(&token),
        None => page_palette(ink),
    };
    let (w, h) = (Px(picture.width), Px(picture.height));
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">"#
    );
    out.push_str("<title>");
    escape(&mut out, title);
    out.push_str("</title>");
    patterns(&mut out, &palette);
    _ = write!(out, r#"<rect width="100%" height="100%" fill="{}"/>"#, palette(Ink::Paper));
    for item in &picture.items {
        _ = write!(out, r#"<g transform="translate({} {})">"#, Px(item.x), Px(item.y));
        contents(&mut out, item, &palette);
        out.push_str("</g>");
    }
    out.push_str("</svg>\n");
    out
}

fn draw(out: &mut String, shape: &Shape, palette: Palette<'_>) {
    match shape {
        Shape::Rect { x, y, w, h, round, fill, pen } => {
            let [x, y, w, h, round] = [x, y, w, h, round].map(|length| Px(*length));
            _ = write!(out, r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{round}""#);
            finish(out, *fill, *pen, palette);
        }
        Shape::Path { d, fill, pen } => {
            _ = write!(out, r#"<path d="{d}""#);
            finish(out, *fill, *pen, palette);
        }
        Shape::Badge { x, y, size, look, text } => {
            _ = write!(
                out,
                r#"<path transform="translate({} {})" d="{}" stroke-linejoin="round""#,
                Px(*x),
                Px(*y),
                look.outline(*size)
            );
            finish(out, Ink::Actor(*look), None, palette);
            // A triangle and a pentagon have their weight below their middle.
            let drop = match look.hue() {
                3 => 0.36,
                5 => 0.26,
                _ => 0.23,
            };
            let font = size * if text.chars().count() > 1 { 0.54 } else { 0.66 };
            _ = write!(
                out,
                r#"<text x="{}" y="{}" font-size="{}" font-weight="700" text-anchor="middle" fill="{}" {}>"#,
                Px(*x),
                Px(y + size * drop),
                Px(font),
                palette(Ink::OnActor),
                SANS
            );
            escape(out, text);
            out.push_str("</text>");
        }
        Shape::Text(text) => {
            _ = write!(
                out,
                r#"<text x="{}" y="{}" font-size="{}" fill="{}""#,
                Px(text.x),
                Px(text.y),
                Px(text.size),
                palette(text.ink)
            );
            if text.bold {
                out.push_str(r#" font-weight="600""#);
            }
            match text.anchor {
                Anchor::Start => {}
                Anchor::Middle => out.push_str(r#" text-anchor="middle""#),
                Anchor::End => out.push_str(r#" text-anchor="end""#),
            }
            out.push(' ');
            out.push_str(if text.mono { MONO } else { SANS });
            out.push('>');
            escape(out, &text.text);
            out.push_str("</text>");
        }
    }
}

/// System fonts, as in `style/tokens.css`; an attribute cannot hold the inner quotes.
const SANS: &str = r#"font-family="system-ui, Segoe UI, Roboto, Noto Sans, sans-serif""#;
const MONO: &str =
    r#"font-family="ui-monospace, SF Mono, Cascadia Mono, Consolas, DejaVu Sans Mono, monospace""#;

fn finish(out: &mut String, fill: Ink, pen: Option<Pen>, palette: Palette<'_>) {
    _ = write!(out, r#" fill="{}""#, palette(fill));
    if let Some(pen) = pen {
        _ = write!(out, r#" stroke="{}" stroke-width="{}""#, palette(pen.ink), Px(pen.width));
        if pen.dashed {
            _ = write!(
                out,
                r#" stroke-dasharray="{} {}""#,
                Px(pen.width * 3.0),
                Px(pen.width * 2.5)
            );
        }
    }
    out.push_str("/>");
}

/// Writes a text so that markup in it is only text.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Characters that XML cannot hold at all.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Look, arrow, badge, rect, text};
    use super::*;

    fn picture() -> Picture {
        let item = Item::new("a", 3.0, 4.0)
            .hint("less < more & \"so\"")
            .with(rect(0.0, 0.0, 10.0, 8.0, Ink::FaultHatch, Some(Pen::dashed(Ink::Fault, 2.0))))
            .with(badge(5.0, 5.0, 16.0, Look(3), "3"))
            .with(text(0.0, 0.0, 14.0, Ink::Text, "<script>").bold().end().into());
        let [shaft, tip] = arrow((0.0, 0.0), (30.0, 0.0), 0.0, Pen::new(Ink::Accent, 2.0));
        Picture {
            width: 40.0,
            height: 20.0,
            items: vec![item, Item::new("b", 0.0, 0.0).with(shaft).with(tip)],
        }
    }

    #[test]
    fn a_file_is_markup_whatever_the_texts_hold_and_needs_no_style_sheet() {
        let svg = to_svg(&picture(), "a & b", &|token| format!("[{token}]"));
        assert!(svg.contains("<title>a &amp; b</title>"));
        assert!(svg.contains("less &lt; more &amp; &quot;so&quot;"));
        assert!(svg.contains("&lt;script&gt;") && !svg.contains("<script"));
        assert!(!svg.contains("var(") && !svg.contains("class=") && !svg.contains("style="));
        assert!(
            svg.contains(r#"fill="[--actor-3]""#) && svg.contains(r#"fill="url(#fault-hatch)""#)
        );
        assert_eq!(svg.matches("<g ").count(), svg.matches("</g>").count());
    }

    #[test]
    fn every_ink_is_a_colour_a_pattern_or_nothing() {
        let colours = [Ink::Text, Ink::Line, Ink::Paper, Ink::Actor(Look(8)), Ink::OnActor];
        for ink in colours {
            assert!(page_palette(ink).starts_with("var(--"), "{ink:?}");
        }
        assert_eq!(page_palette(Ink::Actor(Look(8))), "var(--actor-2)");
        assert_eq!(page_palette(Ink::Hatch), "url(#hatch)");
        assert_eq!(page_palette(Ink::None), "none");
    }

    #[test]
    fn a_straight_arrow_ends_with_its_tip_at_its_target() {
        let [shaft, tip] = arrow((0.0, 0.0), (30.0, 0.0), 0.0, Pen::new(Ink::Text, 1.0));
        let (Shape::Path { d: shaft, .. }, Shape::Path { d: tip, .. }) = (shaft, tip) else {
            panic!("two paths");
        };
        assert!(tip.starts_with("M30 0L"));
        assert!(shaft.starts_with("M0 0Q") && shaft.ends_with(" 23 0"));
    }
}
