//! A fingerprint of values that is the same on every target.

use std::hash::{Hash, Hasher};

use crate::{Machine, Run, Tape, Want};

/// FNV-1a over 64 bits, as a [`Hasher`] that writes every number in little-endian order and `usize`
/// as 64 bits, so that what it gives does not depend on the target.
///
/// One thing is out of its reach: the standard library writes a *slice* of `usize` as raw memory.
/// Steps and snapshots that are to be compared between targets hold `u32` in their lists.
#[derive(Clone, Debug)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Digest(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    /// The fingerprint of one value.
    pub fn of(value: &(impl Hash + ?Sized)) -> u64 {
        let mut digest = Digest::default();
        value.hash(&mut digest);
        digest.finish()
    }

    /// The fingerprint of some bytes, without their length.
    pub fn of_bytes(bytes: &[u8]) -> u64 {
        let mut digest = Digest::default();
        digest.write(bytes);
        digest.finish()
    }
}

impl Hasher for Digest {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    fn write_u16(&mut self, value: u16) {
        self.write(&value.to_le_bytes());
    }
    fn write_u32(&mut self, value: u32) {
        self.write(&value.to_le_bytes());
    }
    fn write_u64(&mut self, value: u64) {
        self.write(&value.to_le_bytes());
    }
    fn write_u128(&mut self, value: u128) {
        self.write(&value.to_le_bytes());
    }
    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }
    fn write_isize(&mut self, value: isize) {
        self.write_u64(value as i64 as u64);
    }
}

/// The fingerprint of everything that happens in a run: the first snapshot, then each step with the
/// snapshot after it. A command that is not possible is an error.
pub fn trace<M: Machine>(run: &Run<M>) -> Result<u64, M::Error>
where
    M::Step: Hash,
    M::Snapshot: Hash,
{
    let mut machine = M::start(&run.scenario)?;
    let mut digest = Digest::default();
    machine.snapshot().hash(&mut digest);
    let mut tape = Tape::default();
    for command in run.commands.iter() {
        tape.rewind(Want::Steps(0..usize::MAX));
        machine.apply(command, &mut tape)?;
        for (step, (_, snapshot)) in tape.steps().iter().zip(tape.snapshots()) {
            step.hash(&mut digest);
            snapshot.hash(&mut digest);
        }
    }
    Ok(digest.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_give_the_published_values() {
        // The test vectors of the authors of FNV-1a.
        assert_eq!(Digest::of_bytes(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(Digest::of_bytes(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(Digest::of_bytes(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_size_is_64_bits_everywhere() {
        assert_eq!(Digest::of(&7usize), Digest::of(&7u64));
        assert_eq!(Digest::of(&-7isize), Digest::of(&-7i64));
        assert_ne!(Digest::of(&7u32), Digest::of(&7u64));
    }
}
