//! Colours by their meaning.

use super::Px;
use super::markup::fill;

/// What something is painted with. The values stand in `style/tokens.css`, for light and dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ink(u8);

/// The names of the inks, at their numbers; those of actors come behind.
const NAMES: [&str; 17] = [
    "none",
    "url(#hatch)",
    "url(#fault-hatch)",
    "url(#dots)",
    "url(#dashes)",
    "url(#strokes)",
    "url(#weave)",
    "ink",
    "muted",
    "line",
    "paper",
    "shade",
    "accent",
    "accent-tint",
    "fault",
    "fault-tint",
    "on-actor",
];
/// The first that is a colour.
const FIRST_COLOUR: u8 = 7;
const ACTORS: u8 = NAMES.len() as u8;

impl Ink {
    /// Nothing: transparent.
    pub const NONE: Ink = Ink(0);
    /// Hatching for what is there but not in use.
    pub const HATCH: Ink = Ink(1);
    /// Hatching for what is wrong.
    pub const FAULT_HATCH: Ink = Ink(2);
    /// Dots, for what is inside something and not a part of it: padding.
    pub const DOTS: Ink = Ink(3);
    /// Single dashes, for what is not there yet.
    pub const DASHES: Ink = Ink(4);
    /// Strokes through it, for what is no more.
    pub const STROKES: Ink = Ink(5);
    /// A close weave, for what keeps everything together and is nobody's.
    pub const WEAVE: Ink = Ink(6);
    /// Text, and lines that matter as much.
    pub const TEXT: Ink = Ink(FIRST_COLOUR);
    /// Text that steps back.
    pub const MUTED: Ink = Ink(FIRST_COLOUR + 1);
    /// Thin lines that only divide.
    pub const LINE: Ink = Ink(FIRST_COLOUR + 2);
    /// What everything lies on.
    pub const PAPER: Ink = Ink(FIRST_COLOUR + 3);
    /// A quiet area on the paper.
    pub const SHADE: Ink = Ink(FIRST_COLOUR + 4);
    /// The one accent: what happens now.
    pub const ACCENT: Ink = Ink(FIRST_COLOUR + 5);
    /// An area behind what happens now.
    pub const ACCENT_TINT: Ink = Ink(FIRST_COLOUR + 6);
    /// Wrong, and only that.
    pub const FAULT: Ink = Ink(FIRST_COLOUR + 7);
    /// An area behind what is wrong.
    pub const FAULT_TINT: Ink = Ink(FIRST_COLOUR + 8);
    /// Text upon [`Ink::actor`].
    pub const ON_ACTOR: Ink = Ink(FIRST_COLOUR + 9);

    /// What an actor is painted with.
    pub fn actor(look: Look) -> Ink {
        Ink(ACTORS + look.hue() * 2)
    }

    /// An area that belongs to an actor.
    pub fn actor_tint(look: Look) -> Ink {
        Ink(ACTORS + look.hue() * 2 + 1)
    }

    /// Writes it as SVG: a custom property of the page, if it is a colour.
    pub(super) fn push(self, out: &mut String) {
        let Ink(number) = self;
        if let Some(name) = NAMES.get(usize::from(number)) {
            if number >= FIRST_COLOUR {
                out.push_str("var(--");
            }
            out.push_str(name);
        } else {
            let actor = number - ACTORS;
            out.push_str("var(--actor-");
            out.push(char::from(b'0' + actor / 2));
            if actor & 1 > 0 {
                out.push_str("-tint");
            }
        }
        if number >= FIRST_COLOUR {
            out.push(')');
        }
    }
}

/// How an actor (a task, a thread, an allocation's owner) looks: a hue and a shape that belong
/// together, so that it is never told by colour alone. 0 is neutral: the machine itself, or the
/// person. From 7 on, hue and shape come round again, and the text in the badge tells them apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Look(pub u8);

impl Look {
    /// How many hues there are besides the neutral one.
    pub const HUES: u8 = 6;

    /// The number of the hue in the tokens: 0 is neutral.
    pub fn hue(self) -> u8 {
        match self.0 {
            0 => 0,
            n => (n - 1) % Self::HUES + 1,
        }
    }

    /// The outline of the shape around 0,0, in SVG's path language, of about this height.
    pub fn outline(self, size: f32) -> String {
        let mut out = String::new();
        self.trace(&mut out, 0.0, 0.0, size);
        out
    }

    /// Writes the outline around any point.
    #[inline(never)]
    pub(super) fn trace(self, out: &mut String, x: f32, y: f32, size: f32) {
        let r = size / 2.0;
        let corners = CORNERS[usize::from(self.hue() % 7)];
        if corners.is_empty() {
            let r = Px::written(r);
            let (d, left) = (r * 2.0, Px::written(x) - r);
            return fill(out, "M@ @a@ @ 0 1 1 @ 0a@ @ 0 1 1 @ 0z", &[left, y, r, r, d, r, r, -d]);
        }
        let mut pen = "M@ @";
        for (right, down) in corners {
            fill(out, pen, &[x + right * r, y + down * r]);
            pen = "L@ @";
        }
        out.push('z');
    }

    /// The shape's name, for words.
    pub fn shape_name(self) -> &'static str {
        match self.hue() {
            1 => "circle",
            2 => "square",
            3 => "triangle",
            4 => "diamond",
            5 => "pentagon",
            6 => "hexagon",
            _ => "bar",
        }
    }
}

/// The corners of the shapes by hue, in halves of their size; a circle has none.
const CORNERS: [&[(f32, f32)]; 7] = [
    &[(-1.0, -0.62), (1.0, -0.62), (1.0, 0.62), (-1.0, 0.62)],
    &[],
    &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
    &[(0.0, -1.2), (1.18, 0.9), (-1.18, 0.9)],
    &[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)],
    &[(0.0, -1.12), (1.06, -0.35), (0.66, 0.9), (-0.66, 0.9), (-1.06, -0.35)],
    &[(0.55, -0.95), (1.1, 0.0), (0.55, 0.95), (-0.55, 0.95), (-1.1, 0.0), (-0.55, -0.95)],
];

#[cfg(test)]
mod tests {
    use super::super::markup::PATTERNS;
    use super::*;

    const TOKENS: &str = include_str!("../../../style/tokens.css");

    /// What stands between the braces behind each `selector`, without indentation.
    fn blocks(selector: &str) -> Vec<Vec<&'static str>> {
        let block = |rest: &'static str| {
            let end = rest.find('}').expect("the block ends");
            rest[..end].lines().map(str::trim).filter(|line| !line.is_empty()).collect()
        };
        TOKENS.split(&format!("{selector} {{")).skip(1).map(block).collect()
    }

    #[test]
    fn a_circle_is_round_at_every_size() {
        // Two arcs, from side to side and back: were they further apart or nearer than twice the
        // radius by the least bit, it would be an egg.
        for size in 10..400 {
            let path = Look(1).outline(size as f32 / 10.0);
            let lengths: Vec<f32> = path
                .split(|c: char| !(c.is_ascii_digit() || "-.".contains(c)))
                .filter_map(|number| number.parse().ok())
                .collect();
            let (r, right, back) = (lengths[2], lengths[7], lengths[14]);
            assert!((right - 2.0 * r).abs() < 0.01 && (back + 2.0 * r).abs() < 0.01, "{path}");
        }
    }

    #[test]
    fn dark_by_the_system_and_dark_by_hand_are_the_same() {
        for present in ["", "[data-present]"] {
            let system = blocks(&format!(":root{present}:not([data-theme=\"light\"])"));
            let by_hand = blocks(&format!(":root{present}[data-theme=\"dark\"]"));
            assert_eq!((system.len(), by_hand.len()), (1, 1));
            assert_eq!(system, by_hand);
        }
    }

    #[test]
    fn every_ink_has_a_colour_in_light_and_in_dark() {
        let actors = (0..=Look::HUES).map(Look);
        let inks = actors.flat_map(|look| [Ink::actor(look), Ink::actor_tint(look)]);
        let inks = inks.chain((0..ACTORS).map(Ink)).map(|ink| {
            let mut out = String::new();
            ink.push(&mut out);
            out
        });
        let light = blocks(":root").remove(0);
        let dark = blocks(":root[data-theme=\"dark\"]").remove(0);
        let (colours, others): (Vec<_>, Vec<_>) = inks.partition(|ink| ink.starts_with("var"));
        let patterns = others.iter().filter_map(|ink| ink.strip_prefix("url(#")?.strip_suffix(')'));
        let drawn = PATTERNS.split("<pattern id=\"").skip(1).filter_map(|it| it.split('"').next());
        assert_eq!(others[0], "none");
        assert!(patterns.eq(drawn), "{others:?}");
        assert!(colours.contains(&"var(--actor-6-tint)".to_owned()));
        for token in colours.iter().map(|ink| &ink["var(".len()..ink.len() - 1]) {
            for theme in [&light, &dark] {
                let colour = theme.iter().any(|line| line.starts_with(&format!("{token}: #")));
                assert!(colour, "{token}");
            }
        }
    }
}
