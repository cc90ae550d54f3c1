//! Links that nobody can trust, and links that must open for ever.

use super::{Verdict, ensure};
use crate::{Machine, Player, Random, Run, Writer, link};

/// One link of each version that was released, for each demo: a line has the demo's name and the
/// link. Lines are added, never changed.
const RELEASED: &str = include_str!("../../tests/links/released.txt");

/// Every released link of a demo still opens, whole, and there is one of every version.
pub fn released_links_open<M: Machine>(demo: &str) -> Verdict {
    let links: Vec<&str> = RELEASED
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(name, link)| (name == demo).then_some(link))
        .collect();
    for version in link::VERSIONS {
        ensure(links.iter().any(|link| link.starts_with(*version)), || {
            format!("no link of version {version} is kept for {demo}")
        })?;
    }
    for text in links {
        let run = link::decode::<M>(text).map_err(|error| format!("{text}: {error}"))?;
        let cursor = run.cursor;
        let player = open(run)?;
        if let Some(shortfall) = player.shortfall() {
            return Err(format!("{text}: {shortfall}"));
        }
        ensure(player.cursor() == cursor, || format!("{text}: opens at another step"))?;
    }
    Ok(())
}

/// A text is a run whose only link it is, or an error with a place inside the text.
pub fn link_is_sound<M: Machine>(text: &str) -> Verdict {
    match link::decode::<M>(text) {
        Ok(run) => ensure(link::encode(&run) == text, || {
            format!("{text} is accepted, but the link of that run is {}", link::encode(&run))
        }),
        Err(error) => ensure(error.at <= text.chars().count(), || {
            format!("{text}: the place {} is not inside it", error.at)
        }),
    }
}

/// A run that somebody made by hand opens, as far as it goes, or its scenario is refused; it does
/// not panic, and can be looked at from its first to its last step.
pub fn run_opens<M: Machine>(run: Run<M>) -> Verdict {
    if M::start(&run.scenario).is_err() {
        return Ok(());
    }
    let mut player = open(run)?;
    player.last().map_err(|refused| refused.to_string())?;
    player.forward().map(drop).or(Ok(()))
}

fn open<M: Machine>(run: Run<M>) -> Result<Player<M>, String> {
    let mut player = Player::open(run).map_err(|error| error.to_string())?;
    while player.working().is_some() {
        player.advance(100_000).map_err(|refused| refused.to_string())?;
    }
    Ok(player)
}

/// Shows `visit` `rounds` arbitrary texts and `rounds` damaged ones of `valid` links.
pub fn hostile_links(valid: &[String], rounds: usize, seed: u64, mut visit: impl FnMut(&str)) {
    let mut random = Random::new(seed);
    for _ in 0..rounds {
        visit(&arbitrary(&mut random));
        if let Some(link) = random.pick(valid).cloned() {
            visit(&damaged(&link, &mut random));
        }
    }
}

/// Short mostly, and now and then long.
fn length(random: &mut Random) -> usize {
    match random.below(1_000) {
        0 => random.below(20_000),
        1..100 => random.below(500),
        _ => random.below(40),
    }
}

fn arbitrary(random: &mut Random) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let length = length(random);
    match random.below(4) {
        // Any characters, of any script.
        0 => (0..length).filter_map(|_| char::from_u32(random.below(0x11_0000) as u32)).collect(),
        1 => (0..length).map(|_| char::from(random.below(128) as u8)).collect(),
        2 => {
            let digits = (0..length).filter_map(|_| random.pick(DIGITS));
            std::iter::once(&b'1').chain(digits).map(|digit| char::from(*digit)).collect()
        }
        // Any bytes under a checksum that fits, small ones more often: they are counts and tags.
        _ => {
            let most = *random.pick(&[3, 16, 256]).unwrap_or(&256);
            link::seal(&(0..length).map(|_| random.below(most) as u8).collect::<Vec<u8>>())
        }
    }
}

fn damaged(text: &str, random: &mut Random) -> String {
    if random.below(4) == 0 {
        return damaged_text(text, random);
    }
    let Ok(mut body) = link::unseal(text) else { return text.to_owned() };
    for _ in 0..=random.below(3) {
        let at = random.below(body.len());
        match random.below(6) {
            0 => body.truncate(at),
            1 if at < body.len() => body[at] ^= 1 << random.below(8),
            2 if at < body.len() => body[at] = random.bits() as u8,
            // A number that is much too large, where a length or a count may have been.
            3 => {
                let end = (at + 1).min(body.len());
                let mut number = Writer::default();
                number.number(random.bits() >> random.below(64));
                body.splice(at..end, number.into_bytes());
            }
            4 => body.insert(at, random.bits() as u8),
            _ => body.extend_from_within(at..),
        }
    }
    link::seal(&body)
}

fn damaged_text(text: &str, random: &mut Random) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = random.below(characters.len());
    match random.below(4) {
        0 => characters.truncate(at),
        1 => characters[at] = char::from(random.below(128) as u8),
        2 => drop(characters.remove(at)),
        _ => characters.insert(at, char::from_u32(random.below(0xd800) as u32).unwrap_or('=')),
    }
    characters.into_iter().collect()
}
