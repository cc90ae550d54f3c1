//! Choices that look random and are a function of numbers: no generator, no state.

/// A choice among `0..among`, decided by the seed and by how many choices went before.
///
/// (The mixing function is the finaliser of SplitMix64.)
pub(crate) fn choice(seed: u32, before: u32, among: usize) -> usize {
    let mut bits = (u64::from(seed) << 32 | u64::from(before)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    (bits % among.max(1) as u64) as usize
}
