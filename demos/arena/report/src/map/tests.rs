use super::*;

const AREA: Area = Area { start: 0x1000, end: 0x2000 };

fn chunk(start: usize, size: usize, used: bool) -> Chunk {
    Chunk { start, size, used }
}

fn block(address: usize, size: usize, order: u32) -> Block {
    Block { address, size, align: 4, order }
}

fn states(pieces: &[Piece]) -> Vec<(usize, usize, State)> {
    pieces.iter().map(|piece| (piece.start, piece.size, piece.state)).collect()
}

const CHUNKS: [Chunk; 4] = [
    Chunk { start: 0x1000, size: 0x20, used: true },
    Chunk { start: 0x1020, size: 0x40, used: true },
    Chunk { start: 0x1060, size: 0x20, used: true },
    Chunk { start: 0x1080, size: 0xf58, used: false },
];

#[test]
fn chunks_and_blocks_tell_together_who_has_what() {
    let mut found = Vec::new();
    let blocks = [block(0x1028, 0x38, 4), block(0x1068, 0x1c, 9)];
    assert!(pieces(&mut found, AREA, &CHUNKS, &blocks, 4));
    let expected = [
        (0x1000, 0x20, State::Older),
        (0x1020, 0x40, State::Watched),
        (0x1060, 0x20, State::New),
        (0x1080, 0xf58, State::Free),
    ];
    assert_eq!(states(&found), expected);
    assert_eq!(found[2].block, Some(blocks[1]));
    assert_eq!((found[0].address(), found[1].address()), (0x1008, 0x1028));
    let shares = Shares::of(&found, Area { start: 0x1010, end: 0x1090 });
    assert_eq!(State::ALL.map(|state| shares.bytes(state)), [0x10, 0, 0x10, 0x40, 0x20]);
    assert_eq!(at(&found, 0x105f), Some(1));
    assert_eq!((at(&found, 0xfff), at(&found, 0x1fd8)), (None, None));
}

#[test]
fn chunks_that_do_not_fit_a_block_are_not_believed() {
    for wrong in [
        block(0x1030, 8, 1),
        block(0x1028, 0x3d, 1),
        block(0x1088, 8, 1),
        block(0x1ff0, 8, 1),
        block(0xf00, 8, 1),
    ] {
        let mut found = Vec::new();
        assert!(!pieces(&mut found, AREA, &CHUNKS, &[wrong], 0), "{wrong:?}");
        assert!(found.iter().all(|piece| piece.state != State::Older));
    }
}

#[test]
fn without_chunks_there_are_the_blocks_and_what_is_between() {
    let mut found = Vec::new();
    let blocks = [block(0x1000, 0x10, 1), block(0x1100, 0x20, 2), block(0x1110, 8, 3)];
    assert!(!pieces(&mut found, AREA, &[], &blocks, 1));
    let expected = [
        (0x1000, 0x10, State::Watched),
        (0x1010, 0xf0, State::Unknown),
        (0x1100, 0x20, State::New),
        (0x1120, 0xee0, State::Unknown),
    ];
    assert_eq!(states(&found), expected);
}

#[test]
fn blocks_are_put_in_order() {
    for count in [0, 1, 2, 3, 100, 1_001] {
        let mut blocks: Vec<Block> =
            (0..count).map(|index| block(index * 7_919 % 10_007, index, 1)).collect();
        let mut expected = blocks.clone();
        expected.sort_by_key(|block| block.address);
        sort(&mut blocks);
        assert_eq!(blocks, expected);
    }
}

#[test]
fn a_grid_is_as_fine_as_it_can_be_and_begins_where_rows_do() {
    let grid = Grid::new(Area { start: 0x1234, end: 0x9_0000 }, 128, 40);
    assert_eq!((grid.cell, grid.row()), (128, 0x4000));
    assert_eq!(grid.area, Area { start: 0, end: 0x9_0000 });
    assert_eq!(grid.rows(), 36);
    assert_eq!(Grid::new(AREA, 1, 1).cell, 0x1000, "0x1000 to 0x2000 is one row of its size");
    assert!(Grid::new(Area { start: 0, end: u32::MAX as usize }, 128, 40).rows() <= 40);
    assert_eq!(Grid::new(Area { start: 0, end: 0 }, 0, 0).rows(), 0);
}

/// Byte by byte, what each cell must be.
fn expected(grid: &Grid, pieces: &[Piece]) -> Vec<State> {
    let state = |address| at(pieces, address).map_or(State::Free, |index| pieces[index].state);
    (0..grid.rows() * grid.columns)
        .map(|cell| (0..grid.cell).map(|byte| state(grid.address(cell) + byte)).max().unwrap())
        .collect()
}

#[test]
fn runs_say_of_each_cell_what_matters_most_in_it() {
    let mut random = 1_u32;
    let mut next = move |below: usize| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 8) as usize % below
    };
    for _ in 0..200 {
        let (mut chunks, mut start) = (Vec::new(), 0x1000 + next(40) * 16);
        while start < 0x1e00 {
            let size = 16 + 8 * if next(6) == 0 { next(60) } else { next(5) };
            chunks.push(chunk(start, size, next(3) > 0));
            start += size;
        }
        let mut blocks: Vec<Block> = Vec::new();
        for chunk in chunks.iter().filter(|chunk| chunk.used) {
            if next(2) == 0 {
                blocks.push(block(chunk.block(), chunk.size - 8, next(10) as u32 + 1));
            }
        }
        let mut found = Vec::new();
        assert!(pieces(&mut found, AREA, &chunks, &blocks, 5));
        let grid = Grid::new(AREA, 1 + next(20), 1 + next(30));
        let mut cells = vec![State::Free; grid.rows() * grid.columns];
        grid.runs(&found, |run| {
            assert_eq!(run.cell / grid.columns, (run.cell + run.cells - 1) / grid.columns);
            cells[run.cell..run.cell + run.cells].fill(run.state);
        });
        assert_eq!(cells, expected(&grid, &found));
    }
}
