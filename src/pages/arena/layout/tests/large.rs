//! Of a hundred thousand blocks.

use std::time::{Duration, Instant};

use arena::memory::{Block, Byte, Holds, Piece, Place};
use arena::snapshot::{Gone, Lane, Snapshot, Value};
use arena::step::{Event, How};
use arena::{AllocatorKind, Figures, List, Step};

use super::super::{Window, picture};
use super::CANVASES;
use arena::lang::Sort;

/// So many blocks, of 8 to 48 bytes, of which one in five is freed, and as many operations.
pub(super) const MANY: u32 = 100_000;

pub(super) fn snapshot() -> Snapshot {
    let mut piece = Piece::new(4 << 20);
    let mut values = List::default();
    let mut history = List::default();
    let mut at = 0;
    let mut figures = Figures { reserved: piece.size(), ..Figures::default() };
    for owner in 0..MANY {
        let size = 8 + (owner * 7919) % 5 * 8;
        let live = owner % 5 > 0;
        let (held_from, offset) = (at, at + 8);
        piece.mark(at..offset, |_| Byte::Own);
        piece.mark(offset..offset + size, |_| if live { Byte::Value } else { Byte::Stale });
        piece.mark(offset + 5..offset + 8, |_| if live { Byte::Padding } else { Byte::Stale });
        piece.write(offset, &owner.to_le_bytes());
        at = offset + size;
        let (align, holds) = (8, Holds::All);
        piece.put(Block { offset, size, align, held_from, held_to: at, owner, holds, live });
        values.push(Value { name: 0, number: owner + 1, sort: Sort::Bytes, gone: Gone::No });
        figures.requested += size;
        figures.used = at;
        figures.high_water = at;
        figures.live += 1;
        history.push(figures);
    }
    let lane = Lane {
        allocator: AllocatorKind::FirstFit,
        pieces: vec![piece],
        bump: None,
        figures,
        history,
        faults: 0,
        print: 0,
    };
    Snapshot {
        names: vec!["block".into()].into(),
        values,
        lanes: vec![lane],
        next: None,
        done: MANY,
    }
}

/// Prints what each zoom takes. An optimised build takes a tenth of it.
#[test]
fn a_picture_of_very_many_blocks_is_small_and_quick() {
    let snapshot = snapshot();
    let mut worst = (Duration::ZERO, 0);
    for canvas in CANVASES {
        for zoom in 3..=22 {
            let from = vec![Place { piece: 0, offset: 1 << 20 }];
            let mut window = Window { zoom, from, follow: false, ..Window::default() };
            let step = Step {
                at: Default::default(),
                lane: 0,
                subject: None,
                event: Event::Allocated {
                    place: Place { piece: 0, offset: 1 << 20 },
                    size: 24,
                    align: 8,
                    how: How::Cut { held: 32 },
                },
            };
            // The best of three, because other work may come between.
            let mut draw = || {
                let begin = Instant::now();
                window.settle(&snapshot, Some(&step), canvas);
                let picture = picture(&snapshot, Some(&step), &window, canvas);
                (begin.elapsed(), picture)
            };
            let (first, picture) = draw();
            let time = first.min(draw().0).min(draw().0);
            let size: usize = picture.items.iter().map(|item| item.svg().len()).sum();
            println!("{canvas:?} zoom {zoom}: {time:?}, {size} B");
            worst = (worst.0.max(time), worst.1.max(size));
        }
    }
    println!("at most {:?} and {} B", worst.0, worst.1);
    assert!(worst.1 < 150_000, "{} B of SVG", worst.1);
    assert!(worst.0 < Duration::from_millis(100), "{:?}", worst.0);
}
