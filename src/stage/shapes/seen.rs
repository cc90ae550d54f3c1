//! What is written in a picture, read from its markup: for the tests of layouts.

use super::style::{BOLD, END, MIDDLE, MONO};
use super::{Area, Item, Picture, text_width};

/// A text as it stands in an item's markup.
pub(crate) struct Text {
    /// Where its letters are, as far as they have places of their own.
    pub(crate) xs: Vec<f32>,
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) style: u8,
    pub(crate) text: String,
}

/// Every text with where its letters are, in pixels.
pub(crate) fn texts(picture: &Picture) -> Vec<(String, Area)> {
    let mut all = Vec::new();
    for item in &picture.items {
        for Text { xs, y, size, style, text } in texts_of(item) {
            // Letters with places of their own are texts of their own; what has none follows the last
            // of them.
            let (last, own) = xs.split_last().expect("it has a place");
            let mut letters = text.chars();
            let parts = own.iter().zip(letters.by_ref()).map(|(x, c)| (*x, c.to_string()));
            let mut parts: Vec<(f32, String)> = parts.collect();
            parts.push((*last, letters.collect()));
            for (at, text) in parts {
                let w = text_width(&text, size, style);
                let x = match style {
                    style if style & MIDDLE > 0 => at - w / 2.0,
                    style if style & END > 0 => at - w,
                    _ => at,
                };
                let at = [item.x + x, item.y + y - size * 0.75, w, size * 0.8];
                let [x, y, w, h] = at.map(|length| length * picture.scale);
                all.push((text, Area::new(x, y, w, h)));
            }
        }
    }
    all
}

/// The texts of an item.
pub(crate) fn texts_of(item: &Item) -> Vec<Text> {
    let read = |markup: &str| {
        let (attributes, rest) = markup.split_once('>').expect("the tag ends");
        let (text, _) = rest.split_once("</text>").expect("the text ends");
        let lengths = |name: &str| -> Vec<f32> {
            let (_, value) = attributes.split_once(&format!("{name}=\"")).expect("it has one");
            let value = value.split('"').next().expect("it ends");
            value.split(' ').map(|length| length.parse().expect("it is a number")).collect()
        };
        let mut style = 0;
        for (sign, bit) in
            [("weight", BOLD), ("mono", MONO), ("\"middle\"", MIDDLE), ("\"end\"", END)]
        {
            style |= if attributes.contains(sign) { bit } else { 0 };
        }
        let mut text = text.to_owned();
        for (entity, c) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
            text = text.replace(entity, c);
        }
        let (y, size) = (lengths(" y")[0], lengths("font-size")[0]);
        Text { xs: lengths(" x"), y, size, style, text }
    };
    item.svg().split("<text").skip(1).map(read).collect()
}
