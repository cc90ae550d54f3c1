//! Where this module's linear memory has what: the linker's addresses, and its size now.
//!
//! Only addresses are asked for here. Nothing is read through them.

/// A page of WebAssembly's memory, in bytes.
pub const PAGE: usize = 1 << 16;

/// Where the parts of linear memory are, in bytes from its beginning. All are 0 where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Places {
    /// The last address of the stack, towards which it grows.
    pub stack_end: usize,
    /// Where the stack begins.
    pub stack_start: usize,
    /// Where the stack is now, as the address of a local variable tells.
    pub stack_now: usize,
    /// Where the statics begin.
    pub data: usize,
    /// Where they end.
    pub data_end: usize,
    /// Where the heap begins.
    pub heap: usize,
    /// Where the memory ended that the module was started with.
    pub first_end: usize,
    /// Where the memory ends now.
    pub end: usize,
}

/// How many pages the memory has now.
#[cfg(target_arch = "wasm32")]
pub fn pages() -> usize {
    core::arch::wasm32::memory_size(0)
}

/// There is no linear memory here.
#[cfg(not(target_arch = "wasm32"))]
pub fn pages() -> usize {
    0
}

// SAFETY: the linker defines these names; they are places, and nothing is read from or written to
// them.
#[cfg(target_arch = "wasm32")]
unsafe extern "C" {
    static __stack_low: u8;
    static __stack_high: u8;
    static __global_base: u8;
    static __data_end: u8;
    static __heap_base: u8;
    static __heap_end: u8;
}

/// Where everything is now.
#[cfg(target_arch = "wasm32")]
#[inline(never)]
pub fn places() -> Places {
    let here = std::hint::black_box(0_u8);
    Places {
        stack_end: (&raw const __stack_low).addr(),
        stack_start: (&raw const __stack_high).addr(),
        stack_now: std::hint::black_box(&raw const here).addr(),
        data: (&raw const __global_base).addr(),
        data_end: (&raw const __data_end).addr(),
        heap: (&raw const __heap_base).addr(),
        first_end: (&raw const __heap_end).addr(),
        end: pages() * PAGE,
    }
}

/// Nowhere: there is no linear memory here.
#[cfg(not(target_arch = "wasm32"))]
pub fn places() -> Places {
    Places::default()
}
