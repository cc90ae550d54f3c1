//! A histogram by size.

use arena_watch::{Block, CLASSES, Tally, class};

/// A class of sizes: from a power of two to below the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// The smallest size in it, in bytes.
    pub from: usize,
    /// The largest.
    pub to: usize,
    /// How many blocks were allocated since the watching began.
    pub allocated: u64,
    /// How many of them are live.
    pub live: u64,
    /// The bytes of those.
    pub live_bytes: u64,
}

/// A row for each class from the smallest to the largest that was asked for.
pub fn rows(tally: &Tally, blocks: &[Block]) -> Vec<Row> {
    let mut rows: Vec<Row> = (0..CLASSES).map(|class| row(class, tally)).collect();
    for block in blocks {
        let row = &mut rows[class(block.size)];
        row.live += 1;
        row.live_bytes += block.size as u64;
    }
    let used = |row: &Row| row.allocated > 0;
    let last = rows.iter().rposition(used).map_or(0, |last| last + 1);
    rows.truncate(last);
    rows.drain(..rows.iter().position(used).unwrap_or(0));
    rows
}

fn row(class: usize, tally: &Tally) -> Row {
    let from = if class == 0 { 0 } else { 1 << (class - 1) };
    let to = match class {
        0 => 0,
        class if class == CLASSES - 1 => usize::MAX,
        class => (1 << class) - 1,
    };
    Row { from, to, allocated: tally.classes[class].into(), live: 0, live_bytes: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_is_in_its_row() {
        let mut tally = Tally::default();
        let sizes = [3, 8, 15, 16, 100];
        sizes.iter().for_each(|size| tally.classes[class(*size)] += 1);
        let block = |size| Block { address: size * 1_000, size, align: 1, order: 1 };
        let rows = rows(&tally, &[block(15), block(8), block(100)]);
        assert_eq!((rows[0].from, rows[0].to), (2, 3), "from the smallest");
        assert_eq!((rows.last().unwrap().from, rows.last().unwrap().to), (64, 127));
        for row in &rows {
            let within = |size: &&usize| (row.from..=row.to).contains(*size);
            assert_eq!(row.allocated as usize, sizes.iter().filter(within).count());
        }
        let eights = rows.iter().find(|row| row.from == 8).unwrap();
        assert_eq!((eights.allocated, eights.live, eights.live_bytes), (2, 2, 23));
    }

    #[test]
    fn nothing_has_no_rows() {
        assert_eq!(rows(&Tally::default(), &[]), []);
    }
}
