//! What the address holds: what the person has set and chosen, never what was measured.

use arena_report::hex;
use arena_report::tracer::DEEPEST;

use super::actions::{ACTIONS, named};

/// What the person has set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Settings {
    /// Whether the tracers are shown, and not the memory.
    pub(super) tracer: bool,
    /// Whether what the page allocates to draw is counted too.
    pub(super) own: bool,
    /// The action that was taken last.
    pub(super) action: Option<usize>,
    /// The address that is looked at.
    pub(super) address: Option<usize>,
    /// How deep the book's tracer may go.
    pub(super) depth: usize,
}

/// How deep it goes at first.
const DEPTH: usize = 6;

impl Default for Settings {
    fn default() -> Self {
        Settings { tracer: false, own: false, action: None, address: None, depth: DEPTH }
    }
}

/// How a link begins: its version.
const VERSION: &str = "1";

impl Settings {
    /// As a link. What is as it is at first is left out; all together are nothing.
    pub(super) fn link(&self) -> String {
        let mut link = String::from(VERSION);
        if self.tracer {
            link.push_str("&view=tracer");
        }
        if self.depth != DEPTH {
            link.push_str("&depth=");
            link.push_str(&self.depth.to_string());
        }
        if self.own {
            link.push_str("&drawing=counted");
        }
        if let Some(action) = self.action.and_then(|action| ACTIONS.get(action)) {
            link.push_str("&action=");
            link.push_str(action.name);
        }
        if let Some(address) = self.address {
            link.push_str("&address=");
            link.push_str(&hex(address));
        }
        if link == VERSION { String::new() } else { link }
    }

    /// Reads a link, or says what is wrong with it, and what would be right.
    pub(super) fn read(link: &str) -> Result<Settings, String> {
        let mut settings = Settings::default();
        let mut parts = link.split('&');
        if parts.next() != Some(VERSION) {
            return Err("It should begin with 1, the version of such links.".to_owned());
        }
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let wrong = |right: &str| Err(wrong(part, right));
            match name {
                "view" => match value {
                    "memory" => settings.tracer = false,
                    "tracer" => settings.tracer = true,
                    _ => return wrong("view=memory or view=tracer"),
                },
                "drawing" => match value {
                    "counted" => settings.own = true,
                    _ => return wrong("drawing=counted, or not be there"),
                },
                "depth" => match value.parse() {
                    Ok(depth @ 1..=DEEPEST) => settings.depth = depth,
                    _ => return wrong("depth= and a number from 1 to 12"),
                },
                "action" => match named(value) {
                    Some(action) => settings.action = Some(action),
                    None => return wrong(&names()),
                },
                "address" => match address(value) {
                    Some(address) => settings.address = Some(address),
                    None => return wrong("address= and a number like 0x0123a8"),
                },
                _ => return wrong("view, drawing, depth, action or address"),
            }
        }
        Ok(settings)
    }
}

#[inline(never)]
fn wrong(part: &str, right: &str) -> String {
    ["“", part, "” should be ", right, "."].concat()
}

fn address(text: &str) -> Option<usize> {
    let digits = text.strip_prefix("0x")?;
    let mut address: u32 = 0;
    for digit in digits.chars() {
        address = address.checked_mul(16)? + digit.to_digit(16)?;
    }
    (!digits.is_empty()).then_some(address as usize)
}

fn names() -> String {
    let mut names = String::from("action= and one of");
    for action in ACTIONS {
        names.push(' ');
        names.push_str(action.name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_brings_back_what_was_set() {
        for tracer in [false, true] {
            for own in [false, true] {
                for action in [None, Some(0), Some(ACTIONS.len() - 1)] {
                    for address in [None, Some(0), Some(0xffff_fff8)] {
                        for depth in [1, DEPTH, DEEPEST] {
                            let settings = Settings { tracer, own, action, address, depth };
                            let link = settings.link();
                            if !link.is_empty() {
                                assert_eq!(Settings::read(&link), Ok(settings), "{link}");
                            }
                            assert_eq!(link.is_empty(), settings == Settings::default());
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn released_links_are_read() {
        let link = "1&view=tracer&depth=3&drawing=counted&action=room&address=0x1234a8";
        let expected = Settings {
            tracer: true,
            own: true,
            action: Some(2),
            address: Some(0x12_34a8),
            depth: 3,
        };
        assert_eq!(Settings::read(link), Ok(expected));
    }

    #[test]
    fn what_cannot_be_read_is_said_with_what_would_be_right() {
        for (link, right) in [
            ("", "begin with 1"),
            ("2&view=memory", "begin with 1"),
            ("1&view=heap", "view=memory"),
            ("1&depth=0", "from 1 to 12"),
            ("1&depth=99999999999999999999", "from 1 to 12"),
            ("1&action=", "push room"),
            ("1&address=1234", "0x0123a8"),
            ("1&address=0x", "0x0123a8"),
            ("1&address=0x+1", "0x0123a8"),
            ("1&address=0x123456789", "0x0123a8"),
            ("1&", "view, drawing"),
            ("1&live=300", "view, drawing"),
        ] {
            let what = Settings::read(link).unwrap_err();
            assert!(what.contains(right), "{link}: {what}");
        }
    }
}
