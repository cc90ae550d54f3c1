//! Numbers as they stand in sentences.

/// A number with a comma after each three digits.
pub fn counted(number: u64) -> String {
    let mut counted = number.to_string();
    let mut at = counted.len();
    while at > 3 {
        at -= 3;
        counted.insert(at, ',');
    }
    counted
}

/// So many of something, by its name for one of them: `1 call`, `9 calls`.
pub fn times(number: u64, one: &str) -> String {
    let mut text = counted(number);
    text.push(' ');
    text.push_str(one);
    if number != 1 {
        text.push('s');
    }
    text
}

/// A number of bytes.
pub fn bytes(number: u64) -> String {
    times(number, "byte")
}

/// An address, as addresses are written: `0x012340`.
pub fn hex(address: usize) -> String {
    let digits = (usize::BITS - address.leading_zeros()).div_ceil(4).max(6);
    let digit = |place: u32| char::from(b"0123456789abcdef"[address >> (4 * place) & 15]);
    "0x".chars().chain((0..digits).rev().map(digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(counted), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([bytes(0), bytes(1), bytes(4_000)], ["0 bytes", "1 byte", "4,000 bytes"]);
        for address in [0, 9, 0xabc, 0x12_3456, 0x1234_5678] {
            assert_eq!(hex(address), format!("0x{address:06x}"));
        }
    }
}
