//! How the real allocator has divided the heap, as its own headers say.
//!
//! On wasm32 the standard library allocates with dlmalloc. It divides memory into chunks that follow
//! each other without a gap. The second word of a chunk is its size, a multiple of 8, with two flags in
//! the lowest bits: whether the chunk before is in use, and whether this one is. The block that a
//! program gets begins with the third word.
//!
//! This is how it is built today, not what anybody promised. So whoever reads it compares: the chunks
//! must fill the heap to its last byte, each must agree with the next about itself, and every block
//! that is known must be a chunk in use ([`crate::map`]). What does not fit is not shown.

/// A word, in bytes: this is about memory of 32 bits, wherever it is read.
const WORD: usize = 4;
/// Where in a chunk the block begins.
pub const HEADER: usize = 2 * WORD;
/// The smallest chunk.
const SMALLEST: usize = 4 * WORD;
/// Whether the chunk before is in use.
const BEFORE_IN_USE: u32 = 1;
/// Whether this chunk is in use.
const IN_USE: u32 = 2;
/// All flags.
const FLAGS: u32 = 7;

/// A chunk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chunk {
    /// Where it begins.
    pub start: usize,
    /// How many bytes it has, its header included.
    pub size: usize,
    /// Whether it is in use.
    pub used: bool,
}

impl Chunk {
    /// Where its block begins.
    pub fn block(&self) -> usize {
        self.start + HEADER
    }
}

/// Finds the chunks between two addresses; `word` gives the word at an address. They are put into
/// `chunks`, in their order. Nothing is there, and the answer is false, if this is not how that memory
/// is divided.
pub fn read(
    chunks: &mut Vec<Chunk>,
    start: usize,
    end: usize,
    word: impl Fn(usize) -> Option<u32>,
) -> bool {
    chunks.clear();
    let whole = walk(chunks, start, end, word);
    if !whole {
        chunks.clear();
    }
    whole
}

fn walk(
    chunks: &mut Vec<Chunk>,
    mut start: usize,
    end: usize,
    word: impl Fn(usize) -> Option<u32>,
) -> bool {
    // Before the first one nothing could be joined to it.
    let mut before_in_use = true;
    while start + HEADER <= end {
        let Some(head) = word(start + WORD) else { return false };
        let (size, used) = ((head & !FLAGS) as usize, head & IN_USE > 0);
        // What is left behind the last chunk is marked like a chunk that reaches to the end, without
        // any flag.
        if head & FLAGS == 0 && start + size == end {
            return !chunks.is_empty();
        }
        if size < SMALLEST || size > end - start {
            return false;
        }
        if (head & BEFORE_IN_USE > 0) != before_in_use {
            return false;
        }
        chunks.push(Chunk { start, size, used });
        before_in_use = used;
        start += size;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A heap at 0x1000 with these chunks, and what stands behind the last.
    fn heap(chunks: &[(u32, bool)], rest: u32) -> (Vec<u32>, usize) {
        let mut words = Vec::new();
        let mut before = true;
        for &(size, used) in chunks {
            let head = size | u32::from(before) | (u32::from(used) * IN_USE);
            words.extend([0xdead_beef, head]);
            words.resize(words.len() + size as usize / WORD - 2, 0x5555_5555);
            before = used;
        }
        words.extend([0, rest]);
        words.resize(words.len() + rest as usize / WORD - 2, 0);
        let end = 0x1000 + words.len() * WORD;
        (words, end)
    }

    fn found(words: &[u32], end: usize) -> Option<Vec<Chunk>> {
        let mut chunks = vec![Chunk { start: 1, size: 1, used: true }];
        let word = |at: usize| words.get((at - 0x1000) / WORD).copied();
        let whole = read(&mut chunks, 0x1000, end, word);
        assert_eq!(whole, !chunks.is_empty());
        whole.then_some(chunks)
    }

    const CHUNKS: [(u32, bool); 5] =
        [(16, true), (48, true), (24, false), (4008, true), (64, false)];

    #[test]
    fn chunks_are_found_up_to_the_end() {
        let (words, end) = heap(&CHUNKS, 40);
        let chunks = found(&words, end).expect("it is a heap");
        assert!(chunks.iter().map(|chunk| (chunk.size as u32, chunk.used)).eq(CHUNKS));
        assert_eq!(chunks[1], Chunk { start: 0x1010, size: 48, used: true });
        assert_eq!(chunks[1].block(), 0x1018);
    }

    #[test]
    fn what_is_no_heap_gives_nothing_whatever_it_is() {
        let (words, end) = heap(&CHUNKS, 40);
        assert_eq!(found(&words, end - 8), None, "it must end where the memory does");
        assert_eq!(found(&words[1..], end - 4), None, "it must begin where the heap does");
        assert_eq!(found(&[], 0x1000), None);
        // Any header that says something else is noticed, or leads to another whole division.
        let mut random = 12345_u32;
        for _ in 0..10_000 {
            let mut broken = words.clone();
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let place = random as usize / 7 % broken.len();
            broken[place] = random;
            if let Some(chunks) = found(&broken, end) {
                assert_eq!(
                    chunks.iter().map(|chunk| chunk.size).sum::<usize>() + 40,
                    words.len() * 4
                );
            }
        }
    }

    #[test]
    fn a_chunk_must_agree_with_the_next_about_itself() {
        let (mut words, end) = heap(&CHUNKS, 40);
        words[1] &= !IN_USE;
        assert_eq!(found(&words, end), None);
    }
}
