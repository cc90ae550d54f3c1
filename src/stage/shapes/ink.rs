//! Colours by their meaning.

use super::Px;

/// What something is painted with. The values stand in `style/tokens.css`, for light and dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    /// Nothing: transparent.
    None,
    /// Text, and lines that matter as much.
    Text,
    /// Text that steps back.
    Muted,
    /// Thin lines that only divide.
    Line,
    /// What everything lies on.
    Paper,
    /// A quiet area on the paper.
    Shade,
    /// The one accent: what happens now.
    Accent,
    /// An area behind what happens now.
    AccentTint,
    /// Wrong, and only that.
    Fault,
    /// An area behind what is wrong.
    FaultTint,
    /// Hatching for what is wrong.
    FaultHatch,
    /// Hatching for what is there but not in use.
    Hatch,
    /// What an actor is painted with.
    Actor(Look),
    /// An area that belongs to an actor.
    ActorTint(Look),
    /// Text upon [`Ink::Actor`].
    OnActor,
}

impl Ink {
    /// The custom property that holds the colour; none for what is no colour.
    pub fn token(self) -> Option<String> {
        let name = match self {
            Ink::None | Ink::FaultHatch | Ink::Hatch => return None,
            Ink::Text => "--ink",
            Ink::Muted => "--muted",
            Ink::Line => "--line",
            Ink::Paper => "--paper",
            Ink::Shade => "--shade",
            Ink::Accent => "--accent",
            Ink::AccentTint => "--accent-tint",
            Ink::Fault => "--fault",
            Ink::FaultTint => "--fault-tint",
            Ink::OnActor => "--on-actor",
            Ink::Actor(look) => return Some(format!("--actor-{}", look.hue())),
            Ink::ActorTint(look) => return Some(format!("--actor-{}-tint", look.hue())),
        };
        Some(name.to_owned())
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
        let r = size / 2.0;
        match self.hue() {
            1 => circle(r),
            2 => polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)], r),
            3 => polygon(&[(0.0, -1.2), (1.18, 0.9), (-1.18, 0.9)], r),
            4 => polygon(&[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)], r),
            5 => polygon(
                &[(0.0, -1.12), (1.06, -0.35), (0.66, 0.9), (-0.66, 0.9), (-1.06, -0.35)],
                r,
            ),
            6 => polygon(
                &[
                    (0.55, -0.95),
                    (1.1, 0.0),
                    (0.55, 0.95),
                    (-0.55, 0.95),
                    (-1.1, 0.0),
                    (-0.55, -0.95),
                ],
                r,
            ),
            _ => polygon(&[(-1.0, -0.62), (1.0, -0.62), (1.0, 0.62), (-1.0, 0.62)], r),
        }
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

fn circle(r: f32) -> String {
    let r = Px::written(r);
    let d = 2.0 * r;
    let (left, r, right, back) = (Px(-r), Px(r), Px(d), Px(-d));
    format!("M{left} 0a{r} {r} 0 1 1 {right} 0a{r} {r} 0 1 1 {back} 0z")
}

fn polygon(corners: &[(f32, f32)], r: f32) -> String {
    let mut d = String::new();
    for (i, (x, y)) in corners.iter().enumerate() {
        d.push(if i == 0 { 'M' } else { 'L' });
        d.push_str(&format!("{} {}", Px(x * r), Px(y * r)));
    }
    d.push('z');
    d
}

#[cfg(test)]
mod tests {
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
        let inks = actors.flat_map(|look| [Ink::Actor(look), Ink::ActorTint(look)]).chain([
            Ink::Text,
            Ink::Muted,
            Ink::Line,
            Ink::Paper,
            Ink::Shade,
            Ink::Accent,
            Ink::AccentTint,
            Ink::Fault,
            Ink::FaultTint,
            Ink::OnActor,
        ]);
        let light = blocks(":root").remove(0);
        let dark = blocks(":root[data-theme=\"dark\"]").remove(0);
        for token in inks.filter_map(Ink::token) {
            for theme in [&light, &dark] {
                let colour = theme.iter().any(|line| line.starts_with(&format!("{token}: #")));
                assert!(colour, "{token}");
            }
        }
    }
}
