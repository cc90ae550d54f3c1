//! Bytes in rows, as hexadecimal numbers and as text.

/// The bytes of a row.
pub const ROW: usize = 8;

/// A row of bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The address of the first.
    pub address: usize,
    /// As pairs of digits with a space between.
    pub hex: String,
    /// As characters; a point stands for what is none of ASCII.
    pub text: String,
}

/// The bytes from an address on.
pub fn rows(address: usize, bytes: &[u8]) -> impl Iterator<Item = Row> {
    (address..).step_by(ROW).zip(bytes.chunks(ROW)).map(|(address, bytes)| {
        let mut hex = String::with_capacity(3 * ROW);
        for (index, byte) in bytes.iter().enumerate() {
            if index > 0 {
                hex.push(' ');
            }
            let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
            hex.extend([digit(byte >> 4), digit(byte & 15)]);
        }
        let visible = |byte: &u8| matches!(byte, b' '..=b'~');
        let text = bytes.iter().map(|byte| if visible(byte) { char::from(*byte) } else { '·' });
        Row { address, hex, text: text.collect() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_there_twice() {
        let bytes: Vec<u8> =
            b"An oxide\n".iter().copied().chain([0, 255, b'~', 127]).cycle().take(20).collect();
        let rows: Vec<Row> = rows(0x1230, &bytes).collect();
        assert_eq!(rows[0].hex, "41 6e 20 6f 78 69 64 65");
        assert_eq!((rows[0].text.as_str(), rows[1].text.as_str()), ("An oxide", "···~·An "));
        assert_eq!((rows[2].address, rows[2].hex.as_str()), (0x1240, "6f 78 69 64"));
        assert_eq!(rows.len(), 3);
    }
}
