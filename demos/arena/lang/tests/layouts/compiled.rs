//! The types of the table, as the compiler knows them.

use std::mem::offset_of;

use arena_lang::types::TYPES;

/// A type as the compiler knows it: its size, its alignment, and where each field is.
type Compiled = (&'static str, usize, usize, Vec<(&'static str, usize)>);

/// Declares types, and gives them as the compiler knows them.
macro_rules! compiled {
    ($($(#[$repr:meta])* $name:ident { $($field:ident: $ty:ty),* })*) => {{
        $(#[allow(dead_code, reason = "only its layout is used")] $(#[$repr])* struct $name { $($field: $ty),* })*
        vec![$((
            stringify!($name),
            size_of::<$name>(),
            align_of::<$name>(),
            vec![$((stringify!($field), offset_of!($name, $field))),*],
        )),*]
    }};
}

fn composed_types() -> Vec<Compiled> {
    compiled! {
        #[repr(C)] Point { x: f32, y: f32 }
        #[repr(C)] AsWritten { tag: u8, length: u32, kind: u16 }
        #[repr(C)] Reordered { length: u32, kind: u16, tag: u8 }
        #[repr(C)] Header { version: u8, length: u64, flags: u16 }
        #[repr(C)] Span { from: Point, to: Point }
        #[repr(C)] Node { value: u32, next: u32 }
        #[repr(C, align(64))] CacheLine { counter: u32 }
    }
}

fn simple_types() -> Vec<Compiled> {
    macro_rules! simple {
        ($($ty:ty),*) => {
            vec![$((stringify!($ty), size_of::<$ty>(), align_of::<$ty>(), Vec::new())),*]
        };
    }
    simple!(u8, u16, u32, u64, f32, f64, char, bool, ())
}

/// Whether every type of the table is laid out as the compiler lays it out here. (32-bit targets and
/// 64-bit ones agree on all of them.)
pub(crate) fn the_compiler_lays_them_out_so() {
    let compiled = [simple_types(), composed_types()].concat();
    assert_eq!(compiled.len(), TYPES.len());
    for ((name, size, align, offsets), ty) in compiled.into_iter().zip(TYPES) {
        assert_eq!(ty.name, name);
        assert_eq!((ty.size as usize, ty.align as usize), (size, align), "{name}");
        let fields: Vec<_> = ty.fields.iter().map(|it| (it.name, it.offset as usize)).collect();
        let mut offsets = offsets;
        offsets.sort_by_key(|(_, offset)| *offset);
        assert_eq!(fields, offsets, "{name}");
    }
}
