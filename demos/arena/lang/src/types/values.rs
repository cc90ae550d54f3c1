//! Values of a type: where their parts lie, their bytes, and how they are written in Rust.

use std::fmt::Write;

use super::Type;

/// A part of a value that has no parts itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leaf {
    /// Where it begins, in bytes from the value's first one.
    pub offset: u32,
    /// Its type, which has no fields.
    pub ty: &'static Type,
}

/// The parts of a value that have no parts themselves, fields of fields included, in the order of
/// their offsets; a value without parts is its own.
pub fn leaves(ty: &'static Type) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    add_leaves(ty, 0, &mut leaves);
    leaves
}

fn add_leaves(ty: &'static Type, offset: u32, leaves: &mut Vec<Leaf>) {
    if ty.fields.is_empty() {
        leaves.push(Leaf { offset, ty });
    }
    for field in ty.fields {
        add_leaves(field.ty(), offset + field.offset, leaves);
    }
}

/// Adds the bytes of a value that is easy to tell from others: each of its numbers is `number`, a
/// floating-point one has `.5` behind it, a character is the so-manieth letter, a `bool` is whether
/// the number is odd. Padding is zero.
pub fn sample(ty: &'static Type, number: u32, out: &mut Vec<u8>) {
    let begin = out.len();
    out.resize(begin + ty.size as usize, 0);
    for Leaf { offset, ty } in leaves(ty) {
        let value = match ty.name {
            "f32" => u64::from((number as f32 + 0.5).to_bits()),
            "f64" => (f64::from(number) + 0.5).to_bits(),
            "char" => u64::from('a') + u64::from(number % 26),
            "bool" => u64::from(number % 2),
            _ => u64::from(number),
        };
        put(out, begin + offset as usize, ty.size, value);
    }
}

/// Writes the lowest `size` bytes of a number, the lowest first, where they are all inside.
pub(crate) fn put(bytes: &mut [u8], at: usize, size: u32, number: u64) {
    if let Some(place) = bytes.get_mut(at..at + size as usize) {
        place.copy_from_slice(&number.to_le_bytes()[..place.len()]);
    }
}

/// A value as Rust writes it: `Point { x: 1.5, y: 2 }`, `7`, `'c'`. A number that has more than three
/// decimals ends with `…`; bytes that are no value of their type are told as what they are.
pub fn show(ty: &Type, bytes: &[u8]) -> String {
    let mut text = String::new();
    show_at(ty, bytes, 0, &mut text);
    text
}

fn show_at(ty: &Type, bytes: &[u8], at: u32, text: &mut String) {
    if ty.fields.is_empty() {
        return show_leaf(ty, bytes.get(at as usize..).unwrap_or_default(), text);
    }
    text.push_str(ty.name);
    for (index, field) in ty.fields.iter().enumerate() {
        text.push_str(if index == 0 { " { " } else { ", " });
        text.push_str(field.name);
        text.push_str(": ");
        show_at(field.ty(), bytes, at + field.offset, text);
    }
    text.push_str(" }");
}

/// Shows the value with whose bytes `bytes` begin.
fn show_leaf(ty: &Type, bytes: &[u8], text: &mut String) {
    let Some(bytes) = bytes.get(..ty.size as usize) else { return text.push('…') };
    let mut all = [0; 8];
    all[..bytes.len()].copy_from_slice(bytes);
    let number = u64::from_le_bytes(all);
    let low = number as u32;
    // Writing to a string cannot fail.
    _ = match ty.name {
        "()" => write!(text, "()"),
        "f32" => {
            show_float(f32::from_bits(low).into(), |it| it as f32 == f32::from_bits(low), text)
        }
        "f64" => show_float(f64::from_bits(number), |it| it == f64::from_bits(number), text),
        "bool" => match number {
            0 => write!(text, "false"),
            1 => write!(text, "true"),
            other => write!(text, "no bool ({other})"),
        },
        "char" => match char::from_u32(low) {
            Some(c @ ('\'' | '\\')) => write!(text, "'\\{c}'"),
            Some(c) if (c as u32) < 32 => write!(text, "'\\u{{{low:x}}}'"),
            Some(c) => write!(text, "'{c}'"),
            None => write!(text, "no char ({low:#x})"),
        },
        _ => write!(text, "{number}"),
    };
}

/// A number is shown with at most so many thousandths: those are exact in an `f64`.
const MOST_THOUSANDTHS: f64 = 9e15;

/// Shows a number as the shortest with at most three decimals that `is` it. The library's own way
/// brings many kilobytes with it.
fn show_float(number: f64, is: impl Fn(f64) -> bool, text: &mut String) -> std::fmt::Result {
    if number.is_nan() {
        return text.write_str("NaN");
    }
    if number.is_sign_negative() {
        text.push('-');
    }
    let thousandths = number.abs() * 1000.0;
    if thousandths > MOST_THOUSANDTHS {
        return text.write_str(if number.is_infinite() { "inf" } else { "…" });
    }
    let rounded = (thousandths + 0.5) as u64;
    let exact = is((rounded as f64 / 1000.0).copysign(number));
    let shown = if exact { rounded } else { thousandths as u64 };
    write!(text, "{}", shown / 1000)?;
    let mut decimals = shown % 1000;
    if decimals > 0 || !exact {
        text.push('.');
    }
    let mut digit = 100;
    while digit > 0 && (decimals > 0 || !exact) {
        write!(text, "{}", decimals / digit)?;
        decimals %= digit;
        digit /= 10;
    }
    if exact { Ok(()) } else { text.write_str("…") }
}

#[cfg(test)]
mod tests {
    use super::super::{TYPES, find};
    use super::*;

    fn ty(name: &str) -> &'static Type {
        find(name).unwrap()
    }

    fn shown(name: &str, number: u64) -> String {
        let size = ty(name).size as usize;
        show(ty(name), &number.to_le_bytes()[..size])
    }

    #[test]
    fn leaves_lie_where_the_fields_of_fields_lie() {
        let found = |name| -> Vec<(u32, &str)> {
            leaves(ty(name)).iter().map(|leaf| (leaf.offset, leaf.ty.name)).collect()
        };
        assert_eq!(found("u16"), [(0, "u16")]);
        assert_eq!(found("()"), [(0, "()")]);
        assert_eq!(found("Header"), [(0, "u8"), (8, "u64"), (16, "u16")]);
        assert_eq!(found("Span"), [(0, "f32"), (4, "f32"), (8, "f32"), (12, "f32")]);
        for ty in TYPES {
            let all: u32 = leaves(ty).iter().map(|leaf| leaf.ty.size).sum();
            let padding: u32 = ty.padding().iter().map(|row| row.end - row.start).sum();
            assert_eq!(all + padding, ty.size, "{}", ty.name);
        }
    }

    #[test]
    fn a_sample_is_easy_to_read() {
        let sampled = |name, number| {
            let mut bytes = vec![9];
            sample(ty(name), number, &mut bytes);
            assert_eq!(bytes.remove(0), 9, "what was there is there");
            assert_eq!(bytes.len(), ty(name).size as usize);
            for row in ty(name).padding() {
                assert!(bytes[row.start as usize..row.end as usize].iter().all(|byte| *byte == 0));
            }
            show(ty(name), &bytes)
        };
        assert_eq!(sampled("u8", 7), "7");
        assert_eq!(sampled("u8", 258), "2", "the lowest byte");
        assert_eq!(sampled("u64", u32::MAX), "4294967295");
        assert_eq!(sampled("char", 27), "'b'");
        assert_eq!(sampled("bool", 3), "true");
        assert_eq!(sampled("()", 3), "()");
        assert_eq!(sampled("f64", u32::MAX), "4294967295.5");
        assert_eq!(sampled("AsWritten", 3), "AsWritten { tag: 3, length: 3, kind: 3 }");
        assert_eq!(
            sampled("Span", 1),
            "Span { from: Point { x: 1.5, y: 1.5 }, to: Point { x: 1.5, y: 1.5 } }"
        );
    }

    #[test]
    fn floats_are_shown_as_they_are_typed() {
        let f32 = |number: f32| shown("f32", number.to_bits().into());
        let f64 = |number: f64| shown("f64", number.to_bits());
        for number in
            ["0", "-0", "2", "-2", "1.5", "0.1", "-0.1", "3.14", "0.001", "99.999", "1000000"]
        {
            assert_eq!(f32(number.parse().unwrap()), number);
            assert_eq!(f64(number.parse().unwrap()), number);
        }
        assert_eq!(f64(1.0 / 3.0), "0.333…");
        assert_eq!(f64(-1.0625), "-1.062…");
        assert_eq!(f64(2.0004), "2.000…");
        assert_eq!(f32(1e-9), "0.000…");
        assert_eq!(f64(9e12), "9000000000000");
        assert_eq!(f64(1e13), "…");
        assert_eq!(f32(f32::MIN), "-…");
        assert_eq!(f64(f64::INFINITY), "inf");
        assert_eq!(f32(f32::NEG_INFINITY), "-inf");
        assert_eq!(f64(-f64::NAN), "NaN");
    }

    #[test]
    fn what_is_no_value_of_its_type_is_told() {
        assert_eq!(shown("bool", 1), "true");
        assert_eq!(shown("bool", 7), "no bool (7)");
        assert_eq!(shown("char", 'ß'.into()), "'ß'");
        assert_eq!(shown("char", '\''.into()), r"'\''");
        assert_eq!(shown("char", '\n'.into()), r"'\u{a}'");
        assert_eq!(shown("char", 0xd800), "no char (0xd800)");
        assert_eq!(show(ty("u32"), &[1, 2]), "…", "bytes are missing");
        assert_eq!(show(ty("Point"), &[0, 0, 0, 0]), "Point { x: 0, y: … }");
    }
}
