//! What a person looks at, as the part of a link that is the view's own.

use arena::memory::Place;

use super::layout::Window;
use crate::stage::shapes::number;

/// The window as a text. What is as it is at first is left out; all together is nothing. Where the map
/// is, is told only if it does not go with what happens.
#[inline(never)]
pub(super) fn text(window: &Window) -> String {
    let mut text = String::new();
    if !window.follow {
        name(&mut text, "zoom=");
        number(&mut text, window.zoom.into());
        for (index, from) in window.from.iter().enumerate() {
            if index == 0 {
                name(&mut text, "from=");
            } else {
                text.push(',');
            }
            place(&mut text, *from);
        }
    }
    if window.lane > 0 {
        name(&mut text, "lane=");
        number(&mut text, window.lane as u32);
    }
    if let Some((lane, byte)) = window.selected {
        name(&mut text, "byte=");
        number(&mut text, lane as u32);
        text.push(':');
        place(&mut text, byte);
    }
    text
}

fn name(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('&');
    }
    text.push_str(name);
}

fn place(text: &mut String, place: Place) {
    number(text, place.piece);
    text.push(':');
    number(text, place.offset);
}

/// The window of a text. What cannot be read is the window at first: whatever it shows, the run is the
/// one that was asked for. Whether there is such a lane or such a byte, the picture sees.
#[inline(never)]
pub(super) fn read(text: &str) -> Window {
    try_read(text).unwrap_or_default()
}

fn try_read(text: &str) -> Option<Window> {
    let mut window = Window::default();
    for part in text.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        match name {
            "zoom" => {
                window.zoom = value.parse().ok()?;
                window.follow = false;
            }
            "from" => window.from = value.split(',').map(read_place).collect::<Option<_>>()?,
            "lane" => window.lane = read_lane(value)?,
            "byte" => {
                let (lane, byte) = value.split_once(':')?;
                window.selected = Some((read_lane(lane)?, read_place(byte)?));
            }
            // A newer build may tell more.
            _ => {}
        }
    }
    if window.follow {
        window.from.clear();
    }
    Some(window)
}

fn read_lane(text: &str) -> Option<usize> {
    text.parse::<u8>().ok().map(usize::from)
}

fn read_place(text: &str) -> Option<Place> {
    let (piece, offset) = text.split_once(':')?;
    Some(Place { piece: piece.parse().ok()?, offset: offset.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use machine::Random;

    use super::*;

    /// Places near the edges of what a place can be, too.
    fn some_place(random: &mut Random) -> Place {
        let mut some = || match random.below(4) {
            0 => u32::MAX - random.below(2) as u32,
            _ => random.below(70_000) as u32,
        };
        Place { piece: some(), offset: some() }
    }

    #[test]
    fn a_window_comes_back_from_its_text() {
        let mut random = Random::new(1);
        for _ in 0..10_000 {
            let follow = random.below(2) == 0;
            let mut window = Window { follow, lane: random.below(256), ..Window::default() };
            if !follow {
                window.zoom = random.below(25) as u8;
                window.from = (0..random.below(9)).map(|_| some_place(&mut random)).collect();
            }
            if random.below(2) == 0 {
                window.selected = Some((random.below(256), some_place(&mut random)));
            }
            let text = text(&window);
            assert!(
                text.chars().all(|c| c.is_ascii_alphanumeric() || "=&:,".contains(c)),
                "{text}"
            );
            assert_eq!(read(&text), window, "{text}");
        }
        assert_eq!(text(&Window::default()), "");
    }

    #[test]
    fn what_is_no_text_of_a_window_is_the_window_at_first() {
        for wrong in ["zoom", "zoom=", "zoom=256", "from=1", "byte=1:2", "byte=1:2:x", "lane=-1"] {
            assert_eq!(read(wrong), Window::default(), "{wrong}");
        }
        // It is no text without a place where the map begins, either.
        assert_eq!(text(&read("from=3:4&new=part")), "");
        // Texts of a window in which characters were exchanged, and others.
        let mut random = Random::new(2);
        let pieces =
            ["zoom=", "from=", "lane=", "byte=", "&", ":", ",", "-1", "4294967296", "%", "é", "7"];
        for _ in 0..10_000 {
            let count = random.below(12);
            let any: String = (0..count).map(|_| pieces[random.below(pieces.len())]).collect();
            let again = text(&read(&any));
            assert_eq!(text(&read(&again)), again, "{any}");
        }
    }
}
