//! The types that programs may name, laid out as on wasm32 on every target.
//!
//! The table is the engine's own; that the compiler lays them out so is tested, against `size_of`,
//! `align_of` and `offset_of`.

mod values;

use std::ops::Range;

pub(crate) use values::put;
pub use values::{Leaf, leaves, sample, show};

/// A type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Type {
    /// Its name in Rust.
    pub name: &'static str,
    /// How many bytes a value has, padding included.
    pub size: u32,
    /// Of what its address is a multiple.
    pub align: u32,
    /// Its fields, in the order of their offsets; none for a type without parts.
    pub fields: &'static [Field],
    /// What is to be learned from it, in a sentence.
    pub about: &'static str,
}

/// A field of a type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Where it begins, in bytes from the value's first one.
    pub offset: u32,
    /// The name of its type.
    pub of: &'static str,
}

/// Every type, the simple ones first.
pub const TYPES: &[Type] = &[
    simple("u8", 1, 1, "One byte, which may lie anywhere."),
    simple("u16", 2, 2, "Two bytes, at even addresses."),
    simple("u32", 4, 4, "Four bytes, at multiples of 4."),
    simple("u64", 8, 8, "Eight bytes, at multiples of 8, also where addresses have four."),
    simple("f32", 4, 4, "Four bytes of a floating-point number."),
    simple("f64", 8, 8, "Eight bytes of a floating-point number."),
    simple("char", 4, 4, "A character is a number of four bytes, whatever it takes in a text."),
    simple("bool", 1, 1, "One byte, of which one bit says something."),
    simple("()", 0, 1, "Nothing: it needs no memory, and has an address all the same."),
    composed(
        "Point",
        8,
        4,
        &[field("x", 0, "f32"), field("y", 4, "f32")],
        "Two fields of one size: no byte is lost.",
    ),
    composed(
        "AsWritten",
        12,
        4,
        &[field("tag", 0, "u8"), field("length", 4, "u32"), field("kind", 8, "u16")],
        "Fields in the order in which they were written, as repr(C) keeps them: 5 of 12 bytes are padding.",
    ),
    composed(
        "Reordered",
        8,
        4,
        &[field("length", 0, "u32"), field("kind", 4, "u16"), field("tag", 6, "u8")],
        "The same fields, the largest first: 1 of 8 bytes is padding.",
    ),
    composed(
        "Header",
        24,
        8,
        &[field("version", 0, "u8"), field("length", 8, "u64"), field("flags", 16, "u16")],
        "One u64 in the middle, and more than half of it is padding.",
    ),
    composed(
        "Span",
        16,
        4,
        &[field("from", 0, "Point"), field("to", 8, "Point")],
        "A value of values: fields of fields lie where they lie in each.",
    ),
    composed(
        "Node",
        8,
        4,
        &[field("value", 0, "u32"), field("next", 4, "u32")],
        "A link of a list: the next one is told by its offset, which has four bytes on every target.",
    ),
    composed(
        "CacheLine",
        64,
        64,
        &[field("counter", 0, "u32")],
        "Aligned to a cache line, so that no neighbour shares it: 60 of 64 bytes are padding.",
    ),
];

/// The type of this name.
pub fn find(name: &str) -> Option<&'static Type> {
    TYPES.iter().find(|ty| ty.name == name)
}

impl Type {
    /// The bytes that belong to no field, also to none of a field's own: padding, in rows. Reading
    /// them from a value is undefined behaviour.
    pub fn padding(&self) -> Vec<Range<u32>> {
        let mut rows = Vec::new();
        let mut end = 0;
        for field in self.fields {
            push(&mut rows, end..field.offset);
            let of = field.ty();
            for row in of.padding() {
                push(&mut rows, field.offset + row.start..field.offset + row.end);
            }
            end = field.offset + of.size;
        }
        if !self.fields.is_empty() {
            push(&mut rows, end..self.size);
        }
        rows
    }
}

impl Field {
    /// Its type.
    pub fn ty(&self) -> &'static Type {
        find(self.of).expect("fields are of types of the table")
    }
}

/// Adds a row of bytes to those before it.
fn push(rows: &mut Vec<Range<u32>>, row: Range<u32>) {
    match rows.last_mut() {
        _ if row.is_empty() => {}
        Some(last) if last.end == row.start => last.end = row.end,
        _ => rows.push(row),
    }
}

const fn simple(name: &'static str, size: u32, align: u32, about: &'static str) -> Type {
    Type { name, size, align, fields: &[], about }
}

const fn composed(
    name: &'static str,
    size: u32,
    align: u32,
    fields: &'static [Field],
    about: &'static str,
) -> Type {
    Type { name, size, align, fields, about }
}

const fn field(name: &'static str, offset: u32, of: &'static str) -> Field {
    Field { name, offset, of }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiler_reorders_what_it_may() {
        #[expect(dead_code)]
        struct Free {
            tag: u8,
            length: u32,
            kind: u16,
        }
        let reordered = find("Reordered").unwrap();
        assert_eq!(size_of::<Free>(), reordered.size as usize);
    }

    #[test]
    fn padding_is_what_no_field_has() {
        let padding = |name| find(name).unwrap().padding();
        assert_eq!(padding("u64"), []);
        assert_eq!(padding("()"), []);
        assert_eq!(padding("Point"), []);
        assert_eq!(padding("AsWritten"), [1..4, 10..12]);
        assert_eq!(padding("Reordered"), std::slice::from_ref(&(7..8)));
        assert_eq!(padding("Header"), [1..8, 18..24]);
        assert_eq!(padding("Span"), []);
        assert_eq!(padding("CacheLine"), std::slice::from_ref(&(4..64)));
        for ty in TYPES {
            let padding: u32 = ty.padding().iter().map(|row| row.end - row.start).sum();
            let fields: u32 = ty.fields.iter().map(|field| field.ty().size).sum();
            if !ty.fields.is_empty() {
                assert_eq!(padding + fields, ty.size, "{}", ty.name);
            }
            assert!(ty.align.is_power_of_two() && ty.size.is_multiple_of(ty.align), "{}", ty.name);
        }
    }
}
