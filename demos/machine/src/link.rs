//! A run as a text that stands in an address: everything needed to be at the same step again.
//!
//! The first character is the version. The others are bytes in base64url: four of checksum, the
//! scenario, the number of stretches, each stretch (the command, and how often it repeats after the
//! first time), the cursor. A run has exactly one text. The demo is not in it: it stands in the path.

use std::fmt;

use crate::{Commands, Digest, Machine, Portable, Reader, Run, Writer, base64url};

/// The version that is written. A change of the format, or of how a demo writes a scenario or a
/// command, takes the next one and leaves a decoder behind in [`decoder`].
pub const VERSION: char = '1';

/// The longest text that is read, in characters. A run whose demo keeps to the sizes that
/// [`Portable`] allows always fits.
pub const MAX_LENGTH: usize = 16 << 20;

/// Bytes of checksum in front of the rest.
const CHECKSUM: usize = 4;

/// The text of a run.
pub fn encode<M: Machine>(run: &Run<M>) -> String {
    let mut body = Writer::default();
    run.scenario.write(&mut body);
    let stretches = run.commands.stretches();
    body.number(stretches.len() as u64);
    for (command, count) in stretches {
        command.write(&mut body);
        body.number(count as u64 - 1);
    }
    body.number(run.cursor as u64);
    seal(&body.into_bytes())
}

/// The text around `body`: the version before it and the checksum. Public for tests that damage a
/// link and put its checksum right again.
pub fn seal(body: &[u8]) -> String {
    let mut bytes = checksum(body).to_vec();
    bytes.extend_from_slice(body);
    let mut text = String::with_capacity(2 + bytes.len() / 3 * 4 + 4);
    text.push(VERSION);
    base64url::encode(&bytes, &mut text);
    text
}

/// The bytes inside a link, without the checksum; the opposite of [`seal`].
pub fn unseal(text: &str) -> Result<Vec<u8>, LinkError> {
    let (mut bytes, sound) = open(text)?;
    if !sound {
        return Err(LinkError::damage());
    }
    Ok(bytes.split_off(CHECKSUM))
}

/// Reads a run. Time and memory are bounded by the length of the text, whatever it holds: repeats
/// are counted, not carried out.
///
/// Whether the scenario can start and the commands are possible is not known yet: only the machine
/// knows, see [`Player::open`](crate::Player::open).
pub fn decode<M: Machine>(text: &str) -> Result<Run<M>, LinkError> {
    let version = text.chars().next().ok_or(LinkError::new(0, "a link, but here is nothing"))?;
    let decoder = decoder::<M>(version).ok_or(LinkError::new(0, KNOWN_VERSIONS))?;
    let (bytes, sound) = open(text)?;
    let mut body = Reader::of_version(&bytes[CHECKSUM..], version);
    let run = decoder(&mut body);
    judge(&body, sound)?;
    Ok(run)
}

/// Whether the body was read to its end.
fn judge(body: &Reader<'_>, sound: bool) -> Result<(), LinkError> {
    match body.error() {
        // The place at which the bytes stop to make sense says more than the checksum does.
        Some(error) => Err(LinkError { damaged: !sound, ..at(error.at, error.expected) }),
        None if !sound => Err(LinkError::damage()),
        None if body.remaining() > 0 => Err(at(body.position(), "the end of the link")),
        None => Ok(()),
    }
}

type Decoder<M> = fn(&mut Reader<'_>) -> Run<M>;

/// Every version that was ever released.
pub const VERSIONS: &[char] = &['1'];

const KNOWN_VERSIONS: &str = "a version that this build knows, which is 1; a link that begins \
                              with another character is cut in front, or was made by a newer build";

/// What reads a version; there is one for each of [`VERSIONS`].
fn decoder<M: Machine>(version: char) -> Option<Decoder<M>> {
    match version {
        '1' => Some(read_run),
        _ => None,
    }
}

fn read_run<M: Machine>(input: &mut Reader<'_>) -> Run<M> {
    let scenario = M::Scenario::read(input);
    let mut commands = Commands::default();
    let most = input.remaining() as u64;
    for _ in 0..input.number_to(most, "no more commands than the link has room for") {
        let place = input.position();
        let command = M::Command::read(input);
        if commands.last() == Some(&command) {
            let other = "another command than the one before it, whose count says how often";
            input.refuse(place, other);
        }
        let place = input.position();
        let count = usize::try_from(input.number()).unwrap_or(usize::MAX).saturating_add(1);
        if commands.push_many(command, count).is_err() {
            input.refuse(place, "at most 1,000,000 commands in all");
        }
        if input.error().is_some() {
            break;
        }
    }
    // The last command of a run may lead beyond the most steps, and the cursor with it.
    let most = u64::from(u32::MAX);
    let cursor = input.number_to(most, "a cursor of at most 4,294,967,295 steps") as usize;
    Run { scenario, commands, cursor }
}

/// Takes the text after the version apart: the bytes with the checksum in front, and whether it
/// fits them.
fn open(text: &str) -> Result<(Vec<u8>, bool), LinkError> {
    if text.len() > MAX_LENGTH {
        return Err(LinkError::new(
            MAX_LENGTH,
            "the end: a link has at most 16,777,216 characters",
        ));
    }
    let digits = text.get(1..).ok_or(LinkError::new(0, KNOWN_VERSIONS))?;
    let bytes = base64url::decode(digits).map_err(|error| LinkError {
        at: error.at + 1,
        damaged: true,
        ..error
    })?;
    if bytes.len() < CHECKSUM {
        return Err(LinkError { damaged: true, ..LinkError::new(text.len(), "more of the link") });
    }
    let (sum, body) = bytes.split_at(CHECKSUM);
    let sound = sum == checksum(body);
    Ok((bytes, sound))
}

fn checksum(body: &[u8]) -> [u8; CHECKSUM] {
    let digest = Digest::of_bytes(body);
    ((digest >> 32) as u32 ^ digest as u32).to_le_bytes()
}

/// From a place in the body to the character of the text in which that byte begins.
fn at(place: usize, expected: &'static str) -> LinkError {
    LinkError::new(1 + (CHECKSUM + place) * 4 / 3, expected)
}

/// Why a text is not a link, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LinkError {
    /// The character at which it is wrong, counted from 0; at most the number of characters.
    pub at: usize,
    /// What would be right there.
    pub expected: &'static str,
    /// The checksum does not fit: some of the link was changed or cut off on its way.
    pub damaged: bool,
}

impl LinkError {
    pub(crate) fn new(at: usize, expected: &'static str) -> Self {
        LinkError { at, expected, damaged: false }
    }

    fn damage() -> Self {
        LinkError { damaged: true, ..LinkError::new(1, "a checksum that fits the rest") }
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.damaged {
            f.write_str("The link was changed or cut off on its way. ")?;
        }
        write!(f, "At character {} there should be {}.", self.at + 1, self.expected)
    }
}

impl std::error::Error for LinkError {}
