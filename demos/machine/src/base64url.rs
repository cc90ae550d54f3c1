//! Bytes as characters that stand in an address unescaped (RFC 4648, section 5, unpadded).

use crate::link::LinkError;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends `bytes`, six bits a character; the last character is filled up with zeros.
pub(crate) fn encode(bytes: &[u8], out: &mut String) {
    let (mut bits, mut count) = (0u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        while count >= 6 {
            count -= 6;
            push(bits >> count, out);
        }
    }
    if count > 0 {
        push(bits << (6 - count), out);
    }
}

/// Appends the character for the last six of some bits.
#[inline(never)]
fn push(bits: u32, out: &mut String) {
    out.push(char::from(ALPHABET[(bits & 63) as usize]));
}

/// Reads what [`encode`] writes and nothing else. Positions count from the start of `text`.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, LinkError> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut count) = (0u32, 0);
    for (at, character) in text.bytes().enumerate() {
        let value = value(character)
            .ok_or(LinkError::new(at, "a letter, a digit, a hyphen or an underscore"))?;
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    if count == 6 {
        return Err(LinkError::new(text.len(), "one more character"));
    }
    if bits != 0 {
        let expected = "a last character in which only the bits that count are set";
        return Err(LinkError::new(text.len() - 1, expected));
    }
    Ok(bytes)
}

fn value(character: u8) -> Option<u8> {
    Some(match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(bytes: &[u8]) -> String {
        let mut text = String::new();
        encode(bytes, &mut text);
        text
    }

    #[test]
    fn the_published_examples() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encoded(bytes.as_bytes()), text);
            assert_eq!(decode(text).unwrap(), bytes.as_bytes());
        }
        assert_eq!(encoded(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn every_text_of_up_to_three_characters_is_one_writing_or_none() {
        let characters: Vec<char> = ALPHABET.iter().map(|byte| char::from(*byte)).collect();
        let mut texts = vec![String::new()];
        for _ in 0..3 {
            texts = texts
                .iter()
                .flat_map(|t| characters.iter().map(move |c| format!("{t}{c}")))
                .collect();
            for text in &texts {
                if let Ok(bytes) = decode(text) {
                    assert_eq!(&encoded(&bytes), text);
                }
            }
        }
    }

    #[test]
    fn errors_say_where() {
        assert_eq!(decode("Zm 9").unwrap_err().at, 2);
        assert_eq!(decode("Zmäv").unwrap_err().at, 2);
        assert_eq!(decode("Zm9vY").unwrap_err().at, 5);
        assert_eq!(decode("Zm9vYh").unwrap_err().at, 5);
        assert_eq!(decode("Zm9v=").unwrap_err().at, 4);
    }
}
