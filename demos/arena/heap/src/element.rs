//! Values of which only the layout is known.

use std::alloc::Layout;

/// A value: `N` bytes, aligned as `A` is. It has no padding, so that all its bytes are initialized and
/// may be looked at.
#[repr(C)]
pub(crate) struct Element<A, const N: usize> {
    aligned: [A; 0],
    bytes: [u8; N],
}

impl<A, const N: usize> Element<A, N> {
    /// A value with these bytes; zeros where there are too few.
    pub(crate) fn new(from: &[u8]) -> Self {
        const { assert!(N.is_multiple_of(align_of::<A>()), "a value without padding") };
        let mut bytes = [0; N];
        bytes.iter_mut().zip(from).for_each(|(byte, from)| *byte = *from);
        Element { aligned: [], bytes }
    }
}

/// Aligned as a cache line.
#[repr(align(64))]
pub(crate) struct Line;

/// Makes something for a type.
pub(crate) trait Visit {
    /// What is made.
    type Made;
    /// Makes it for this one.
    fn of<A: 'static, const N: usize>(self) -> Self::Made;
}

/// Makes something for the type with this layout, if there is one.
pub(crate) fn visit<V: Visit>(layout: Layout, visit: V) -> Option<V::Made> {
    Some(match (layout.size(), layout.align()) {
        (0, 1) => visit.of::<u8, 0>(),
        (1, 1) => visit.of::<u8, 1>(),
        (2, 2) => visit.of::<u16, 2>(),
        (4, 4) => visit.of::<u32, 4>(),
        (8, 4) => visit.of::<u32, 8>(),
        (8, 8) => visit.of::<u64, 8>(),
        (12, 4) => visit.of::<u32, 12>(),
        (16, 4) => visit.of::<u32, 16>(),
        (24, 8) => visit.of::<u64, 24>(),
        (64, 64) => visit.of::<Line, 64>(),
        _ => return None,
    })
}
